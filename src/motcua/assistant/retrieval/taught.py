"""What people wrote for this repository: sayings and what they mean, questions and their articles."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.assistant.retrieval.bags import Bags
from motcua.assistant.retrieval.learning import Draw, Pairs
from motcua.catalog.search.lexicon import lexicon
from motcua.kernel.text import words


@dataclass(frozen=True)
class LawQuestion:
    """A question about the law as `data/questions` has it."""

    id: str
    question: str
    gold: tuple[str, ...]
    style: str
    split: str


def law_questions(*splits: str) -> list[LawQuestion]:
    """Return the law questions of the splits ("train", "dev", "test"); of all when none is named."""
    folder = resources.files("motcua.assistant.retrieval") / "data" / "questions"
    files = sorted(Path(str(folder)).glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    asked = [LawQuestion(**row | {"gold": tuple(row["gold"])}) for row in rows]
    return [question for question in asked if not splits or question.split in splits]


def sayings() -> Iterator[tuple[str, str]]:
    """Return every everyday phrase and abbreviation of the catalogue with what it stands for."""
    for senses in lexicon().senses.values():
        for sense in senses:
            yield from ((" ".join(sense.written), " ".join(means)) for means in sense.means)


def requests(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return what people ask for beside the official name of the procedure."""
    for code, said in lexicon().asks.items():
        if code in names:
            yield from ((phrase, names[code]) for phrase in said)
    gold = resources.files("motcua.catalog") / "data" / "gold" / "questions.jsonl"
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield from ((row["question"], names[c]) for c in row["codes"][:1] if c in names)


class Taught:
    """Draws batches of self-made pairs with some that people wrote among them."""

    def __init__(
        self, bags: Bags, names: Sequence[str], pairs: Sequence[tuple[str, str]], draw: Draw
    ) -> None:
        self._bags, self._draw = bags, draw
        self._columns = {name: column for column, name in enumerate(names)}
        self._asked = self._rows([asked for asked, _answer in pairs])
        self._answers = self._rows([answer for _asked, answer in pairs])

    def _rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        rows: list[int] = []
        columns: list[int] = []
        for row, text in enumerate(texts):
            said = words(text)
            joined = (f"{a} {b}" for a, b in pairwise(said))
            known = [self._columns[n] for n in (*said, *joined) if n in self._columns]
            columns += known
            rows += [row] * len(known)
        return self._bags.weigh(np.array(rows, np.int64), np.array(columns, np.int32), len(texts))

    def draw(self, random: np.random.Generator, share: int = 64) -> Pairs:
        """Return a batch with `share` written pairs in it."""
        asked, answers = self._draw(random)
        chosen = random.choice(self._asked.shape[0], share, replace=False)
        return (
            sparse.vstack([asked, self._asked[chosen]], format="csr"),
            sparse.vstack([answers, self._answers[chosen]], format="csr"),
        )
