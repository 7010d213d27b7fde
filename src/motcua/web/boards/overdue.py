"""Why dossiers are late: who has them, at which step, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting.queries.steering import ELSEWHERE, NOBODY, Hold
from motcua.web.boards.asked import Asked
from motcua.web.boards.numbers import Number
from motcua.web.ui import words


@dataclass(frozen=True)
class Cause:
    """A step at an agency that holds late dossiers, and by how much half of them are late."""

    words: str
    agency: cards.AgencyCard
    number: Number
    late: str


def causes(holds: Sequence[Hold], asked: Asked) -> list[Cause]:
    """Return where late dossiers lie, the most first."""
    return [
        Cause(
            _reason(one),
            one.agency,
            Number("overdue", one.count, asked.to("overdue", giu=one.agency.code)),
            late_by(one.median_days),
        )
        for one in holds
    ]


def _reason(one: Hold) -> str:
    if one.why == NOBODY:
        return _("Chưa giao ai: %s") % one.step
    if one.why == ELSEWHERE:
        return _("Ngoài cơ quan giải quyết: %s") % one.step
    return _("Đang ở bước: %s") % one.step


def late_by(days: float) -> str:
    """Return a span in words: "3 ngày", "5 giờ"."""
    if days < 1:
        return _("%d giờ") % max(1, round(24 * days))
    return _("%s ngày") % words.number(round(days))
