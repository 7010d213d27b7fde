"""Measures search on the gold questions: how often the first, or one of five, answers."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

from motcua.catalog.search.engine import WEIGHTS, Weights, search
from motcua.catalog.search.entries import Entry
from motcua.catalog.search.index import Index, build
from motcua.catalog.search.lexicon import lexicon


@dataclass(frozen=True)
class Question:
    """A question with every code that answers it. part: the set it was written for."""

    text: str
    codes: frozenset[str]
    part: str


@dataclass
class Figures:
    """What a run measured. missed: question, rank (0 = not found) and what came first."""

    asked: int = 0
    first: int = 0
    in_five: int = 0
    milliseconds: list[float] = field(default_factory=list)
    missed: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def hit_1(self) -> float:
        """Share of questions that the first hit answers."""
        return self.first / self.asked if self.asked else 0.0

    @property
    def hit_5(self) -> float:
        """Share of questions that one of the first five answers."""
        return self.in_five / self.asked if self.asked else 0.0

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 searches end."""
        ordered = sorted(self.milliseconds)
        return ordered[int(len(ordered) * 0.95)] if ordered else 0.0

    def as_dict(self) -> dict[str, object]:
        """Return the figures as JSON can hold them."""
        shares = {"hit_1": round(self.hit_1, 4), "hit_5": round(self.hit_5, 4)}
        return {"questions": self.asked, **shares, "p95_ms": round(self.p95, 1)}

    def __str__(self) -> str:
        return (
            f"{self.asked} câu hỏi: hit@1 {self.hit_1:.1%}, hit@5 {self.hit_5:.1%}, "
            f"p95 {self.p95:.1f} ms"
        )


def questions(part: str = "") -> Iterator[Question]:
    """Iterate over the gold questions, of one part when it is named."""
    text = (
        resources.files("motcua.catalog.data.gold").joinpath("questions.jsonl").read_text("utf-8")
    )
    for line in text.splitlines():
        row = json.loads(line)
        if part in ("", row["part"]):
            yield Question(row["question"], frozenset(row["codes"]), row["part"])


def evaluate(entries: list[Entry], part: str = "", weights: Weights = WEIGHTS) -> Figures:
    """Return the figures of search over these procedures.

    A question none of whose codes is among the procedures is left out.
    """
    return measure(build(entries, lexicon()), questions(part), weights)


def measure(index: Index, asked: Iterator[Question], weights: Weights = WEIGHTS) -> Figures:
    """Return the figures of these questions on an index."""
    figures = Figures()
    known = index.by_code.keys()
    for question in asked:
        if not question.codes & known:
            continue
        begun = time.perf_counter()
        found = search(question.text, index, lexicon(), limit=10, weights=weights)
        figures.milliseconds.append((time.perf_counter() - begun) * 1000)
        codes = [one.entry.code for one in found]
        rank = next((n for n, code in enumerate(codes, start=1) if code in question.codes), 0)
        figures.asked += 1
        figures.first += rank == 1
        figures.in_five += 1 <= rank <= 5
        if rank != 1:
            figures.missed.append((question.text, rank, codes[0] if codes else ""))
    return figures
