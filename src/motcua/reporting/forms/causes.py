"""Why a dossier is overdue: read from its facts alone, one reason for each.

The working time between its start and its end is parted by where it lay. From each part the time is
subtracted that it may take: a step's by the approved internal process of the procedure, of the other
parts a share of the term (causes.toml). What is left most is the reason; where no part took more
than it may, the facts do not tell.
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
# Receiving and handing out are done by receptionists; between them a result waits to be issued.
_OF_ROLE = {"appraiser": "appraisal", "head": "signature", "chairman": "signature",
            "clerk": "issuing"}  # fmt: skip
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


@dataclass(frozen=True)
class Step:
    """A step of the approved process: who does it, and in how many working minutes."""

    key: str
    role: str
    minutes: int


@dataclass(frozen=True)
class Internal:
    """The approved internal process of a procedure, as far as reasons need it.

    `is_elastic`: the minutes are shares of whatever time the dossier has.
    """

    steps: tuple[Step, ...]
    is_elastic: bool = False

    def reason(self, key: str) -> str:
        """Return the reason to which the time in a step belongs, "" of a step it does not have."""
        return next((_OF_ROLE.get(one.role, "") for one in self.steps if one.key == key), "")

    @property
    def begins(self) -> str:
        """Return the reason of the step to which an accepted dossier goes first."""
        return _OF_ROLE.get(self.steps[1].role, "") if len(self.steps) > 1 else ""

    def allowed(self, reason: str, term: int) -> int | None:
        """Return how long the steps of a reason may take of a term; None: it has no such step."""
        own = sum(one.minutes for one in self.steps if _OF_ROLE.get(one.role) == reason)
        whole = sum(one.minutes for one in self.steps)
        if not own:
            return None
        return term * own // whole if self.is_elastic or whole > term else own


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
    internal: Internal | None = None
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

    def of_step(self, key: str) -> str:
        """Return the reason of a step: by the approved process, else by the words of its key."""
        told = self.internal.reason(key) if self.internal is not None else ""
        return told or self.rules.of_step(key)

    @property
    def begins(self) -> str:
        """Return where an accepted dossier lies first."""
        return (self.internal.begins if self.internal is not None else "") or "appraisal"

    def excess(self) -> dict[str, float]:
        """Return by how many minutes each part took more than it may."""
        found = {}
        for one in self.rules.reasons:
            if one.key in self.spent:
                told = self.internal.allowed(one.key, self.term) if self.internal else None
                allowed = one.share * self.term if told is None else told
                found[one.key] = self.spent[one.key] - allowed
        return found

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


def reason_of(
    facts: Sequence[Known],
    *,
    until: datetime,
    rules: Rules,
    hours: Hours,
    internal: Internal | None = None,
) -> str:
    """Return the key of the reason of an overdue dossier, UNKNOWN where the facts tell nothing.

    internal: the approved process of its procedure; without one the shares of causes.toml hold.
    """
    asked = [fact for fact in facts if fact.kind == _ASKED and fact.at < until]
    if len(asked) > 1:
        return REPEATED
    kinds = [fact.kind for fact in facts]
    first_step = kinds.index(_STEP) if _STEP in kinds else len(kinds)
    way = _Way(
        rules,
        hours,
        internal,
        asked_late=_late_from(facts, asked, rules, hours),
        waits_for_papers=any(fact.kind == _TAKEN and fact.body.get("is_late") for fact in facts),
        waits_for_officer="dossier.assigned" in kinds[:first_step],
    )
    for fact in facts:
        if fact.at >= until:
            break
        _take(way, fact)
    way.move(until)
    excess = {key: minutes for key, minutes in way.excess().items() if minutes > 0}
    return max(excess, key=lambda key: excess[key], default=UNKNOWN)


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
        return "unassigned" if way.waits_for_officer else way.begins
    if kind == "dossier.assigned":
        way.waits_for_officer = False
        return way.of_step(str(body.get("step", "")))
    if kind == _STEP:
        return way.of_step(str(body.get("next_step", "")))
    if kind == "dossier.step_sent_back":
        return way.of_step(str(body.get("to_step", "")))
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
