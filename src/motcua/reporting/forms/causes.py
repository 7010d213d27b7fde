"""Why a dossier is overdue: read from its facts alone, one reason for each.

The time between its start and its end is parted by where it lay. From each part the share that the
part may take of the whole term is subtracted (causes.toml); what is left most names the reason.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "causes.toml"
REPEATED, UNKNOWN = "repeated_supplement", "unknown"
_ASKED, _ANSWERED = "dossier.supplement_requested", "dossier.supplement_answered"
_OWED, _PAID = "dossier.payment_required", "dossier.payment_confirmed"


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


@dataclass
class _Way:
    """Where a dossier lies while its facts are read, and how long it lay in each place."""

    rules: Rules
    spent: dict[str, timedelta] = field(default_factory=dict)
    place: str = ""
    since: datetime | None = None
    is_paused: bool = False
    owes: bool = False
    opinions: dict[str, datetime] = field(default_factory=dict)
    asked_late: tuple[datetime, datetime] | None = None
    term: timedelta = timedelta(0)

    def move(self, at: datetime, place: str = "") -> None:
        """Close the part that ends here and go on to a place (the same when it is blank)."""
        if self.since is not None and self.place and not self.is_paused:
            self._spend(self.since, at)
        self.since, self.place = at, place or self.place

    def _spend(self, start: datetime, end: datetime) -> None:
        if self.owes:
            self._add("finance", end - start)
            return
        whole, taken = end - start, timedelta(0)
        if self.asked_late is not None:
            taken = _overlap((start, end), self.asked_late)
            self._add("supplement_late", taken)
        late = min(self.opinions.values(), default=end)
        beyond = min(_overlap((start, end), (late, end)), whole - taken)
        self._add("consultation", beyond)
        self._add(self.place, whole - taken - beyond)

    def _add(self, key: str, length: timedelta) -> None:
        if length:
            self.spent[key] = self.spent.get(key, timedelta(0)) + length


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> timedelta:
    return max(timedelta(0), min(one[1], other[1]) - max(one[0], other[0]))


def reason_of(facts: Sequence[Known], *, until: datetime, rules: Rules) -> str:
    """Return the key of the reason of an overdue dossier, UNKNOWN where the facts tell nothing."""
    asked = [fact for fact in facts if fact.kind == _ASKED]
    if len(asked) > 1:
        return REPEATED
    way = _Way(rules, asked_late=_late_from(facts, asked, rules))
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
    if not excess or max(excess.values()) <= timedelta(0):
        return max(way.spent, key=lambda key: way.spent[key], default=UNKNOWN)
    return max(excess, key=lambda key: excess[key])


def _late_from(
    facts: Sequence[Known], asked: Sequence[Known], rules: Rules
) -> tuple[datetime, datetime] | None:
    """Return since when the first question was late, and when it was asked."""
    start = next((fact.at for fact in facts if fact.kind == "dossier.accepted"), None)
    if start is None or not asked:
        return None
    limit = _working_days_after(start, rules.ask_within_days)
    return (limit, asked[0].at) if asked[0].at > limit else None


def _working_days_after(start: datetime, days: int) -> datetime:
    at = start
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return at


def _take(way: _Way, fact: Known) -> None:
    kind, at, body = fact.kind, fact.at, fact.body
    _clock(way, fact)
    _opinions(way, fact)
    place = _place(way, kind, body)
    if place:
        way.move(at, place)
    due = body.get("due_at")
    if due and kind in ("dossier.accepted", "dossier.received", _ANSWERED):
        way.term = max(way.term, datetime.fromisoformat(str(due)) - at)


def _clock(way: _Way, fact: Known) -> None:
    if fact.kind in (_ASKED, _ANSWERED):
        way.move(fact.at)
        way.is_paused = fact.kind == _ASKED
    elif fact.kind in (_OWED, _PAID):
        way.move(fact.at)
        way.owes = fact.kind == _OWED


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
    if kind in ("dossier.accepted", "dossier.handed_over"):
        return "papers"
    if kind in ("dossier.received", "dossier.taken_over"):
        return "unassigned"
    if kind == "dossier.assigned":
        return way.rules.of_step(str(body.get("step", "")))
    if kind == "dossier.step_done":
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
