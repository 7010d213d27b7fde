"""`motcua mine`: what an event log shows, XES or CSV."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.reporting.mining import Found, Log

_SHOWN = 15


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", nargs="?", default="",
                        help="nhật ký XES, XES.GZ hoặc CSV")  # fmt: skip
    parser.add_argument("--limit", type=int, default=0, metavar="N",
                        help="chỉ N cung và N biến thể nhiều nhất (mặc định: tất cả)")  # fmt: skip
    parser.add_argument("--case", default="", metavar="CỘT", help="cột hoặc khóa mã vụ việc")
    parser.add_argument("--activity", default="", metavar="CỘT",
                        help="cột, khóa hoặc bộ phân loại của hoạt động")  # fmt: skip
    parser.add_argument("--time", default="", metavar="CỘT", help="cột hoặc khóa thời điểm")
    parser.add_argument("--resource", default="", metavar="CỘT", help="cột hoặc khóa người làm")
    parser.add_argument("--start", default="", metavar="CỘT",
                        help="cột hoặc khóa lúc bắt đầu (sự kiện là khoảng thời gian)")  # fmt: skip
    parser.add_argument("--dates", choices=("dmy", "mdy"), default="",
                        help="ngày trước hay tháng trước (mặc định: tự nhận)")  # fmt: skip
    parser.add_argument("--complete-only", action="store_true",
                        help="chỉ sự kiện hoàn thành (lifecycle:transition = complete)")  # fmt: skip
    parser.add_argument("--defaults", action="store_true",
                        help="XES: sự kiện không ghi tên lấy mặc định của <global>")  # fmt: skip
    parser.add_argument("--literal", action="store_true",
                        help="CSV: NA, null… là tên thật, không phải ô trống")  # fmt: skip
    parser.add_argument("--ledger", action="store_true", help="khai phá sổ cái của hệ thống")
    parser.add_argument("--procedure", default="", metavar="MÃ", help="với --ledger: thủ tục")
    parser.add_argument("--period", default="", metavar="KỲ",
                        help="với --ledger: kỳ tiếp nhận, ví dụ 2025Q3, 2025-07, 2025")  # fmt: skip


@command(
    "mine",
    help="khai phá quy trình từ một nhật ký sự kiện",
    needs=Needs.NOTHING,
    arguments=_arguments,
)
def mine(arguments: Arguments, progress: Progress) -> Answer:
    """Read a log and say what it shows."""
    from motcua.reporting.mining import Columns, discover, read_log

    if arguments.ledger:
        return _ledger(arguments, progress)
    if not arguments.file:
        raise Refused("Cho biết tệp nhật ký: motcua mine TỆP, hoặc motcua mine --ledger.")
    columns = Columns(
        case=arguments.case,
        activity=arguments.activity,
        time=arguments.time,
        resource=arguments.resource,
        start=arguments.start,
        with_defaults=arguments.defaults,
        literal=arguments.literal,
        day_first=None if not arguments.dates else arguments.dates == "dmy",
    )
    progress.say("Đọc nhật ký…")
    log = read_log(Path(arguments.file), columns=columns)
    if arguments.complete_only:
        log = log.of_complete()
    found = discover(log)
    document = document_of(found, log, limit=arguments.limit)
    return Answer(document, _lines(found, log), table=_table(found), is_long=True)


def _ledger(arguments: Arguments, progress: Progress) -> Answer:
    """Mine our own facts: what was received in a period, of one procedure or of all."""
    from motcua.config import prepare

    prepare.stand_up(Needs.WORLD.value, progress=progress)
    from django.utils import timezone

    from motcua.reporting import rules
    from motcua.reporting.mining import discover
    from motcua.reporting.mining.wording import activity, deviation, step_names
    from motcua.reporting.queries import mining as queries

    period = rules.named(arguments.period, at=timezone.localtime()) if arguments.period else None
    if arguments.period and period is None:
        raise Refused(f"Không hiểu kỳ “{arguments.period}”; ví dụ 2025Q3, 2025-07, 2025.")
    progress.say("Đọc sự kiện của hồ sơ từ sổ cái…")
    mined = queries.mined(queries.Scope(arguments.procedure, period))
    steps, log = step_names(mined.processes), mined.facts.log()
    log = replace(log, activities=tuple(activity(name, steps) for name in log.activities))
    found = discover(log)
    conformance = mined.conformance
    document = document_of(found, log, limit=arguments.limit) | {
        "stages": [vars(one) for one in conformance.stages],
        "deviations": [
            {"kind": one.kind, "step": one.step, "count": len(one.cases),
             "words": deviation(one.kind, steps.get(one.step, one.step))}
            for one in conformance.deviations
        ],
        "checked": conformance.checked,
        "conforming": conformance.conforming,
        "at_once": conformance.at_once,
    }  # fmt: skip
    return Answer(document, _lines(found, log), table=_table(found), is_long=True)


def document_of(found: "Found", log: "Log", *, limit: int = 0) -> dict[str, Any]:
    """Return everything that a log shows, as programs read it."""
    from motcua.reporting.mining.lifecycle import work_of

    most = limit or None
    return {
        "cases": found.cases,
        "events": found.events,
        "activities": _named(found.activities),
        "edges": [
            {"from": one.source, "to": one.target, "count": one.count,
             "median_seconds": one.median_seconds, "mean_seconds": one.mean_seconds}
            for one in found.edges[:most]
        ],
        "variants": [
            {"path": list(one.path), "count": one.count, "median_seconds": one.median_seconds}
            for one in found.variants[:most]
        ],
        "variant_count": len(found.variants),
        "start_activities": _named(found.starts),
        "end_activities": _named(found.ends),
        "rework": {
            "cases": found.reworked_cases,
            "activities": [
                {"name": o.activity, "cases": o.cases, "repeats": o.repeats} for o in found.rework
            ],
        },
        "self_loops": [
            {"name": one.source, "count": one.count}
            for one in found.edges if one.source == one.target
        ],
        "throughput": _throughput(found),
        "hand_overs": [
            {"from": one, "to": other, "count": count}
            for one, other, count in found.hand_overs[:most]
        ],
        "work": [vars(one) for one in work_of(found)],
        "empty_cases": log.empty_cases,
        "left_out": vars(log.left_out) | {"all": log.left_out.all},
    }  # fmt: skip


def _named(counted: list[tuple[str, int]]) -> list[dict[str, object]]:
    return [{"name": name, "count": count} for name, count in counted]


def _throughput(found: "Found") -> dict[str, float] | None:
    import numpy as np

    if not len(found.durations):
        return None
    p25, p50, p75, p90 = np.percentile(found.durations, [25, 50, 75, 90])
    names = ("p25_seconds", "median_seconds", "p75_seconds", "p90_seconds")
    known = dict(zip(names, map(float, (p25, p50, p75, p90)), strict=True))
    return known | {"mean_seconds": float(found.durations.mean())}


def _lines(found: "Found", log: "Log") -> tuple[str, ...]:
    whole = f"{found.cases} vụ việc, {found.events} sự kiện, {len(found.activities)} hoạt động"
    lines = [
        f"{whole}, {len(found.edges)} cung, {len(found.variants)} biến thể.",
        f"Làm lại: {found.reworked_cases} vụ việc.",
    ]
    if log.left_out.all:
        lines.append(
            f"Để lại {log.left_out.all} sự kiện thiếu mã, tên hoặc thời điểm "
            f"(sự kiện đầu tiên: thứ {log.left_out.first_event})."
        )
    if log.empty_cases:
        lines.append(f"{log.empty_cases} vụ việc không có sự kiện nào.")
    return tuple(lines)


def _table(found: "Found") -> Table:
    rows = tuple(
        (one.source, one.target, str(one.count), _long(one.median_seconds))
        for one in found.edges[:_SHOWN]
    )
    return Table(("Từ", "Đến", "Số lần", "Trung vị"), rows)


def _long(seconds: float | None) -> str:
    """Return a time as people say it."""
    if seconds is None:
        return "–"
    for size, word in ((86_400, "ngày"), (3_600, "giờ"), (60, "phút")):
        if seconds >= size:
            return f"{seconds / size:.1f}".replace(".", ",") + f" {word}"
    return f"{seconds:.0f} giây"
