"""The large figures on top of a board: what each is made of, and how it moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.reporting.queries import Day, Figures
from motcua.reporting.rules import GOAL, Ratio
from motcua.web.boards import charts
from motcua.web.boards.asked import Asked
from motcua.web.boards.charts import Spark
from motcua.web.boards.numbers import Change, Number, growth, numbers, percent, points
from motcua.web.boards.reads import Seen
from motcua.web.ui import words

_KEYS = (
    "received", "carried", "settled", "on_time", "early", "late", "ended", "open", "overdue",
    "waiting", "supplemented", "digitised",
)  # fmt: skip


@dataclass(frozen=True)
class Kpi:
    """One of the large figures on top: its words, what it is made of, how it moved."""

    label: str
    value: str
    href: str
    parts: list[tuple[Number, str]]
    spark: Spark | None = None
    change: Change | None = None


def kpis(seen: Seen, asked: Asked) -> list[Kpi]:
    """Return the five large figures, each beside that of the equal period before."""
    total, before, days = seen.board.total, seen.before, seen.days
    n = {number.key: number for number in numbers(total, asked, keys=_KEYS)}
    working = [day for day in days if day.received or day.settled]
    return [
        _on_time(n, total, before, working),
        _whole(n, total, before, working),
        _open(n, total, before, working),
        _supplemented(n, total, before, seen.supplemented),
        _digitised(n, total, before, seen.digitised),
    ]


def _on_time(n: dict[str, Number], total: Figures, before: Figures, days: Sequence[Day]) -> Kpi:
    done = _("/ %s đã xong") % words.number(total.on_time.denominator)
    return Kpi(
        _("Đúng hẹn (mục tiêu %d%%)") % GOAL,
        percent(total.on_time),
        n["on_time"].href,
        [(n["on_time"], done), (n["late"], _("trễ"))],
        charts.spark([day.on_time.percent for day in days], goal=GOAL),
        points(total.on_time, before.on_time, good="up"),
    )


def _whole(n: dict[str, Number], total: Figures, before: Figures, days: Sequence[Day]) -> Kpi:
    return Kpi(
        _("Nhận trong kỳ và tồn đầu kỳ"),
        words.number(total.whole),
        "",
        [(n["received"], _("nhận")), (n["carried"], _("tồn"))],
        charts.spark([float(day.received) for day in days]),
        growth(total.counts["received"], before.counts["received"]),
    )


def _open(n: dict[str, Number], total: Figures, before: Figures, days: Sequence[Day]) -> Kpi:
    return Kpi(
        _("Đang làm cuối kỳ"),
        words.number(n["open"].value),
        n["open"].href,
        [(n["overdue"], _("quá hạn")), (n["waiting"], _("chờ người dân"))],
        charts.spark([float(day.open) for day in days]),
        growth(total.counts["open"], before.counts["open"], good="down"),
    )


def _supplemented(
    n: dict[str, Number], total: Figures, before: Figures, days: Sequence[Ratio]
) -> Kpi:
    return Kpi(
        _("Bị yêu cầu bổ sung"),
        percent(total.supplemented),
        n["supplemented"].href,
        [(n["supplemented"], _("trên %s nhận") % words.number(total.counts["received"]))],
        charts.spark([one.percent for one in days]),
        points(total.supplemented, before.supplemented, good="down"),
    )


def _digitised(
    n: dict[str, Number], total: Figures, before: Figures, days: Sequence[Ratio]
) -> Kpi:
    now, then = _electronic(total), _electronic(before)
    of = _("trên %s nhận") % words.number(now.denominator)
    return Kpi(
        _("Có thành phần điện tử"),
        percent(now),
        n["digitised"].href,
        [(n["digitised"], of)],
        charts.spark([one.percent for one in days]),
        points(now, then, good="up"),
    )


def _electronic(figures: Figures) -> Ratio:
    return Ratio(figures.counts["digitised"], figures.counts["received"])
