"""What is known of an open dossier at a moment, as numbers; nothing that came later is in them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

import numpy as np

from motcua.reporting.foresight.folding import NEVER, STEPS, Spans
from motcua.reporting.foresight.history import History, Open, share
from motcua.reporting.foresight.hours import DAY, Hours

RECENT, LONG, PACE = 28 * DAY, 60 * DAY, 14 * DAY
WEIGHT = 20.0

# Each feature belongs to one reason; a dossier's three strongest reasons are told.
REASONS: Mapping[str, tuple[str, ...]] = {
    "time": ("left", "limit", "used"),
    "need": ("slack", "step", "in_step"),
    "queue": ("queue", "queue_left", "officer_load"),
    "agency": ("agency_late", "agency_overdue", "agency_load"),
    "kind": ("procedure_late", "field_late"),
    "path": ("channel", "elsewhere", "courier"),
    "waited": ("supplement", "extended", "opinion", "obligation"),
    "calendar": ("closed_days", "tet_days", "due_weekday"),
}
NAMES = tuple(name for names in REASONS.values() for name in names)
# Which way each may only work, so that a reason says what everybody understands by it; the others
# may work either way.
WORSENS = frozenset({
    "used", "in_step", "queue", "queue_left", "officer_load", "agency_late",
    "agency_overdue", "agency_load",
    "procedure_late", "field_late", "elsewhere", "courier", "extended", "opinion", "closed_days",
    "supplement", "obligation",
})  # fmt: skip
EASES = frozenset({"left", "slack", "step", "tet_days"})


@dataclass(frozen=True)
class Seen:
    """Features by row of NAMES' order; `rows` are the spans, `moments` when each was looked at."""

    rows: np.ndarray
    moments: np.ndarray
    values: np.ndarray

    def column(self, name: str) -> np.ndarray:
        """Return one feature of every row."""
        return np.asarray(self.values[:, NAMES.index(name)])


