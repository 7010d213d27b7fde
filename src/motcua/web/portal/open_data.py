"""The public figures: three pictures in plain words, then every month to take away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.reporting import definitions as declared
from motcua.reporting.opendata import tables
from motcua.reporting.queries import open_data
from motcua.reporting.queries.open_data import Month
from motcua.web.accounts.guards import public
from motcua.web.portal import open_data_catalog
from motcua.web.ui.parts import Crumb

_KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
_BARS = 12
CROSSED = open_data_catalog.CROSSED


@dataclass(frozen=True)
class Share:
    """So many of a hundred, as a picture of a hundred squares; None of nothing."""

    of: int | None
    over: int | None

    @property
    def is_hidden(self) -> bool:
        """Tell whether one of the two counts is not published."""
        return self.of is None or self.over is None

    @property
    def hundred(self) -> int | None:
        """How many squares are filled."""
        if not self.over or self.of is None:
            return None
        return round(100 * self.of / self.over)

    @property
    def squares(self) -> list[tuple[int, int, bool]]:
        """Where each square stands and whether it is filled, row by row from below."""
        filled = self.hundred or 0
        return [(n % 10 * 12, (9 - n // 10) * 12, n < filled) for n in range(100)]


@dataclass(frozen=True)
class Bar:
    """A month's column: where it begins, how high it is, in words."""

    name: str
    label: str
    value: int | None
    x: int
    y: float
    height: float


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The figures for people first, then the files."""
    now = timezone.localtime()
    months = open_data.published()
    latest = months[0] if months else None
    name = latest.name if latest else _before(now.date())
    lines = _lines(latest) if latest else _provisional(name)
    total: Mapping[str, int | None] = next(
        (line["counts"] for line in lines if line["by"] == tables.TOTAL), {}
    )
    using = open_data.settings(on=now.date())
    context = {
        "place": "open-data",
        "crumbs": [Crumb(_("Trang đầu"), "/")],
        "month": latest,
        "first": date.fromisoformat(f"{name}-01"),
        "on_time": Share(total.get("on_time"), total.get("settled")),
        "online": Share(total.get("online"), total.get("received")),
        "received": total.get("received"),
        "settled": total.get("settled"),
        "bars": bars(months[:_BARS][::-1]),
        "bars_width": 30 * min(_BARS, len(months)),
        "agencies": [line for line in lines if line["by"] == tables.AGENCY],
        "fields": [line for line in lines if line["by"] == tables.FIELD],
        "months": months,
        "detail": CROSSED,
        "years": sorted({one.name[:4] for one in months}, reverse=True),
        "corrections": [c for one in months[:3] for c in open_data.corrections(one, at=now)],
        "columns": [(c, declared.BY_KEY[c.figure]) for c in using.columns],
        "using": using,
        "names": {key: _(one.name) for key, one in declared.BY_KEY.items()},
    }
    return render(request, "portal/open_data.html", context)


@public
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """One published month, or the published months of a year, as CSV or JSON; ?xem shows it.

    With `-co-quan-linh-vuc` in its name: by agency and field, otherwise by each and in all.
    """
    stem, _dot, kind = name.rpartition(".")
    months = _named(stem.removesuffix(CROSSED))
    if kind not in _KINDS or not months:
        raise Http404(_("Tháng này chưa công bố."))
    using = open_data.settings(on=months[-1].first)
    write = tables.as_csv if kind == "csv" else tables.as_json
    if stem.endswith(CROSSED):
        told = [(one.name, open_data.crossed(one.name)) for one in months]
        text = write(told, using, first=tables.CROSSED_COLUMNS)
    else:
        text = write([(one.name, one.lines) for one in months], using)
    response = HttpResponse(text, content_type=_KINDS[kind])
    if "xem" not in request.GET:
        response["Content-Disposition"] = f'attachment; filename="so-lieu-{stem}.{kind}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    """The description of all files as DCAT-AP (JSON-LD), for catalogues of open data."""
    months = open_data.published()
    using = open_data.settings(on=timezone.localdate())
    home = request.build_absolute_uri(reverse("portal:open-data"))
    document = open_data_catalog.describe(
        months, using, home=home, language="vi", on=timezone.localdate()
    )
    response = HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=1), content_type="application/ld+json"
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def bars(months: Sequence[Month]) -> list[Bar]:
    """Return the columns of what was received, the oldest first."""
    values = [one.total.get("received") for one in months]
    most = max([value or 0 for value in values] + [1])
    return [
        Bar(
            name=one.name,
            label=f"{one.first.month}",
            value=value,
            x=place * 30 + 4,
            y=100 - 92 * (value or 0) / most,
            height=92 * (value or 0) / most,
        )
        for place, (one, value) in enumerate(zip(months, values, strict=True))
    ]


def _named(stem: str) -> list[Month]:
    if len(stem) == len("2026") and stem.isdecimal():
        return open_data.published(year=stem)[::-1]
    found = open_data.month(stem) if len(stem) == len("2026-10") else None
    return [found] if found else []


def _lines(month: Month) -> list[Mapping[str, Any]]:
    return list(month.lines)


def _provisional(name: str) -> list[Mapping[str, Any]]:
    """Return the month before as it stands, when none was published yet."""
    found = open_data.provisional(name=name, at=timezone.localtime())
    return list(tables.as_published(found))


def _before(today: date) -> str:
    """Return the month before this one."""
    year, month = (today.year - 1, 12) if today.month == 1 else (today.year, today.month - 1)
    return f"{year}-{month:02d}"
