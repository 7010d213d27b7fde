"""Our own facts as a log, and the runs of steps in them: who had a dossier, from when, to when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from motcua.reporting.mining.log import NONE, Ids, Ints, LeftOut, Log

FILED, ACCEPTED, RECEIVED = "dossier.filed", "dossier.accepted", "dossier.received"
ASSIGNED, STEP_DONE, SENT_BACK = "dossier.assigned", "dossier.step_done", "dossier.step_sent_back"
APPROVED, ISSUED, RETURNED = "dossier.approved", "dossier.result_issued", "dossier.result_returned"
ASKED, ANSWERED = "dossier.supplement_requested", "dossier.supplement_answered"
OWED, PAID = "dossier.payment_required", "dossier.payment_confirmed"
WITHDRAWN, CLOSED = "dossier.withdrawn", "dossier.closed_unsupplemented"
# Every act that moves a dossier; readings, drafts and notices do not.
KINDS = (
    FILED, ACCEPTED, RECEIVED, "dossier.intake_refused", ASKED, ANSWERED, CLOSED, ASSIGNED,
    "dossier.opinion_asked", "dossier.opinion_given", STEP_DONE, SENT_BACK, APPROVED, ISSUED,
    RETURNED, "dossier.deadline_extended", OWED, PAID, WITHDRAWN, "dossier.handed_over",
    "dossier.taken_over", "dossier.correction_opened", "dossier.result_corrected",
    "dossier.result_revoked",
)  # fmt: skip
STEPPED = (STEP_DONE, ASSIGNED, SENT_BACK, APPROVED)
AT_ONCE = "at_once"
_MOVING = frozenset({ACCEPTED, STEP_DONE, SENT_BACK, APPROVED, ISSUED, RETURNED})


@dataclass(frozen=True)
class Case:
    """One dossier as its facts tell it; `due_at` in microseconds, NONE without a number."""

    id: int
    code: str
    version_id: int
    competent_id: int
    receiving_id: int
    accepted_at: int
    due_at: int
    ended_at: int = NONE


# dossier, kind, microseconds, actor, post, step, step it goes to
Row = tuple[int, str, int, str, str, str, str]


@dataclass
class Facts:
    """The facts of many dossiers as columns; numbers index the names."""

    cases: list[Case]
    case: Ints
    kind: Ints
    time: Ints
    who: Ints
    post: Ints
    step: Ints
    to_step: Ints
    kinds: tuple[str, ...]
    people: tuple[str, ...]
    posts: tuple[str, ...]
    steps: tuple[str, ...]

    def log(self) -> Log:
        """Return the log: an activity is a kind of fact, a finished step each its own."""
        many = len(self.steps) + 1
        done = self.kind == (self.kinds.index(STEP_DONE) if STEP_DONE in self.kinds else NONE)
        keys = self.kind * many + np.where(done, self.step + 1, 0)
        known, activity = np.unique(keys, return_inverse=True)
        names = tuple(self._name(int(key) // many, int(key) % many) for key in known)
        blank = np.full(len(self.case), NONE, dtype=np.int64)
        return Log(
            self.case, activity.astype(np.int64), self.time, blank, self.post,
            tuple(one.code for one in self.cases), names, (), self.posts, LeftOut(),
        )  # fmt: skip

    def _name(self, kind: int, step: int) -> str:
        return self.kinds[kind] + (f"|{self.steps[step - 1]}" if step else "")


class FactsGathering:
    """Facts that come in batches, in the order of dossier and number."""

    def __init__(self) -> None:
        self._ids = [Ids() for _column in range(4)]
        self._parts: list[list[Ints]] = []

    def add(self, rows: Sequence[Row], place_of: Mapping[int, int]) -> None:
        """Take a batch of facts in; `place_of`: where each dossier stands among the cases."""
        dossier, kind, time, *names = zip(*rows, strict=True)
        many = len(rows)
        self._parts.append([
            np.fromiter(map(place_of.__getitem__, dossier), dtype=np.int64, count=many),
            self._ids[0].of(list(kind)),
            np.array(time, dtype=np.int64),
            *(ids.of(list(column)) for ids, column in zip(self._ids[1:4], names[:3], strict=True)),
            self._ids[3].of(list(names[3])),
        ])  # fmt: skip

    def finish(self, cases: list[Case]) -> Facts:
        """Return what was gathered."""
        empty = [np.zeros(0, dtype=np.int64)] * 7
        columns = (
            [np.concatenate(part) for part in zip(*self._parts, strict=True)]
            if self._parts
            else empty
        )
        case, kind, time, who, post, step, to_step = columns
        kinds, people, posts, steps = (ids.names() for ids in self._ids)
        return Facts(
            cases, case, kind, time, who, post, step, to_step, kinds, people, posts, steps
        )


@dataclass
class Runs:
    """One row per time that a dossier stood at a step: opened, given to somebody, done.

    `assigned` NONE: nobody was named by a fact of its own. `paused`: (run, from, to) in which the
    person was waited for. `is_back`: it ended by sending the dossier back.
    """

    case: list[int] = field(default_factory=list)
    step: list[str] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    assigned: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    who: list[int] = field(default_factory=list)
    post: list[int] = field(default_factory=list)
    is_back: list[bool] = field(default_factory=list)
    paused: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """The step at which a dossier stands while its facts are read."""

    step: str
    opened: int
    assigned: int = NONE
    waits_since: int = NONE
    pauses: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    """The approved steps in their order, as far as facts name them."""

    keys: tuple[str, ...]
    receive: str
    issue: str
    hand: str

    def after(self, key: str) -> str:
        """Return the step that follows, "" at the end or of an unknown one."""
        at = self.keys.index(key) + 1 if key in self.keys else len(self.keys)
        return self.keys[at] if at < len(self.keys) else ""


class Walking:
    """Reads the facts of dossiers one after the other into runs."""

    def __init__(self, facts: Facts, order: Ints) -> None:
        self.runs = Runs()
        self._open: _Open | None = None
        # Plain lists: a number out of an array costs ten times as much.
        kinds, steps = facts.kinds, (*facts.steps, "")
        self._kind = [kinds[n] for n in facts.kind[order].tolist()]
        self._step = [steps[n] for n in facts.step[order].tolist()]
        self._to_step = [steps[n] for n in facts.to_step[order].tolist()]
        self._time = facts.time[order].tolist()
        self._who, self._post = facts.who[order].tolist(), facts.post[order].tolist()

    def walk(self, case: int, rows: range, chain: Chain) -> None:
        """Read one dossier's facts, which stand in that range."""
        self._open = None
        for at in rows:
            kind = self._kind[at]
            here: _Open | None = self._open
            if kind == FILED:
                self._open = _Open(chain.receive, self._time[at])
            elif kind in (WITHDRAWN, CLOSED):
                self._open = None
            elif kind in _MOVING:
                self._moved(case, at, kind, chain)
            elif here is not None:
                self._waits(at, kind, here)

    def _waits(self, at: int, kind: str, here: _Open) -> None:
        """Something happened at a step that does not end it."""
        time = self._time[at]
        if kind in (ASKED, OWED):
            here.waits_since = time
        elif kind in (ANSWERED, PAID):
            self._resume(time)
        elif here.assigned == NONE and kind == RECEIVED:
            here.opened = time
        elif here.assigned == NONE and kind == ASSIGNED:
            here.assigned = time

    def _moved(self, case: int, at: int, kind: str, chain: Chain) -> None:
        """A step was finished, or sent back."""
        ends = {ACCEPTED: chain.receive, ISSUED: chain.issue, RETURNED: chain.hand}
        done = self._step[at] or ends.get(kind, "")
        if not done or done == AT_ONCE:
            return
        self._close(case, at, done, is_back=kind == SENT_BACK)
        following = self._to_step[at] or chain.after(done)
        self._open = _Open(following, self._time[at]) if following else None

    def _resume(self, time: int) -> None:
        if self._open and self._open.waits_since != NONE:
            self._open.pauses.append((self._open.waits_since, time))
            self._open.waits_since = NONE

    def _close(self, case: int, at: int, step: str, *, is_back: bool) -> None:
        time, runs = self._time[at], self.runs
        self._resume(time)
        here = self._open if self._open and self._open.step == step else None
        number = len(runs.case)
        runs.case.append(case)
        runs.step.append(step)
        runs.opened.append(self._open.opened if self._open else time)
        runs.assigned.append(here.assigned if here else NONE)
        runs.done.append(time)
        runs.who.append(self._who[at])
        runs.post.append(self._post[at])
        runs.is_back.append(is_back)
        if here is not None and here.pauses:
            runs.paused += [(number, since, upto) for since, upto in here.pauses]
