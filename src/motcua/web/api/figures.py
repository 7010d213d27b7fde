"""Figures of a period with their definitions: what the boards show, for programs.

Officers, with their token, get every figure as it stands. Everybody else gets what was published: whole
months, with small counts, and those that would give them away, left out as in the public files.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params
from pydantic import BaseModel

from motcua.directory.actor import PUBLIC, Actor
from motcua.directory.queries import cards
from motcua.dossiers.services import NotAllowed
from motcua.reporting import queries, rules
from motcua.reporting.definitions import INDICATORS, SPECIAL, explained, number_of
from motcua.reporting.opendata import tables
from motcua.reporting.queries import open_data
from motcua.reporting.queries.figures import value_of
from motcua.web.api.answers import answer
from motcua.web.api.doors import TokenAuth, caller


class _Anybody(TokenAuth):
    """Lets in everybody: with a token as whose it is, without one as the public."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        return super().__call__(request) if "Authorization" in request.headers else PUBLIC


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
    """The figures of a period; a share of nothing is null.

    `threshold`: counts from 1 to one below it, and those that would give them away, are null too;
    0: nothing is left out. `upto`: the last fact that is counted; null in what was published.
    """

    period: str
    first: str
    last: str
    until: str
    upto: int | None
    threshold: int = 0
    whole: dict[str, int | float | None]
    rows: list[dict[str, int | float | str | None]]


@router.get("/figures/definitions", response=list[IndicatorOut], summary="Cách tính các chỉ số")
def definitions(request: HttpRequest) -> HttpResponse:
    """Return every indicator: what is counted over what, what is left out, and by which law."""
    return answer([explained(one) for one in INDICATORS])


@router.get("/figures", response=FiguresOut, summary="Số liệu của một kỳ", auth=_Anybody())
def figures(
    request: HttpRequest,
    period: str = params.Query("", max_length=10),
    by: str = params.Query("agency", max_length=10),
    agency: str = params.Query("", max_length=35),
) -> HttpResponse:
    """Return the figures of a period by groups.

    With an officer's token: of any period ("2025Q3", "2025-07", "2025"; "" this month), by agency,
    field, level, place, centre, channel or procedure. Without: of a published month ("2025-07"; "" the
    latest), by agency or field, or the fields of one agency; small counts are null (`threshold`).
    """
    if by not in BY:
        raise Http404(_("Không có kỳ, cách chia hay cơ quan này."))
    if not caller(request).is_staff:
        return answer(_published(period, by, agency))
    at = timezone.localtime()
    asked = rules.named(period, at=at) if period else rules.period("month", at=at)
    card = cards.card_by_code(agency) if agency else None
    if asked is None or (agency and card is None):
        raise Http404(_("Không có kỳ, cách chia hay cơ quan này."))
    scope = queries.Scope(agency=card)
    rows = queries.table(("received",), asked, by=by, scope=scope)
    whole = _values(queries.total(asked, scope=scope))
    whole |= {one.key: number_of(one, queries.value(one.key, asked, scope)) for one in SPECIAL}
    return answer(
        _of(asked)
        | {
            "upto": queries.upto()[0],
            "threshold": 0,
            "whole": whole,
            "rows": [{"key": row.key, "name": row.name, **_values(row)} for row in rows],
        }
    )


def _of(period: rules.Period) -> dict[str, Any]:
    return {
        "period": period.name,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "until": period.until.isoformat(),
    }


def _values(figures: queries.Figures) -> dict[str, int | float | None]:
    return {one.key: number_of(one, figures.value(one.key)) for one in _SUMMED}


def _published(name: str, by: str, agency: str) -> dict[str, Any]:
    """Return a month as it was published, in the shape of all figures."""
    is_month = not name or len(name) == len("2026-11")
    if by not in ("agency", "field") or not is_month:
        raise NotAllowed(
            _(
                "Không có thẻ của cán bộ: chỉ có số liệu từng tháng đã công bố, theo cơ quan hoặc"
                " lĩnh vực."
            )
        )
    month = open_data.month(name) if name else next(iter(open_data.published()), None)
    period = rules.named(month.name, at=timezone.localtime()) if month else None
    kind, code = (tables.AGENCY, agency) if agency else (tables.TOTAL, "")
    lines = list(month.lines) if month else []
    whole = next((one for one in lines if (one["by"], one["code"]) == (kind, code)), None)
    if month is None or period is None or whole is None:
        raise Http404(_("Tháng này chưa công bố."))
    if agency and by == "field":
        lines = [one for one in open_data.crossed(month.name) if one["code"] == agency]
        rows = [{"key": one["field"], "name": one["field"], **_shown(one)} for one in lines]
    else:
        wanted = tables.AGENCY if by == "agency" else tables.FIELD
        lines = [one for one in lines if one["by"] == wanted and agency in ("", one["code"])]
        rows = [{"key": one["code"], "name": one["name"], **_shown(one)} for one in lines]
    threshold = open_data.settings(on=month.first).threshold
    return _of(period) | {
        "upto": None, "threshold": threshold, "whole": _shown(whole), "rows": rows,
    }  # fmt: skip


def _shown(line: Mapping[str, Any]) -> dict[str, int | float | None]:
    """Return the figures of a published line: those whose counts are in it."""
    counts = line["counts"]
    known = [one for one in _SUMMED if all(key in counts for key in one.of or (one.key,))]
    return {
        one.key: None
        if any(counts[key] is None for key in one.of or (one.key,))
        else number_of(one, value_of(one.key, counts))
        for one in known
    }
