"""Why dossiers are late: at which step they lie, who has most of them, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting.queries.behind import ELSEWHERE, NOBODY
from motcua.reporting.queries.steering import Hold
from motcua.web.boards.asked import Asked
from motcua.web.boards.numbers import Number
from motcua.web.ui import words


@dataclass(frozen=True)
class Cause:
    """A cause, the agency that holds most of its late dossiers, and how late half of them are.

    Who is told of no parts gets no agency. `duty`: what the page that gives a duty begins with.
    """

    words: str
    agency: cards.AgencyCard | None
    of_agency: Number | None
    number: Number
    late: str
    duty: str


def causes(holds: Sequence[Hold], asked: Asked) -> list[Cause]:
    """Return why dossiers are late, the most frequent cause first."""
    return [
        Cause(
            _reason(one),
            one.agency if asked.sees_parts else None,
            Number("overdue", one.agency_count, _way(asked, one, one.agency.code))
            if asked.sees_parts
            else None,
            Number("overdue", one.count, _way(asked, one)),
            late_by(one.median_days),
            urlencode({"figure": "overdue", "agency": one.agency.code, "words": _reason(one)}),
        )
        for one in holds
    ]


def _way(asked: Asked, one: Hold, holder: str = "") -> str:
    return asked.to("overdue", buoc=one.step_key, vi=one.why, giu=holder)


def _reason(one: Hold) -> str:
    if one.why == NOBODY:
        return _("Chưa giao ai: %s") % _lower(one.step)
    if one.why == ELSEWHERE:
        return _("Ở ngoài cơ quan giải quyết: %s") % _lower(one.step)
    return _("Đang làm dở: %s") % _lower(one.step)


def _lower(step: str) -> str:
    return step[:1].lower() + step[1:]


def late_by(days: float) -> str:
    """Return a span in words: "3 ngày", "5 giờ"."""
    if days < 1:
        return _("%d giờ") % max(1, round(24 * days))
    return _("%s ngày") % words.number(round(days))
