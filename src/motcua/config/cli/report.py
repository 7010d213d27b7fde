"""Commands about figures: show them, and compute them once more from the ledger."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress

if TYPE_CHECKING:
    from motcua.reporting.rules import Period


def _period_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = ("today", "week", "month", "quarter", "year", "custom")
    parser.add_argument("--period", choices=kinds, default="month", help="kỳ (mặc định: tháng)")
    parser.add_argument("--since", type=date.fromisoformat, metavar="NGÀY", help="từ (2026-11-01)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="NGÀY", help="đến hết ngày")


def _period(arguments: Arguments) -> "Period":
    from django.utils import timezone

    from motcua.reporting import rules

    kind = "custom" if arguments.since or arguments.until else arguments.period
    at = timezone.localtime()
    first = arguments.since or at.date().replace(day=1)
    return rules.period(kind, at=at, first=first, last=arguments.until or at.date())


def _quarter_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quarter", metavar="KỲ", help="2025Q3, 2025-07 hoặc 2025")
    parser.add_argument("--agency", metavar="MÃ", help="một cơ quan")


_SHOWN = (
    ("received", "Tiếp nhận trong kỳ"), ("carried", "Kỳ trước chuyển sang"),
    ("settled", "Đã giải quyết"), ("on_time", "Đúng hạn, kể cả trước hạn"),
    ("early", "Trước hạn"), ("late", "Quá hạn"), ("ended", "Dừng, rút"),
    ("open", "Đang giải quyết"), ("overdue", "Đang giải quyết, quá hạn"),
)  # fmt: skip
_RATES = (
    ("digitised_rate", "Số hóa thành phần hồ sơ"), ("online_rate", "Nộp trực tuyến"),
    ("e_result_rate", "Kết quả điện tử"), ("reuse_rate", "Tái sử dụng giấy tờ"),
    ("paid_online_rate", "Thanh toán trực tuyến"),
)  # fmt: skip


@command("report quarter", help="số liệu của một quý, tháng, năm", arguments=_quarter_arguments)
def quarter(arguments: Arguments, progress: Progress) -> Answer:
    """Show the figures of a quarter, month or year, from the stored counts."""
    from django.utils import timezone

    from motcua.directory.queries import cards
    from motcua.kernel.refused import Refused
    from motcua.reporting import queries, rules, services

    services.wait_until_built()
    services.catch_up()
    period = rules.named(arguments.quarter, at=timezone.localtime())
    if period is None:
        raise Refused("Kỳ viết như 2025Q3, 2025-07 hoặc 2025.")
    agency = cards.card_by_code(arguments.agency) if arguments.agency else None
    if arguments.agency and agency is None:
        raise Refused(f"Không có cơ quan mang mã {arguments.agency}.")
    document = queries.quarter(period, agency=agency)
    on_time = document["on_time_rate"]
    levels = (("all", "chung"), ("province", "cấp tỉnh"), ("commune", "cấp xã"))
    rows = [(words, _said(document[key])) for key, words in _SHOWN]
    if isinstance(on_time, dict):
        rows += [(f"Tỷ lệ đúng hạn, {words} (%)", _said(on_time[key])) for key, words in levels]
    rows += [(f"{words} (%)", _said(document[key])) for key, words in _RATES]
    name = agency.name if agency else "toàn tỉnh"
    lines = (f"Kỳ {period.first:%d/%m/%Y} đến {period.last:%d/%m/%Y}, {name}",)
    return Answer(document, lines, table=Table(("Chỉ số", "Số liệu"), tuple(rows)))


def _said(value: object) -> str:
    """Write a number the Vietnamese way; what has no denominator is not applicable."""
    if value is None:
        return "không áp dụng"
    text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


@command("report show", help="các chỉ số của một kỳ, theo cơ quan", arguments=_period_arguments)
def show(arguments: Arguments, progress: Progress) -> Answer:
    """Show the figures of a period."""
    from motcua.reporting import queries, services
    from motcua.reporting.definitions import COUNTS

    services.wait_until_built()
    services.catch_up()
    period = _period(arguments)
    board = queries.board(period)
    document = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "until": period.until.isoformat(),
        "balances": board.total.balances,
        "total": board.total.counts,
        "agencies": [{"code": a.key, "name": a.name, **a.counts} for a in board.agencies],
        "fields": [{"name": f.name, **f.counts} for f in board.fields],
    }
    rows = tuple((str(one.name), str(board.total.counts[one.key])) for one in COUNTS)
    lines = (f"Kỳ {period.first:%d/%m/%Y} đến {period.last:%d/%m/%Y}, toàn tỉnh",)
    return Answer(document, lines, table=Table(("Chỉ số", "Hồ sơ"), rows))


@command(
    "report check",
    help="tính lại từng chỉ số từ sổ cái và so với bảng số",
    arguments=_period_arguments,
)
def check(arguments: Arguments, progress: Progress) -> Answer:
    """Recompute every figure from the facts; the exit code is 0 only when all are the same."""
    from motcua.reporting import queries, services
    from motcua.reporting.definitions import BY_KEY

    services.wait_until_built()
    services.catch_up()
    period = _period(arguments)
    progress.say("Tính lại từ sổ cái…")
    found = queries.differences(period)
    document = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "same": all(one.is_same for one in found),
        "figures": [
            {"figure": one.figure, "rows": one.rows, "ledger": one.ledger, "codes": one.codes}
            for one in found
        ],
    }
    rows = tuple(
        (
            BY_KEY[one.figure].name,
            str(one.rows),
            str(one.ledger),
            "khớp" if one.is_same else "LỆCH: " + ", ".join(one.codes[:5]),
        )
        for one in found
    )
    head = ("Chỉ số", "Bảng số", "Sổ cái", "")
    return Answer(document, table=Table(head, rows), is_ok=bool(document["same"]))


def _recompute_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", metavar="KỲ", help="thêm số liệu của một kỳ: 2025Q3, 2025-07")
    parser.add_argument(
        "--key", default="", metavar="TÊN", help="chỉ một kỳ đã chốt, một biểu đã lập"
    )


@command(
    "report recompute",
    help="cộng lại từ sổ cái mọi số liệu đang lưu và so từng dòng",
    arguments=_recompute_arguments,
)
def recompute(arguments: Arguments, progress: Progress) -> Answer:
    """Prove what is stored from the facts; the exit code is 0 only when everything is equal."""
    from django.utils import timezone

    from motcua.kernel.refused import Refused
    from motcua.reporting import queries, rules, services
    from motcua.reporting.queries import forms_proof

    at = timezone.localtime()
    period = rules.named(arguments.period, at=at) if arguments.period else None
    if arguments.period and period is None:
        raise Refused("Kỳ viết như 2025Q3, 2025-07 hoặc 2025.")
    key = arguments.key
    is_form = bool(key) and key in forms_proof.kept_names()
    if key and not is_form and queries.closed_period(key) is None:
        raise Refused(f"Không có kỳ đã chốt hay biểu đã lập nào tên {key}.")
    services.wait_until_built()
    progress.say("Cộng lại từ sổ cái…")
    found = [] if is_form else queries.recompute(period=period, key=key)
    if is_form or not key:
        progress.say("Lập lại các biểu từ sổ cái như lúc lập…")
        found += forms_proof.found(key=key, period=arguments.period or "")
    upto, at_latest = queries.upto()
    document = {
        "upto": upto,
        "latest_at": at_latest.isoformat() if at_latest else None,
        "same": not found,
        "differences": [
            {"what": one.what, "key": one.key, "stored": one.stored, "ledger": one.ledger}
            for one in found
        ],
    }
    rows = tuple((one.what, one.key, one.stored, one.ledger) for one in found[:50])
    lines = ("Khớp: mọi số liệu đang lưu bằng số tính lại từ sổ cái.",) if not found else ()
    table = Table(("Bảng", "Dòng", "Đang lưu", "Sổ cái"), rows) if rows else None
    return Answer(document, lines, table=table, is_ok=not found)


@command("report rebuild", help="làm lại toàn bộ số liệu từ sổ cái")
def rebuild(arguments: Arguments, progress: Progress) -> Answer:
    """Fold the whole ledger anew, in bulk."""
    import time

    from motcua.reporting import services

    began = time.monotonic()
    progress.say("Cộng lại toàn bộ sổ cái…")
    count = services.rebuild()
    seconds = round(time.monotonic() - began, 2)
    lines = (f"{count} hồ sơ, {seconds} giây",)
    return Answer({"standings": count, "seconds": seconds}, lines)
