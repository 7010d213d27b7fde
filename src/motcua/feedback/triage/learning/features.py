"""What of a text is counted: syllables, letters, negations; as typed and without diacritics.

People write "ko", "hok", "quááá", leave diacritics away and misspell; several views of the same text,
each brought to length one, let one view speak where another is blind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.kernel.text import fold, fold_tone, nfc

_TOKEN = re.compile(
    r"(?P<smile>[:=;x]-?[)d]+|<3|\^\^|:v\b|=\)+)|(?P<sad>[:=]'?-?\(+|t_t|:\|)"
    r"|(?P<word>[^\W\d_]+)|(?P<number>\d+(?:[.,/:]\d+)*)|(?P<mark>[!?]+|\.{2,})"
    r"|(?P<sign>[\U0001F300-\U0001FAFF\u2600-\u27BF])",
    re.IGNORECASE,
)
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_STOPS = re.compile(r"[.,;!?\n]")
NOT = frozenset(
    (
        "không", "chưa", "chẳng", "chả", "đừng", "chớ", "hổng", "hông", "ko", "k", "hok", "kg",
        "khong", "chua", "chang", "cha", "dung", "hong", "thiếu", "thieu", "hết", "het", "kém",
        "kem", "ít",
    )
)  # fmt: skip
REACH = 3

Row = Counter[str]
View = Callable[[str], Iterator[str]]


def tokens(text: str) -> list[str]:
    """Return syllables in lower case (tones placed alike, "quáááá" as "quá"), marks and smileys."""
    found = []
    for hit in _TOKEN.finditer(_LONG.sub(r"\1", nfc(text).lower())):
        kind, said = str(hit.lastgroup), hit.group()
        if kind == "word":
            found.append(fold_tone(said))
        elif kind in ("smile", "sad"):
            found.append(f"<{kind}>")
        elif kind == "number":
            found.append(said if len(said) < 4 else "<" + "0" * min(len(said), 9) + ">")
        else:
            found.append(said[:2])
    return found


def _grams(parts: Sequence[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for at in range(len(parts) - size + 1):
            yield " ".join(parts[at : at + size])


def words(text: str) -> Iterator[str]:
    """Yield runs of one to three syllables, with the text's ends as marks."""
    yield from _grams(["^", *tokens(text), "$"], 3)


def folded_words(text: str) -> Iterator[str]:
    """Yield runs of one and two syllables without diacritics, and pairs that stand apart."""
    parts = [fold(token) for token in tokens(text)]
    yield from _grams(parts, 2)
    for first, third in zip(parts, parts[2:], strict=False):
        yield f"{first} _ {third}"


def negated(text: str) -> Iterator[str]:
    """Yield the syllables within reach of a negation, marked."""
    for clause in _STOPS.split(text):
        left = 0
        for token in tokens(clause):
            if left:
                yield f"¬{token}"
                left -= 1
            if token in NOT:
                left = REACH


def _letters(parts: Iterable[str], shortest: int, longest: int) -> Iterator[str]:
    for part in parts:
        padded = f" {part} "
        for size in range(shortest, min(longest, len(padded)) + 1):
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size]


def letters(text: str) -> Iterator[str]:
    """Yield runs of two to five letters within syllables, as typed."""
    yield from _letters(tokens(text), 2, 5)


def folded_letters(text: str) -> Iterator[str]:
    """Yield runs of three to six letters without diacritics, across two syllables."""
    parts = [fold(token) for token in tokens(text)]
    yield from _letters((f"{a} {b}" for a, b in zip(parts, [*parts[1:], ""], strict=True)), 3, 6)


@dataclass(frozen=True)
class Sight:
    """A view and how much it counts beside the others."""

    view: View
    scale: float = 1.0


SIGHTS: dict[str, Sight] = {
    "words": Sight(words),
    "folded": Sight(folded_words),
    "negated": Sight(negated, 0.5),
    "letters": Sight(letters),
    "folded_letters": Sight(folded_letters),
}


@dataclass
class Space:
    """Features kept by name, with the weight of each (rare ones weigh more)."""

    sights: Mapping[str, Sight]
    least: int = 2
    index: dict[str, dict[str, int]] = field(default_factory=dict)
    weight: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self.weight)

    def fit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Learn the features of the texts and return their rows."""
        counted = self._count(texts)
        weights: list[float] = []
        for view in self.sights:
            seen: Counter[str] = Counter()
            for row in counted[view]:
                seen.update(row.keys())
            kept = sorted(name for name, times in seen.items() if times >= self.least)
            self.index[view] = {name: len(weights) + at for at, name in enumerate(kept)}
            weights += [float(np.log((1 + len(texts)) / (1 + seen[name])) + 1) for name in kept]
        self.weight = np.asarray(weights, dtype=np.float32)
        return self._rows(counted, len(texts))

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the rows of texts in this space; what it does not know is left out."""
        return self._rows(self._count(texts), len(texts))

    def _count(self, texts: Sequence[str]) -> dict[str, list[Row]]:
        return {
            name: [Counter(sight.view(text)) for text in texts]
            for name, sight in self.sights.items()
        }

    def _rows(self, counted: dict[str, list[Row]], count: int) -> sparse.csr_matrix:
        values, columns, ends = [np.zeros(0, np.float32)], [np.zeros(0, np.int64)], [0]
        for at in range(count):
            length = 0
            for view in self.sights:
                column, value = self._view(view, counted[view][at])
                columns.append(column)
                values.append(value)
                length += len(column)
            ends.append(ends[-1] + length)
        return sparse.csr_matrix(
            (np.concatenate(values), np.concatenate(columns), np.array(ends)),
            shape=(count, self.size),
        )

    def _view(self, view: str, row: Row) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one view of a text, of length one."""
        known = self.index[view]
        pairs = sorted((known[name], times) for name, times in row.items() if name in known)
        if not pairs:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        table = np.array(pairs, dtype=np.int64)
        value = (1 + np.log(table[:, 1])) * self.weight[table[:, 0]]
        value *= self.sights[view].scale / np.linalg.norm(value)
        return table[:, 0], value.astype(np.float32)
