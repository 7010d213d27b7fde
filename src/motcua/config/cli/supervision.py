"""Commands about supervision: climb the ladder and look for signals once; list what is watched."""

import argparse
from datetime import datetime
from time import perf_counter

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress


def _sweep_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at", type=datetime.fromisoformat, metavar="LÚC", help="như thể bây giờ là lúc này"
    )
    parser.add_argument(
        "--since",
        type=datetime.fromisoformat,
        metavar="LÚC",
        help="tìm dấu hiệu từ (mặc định: hết)",
    )


@command(
    "supervision sweep",
    help="nêu cảnh báo thời hạn và tìm dấu hiệu cần kiểm tra, một lần",
    arguments=_sweep_arguments,
)
def sweep(arguments: Arguments, progress: Progress) -> Answer:
    """Climb the ladder and look for signals; running it again raises nothing twice."""
    from django.utils import timezone

    from motcua.supervision import services as supervision

    at = _aware(arguments.at) or timezone.now()
    progress.say("Đo thời hạn của hồ sơ đang mở…")
    begun = perf_counter()
    climbed = supervision.climb(at=at)
    between = perf_counter()
    progress.say("Tìm dấu hiệu trong sổ cái…")
    found = supervision.look(at=at, since=_aware(arguments.since))
    ended = perf_counter()
    document = {
        "at": at.isoformat(),
        "warnings": climbed,
        "signals": found,
        "seconds": {
            "warnings": round(between - begun, 2),
            "signals": round(ended - between, 2),
        },
    }
    told = (
        f"{climbed['running']} hồ sơ đang chạy, {climbed['looked']} phải xem lại: "
        f"nêu {climbed['raised']} cảnh báo, rút {climbed['withdrawn']}, "
        f"hỏi tiếp {climbed['escalated']} ({between - begun:.1f} giây)"
    )
    lines = (told, f"Dấu hiệu mới: {sum(found.values())} việc ({ended - between:.1f} giây)")
    rows = tuple((key, str(count)) for key, count in found.items() if count)
    return Answer(document, lines, table=Table(("Dấu hiệu", "Việc mới"), rows) if rows else None)


def _aware(at: datetime | None) -> datetime | None:
    from django.utils import timezone

    return timezone.make_aware(at) if at is not None and timezone.is_naive(at) else at


@command("supervision signals", help="hệ thống theo dõi những dấu hiệu nào, từ mức nào")
def signals(arguments: Arguments, progress: Progress) -> Answer:
    """List the signals with their thresholds, and how many are open."""
    from django.db.models import Count
    from django.utils import timezone

    from motcua.supervision import wording
    from motcua.supervision.definitions import ALL, SEVERITIES
    from motcua.supervision.models import Signal
    from motcua.supervision.queries import evidence
    from motcua.supervision.rules.signals import numbers

    table, silent = numbers(on=timezone.localdate()), evidence.without_data()
    open_ones = dict(
        Signal.objects.exclude(state="closed").order_by().values_list("kind").annotate(Count("pk"))
    )
    document = [
        {
            "key": one.key,
            "name": str(one.name),
            "rule": wording.rule(one, table.of(one.key)),
            "sample": wording.sample(one, table.of(one.key)),
            "severity": one.severity,
            "about": one.about,
            "law": one.law,
            "has_data": one.key not in silent,
            "open": open_ones.get(one.key, 0),
        }
        for one in ALL
    ]
    rows = tuple(
        (one.key, str(one.name), str(SEVERITIES[one.severity]), str(open_ones.get(one.key, 0)),
         "" if one.key not in silent else "chưa có dữ liệu")
        for one in ALL
    )  # fmt: skip
    return Answer(document, table=Table(("", "Dấu hiệu", "Mức", "Đang mở", ""), rows))
