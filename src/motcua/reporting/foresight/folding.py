"""From the facts of dossiers to spans of time in which nothing about a dossier changed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from motcua.reporting.foresight.hours import seconds

NEVER = 2**32 - 1
STEPS = 1024  # more names of steps than processes have
# The order of the steps; a step of another name lies where one appraises.
RECEIVE, APPRAISE, APPROVE, ISSUE = 0, 1, 2, 3
_PLACE = {"receive": RECEIVE, "approve": APPROVE, "sign": APPROVE, "issue": ISSUE, "return": ISSUE}

Fact = tuple[int, str, int, Mapping[str, Any]]


@dataclass
class _Dossier:
    """How a dossier stands after some of its facts; times in seconds, 0: none."""

    place: int
    texts: dict[str, int] = field(default_factory=dict)
    accepted: int = 0
    start: int = 0
    due: int = 0
    ended: int = 0
    step: int = RECEIVE
    step_name: int = 0
    step_since: int = 0
    officer: int = 0
    paused: int = 0
    supplements: int = 0
    extended: int = 0
    obligations: int = 0
    opinions: int = 0
    courier_since: int = 0


COLUMNS = (
    "place", "accepted", "start", "due", "ended", "step", "step_name", "step_since", "officer",
    "paused", "supplements", "extended", "obligations", "opinions", "courier_since",
)  # fmt: skip
STATICS = ("procedure", "field", "receiving", "competent", "channel")


@dataclass(frozen=True)
class Spans:
    """Spans in order of dossier and time: `columns` by span, `since` and `until` their ends.

    `statics` holds numbers of texts by dossier; `names` gives the texts back.
    """

    ids: np.ndarray
    since: np.ndarray
    until: np.ndarray
    columns: Mapping[str, np.ndarray]
    statics: Mapping[str, np.ndarray]
    names: tuple[str, ...]

    def of(self, column: str, rows: np.ndarray) -> np.ndarray:
        """Return a column of some spans, whether it belongs to the span or to its dossier."""
        if column in self.columns:
            return np.asarray(self.columns[column][rows])
        return np.asarray(self.statics[column][self.columns["place"][rows]])

    def at(self, moment: int) -> np.ndarray:
        """Return the spans that hold a moment, one for each dossier known by then."""
        return np.flatnonzero((self.since <= moment) & (moment < self.until))


@dataclass
class Names:
    """Numbers that stand for texts, and for the names of steps."""

    texts: dict[str, int] = field(default_factory=lambda: {"": 0})
    steps: dict[str, int] = field(default_factory=lambda: {"": 0})


class Fold:
    """Takes facts in, dossier by dossier in the order of their streams, and gives the spans.

    names: which number stands for which text and step; those of another fold make the same groups.
    """

    def __init__(self, names: Names | None = None) -> None:
        """Begin with nothing."""
        self.names = names or Names()
        # Plain numbers in a row: a tenth of the memory that lists of tuples would take.
        self._ids, self._since, self._until = array("q"), array("q"), array("q")
        self._rows, self._statics = array("q"), array("q")

    def take(self, facts: Iterable[Fact]) -> Fold:
        """Take the facts of whole dossiers in; those of one dossier stand together."""
        now, last = _Dossier(-1), None
        for key, kind, at, body in facts:
            if key != last:
                self._end_dossier(now)
                now, last = _Dossier(len(self._ids)), key
                self._ids.append(key)
            hear = _HEARD.get(kind)
            if hear is None:
                continue
            hear(self, now, at, body)
            self._note(now, at)
        self._end_dossier(now)
        return self

    def _end_dossier(self, now: _Dossier) -> None:
        if now.place >= 0:
            self._statics.extend([now.texts.get(name, 0) for name in STATICS])

    def _note(self, now: _Dossier, at: int) -> None:
        if self._rows and self._rows[-len(COLUMNS)] == now.place:
            self._until[-1] = max(at, self._since[-1])
            at = self._until[-1]
        self._rows.extend(
            (
                now.place,
                now.accepted,
                now.start,
                now.due,
                now.ended,
                now.step,
                now.step_name,
                now.step_since,
                now.officer,
                now.paused,
                now.supplements,
                now.extended,
                now.obligations,
                now.opinions,
                now.courier_since,
            )
        )
        self._since.append(at)
        self._until.append(NEVER)

    def number(self, text: object) -> int:
        """Return the number that stands for a text."""
        return self.names.texts.setdefault(str(text), len(self.names.texts))

    def step_number(self, name: str) -> int:
        """Return the number that stands for the name of a step."""
        return self.names.steps.setdefault(name, len(self.names.steps) % STEPS)

    def spans(self) -> Spans:
        """Return all spans of what was taken in."""
        rows = np.frombuffer(self._rows, dtype=np.int64).reshape(-1, len(COLUMNS))
        statics = np.frombuffer(self._statics, dtype=np.int64).reshape(-1, len(STATICS))
        return Spans(
            np.array(self._ids, dtype=np.int64),
            np.array(self._since, dtype=np.int64),
            np.array(self._until, dtype=np.int64),
            {name: rows[:, place].copy() for place, name in enumerate(COLUMNS)},
            {name: statics[:, place].copy() for place, name in enumerate(STATICS)},
            tuple(self.names.texts),
        )


Heard = Callable[[Fold, _Dossier, int, Mapping[str, Any]], None]


def _moment(text: object) -> int:
    return seconds(datetime.fromisoformat(str(text))) if text else 0


def _step(fold: Fold, now: _Dossier, at: int, name: str, body: Mapping[str, Any]) -> None:
    now.step, now.step_name = _PLACE.get(name, APPRAISE), fold.step_number(name)
    now.step_since, now.officer = at, int(body.get("officer_id") or 0)


def _filed(fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    for name in STATICS:
        now.texts[name] = fold.number(body.get(name, ""))
    _step(fold, now, at, "receive", body)


def _accepted(fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    now.accepted, now.due = at, _moment(body.get("due_at"))
    now.start = at if now.due else 0
    _step(fold, now, at, "appraise", body)


def _received(_fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    now.start, now.due = at, _moment(body.get("due_at"))


def _assigned(_fold: Fold, now: _Dossier, _at: int, body: Mapping[str, Any]) -> None:
    now.officer = int(body.get("officer_id") or 0)


def _step_done(fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    _step(fold, now, at, str(body.get("next_step") or "return"), body)


def _sent_back(fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    _step(fold, now, at, str(body.get("to_step") or "appraise"), body)


def _approved(fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    _step(fold, now, at, "issue", body)


def _ended(_fold: Fold, now: _Dossier, at: int, _body: Mapping[str, Any]) -> None:
    now.ended = now.ended or at


def _asked_for_more(_fold: Fold, now: _Dossier, at: int, _body: Mapping[str, Any]) -> None:
    now.supplements, now.paused = now.supplements + 1, at


def _came_in(_fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    now.paused = 0
    if body.get("due_at"):  # the limit counts again from the beginning (118/2025/NĐ-CP Điều 19)
        now.start, now.due = at, _moment(body["due_at"])


def _owes(_fold: Fold, now: _Dossier, at: int, body: Mapping[str, Any]) -> None:
    now.obligations, now.paused = now.obligations + 1, at if body.get("pauses_clock") else 0


def _paid(_fold: Fold, now: _Dossier, _at: int, body: Mapping[str, Any]) -> None:
    now.paused, now.due = 0, _moment(body.get("due_at")) or now.due


def _extended(_fold: Fold, now: _Dossier, _at: int, body: Mapping[str, Any]) -> None:
    now.extended, now.due = now.extended + 1, _moment(body["due_at"])


def _recomputed(_fold: Fold, now: _Dossier, _at: int, body: Mapping[str, Any]) -> None:
    now.due = _moment(body["due_at"])


def _opinion_asked(_fold: Fold, now: _Dossier, _at: int, _body: Mapping[str, Any]) -> None:
    now.opinions += 1


def _opinion_given(_fold: Fold, now: _Dossier, _at: int, _body: Mapping[str, Any]) -> None:
    now.opinions = max(0, now.opinions - 1)


def _handed_over(_fold: Fold, now: _Dossier, at: int, _body: Mapping[str, Any]) -> None:
    now.courier_since = at


def _taken_over(_fold: Fold, now: _Dossier, _at: int, _body: Mapping[str, Any]) -> None:
    now.courier_since = 0


_HEARD: dict[str, Heard] = {
    "dossier.filed": _filed,
    "dossier.accepted": _accepted,
    "dossier.received": _received,
    "dossier.assigned": _assigned,
    "dossier.step_done": _step_done,
    "dossier.step_sent_back": _sent_back,
    "dossier.approved": _approved,
    "dossier.result_issued": _ended,
    "dossier.withdrawn": _ended,
    "dossier.closed_unsupplemented": _ended,
    "dossier.intake_refused": _ended,
    "dossier.supplement_requested": _asked_for_more,
    "dossier.supplement_answered": _came_in,
    "dossier.payment_required": _owes,
    "dossier.payment_confirmed": _paid,
    "dossier.deadline_extended": _extended,
    "dossier.deadline_recomputed": _recomputed,
    "dossier.opinion_asked": _opinion_asked,
    "dossier.opinion_given": _opinion_given,
    "dossier.opinion_silent": _opinion_given,
    "dossier.handed_over": _handed_over,
    "dossier.taken_over": _taken_over,
}
KINDS = tuple(_HEARD)
