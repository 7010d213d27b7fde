"""Why a dossier is overdue: read from its facts alone, one reason for each.

The working time between its start and its end is parted by where it lay. From each part the share
that the part may take of the whole term is subtracted (causes.toml); what is left most is the reason.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from motcua.kernel.worktime import VIETNAM

_FILE = Path(__file__).parent / "causes.toml"
REPEATED, UNKNOWN = "repeated_supplement", "unknown"
_ASKED, _ANSWERED = "dossier.supplement_requested", "dossier.supplement_answered"
_OWED, _PAID = "dossier.payment_required", "dossier.payment_confirmed"
_ACCEPTED, _TAKEN, _STEP = "dossier.accepted", "dossier.taken_over", "dossier.step_done"


@dataclass(frozen=True)
class Known:
    """One fact of a dossier."""

    kind: str
    at: datetime
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason: its words, and the share of the term that this part of the way may take."""

    key: str
    words: str
    share: float = 0.0
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The reasons in force since a day."""

    since: date
    ask_within_days: int
    reasons: tuple[Reason, ...]

    def of_step(self, key: str) -> str:
        """Return the reason to which the time in a step belongs."""
        for reason in self.reasons:
            if any(word in key for word in reason.steps):
                return reason.key
        return "appraisal"


class Hours(Protocol):
    """Working time, as the calendars of the house count it."""

    def working_minutes_between(self, first: datetime, last: datetime) -> int:
        """Return the working minutes between two moments."""

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day so many working days after a day."""


Span = tuple[datetime, datetime]


@dataclass
class _Way:
    """Where a dossier lies while its facts are read, and how many minutes it lay in each place."""

    rules: Rules
    hours: Hours
    asked_late: Span | None = None
    waits_for_papers: bool = False
    waits_for_officer: bool = False
    spent: dict[str, int] = field(default_factory=dict)
    place: str = ""
    since: datetime | None = None
    is_paused: bool = False
    is_paused_by_money: bool = False
    owes: bool = False
    opinions: dict[str, datetime] = field(default_factory=dict)
    term: int = 0

    def move(self, at: datetime, place: str = "") -> None:
        """Close the part that ends here and go on to a place (the same when it is blank)."""
        if self.since is not None and self.place and not self.is_paused:
            self._spend((self.since, at))
        self.since, self.place = at, place or self.place

    def _spend(self, span: Span) -> None:
        if self.owes:
            self._add("finance", self._minutes(span))
            return
        left = self._minutes(span)
        if self.asked_late is not None:
            taken = self._minutes(_overlap(span, self.asked_late))
            self._add("supplement_late", taken)
            left -= taken
        late = min(self.opinions.values(), default=span[1])
        beyond = min(left, self._minutes(_overlap(span, (late, span[1]))))
        self._add("consultation", beyond)
        self._add(self.place, left - beyond)

    def _minutes(self, span: Span) -> int:
        return self.hours.working_minutes_between(*span) if span[1] > span[0] else 0

    def _add(self, key: str, minutes: int) -> None:
        if minutes > 0:
            self.spent[key] = self.spent.get(key, 0) + minutes


def _overlap(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])


def reason_of(facts: Sequence[Known], *, until: datetime, rules: Rules, hours: Hours) -> str:
    """Return the key of the reason of an overdue dossier, UNKNOWN where the facts tell nothing."""
    asked = [fact for fact in facts if fact.kind == _ASKED and fact.at < until]
    if len(asked) > 1:
        return REPEATED
    kinds = [fact.kind for fact in facts]
    first_step = kinds.index(_STEP) if _STEP in kinds else len(kinds)
    way = _Way(
        rules,
        hours,
        asked_late=_late_from(facts, asked, rules, hours),
        waits_for_papers=any(fact.kind == _TAKEN and fact.body.get("is_late") for fact in facts),
        waits_for_officer="dossier.assigned" in kinds[:first_step],
    )
    for fact in facts:
        if fact.at >= until:
            break
        _take(way, fact)
    way.move(until)
    excess = {
        reason.key: way.spent[reason.key] - reason.share * way.term
        for reason in rules.reasons
        if reason.key in way.spent
    }
    if not excess or max(excess.values()) <= 0:
        return max(way.spent, key=lambda key: way.spent[key], default=UNKNOWN)
    return max(excess, key=lambda key: excess[key])


