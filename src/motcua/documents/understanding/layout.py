"""Words as they stand on the page: rows, and runs of words parted by wide gaps. Own geometry, so that
a table, two columns and a form with dots read alike whatever the engine made of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from motcua.documents.reading.words import Box, PageRead, Word
from motcua.kernel.text import fold

_NO_LETTERS = re.compile(r"[^0-9a-z]+")
_RULES = {"|", "||", "¦", "!", "[", "]"}  # what is left of a table's lines
_LEADERS = re.compile(r"[.…_·]{3,}")


@dataclass(frozen=True)
class Token:
    """A word with what it is compared by: small letters without marks and signs."""

    word: Word
    bare: str

    @property
    def text(self) -> str:
        """The word as read."""
        return self.word.text


@dataclass(frozen=True)
class Run:
    """Words of one row with no wide gap between them."""

    page: int
    row: int
    tokens: tuple[Token, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words, parted by blanks."""
        return " ".join(token.text for token in self.tokens)

    @property
    def right(self) -> int:
        """Where the run ends."""
        return self.box.x + self.box.w

    @property
    def bottom(self) -> int:
        """Where the run's lower edge is."""
        return self.box.y + self.box.h


@dataclass(frozen=True)
class Sheet:
    """One page as runs in reading order; `height` is that of a common word."""

    number: int
    width: int
    tall: int
    height: float
    runs: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...] = field(repr=False, default=())

    @property
    def right(self) -> int:
        """Where full lines end."""
        edges = sorted(run.right for run in self.runs)
        return edges[int(len(edges) * 0.95)] if edges else self.width


def sheet_of(page: PageRead) -> Sheet:
    """Return the page's words as rows and runs."""
    words = [word for word in page.words if _LEADERS.sub("", word.text).strip()]
    height = median([word.box.h for word in words]) if words else 20.0
    kept = _in_columns([runs for row in _rows(words) if (runs := _runs(row, height))], height)
    rows = tuple(tuple(_run(page.number, at, run) for run in runs) for at, runs in enumerate(kept))
    all_runs = tuple(run for row in rows for run in row)
    return Sheet(page.number, page.width, page.height, height, all_runs, rows)


def box_of(words: Sequence[Word]) -> Box:
    """Return the box around these words."""
    left, top = min(w.box.x for w in words), min(w.box.y for w in words)
    right = max(w.box.x + w.box.w for w in words)
    return Box(left, top, right - left, max(w.box.y + w.box.h for w in words) - top)


def bare(text: str) -> str:
    """Return small letters and digits only."""
    return _NO_LETTERS.sub("", fold(text))


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.y + w.box.h / 2):
        row = next((row for row in reversed(rows[-6:]) if _beside(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [sorted(row, key=lambda w: w.box.x) for row in rows]


def _beside(row: list[Word], word: Word) -> bool:
    """Whether a word stands in a row: by the word of the row nearest to it, as rows may lean."""
    near = min(row, key=lambda other: abs(other.box.x - word.box.x))
    low = min(near.box.y + near.box.h, word.box.y + word.box.h)
    return low - max(near.box.y, word.box.y) > 0.5 * min(near.box.h, word.box.h)


def _runs(row: list[Word], height: float) -> list[list[Word]]:
    runs: list[list[Word]] = [[]]
    edge = row[0].box.x
    for word in row:
        is_rule = word.text in _RULES
        if is_rule or word.box.x - edge > max(1.25 * height, 14):
            runs.append([])
        if not is_rule:
            runs[-1].append(word)
        edge = word.box.x + word.box.w
    return [run for run in runs if run]


def _in_columns(rows: list[list[list[Word]]], height: float) -> list[list[list[Word]]]:
    """Part runs also where the rows around them begin a column: cells of a table stand close."""
    starts = [[run[0].box for run in row[1:]] for row in rows]
    parted = []
    for at, row in enumerate(rows):
        beside = [
            box for near in starts[max(0, at - 2) : at] + starts[at + 1 : at + 3] for box in near
        ]
        columns = [box.x for box in beside if abs(box.y - row[0][0].box.y) < 4 * height]
        parted.append([part for run in row for part in _parted(run, columns, height)])
    return parted


def _parted(run: list[Word], columns: list[int], height: float) -> list[list[Word]]:
    parts = [[run[0]]]
    for before, word in pairwise(run):
        gap = word.box.x - before.box.x - before.box.w
        if gap > 0.5 * height and any(abs(word.box.x - x) < 0.3 * height for x in columns):
            parts.append([])
        parts[-1].append(word)
    return parts


def _run(page: int, row: int, words: list[Word]) -> Run:
    tokens = tuple(Token(word, bare(word.text)) for word in words)
    return Run(page, row, tokens, box_of(words))
