"""What a visitor is told: of live boards the whole province only; of its parts what was published.

The one place where that is decided. The public files leave small counts out, and whatever would give
them away; live counts by agency, field or commune, read before and after a dossier, would undo that.
So these are for officers. Everybody else is led to the published months (91/2025/QH15).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.reporting.opendata import tables
from motcua.reporting.queries import Figures, open_data
from motcua.reporting.queries.keeping import kept
from motcua.web.accounts.request import actor_of

KIOSK, KEEP_SECONDS = "kiosk", 600
AGENCIES, FIELDS, FILES = "co-quan-bang", "linh-vuc-bang", "tai-ve"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True)
class Published:
    """The month published last: its first day, the agencies and fields in it, whole communes.

    `communes`: agencies of the communes of which every agency's share on time is published; `places`:
    how many communes these are.
    """

    first: date
    agencies: frozenset[str]
    fields: int
    communes: list[Figures]
    places: int


def sees_parts(actor: Actor, *, is_kiosk: bool = False) -> bool:
    """Tell whether somebody is told live counts of agencies, fields and communes.

    An officer is, but not from a kiosk: anybody stands before it, whoever has signed in.
    """
    return actor.is_staff and not is_kiosk


def is_kiosk(request: HttpRequest) -> bool:
    """Tell whether the board is asked for by a kiosk."""
    return request.GET.get("man-hinh") == KIOSK


def of_parts(section: str) -> Callable[[View[P]], View[P]]:
    """Return a guard for a board of parts: visitors are led to what was published of them.

    section: where on the page of public figures that stands; "" for an agency or commune, which
    has a line of its own there.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            at_kiosk = is_kiosk(request)
            if sees_parts(actor_of(request), is_kiosk=at_kiosk):
                return view(request, *args, **kwargs)
            if at_kiosk:  # which has no way back from the public figures
                return HttpResponseRedirect(f"{reverse('boards:home')}?man-hinh={KIOSK}")
            if section:
                return HttpResponseRedirect(at_section(section))
            code = str(kwargs.get("code", ""))
            card = cards.card_by_code(code) or cards.committee_at(code)
            return HttpResponseRedirect(of_one(card, published()))

        guarded.is_of_parts = True  # type: ignore[attr-defined]
        return guarded

    return guard


def at_section(section: str) -> str:
    """Return the address of a section of the public figures."""
    return f"{reverse('portal:open-data')}#{section}"


def of_one(card: cards.AgencyCard | None, month: Published | None) -> str:
    """Return where the published figures of an agency stand; of none, those of all."""
    is_there = card is not None and month is not None and card.code in month.agencies
    return at_section(quote(card.code) if card is not None and is_there else AGENCIES)


def published() -> Published | None:
    """Return what boards show of the month published last, None before the first."""
    return kept("boards:published", _published, seconds=KEEP_SECONDS)


def _published() -> Published | None:
    month = open_data.latest()
    if month is None:
        return None
    lines = [line for line in month.lines if line["by"] == tables.AGENCY]
    rows = [Figures(line["code"], line["name"], dict(line["counts"])) for line in lines]
    communes = whole_communes(rows)
    return Published(
        month.first,
        frozenset(line["code"] for line in lines),
        sum(line["by"] == tables.FIELD for line in month.lines),
        communes,
        len({_place(row.key) for row in communes}),
    )


def whole_communes(rows: Collection[Figures]) -> list[Figures]:
    """Leave out communes of which an agency's share is not published: their sum would be wrong."""
    shown, places = ("on_time", "settled"), {row.key: _place(row.key) for row in rows}
    gone = {
        places[row.key] for row in rows if any(row.counts.get(key) is None for key in shown)
    } | {""}
    return [
        Figures(row.key, row.name, {key: row.counts[key] for key in shown} | {"overdue": 0})
        for row in rows
        if places[row.key] not in gone
    ]


def _place(code: str) -> str:
    card = cards.card_by_code(code)
    return card.place_code if card is not None and card.level == "commune" else ""