class Past:
    """What groups had done by any moment, prepared once for many looks."""

    def __init__(self, spans: Spans, hours: Hours, tet: np.ndarray) -> None:
        """Sort the endings, the steps left and the loads; `tet` are the first days of Tết."""
        self.spans, self.hours, self.tet = spans, hours, np.sort(tet)
        columns = spans.columns
        ends = first_of(columns["ended"] > 0, columns["place"])
        self._endings(ends[columns["accepted"][ends] > 0])
        self._steps()

    def on(self, spans: Spans) -> Past:
        """Return the same past to look at other spans with, whose groups have the same numbers."""
        other = copy(self)
        other.spans = spans
        return other

    def _endings(self, ends: np.ndarray) -> None:
        spans, columns = self.spans, self.spans.columns
        self.ended = History(spans.of("competent", ends), columns["ended"][ends])
        # In time is known when it ends, late as soon as the day has passed: what lies on counts too.
        over = columns["due"] < spans.until
        over &= (columns["due"] > 0) & (columns["ended"] == 0) & (columns["paused"] == 0)
        passed = np.flatnonzero(over)
        first = first_of(over, columns["place"])
        good = ends[(columns["due"][ends] > 0) & (columns["ended"][ends] <= columns["due"][ends])]
        good = good[~np.isin(columns["place"][good], columns["place"][first])]
        rows = np.concatenate([good, first])
        at = np.concatenate(
            [columns["ended"][good], np.maximum(spans.since[first], columns["due"][first])]
        )
        late = np.concatenate([np.zeros(len(good)), np.ones(len(first))])
        self.late = {
            name: History(spans.of(name, rows), at, late)
            for name in ("competent", "procedure", "field")
        } | {"": History(np.zeros(len(rows), dtype=np.int64), at, late)}
        accepted = first_of(spans.columns["accepted"] > 0, spans.columns["place"])
        until = end_of(spans)[spans.columns["place"][accepted]]
        self.agency_open = Open(
            spans.of("competent", accepted), spans.columns["accepted"][accepted], until
        )
        since = np.maximum(spans.since[passed], columns["due"][passed])
        self.overdue = Open(spans.of("competent", passed), since, spans.until[passed])

    def _steps(self) -> None:
        """Every stay in a step: when it began, when it was left, how long it then took to the end."""
        spans, columns = self.spans, self.spans.columns
        begins = stays(spans)
        live = begins[(columns["accepted"][begins] > 0) & (columns["ended"][begins] == 0)]
        left = left_at(spans, live)
        desk = self.desk(live)
        since = columns["step_since"][live]
        self.queue = Open(desk, since, left)
        done = left < NEVER
        self.passed = History(desk[done], left[done])
        ends = end_of(spans)[columns["place"][live]]
        over = ends < NEVER
        took = self.hours.between(since[over], ends[over])
        self.need = {
            name: History(self._kind(name, live[over]), ends[over], took)
            for name in ("procedure", "step")
        }
        given = _changes(columns["place"], columns["officer"])
        given = given[(columns["officer"][given] > 0) & (columns["ended"][given] == 0)]
        self.officers = Open(
            columns["officer"][given], spans.since[given], _officer_left(spans, given)
        )

    def desk(self, rows: np.ndarray) -> np.ndarray:
        """Return the number of the desk (agency and step) at which each span stands."""
        spans = self.spans
        return np.asarray(spans.of("competent", rows) * 8 + spans.columns["step"][rows])

    def _kind(self, name: str, rows: np.ndarray) -> np.ndarray:
        step = self.spans.columns["step_name"][rows]
        if name == "step":
            return np.asarray(step)
        return np.asarray(self.spans.of("procedure", rows) * STEPS + step)

    def see(self, rows: np.ndarray, moments: np.ndarray) -> Seen:
        """Return the features of some spans, each at its moment inside the span."""
        found = self._time(rows, moments) | self._desk(rows, moments)
        found |= self._record(rows, moments) | self._path(rows, moments)
        values = np.column_stack([found[name].astype(np.float64) for name in NAMES])
        return Seen(rows, moments, values)

    def _time(self, rows: np.ndarray, at: np.ndarray) -> dict[str, np.ndarray]:
        columns, hours = self.spans.columns, self.hours
        start, due = columns["start"][rows], columns["due"][rows]
        left, limit = hours.between(at, due), np.maximum(1, hours.between(start, due))
        in_step = hours.between(columns["step_since"][rows], at)
        need = np.maximum(self.usual_need(rows, at) - in_step, 30.0)
        return {
            "left": left,
            "limit": limit,
            "used": np.clip(1 - left / limit, 0, 1),
            "slack": left / need,
            "step": columns["step"][rows],
            "in_step": in_step / limit,
            "closed_days": hours.closed_weekdays(at, due),
            "tet_days": self._tet(at, due),
            "due_weekday": hours.weekday(due),
        }

    def usual_need(self, rows: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Return how many working minutes such dossiers took from this step to the end so far."""
        count, total = self.need["step"].within(self._kind("step", rows), at, LONG)
        usual = share(count, total, usual=960.0, weight=1.0)
        count, total = self.need["procedure"].within(self._kind("procedure", rows), at, LONG)
        return share(count, total, usual=usual, weight=5.0)

    def _tet(self, at: np.ndarray, due: np.ndarray) -> np.ndarray:
        """Return the days left to the next Tết, 60 at most; 0 when it comes before the due day."""
        if not len(self.tet):
            return np.full(len(at), 60.0)
        after = np.searchsorted(self.tet, at)
        following = np.append(self.tet, NEVER)[after]
        days = np.clip((following - at) / DAY, 0, 60)
        return np.asarray(np.where(following <= due, 0.0, days))

    def _desk(self, rows: np.ndarray, at: np.ndarray) -> dict[str, np.ndarray]:
        desk, columns = self.desk(rows), self.spans.columns
        front = np.maximum(0, self.queue.at(desk, at) - 1)
        pace = self.passed.within(desk, at, PACE)[0] / 10.0  # working days in two weeks
        queue = front / np.maximum(pace, 0.5)
        days_left = np.maximum(self.hours.between(at, columns["due"][rows]), 60) / float(
            self.hours.day_minutes
        )
        officer = columns["officer"][rows]
        load = self.officers.at(officer, at).astype(np.float64)
        return {
            "queue": queue,
            "queue_left": queue / days_left,
            "officer_load": np.where(officer > 0, load, np.nan),
        }

    def _record(self, rows: np.ndarray, at: np.ndarray) -> dict[str, np.ndarray]:
        spans, zero = self.spans, np.zeros(len(rows), dtype=np.int64)
        count, late = self.late[""].within(zero, at, RECENT)
        usual = share(count, late, usual=0.05, weight=WEIGHT)
        found = {}
        for name, key, window in (
            ("agency_late", "competent", RECENT),
            ("procedure_late", "procedure", LONG),
            ("field_late", "field", RECENT),
        ):
            count, late = self.late[key].within(spans.of(key, rows), at, window)
            found[name] = share(count, late, usual=usual, weight=WEIGHT)
        agency = spans.of("competent", rows)
        pace = self.ended.within(agency, at, PACE)[0] / 10.0
        still = self.agency_open.at(agency, at)
        found["agency_load"] = still / np.maximum(pace, 0.5)
        found["agency_overdue"] = share(still, self.overdue.at(agency, at), usual=0.02, weight=10)
        return found

    def _path(self, rows: np.ndarray, at: np.ndarray) -> dict[str, np.ndarray]:
        spans, columns = self.spans, self.spans.columns
        names = np.array(spans.names)
        courier = columns["courier_since"][rows]
        waiting = np.where(courier > 0, self.hours.between(np.maximum(courier, 1), at), 0)
        online = names[spans.of("channel", rows)] == "online"
        return {
            "channel": online,
            "elsewhere": _place_of(names[spans.of("receiving", rows)])
            != _place_of(names[spans.of("competent", rows)]),
            "courier": np.where(courier > 0, 1 + np.minimum(waiting // 240, 4), 0),
            "supplement": columns["supplements"][rows] > 0,
            "extended": columns["extended"][rows] > 0,
            "opinion": columns["opinions"][rows] > 0,
            "obligation": columns["obligations"][rows] > 0,
        }


def _place_of(codes: np.ndarray) -> np.ndarray:
    """Return the first two parts of agencies' codes: a centre and its committee share them."""
    return np.array([".".join(str(code).split(".")[:2]) for code in codes])


def first_of(marks: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return for each dossier its first span that is marked."""
    rows = np.flatnonzero(marks)
    _found, first = np.unique(places[rows], return_index=True)
    return np.asarray(rows[first])


def end_of(spans: Spans) -> np.ndarray:
    """Return when each dossier ended, NEVER while it has not."""
    ends = np.full(len(spans.ids), NEVER, dtype=np.int64)
    rows = first_of(spans.columns["ended"] > 0, spans.columns["place"])
    ends[spans.columns["place"][rows]] = spans.columns["ended"][rows]
    return ends


def _changes(places: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the spans at which a dossier begins or a value changes."""
    if not len(places):
        return np.zeros(0, dtype=np.int64)
    differs = (places[1:] != places[:-1]) | (values[1:] != values[:-1])
    return np.asarray(np.flatnonzero(np.concatenate([[True], differs])))


def stays(spans: Spans) -> np.ndarray:
    """Return the spans with which a stay in a step begins."""
    return _changes(spans.columns["place"], spans.columns["step_since"])


def left_at(spans: Spans, rows: np.ndarray) -> np.ndarray:
    """Return when the step that begins with each span was left, or its dossier ended."""
    columns = spans.columns
    return _until_change(spans, rows, columns["step_since"] * 2 + (columns["ended"] > 0))


def _officer_left(spans: Spans, rows: np.ndarray) -> np.ndarray:
    columns = spans.columns
    return _until_change(spans, rows, columns["officer"] * 2 + (columns["ended"] > 0))


def _until_change(spans: Spans, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
    begins = _changes(spans.columns["place"], values)
    after = np.searchsorted(begins, rows, side="right")
    last = np.append(begins, len(spans.since))[after] - 1
    return np.asarray(spans.until[last])
