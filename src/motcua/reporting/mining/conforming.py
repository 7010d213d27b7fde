"""How dossiers went, set beside the approved process: time at each step, and where it was left.

A deviation is no fault: it is a place to look at, listed with its dossiers.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motcua.reporting.mining.log import NONE, Ints
from motcua.reporting.mining.own import APPROVED, AT_ONCE, Chain, Facts, Runs, Walking
from motcua.reporting.mining.working import Minutes, WorkClock
from motcua.workflow.definition import Process

SKIPPED, DISORDER, OTHER_POST, OVER, REPEATED = "skipped", "disorder", "post", "over", "repeated"
DEVIATIONS = (SKIPPED, DISORDER, OTHER_POST, OVER, REPEATED)


@dataclass(frozen=True)
class Stage:
    """One step of the process as it went: how often, and its median working minutes.

    `queued`: until somebody was named for it; `worked`: from then on; both of the runs in which a
    fact names somebody (`given` of `count`). `whole`: all of it, without waiting for the person.
    """

    step: str
    count: int
    given: int
    queued: float | None
    worked: float | None
    whole: float
    p90: float
    total_hours: float
    over: int


@dataclass(frozen=True)
class Deviation:
    """A way in which dossiers left the approved process, and which dossiers did."""

    kind: str
    step: str
    cases: tuple[int, ...]


@dataclass(frozen=True)
class Conformance:
    """What was found: the stages in their order, deviations by kind, dossiers without any."""

    stages: list[Stage]
    deviations: list[Deviation]
    checked: int
    conforming: int
    at_once: int
    runs: Runs


@dataclass(frozen=True)
class Setting:
    """What dossiers are measured by: their processes, clocks, and who held which posts.

    `process_of`: the number of each dossier's process; `clock_of`: of its calendar. `roles`: the
    roles that each actor of the facts holds (empty: not known, so nothing is said).
    """

    processes: Sequence[Process]
    process_of: Sequence[int]
    clocks: Sequence[WorkClock]
    clock_of: Sequence[int]
    roles: Mapping[str, frozenset[str]]
    stands_in: Callable[[str], frozenset[str]] = lambda role: frozenset({role})


def conform(facts: Facts, setting: Setting) -> Conformance:
    """Return how dossiers went beside their processes."""
    chains = [chain_of(process) for process in setting.processes]
    order = np.lexsort((facts.time, facts.case))
    cases = facts.case[order]
    walking = Walking(facts, order)
    bounds = np.searchsorted(cases, np.arange(len(facts.cases) + 1)).tolist()
    swift = _at_once(facts)
    for case in range(len(facts.cases)):
        if case not in swift:
            rows = range(bounds[case], bounds[case + 1])
            walking.walk(case, rows, chains[setting.process_of[case]])
    runs = walking.runs
    spent = _Spent(facts, runs, setting)
    found = _Deviations(facts, runs, setting, chains)
    deviations = found.all(spent.over)
    odd = {case for one in deviations for case in one.cases}
    known = set(runs.case)
    names = [step.key for process in setting.processes for step in process.chain()]
    return Conformance(
        spent.stages(list(dict.fromkeys(names))), deviations, len(known), len(known - odd),
        len(swift), runs,
    )  # fmt: skip


def chain_of(process: Process) -> Chain:
    """Return the steps of a process, and those at which facts of the counter and the clerk end."""
    steps = process.chain()
    keys = tuple(step.key for step in steps)
    first = next((step.key for step in steps if step.role == "receptionist"), keys[0])
    issue = next((step.key for step in steps if step.role == "clerk"), keys[-1])
    last = next((step.key for step in reversed(steps) if step.role == "receptionist"), "")
    return Chain(keys, first, issue, last if last != first or len(keys) == 1 else "")


def _at_once(facts: Facts) -> set[int]:
    """The dossiers that were settled while the person waited: no step was opened for them."""
    if AT_ONCE not in facts.steps or APPROVED not in facts.kinds:
        return set()
    here = (facts.step == facts.steps.index(AT_ONCE)) & (facts.kind == facts.kinds.index(APPROVED))
    return set(facts.case[here].tolist())


class _Spent:
    """The working minutes of every run, without those in which the person was waited for."""

    def __init__(self, facts: Facts, runs: Runs, setting: Setting) -> None:
        self._runs = runs
        self._steps = np.array(runs.step, dtype=object)
        case = np.array(runs.case, dtype=np.int64)
        opened, done = (np.array(one, dtype=np.int64) for one in (runs.opened, runs.done))
        self._assigned = np.array(runs.assigned, dtype=np.int64)
        clock = np.array(setting.clock_of, dtype=np.int64)[case] if len(case) else case
        due = np.array([one.due_at for one in facts.cases], dtype=np.int64)
        due = due[case] if len(case) else case
        given = np.where(self._assigned == NONE, opened, self._assigned)
        self.whole, self.queued, left = (np.zeros(len(case)) for _part in range(3))
        for number, working in enumerate(setting.clocks):
            here = clock == number
            self.whole[here] = working.between(opened[here], done[here])
            self.queued[here] = working.between(opened[here], given[here])
            left[here] = working.between(opened[here], due[here])
        self._subtract(setting, clock)
        self.over = self._over(setting, case, left, due)

    def _subtract(self, setting: Setting, clock: Ints) -> None:
        if not self._runs.paused:
            return
        number, since, upto = np.array(self._runs.paused, dtype=np.int64).T
        for which, working in enumerate(setting.clocks):
            here = clock[number] == which
            waited = working.between(since[here], upto[here])
            np.subtract.at(self.whole, number[here], waited)
        self.whole = np.maximum(self.whole, 0.0)
        self.queued = np.minimum(self.queued, self.whole)

    def _over(self, setting: Setting, case: Ints, left: Minutes, due: Ints) -> NDArray[np.bool_]:
        """Which runs took longer than their step had (as workflow.rules.budget_minutes says)."""
        over = np.zeros(len(case), dtype=bool)
        process_of = np.array(setting.process_of, dtype=np.int64)[case] if len(case) else case
        rest = np.where(due == NONE, 0.0, left)
        for number, process in enumerate(setting.processes):
            for step in process.chain():
                own, whole = _budget(process, step.key)
                here = (process_of == number) & (self._steps == step.key)
                share = rest[here] * own / whole if whole else np.zeros(int(here.sum()))
                is_shared = (rest[here] > 0) & (process.is_elastic | (whole > rest[here]))
                budget = np.where(is_shared, np.floor(share), 0 if process.is_elastic else own)
                over[here] = (budget > 0) & (self.whole[here] > budget + 1)
        return over

    def stages(self, names: list[str]) -> list[Stage]:
        """Return the steps in the order of the process."""
        found = []
        for name in names:
            here = self._steps == name
            if not here.any():
                continue
            given = here & (self._assigned != NONE)
            whole = self.whole[here]
            worked = self.whole[given] - self.queued[given]
            found.append(
                Stage(
                    name, int(here.sum()), int(given.sum()),
                    float(np.median(self.queued[given])) if given.any() else None,
                    float(np.median(worked)) if given.any() else None,
                    float(np.median(whole)), float(np.percentile(whole, 90)),
                    float(whole.sum() / 60), int(self.over[here].sum()),
                )
            )  # fmt: skip
        return found


def _budget(process: Process, key: str) -> tuple[int, int]:
    rest = process.chain(key)
    return rest[0].hours * 60, sum(step.hours for step in rest) * 60


class _Deviations:
    """The ways in which dossiers left their process."""

    def __init__(
        self, facts: Facts, runs: Runs, setting: Setting, chains: Sequence[Chain]
    ) -> None:
        self._facts, self._runs, self._setting, self._chains = facts, runs, setting, chains
        self._found: dict[tuple[str, str], set[int]] = defaultdict(set)

    def all(self, over: NDArray[np.bool_]) -> list[Deviation]:
        """Return what was found, the most frequent first."""
        by_case: dict[int, list[int]] = defaultdict(list)
        for number, case in enumerate(self._runs.case):
            by_case[case].append(number)
        for number in np.flatnonzero(over).tolist():
            self._found[OVER, self._runs.step[number]].add(self._runs.case[number])
        for case, numbers in by_case.items():
            self._check_order(case, numbers)
        self._check_posts()
        rows = [Deviation(kind, step, tuple(sorted(cases)))
                for (kind, step), cases in self._found.items()]  # fmt: skip
        return sorted(rows, key=lambda one: (-len(one.cases), one.kind, one.step))

    def _check_order(self, case: int, numbers: list[int]) -> None:
        runs, keys = self._runs, self._chains[self._setting.process_of[case]].keys
        done: list[int] = []
        came_back = False
        for number in numbers:
            step = runs.step[number]
            if runs.is_back[number]:
                came_back = True
                continue
            if step not in keys:
                continue
            place = keys.index(step)
            if place in done:
                self._found[REPEATED, step].add(case)
            elif done and place < max(done) and not came_back:
                self._found[DISORDER, step].add(case)
            done.append(place)
        for place in range(max(done, default=0)):
            if place not in done:
                self._found[SKIPPED, keys[place]].add(case)

    def _check_posts(self) -> None:
        """Each pair of a step and who did it is looked at once."""
        runs, process_of = self._runs, self._setting.process_of
        known: dict[tuple[int, str, int, int], bool] = {}
        rows = zip(runs.case, runs.step, runs.who, runs.post, strict=True)
        for case, step, who, post in rows:
            key = (process_of[case], step, who, post)
            if key not in known:
                known[key] = self._is_other_post(*key)
            if known[key]:
                self._found[OTHER_POST, step].add(case)

    def _is_other_post(self, process: int, key: str, who: int, post: int) -> bool:
        facts, step = self._facts, self._setting.processes[process].step(key)
        roles = self._setting.roles.get(facts.people[who]) if who != NONE else None
        if step is None or not roles or (post != NONE and "(thay" in facts.posts[post]):
            return False
        return not roles & self._setting.stands_in(step.role)
