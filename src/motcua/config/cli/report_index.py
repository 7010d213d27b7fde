"""The index of 766/QĐ-TTg from the command line: counted, kept, and proved."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.reporting.index766.rules import Line, Score


class NoSuchAgency(Refused):
    """Nobody of that code is measured."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=date.fromisoformat, metavar="NGÀY", help="ngày (hôm nay)")
    parser.add_argument("--agency", default="tinh", metavar="MÃ", help="mã cơ quan (toàn tỉnh)")
    parser.add_argument(
        "--keep", type=int, default=0, metavar="SỐ", help="lưu mấy ngày đến ngày ấy"
    )


@command(
    "report index", help="chỉ số 766: tính lại một ngày và so với bản lưu", arguments=_arguments
)
def index(arguments: Arguments, progress: Progress) -> Answer:
    """Count the index of a day anew; the exit code is 0 only when what is kept is the same."""
    from django.utils import timezone

    from motcua.reporting.index766 import measuring, reading, rules
    from motcua.reporting.services import index_days

    day = arguments.date or timezone.localdate()
    kept = 0
    if arguments.keep:
        progress.say("Lưu các ngày…")
        kept = index_days.catch_up(until=day, days=arguments.keep, at=timezone.now())
    found = measuring.measure(day)
    if arguments.agency not in found:
        raise NoSuchAgency(f"không có cơ quan mã “{arguments.agency}” trong bảng chỉ số")
    score = rules.score(edition=rules.edition(on=day), measured=found[arguments.agency])
    odd = reading.differences(day, scope=arguments.agency)
    document = _document(score) | {
        "date": day.isoformat(),
        "agency": arguments.agency,
        "new_rows": kept,
        "is_kept": reading.is_kept(day),
        "differences": [
            {"component": d.component, "kept": d.kept, "counted": d.counted} for d in odd
        ],
    }
    rows = tuple(_row(line) for line in score.lines)
    head = ("Chỉ số", "Tên", "Tử/mẫu", "Điểm", "Tối đa")
    total = (
        f"Ngày {day:%d/%m/%Y}: {score.points} trên {score.most}, quy về 100: {score.on_hundred}"
    )
    lines = (total, *(f"LỆCH {d.component}: lưu {d.kept}, tính lại {d.counted}" for d in odd))
    return Answer(document, lines, is_ok=not odd, table=Table(head, rows))


def _document(score: "Score") -> dict[str, Any]:
    return {
        "points": score.points,
        "most": score.most,
        "on_hundred": score.on_hundred,
        "band": score.band.key if score.band else None,
        "missing": score.edition.missing,
        "components": [
            {
                "key": line.component.key,
                "numerator": line.measured.numerator,
                "denominator": line.measured.denominator,
                "points": line.points,
                "most": line.most,
                "reason": line.measured.reason,
                "next": {"count": line.step.count, "gain": line.step.gain} if line.step else None,
            }
            for line in score.lines
        ],
    }


def _row(line: "Line") -> tuple[str, str, str, str, str]:
    one = line.measured
    value = f"{one.numerator}/{one.denominator}" if one.denominator else one.reason
    points = "N/A" if line.points is None else str(line.points)
    return line.component.key, line.component.name, value, points, str(line.most)
