"""The officers of an agency, for those who answer for it: what each has in hand; nobody is ranked."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.reporting import queries
from motcua.reporting.queries import Figures, steering
from motcua.web.accounts.guards import staff
from motcua.web.boards import page, views
from motcua.web.boards.asked import Asked, asked, sees
from motcua.web.boards.numbers import Number, numbers, percent
from motcua.web.boards.overdue import late_by

_KEYS = ("open", "overdue", "settled", "on_time", "late", "supplemented_twice")
_KINDS = ("department", "sector", "committee", "branch", "centre", "support_point")


@dataclass(frozen=True)
class Officer:
    """One officer: what is open and when it is due, what was settled, and how long half of it took."""

    name: str
    open: Number
    soon: Number
    overdue: Number
    settled: Number
    on_time: str
    took: str
    supplements: Number
    bar: tuple[float, float, float]
    is_me: bool


@staff()
def officers(request: HttpRequest) -> HttpResponse:
    """The officers of an agency for those who answer for it; everybody else sees the own line."""
    wanted = asked(request, at=timezone.now())
    actor = wanted.actor
    if wanted.agency is None or not sees(actor, wanted.agency):
        post = actor.posts[0] if actor.posts else None
        card = cards.card(post.agency_id) if post else None
        wanted = asked(request, at=timezone.now(), agency=card) if card else wanted
    context = page.frame_of(wanted) | {
        "heading": wanted.agency.name if wanted.agency else "",
        "officers": _lines(wanted) if wanted.agency else [],
        "minimum": minimum_on(wanted.period.last),
        "choices": _choices(actor),
        "is_own": wanted.agency is None or not sees(actor, wanted.agency),
    }
    return views.shown(request, "boards/officers.html", context, wanted)


@cache
def _versions() -> list[dict[str, Any]]:
    file = Path(__file__).with_name("officers.toml")
    told: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["version"]
    return sorted(told, key=lambda one: one["from"])


def minimum_on(day: date) -> int:
    """Return from how many results on the share of one officer is shown."""
    known = [one for one in _versions() if one["from"] <= day] or _versions()[:1]
    return int(known[-1]["minimum"])


def _choices(actor: Actor) -> list[cards.AgencyCard]:
    """Return the agencies among which this person may choose."""
    found = [card for card in cards.all_cards() if card.kind in _KINDS and sees(actor, card)]
    return sorted(found, key=lambda card: (card.level != "province", card.name))


def _lines(asked: Asked) -> list[Officer]:
    rows = queries.table((), asked.period, by="officer", scope=asked.scope)
    own = str(asked.actor.account_id)
    mine = asked.agency is not None and sees(asked.actor, asked.agency)
    shown = [row for row in rows if row.key and (mine or row.key == own)]
    took = steering.median_days_by_officer(asked.period, scope=asked.scope)
    most = max([row.counts["open"] for row in shown] + [1])
    lines = [_line(row, took.get(int(row.key)), most, asked) for row in shown]
    return sorted(lines, key=lambda one: one.name)


def _line(row: Figures, took: tuple[int, float] | None, most: int, asked: Asked) -> Officer:
    n = {one.key: one for one in numbers(row, asked, keys=_KEYS, narrow={"can-bo": row.key})}
    soon = row.counts["soon"] + row.counts["near"]
    least = minimum_on(asked.period.last)
    is_enough = row.counts["settled"] >= least
    parts = (row.counts["open"] - soon - row.counts["overdue"], soon, row.counts["overdue"])
    return Officer(
        row.name,
        n["open"],
        Number("soon", soon),
        n["overdue"],
        n["settled"],
        percent(row.on_time) if is_enough else "–",
        late_by(took[1]) if took and took[0] >= least else "–",
        n["supplemented_twice"],
        (100 * parts[0] / most, 100 * parts[1] / most, 100 * parts[2] / most),
        is_me=row.key == str(asked.actor.account_id),
    )
