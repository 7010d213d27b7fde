"""An event log as columns: one number per event for case, activity, time, transition, resource."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motcua.kernel.refused import Refused
from motcua.reporting.mining import times

Ints = NDArray[np.int64]
NONE = -1
EMPTY = "\x00"  # a name that is said, and is empty (no text of a file has this sign)
BATCH = 100_000
MOST_EVENTS = 50_000_000
_COMPLETE = "complete"


class NotALog(Refused):
    """The file is no event log that can be read, and why, with the line where that is known."""

    field = "file"


@dataclass(frozen=True)
class Columns:
    """What the file calls things; "" = the usual names. `day_first`: None = seen from the dates.

    with_defaults: events that do not say what they do take the default that the head declares.
    literal: "NA", "null" and the like in a CSV file are names, not the lack of one.
    """

    case: str = ""
    activity: str = ""
    time: str = ""
    resource: str = ""
    transition: str = ""
    start: str = ""
    day_first: bool | None = None
    with_defaults: bool = False
    literal: bool = False


@dataclass
class LeftOut:
    """How many events were left out, by what they lack, and the number of the first."""

    no_case: int = 0
    no_activity: int = 0
    no_time: int = 0
    first_event: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.no_case + self.no_activity + self.no_time


@dataclass(frozen=True)
class Log:
    """Events in the order of the file; `time` in microseconds since 1970 UTC, `times.NAT` unknown.

    The numbers index `cases`, `activities`, `transitions` and `resources`; NONE = not said.
    `start`: when each began, in logs whose events are intervals (`time` is then their end).
    """

    case: Ints
    activity: Ints
    time: Ints
    transition: Ints
    resource: Ints
    cases: tuple[str, ...]
    activities: tuple[str, ...]
    transitions: tuple[str, ...]
    resources: tuple[str, ...]
    left_out: LeftOut = field(default_factory=LeftOut)
    empty_cases: int = 0
    start: Ints | None = None

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(self.case)

    @property
    def has_times(self) -> bool:
        """Tell whether events carry times (all of them do, or none)."""
        return bool(self.events) and int(self.time[0]) != times.NAT

    def of_complete(self) -> "Log":
        """Return the events that complete something, and those that do not say what they do."""
        done = [n for n, name in enumerate(self.transitions) if name.lower() == _COMPLETE]
        return self.where(np.isin(self.transition, [NONE, *done]))

    def where(self, kept: NDArray[np.bool_]) -> "Log":
        """Return the events that are kept, their names as they are."""
        return Log(
            self.case[kept], self.activity[kept], self.time[kept], self.transition[kept],
            self.resource[kept], self.cases, self.activities, self.transitions, self.resources,
            self.left_out, self.empty_cases, None if self.start is None else self.start[kept],
        )  # fmt: skip


class Ids(dict[str, int]):
    """Numbers for names, given in the order in which they are first seen; "" has NONE."""

    def __init__(self, *, nameless: Iterable[str] = ()) -> None:
        """nameless: texts that say that there is no name; they have NONE too."""
        super().__init__(dict.fromkeys(("", *nameless), NONE))
        self._many = 0

    def __missing__(self, name: str) -> int:
        self[name] = number = self._many
        self._many += 1
        return number

    def of(self, names: "list[str]") -> Ints:
        """Return the numbers of many names."""
        return np.fromiter(map(self.__getitem__, names), dtype=np.int64, count=len(names))

    def names(self) -> tuple[str, ...]:
        """Return the names by number."""
        return tuple("" if name == EMPTY else name for name, no in self.items() if no != NONE)


class Gathering:
    """Columns that grow batch by batch, so that a large file never stands in memory as text."""

    def __init__(self, columns: Columns, *, nameless: Iterable[str] = ()) -> None:
        self.cases, self.activities = Ids(nameless=nameless), Ids(nameless=nameless)
        self.transitions, self.resources = Ids(), Ids()
        self.day_first = columns.day_first
        self.empty_cases = 0
        self._parts: list[tuple[NDArray[np.signedinteger[Any]], ...]] = []
        self._events = 0
        self._has_starts = False

    def add(
        self, case: Ints, activity: Ints, moments: Ints, transition: Ints, resource: Ints,
        starts: Ints | None = None,
    ) -> None:  # fmt: skip
        """Take a batch in.

        Raises NotALog: there are more events than any log has.
        """
        self._events += len(case)
        if self._events > MOST_EVENTS:
            raise NotALog(f"Tệp có hơn {MOST_EVENTS} sự kiện; xin chia nhỏ tệp.")
        self._has_starts |= starts is not None
        narrow = [part.astype(np.int32) for part in (case, activity, transition, resource)]
        self._parts.append((*narrow, moments, moments if starts is None else starts))

    def finish(self, defaults: "dict[str, str] | None" = None) -> Log:
        """Return the log; events without case, activity or time are left out and counted.

        A log in which no event has a time keeps the order of its file.
        Raises NotALog: nothing is left.
        """
        if not self._parts:
            raise NotALog("Tệp không có sự kiện nào.")
        case, activity, transition, resource, moments, starts = self._whole()
        self._fill(activity, transition, defaults or {})
        bad, left_out = _without(case, activity, moments)
        log = Log(
            case, activity, moments, transition, resource, self.cases.names(),
            self.activities.names(), self.transitions.names(), self.resources.names(),
            left_out, self.empty_cases, starts,
        )  # fmt: skip
        return log.where(~bad) if bad.any() else log

    def _whole(self) -> list[Ints]:
        """The columns in one piece each, the batches let go as they are taken."""
        parts, self._parts = self._parts, []
        if not self._has_starts:
            parts = [part[:5] for part in parts]
        whole = [
            np.concatenate([part[n] for part in parts]).astype(np.int64)
            for n in range(len(parts[0]))
        ]
        if not self._has_starts:
            return [*whole, None]  # type: ignore[list-item]  # the starts
        moments, starts = whole[4:]
        whole[5] = np.where(starts == times.NAT, moments, starts)
        return whole

    def _fill(self, activity: Ints, transition: Ints, defaults: dict[str, str]) -> None:
        """Put the log's own defaults where events say nothing."""
        if defaults.get("activity") and (activity == NONE).any():
            activity[activity == NONE] = self.activities[defaults["activity"]]
        if defaults.get("transition") and (transition == NONE).any():
            transition[transition == NONE] = self.transitions[defaults["transition"]]


def _without(case: Ints, activity: Ints, moments: Ints) -> tuple[NDArray[np.bool_], LeftOut]:
    """Which events lack something, and how many of them what.

    Raises NotALog: all of them.
    """
    bad_case, bad_activity = case == NONE, activity == NONE
    bad_time = moments == times.NAT
    if bad_time.all():
        bad_time[:] = False
    bad = bad_case | bad_activity | bad_time
    if bad.all():
        raise NotALog("Không sự kiện nào có đủ mã vụ việc, tên hoạt động và thời điểm.")
    return bad, LeftOut(
        no_case=int(bad_case.sum()),
        no_activity=int((bad_activity & ~bad_case).sum()),
        no_time=int((bad_time & ~bad_activity & ~bad_case).sum()),
        first_event=int(np.argmax(bad)) + 1 if bad.any() else 0,
    )
