"""The same figures once more, from the ledger alone, and where the rows differ from it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from motcua.reporting.queries import digitisation
from motcua.reporting.queries.conditions import base, conditions
from motcua.reporting.rules import Period

_ENDING = {
    "dossier.result_issued": "",
    "dossier.withdrawn": "withdrawn",
    "dossier.closed_unsupplemented": "stopped",
}
_ASKED = {"dossier.supplement_requested", "dossier.payment_required"}
_ANSWERED = {"dossier.supplement_answered", "dossier.payment_confirmed"}
_CHECKED = (
    "received", "online", "carried", "settled", "on_time", "late", "ended", "open", "in_time",
    "overdue", "waiting",
)  # fmt: skip
_DIGITAL = ("resolved", "e_result", "e_whole", "taken_in", "digitised", "reused", "from_store")
_FACTS = (
    "SELECT stream, kind, at, body FROM ledger_factrow WHERE stream LIKE 'dossier:%%' AND at < %s "
    "ORDER BY stream, seq"
)


@dataclass
class Standing:
    """How a dossier stands after some of its facts."""

    code: str = ""
    channel: str = ""
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    ending: str = ""
    is_waiting: bool = False
    was_stamped: bool = False
    was_scanned: bool = False
    was_reused: bool = False
    was_replaced: bool = False

    @property
    def is_electronic(self) -> bool:
        """Tell whether its components are there electronically."""
        return self.channel == "online" or self.was_scanned or self.was_reused

    def hear(self, kind: str, at: datetime, body: dict[str, object]) -> None:
        """Take one fact in."""
        self.code = str(body.get("code", self.code))
        if kind == "dossier.filed":
            self.channel = str(body["channel"])
        elif kind == "dossier.accepted":
            self.accepted_at = at
        elif kind in _ENDING and self.ended_at is None:
            self.ended_at, self.ending = at, _ENDING[kind]
        self.was_stamped |= kind == digitisation.STAMPED
        self.was_scanned |= kind == digitisation.SCANNED
        self.was_reused |= kind == digitisation.FROM_STORE
        self.was_replaced |= kind == digitisation.FROM_STORE and body.get("replaces") is True
        if kind in _ASKED | _ANSWERED:
            self.is_waiting = kind in _ASKED
        due = body.get("due_at")
        if (
            due
            and self.ended_at is None
            and kind != "dossier.handed_over"
            and "opinion" not in kind
        ):
            self.due_at = datetime.fromisoformat(str(due))


@dataclass(frozen=True)
class Difference:
    """One figure as the rows and as the ledger give it, and the dossiers in which they differ."""

    figure: str
    rows: int
    ledger: int
    codes: tuple[str, ...] = field(default=())

    @property
    def is_same(self) -> bool:
        """Tell whether both give the same dossiers."""
        return self.rows == self.ledger and not self.codes


def differences(period: Period) -> list[Difference]:
    """Recompute every figure of a period from facts and set it beside the rows' figure.

    Source: design §6 (a figure shown is recomputable from the ledger by a command).
    """
    told: dict[str, set[str]] = {key: set() for key in (*_CHECKED, *_DIGITAL)}
    for standing in _standings(period.until):
        for key in figures_of(standing, period):
            told[key].add(standing.code)
    found = []
    wanted = conditions(period)
    for key in _CHECKED:
        codes = list(base(period).filter(wanted[key]).values_list("code", flat=True))
        odd = sorted(set(codes) ^ told[key])
        found.append(Difference(key, len(codes), len(told[key]), tuple(odd[:20])))
    return found + [_of_digitisation(key, period, told[key]) for key in _DIGITAL]


def _of_digitisation(key: str, period: Period, told: set[str]) -> Difference:
    codes = set(digitisation.listed(key, period).values_list("code", flat=True))
    return Difference(key, len(codes), len(told), tuple(sorted(codes ^ told)[:20]))


def figures_of(standing: Standing, period: Period) -> Iterator[str]:
    """Give the figures in which a dossier counts, by the words of the definitions."""
    accepted, ended = standing.accepted_at, standing.ended_at
    if accepted is None or (ended is not None and ended < period.start):
        return
    yield from _digital(standing, period)
    if accepted >= period.start:
        yield "received"
        if standing.channel == "online":
            yield "online"
    else:
        yield "carried"
    if ended is None:
        yield from _still(standing, period)
        return
    yield "settled"
    if standing.ending:
        yield "ended"
    else:
        yield "late" if standing.due_at is not None and ended > standing.due_at else "on_time"


def _digital(standing: Standing, period: Period) -> Iterator[str]:
    """Give the counts of digitisation (766/QĐ-TTg 4.1 to 4.4)."""
    if standing.accepted_at is not None and standing.accepted_at >= period.start:
        marks = {"taken_in": True, "digitised": standing.is_electronic,
                 "reused": standing.was_reused, "from_store": standing.was_replaced}  # fmt: skip
        yield from (key for key, holds in marks.items() if holds)
    if standing.ended_at is not None and not standing.ending:
        yield "resolved"
        if standing.was_stamped:
            yield "e_result"
        if standing.was_stamped and standing.is_electronic:
            yield "e_whole"


def _still(standing: Standing, period: Period) -> Iterator[str]:
    yield "open"
    if standing.is_waiting:
        yield "waiting"
    elif standing.due_at is not None and standing.due_at < period.until:
        yield "overdue"
    else:
        yield "in_time"


def _standings(until: datetime) -> Iterator[Standing]:
    """Fold the facts before a moment, dossier by dossier."""
    stream, standing = "", Standing()
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [until])
        for this, kind, at, body in cursor.fetchall():
            if this != stream:
                if stream:
                    yield standing
                stream, standing = this, Standing()
            standing.hear(kind, at, json.loads(body))
    if stream:
        yield standing


def tally(found: list[Difference]) -> Counter[str]:
    """Return how many figures are the same and how many differ."""
    return Counter("same" if one.is_same else "different" for one in found)
