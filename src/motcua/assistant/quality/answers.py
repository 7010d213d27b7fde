"""The answers measured on our questions: right, wrong, confidently wrong, attacks held, by part."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import resources
from typing import Any

from motcua.assistant.answering.answer import Answer, Thread
from motcua.assistant.answering.ask import ask
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.text import read
from motcua.assistant.quality.matching import says
from motcua.kernel.worktime import VIETNAM

CONFIDENT = 0.5
_TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the set. must: facts that have to be said; must_not: that may not be."""

    id: str
    part: str
    question: str
    outcome: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    must: tuple[Any, ...] = ()
    must_not: tuple[Any, ...] = ()
    thread: tuple[str, ...] = ()
    on: date = _TODAY
    split: str = "dev"


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with what was wrong about it, "" when it is right."""

    question: Question
    answer: Answer
    fault: str

    @property
    def is_confidently_wrong(self) -> bool:
        """Whether it is wrong and says so with confidence."""
        return bool(self.fault) and (
            self.answer.outcome == "answered" and self.answer.confidence >= CONFIDENT
        )


@dataclass(slots=True)
class Figures:
    """One line of the table."""

    part: str
    judged: list[Judged] = field(default_factory=list)

    @property
    def many(self) -> int:
        """How many questions."""
        return len(self.judged)

    @property
    def right(self) -> int:
        """How many are right; partly right is wrong."""
        return sum(not one.fault for one in self.judged)

    @property
    def confidently_wrong(self) -> int:
        """How many are wrong and confident."""
        return sum(one.is_confidently_wrong for one in self.judged)

    @property
    def milliseconds(self) -> float:
        """The 95th percentile of the time that an answer took."""
        spent = sorted(one.answer.ms for one in self.judged)
        return spent[int(0.95 * (len(spent) - 1))] if spent else 0.0


def questions(split: str = "") -> list[Question]:
    """Return the questions of a split, of both without one."""
    return [row for row in _rows() if split in ("", row.split)]


def measure(rows: Iterable[Question], *, told: Callable[[], None] = lambda: None) -> list[Figures]:
    """Return the figures of each part and, last, of all ("")."""
    parts: dict[str, Figures] = {}
    whole = Figures("")
    for row in rows:
        judged = judge(row, answer_to(row))
        parts.setdefault(row.part, Figures(row.part)).judged.append(judged)
        whole.judged.append(judged)
        told()
    return [*parts.values(), whole]


def answer_to(row: Question) -> Answer:
    """Return our answer, after the earlier questions of its thread."""
    at, thread = _before(row)
    return ask(row.question, on=row.on, at=at, thread=thread)


def drafted(row: Question) -> Draft:
    """Return the draft for a question, before any step, for what learns from it."""
    at, thread = _before(row)
    return Draft(row.question, read(row.question), on=row.on, at=at, thread=thread)


def _before(row: Question) -> tuple[datetime, Thread]:
    at = datetime.combine(row.on, datetime.min.time(), VIETNAM).replace(hour=9)
    thread = Thread()
    for earlier in row.thread:
        thread = thread.after(earlier, ask(earlier, on=row.on, at=at, thread=thread))
    return at, thread


def judge(row: Question, answer: Answer) -> Judged:
    """Return what is wrong with the answer: outcome, procedure, a fact missing or forbidden."""
    if answer.outcome.value not in row.outcome:
        return Judged(row, answer, f"outcome {answer.outcome.value}")
    if row.procedures and next(iter(answer.procedures), "") not in row.procedures:
        return Judged(row, answer, f"procedure {next(iter(answer.procedures), '—')}")
    for fact in row.must:
        if not says(answer.text, fact):
            return Judged(row, answer, f"misses {fact}")
    for fact in row.must_not:
        if says(answer.text, fact):
            return Judged(row, answer, f"says {fact}")
    return Judged(row, answer, "")


def _rows() -> Iterator[Question]:
    folder = resources.files("motcua.assistant.quality.data").joinpath("questions")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".jsonl"):
            continue
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                yield _question(json.loads(line))


def _question(raw: dict[str, Any]) -> Question:
    on = raw.get("on")
    return Question(
        id=raw["id"],
        part=raw["part"],
        question=raw["question"],
        outcome=tuple(raw["outcome"]),
        procedures=tuple(raw.get("procedures", ())),
        must=tuple(raw.get("must", ())),
        must_not=tuple(raw.get("must_not", ())),
        thread=tuple(raw.get("thread", ())),
        on=date.fromisoformat(on) if on else _TODAY,
        split=raw.get("split", "dev"),
    )
