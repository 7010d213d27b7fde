"""Figures of a period with their definitions: what the boards show, for programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params
from pydantic import BaseModel

from motcua.directory.queries import cards
from motcua.reporting import queries, rules
from motcua.reporting.definitions import INDICATORS, SPECIAL, explained, number_of
from motcua.web.api.answers import answer

router = Router(tags=["figures"], auth=None)
BY = ("agency", "field", "level", "place", "centre", "channel", "procedure")
_SPECIAL = {one.key for one in SPECIAL}
_SUMMED = tuple(one for one in INDICATORS if one.key not in _SPECIAL)


class IndicatorOut(BaseModel):
    """What a figure means."""

    key: str
    name: str
    law: str
    numerator: str
    denominator: str
    exclusions: str
    period: str
    unit: str
    good: str
    threshold: float | None
    of: list[str]


class FiguresOut(BaseModel):
    """The figures of a period; a share of nothing is null."""

    period: str
    first: str
    last: str
    until: str
    upto: int
    whole: dict[str, int | float | None]
    rows: list[dict[str, int | float | str | None]]


@router.get("/figures/definitions", response=list[IndicatorOut], summary="Cách tính các chỉ số")
def definitions(request: HttpRequest) -> HttpResponse:
    """Return every indicator: what is counted over what, what is left out, and by which law."""
    return answer([explained(one) for one in INDICATORS])


@router.get("/figures", response=FiguresOut, summary="Số liệu của một kỳ")
def figures(
    request: HttpRequest,
    period: str = params.Query("", max_length=10),
    by: str = params.Query("agency", max_length=10),
    agency: str = params.Query("", max_length=35),
) -> HttpResponse:
    """Return the figures of a period ("2025Q3", "2025-07", "2025"; "" this month) by groups."""
    at = timezone.localtime()
    asked = rules.named(period, at=at) if period else rules.period("month", at=at)
    card = cards.card_by_code(agency) if agency else None
    if asked is None or by not in BY or (agency and card is None):
        raise Http404(_("Không có kỳ, cách chia hay cơ quan này."))
    scope = queries.Scope(agency=card)
    rows = queries.table(("received",), asked, by=by, scope=scope)
    whole = _values(queries.total(asked, scope=scope))
    whole |= {one.key: number_of(one, queries.value(one.key, asked, scope)) for one in SPECIAL}
    return answer(
        {
            "period": asked.name,
            "first": asked.first.isoformat(),
            "last": asked.last.isoformat(),
            "until": asked.until.isoformat(),
            "upto": queries.upto()[0],
            "whole": whole,
            "rows": [{"key": row.key, "name": row.name, **_values(row)} for row in rows],
        }
    )


def _values(figures: queries.Figures) -> dict[str, int | float | None]:
    return {one.key: number_of(one, figures.value(one.key)) for one in _SUMMED}