def _late_from(
    facts: Sequence[Known], asked: Sequence[Known], rules: Rules, hours: Hours
) -> Span | None:
    """Return since when the first question was late, and when it was asked."""
    start = next((fact.at for fact in facts if fact.kind == _ACCEPTED), None)
    if start is None or not asked:
        return None
    zone = start.astimezone(VIETNAM)
    day = hours.add_working_days(zone.date(), rules.ask_within_days)
    limit = datetime.combine(day + timedelta(days=1), time.min, VIETNAM)
    return (limit, asked[0].at) if asked[0].at > limit else None


def _take(way: _Way, fact: Known) -> None:
    kind, at, body = fact.kind, fact.at, fact.body
    _clock(way, fact)
    _opinions(way, fact)
    place = _place(way, kind, body)
    if place:
        way.move(at, place)
    due = body.get("due_at")
    if due and kind in (_ACCEPTED, "dossier.received", _ANSWERED):
        limit = datetime.fromisoformat(str(due))
        way.term = max(way.term, way.hours.working_minutes_between(at, limit))


def _clock(way: _Way, fact: Known) -> None:
    if fact.kind in (_ASKED, _ANSWERED):
        way.move(fact.at)
        way.is_paused = fact.kind == _ASKED
    elif fact.kind == _OWED:
        way.move(fact.at)
        way.is_paused = way.is_paused_by_money = bool(fact.body.get("pauses_clock"))
        way.owes = not way.is_paused
    elif fact.kind == _PAID and (way.owes or way.is_paused_by_money):
        way.move(fact.at)
        way.owes = way.is_paused = way.is_paused_by_money = False


def _opinions(way: _Way, fact: Known) -> None:
    name = str(fact.body.get("agency", ""))
    if fact.kind == "dossier.opinion_asked":
        way.move(fact.at)
        way.opinions[name] = datetime.fromisoformat(str(fact.body["due_at"]))
    elif fact.kind in ("dossier.opinion_given", "dossier.opinion_silent"):
        way.move(fact.at)
        if fact.kind == "dossier.opinion_given":
            way.opinions.pop(name, None)


def _place(way: _Way, kind: str, body: Mapping[str, Any]) -> str:
    """Return where the dossier lies after a fact, "" where it lies on."""
    if kind == _ACCEPTED and way.waits_for_papers:
        return "papers"
    if kind in (_ACCEPTED, "dossier.received", _TAKEN):
        return "unassigned" if way.waits_for_officer else "appraisal"
    if kind == "dossier.assigned":
        way.waits_for_officer = False
        return way.rules.of_step(str(body.get("step", "")))
    if kind == _STEP:
        return way.rules.of_step(str(body.get("next_step", "")))
    if kind == "dossier.step_sent_back":
        return way.rules.of_step(str(body.get("to_step", "")))
    return "issuing" if kind == "dossier.approved" else ""


def rules_on(day: date) -> Rules:
    """Return the reasons that hold on a day."""
    return [one for one in _all() if one.since <= day][-1]


@cache
def _all() -> tuple[Rules, ...]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["rules"]
    return tuple(
        Rules(
            since=entry["since"],
            ask_within_days=entry["ask_within_days"],
            reasons=tuple(
                Reason(**one | {"steps": tuple(one.get("steps", ()))}) for one in entry["reason"]
            ),
        )
        for entry in sorted(entries, key=lambda one: str(one["since"]))
    )
