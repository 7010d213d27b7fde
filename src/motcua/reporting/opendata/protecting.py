"""Small counts are left out, and with them whatever would give them away. Pure.

A table of counts is published with its sums. A count of 1 to threshold - 1 is left out; where sums
would still give it, further counts are left out with it, until none of them can be computed from
what is published: neither from one sum nor from several put together. A rule of the house: three
dossiers of one office are nearly a person (91/2025/QH15).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Cell = tuple[str, str]  # which line ("agency:H32.01", "total:"), which column
Table = Mapping[Cell, int]
_SURE = 1e-9


@dataclass(frozen=True)
class Sum:
    """An identity that everybody may know: the whole is the sum of its parts."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All counts in it."""
        return (self.whole, *self.parts)


def left_out(
    table: Table, sums: Sequence[Sum], *, threshold: int, also: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Return the counts that are not published: the small ones, and what would give them away.

    also: counts that were left out before and stay so.
    """
    hidden = {cell for cell, count in table.items() if 0 < count < threshold}
    hidden |= {cell for cell in also if cell in table}
    while True:
        hidden |= _alone(table, sums, hidden)
        known = determined(sums, hidden)
        more = {_companion(table, sums, hidden, cell) for cell in known} - {None}
        if not more:
            return frozenset(hidden)
        hidden |= {cell for cell in more if cell is not None}


def determined(sums: Sequence[Sum], hidden: Iterable[Cell]) -> list[Cell]:
    """Return the counts left out that the published ones and the sums still determine."""
    order = sorted(hidden)
    place = {cell: n for n, cell in enumerate(order)}
    rows = [row for row in (_row(one, place) for one in sums) if row.any()]
    if not rows:
        return []
    matrix = np.array(rows)
    _left, values, right = np.linalg.svd(matrix, full_matrices=True)
    rank = int((values > _SURE * max(matrix.shape)).sum())
    free = right[rank:]
    return [order[n] for n in range(len(order)) if not (np.abs(free[:, n]) > 1e-7).any()]


def _row(one: Sum, place: Mapping[Cell, int]) -> npt.NDArray[np.float64]:
    row = np.zeros(len(place))
    for cell, sign in ((one.whole, 1.0), *((part, -1.0) for part in one.parts)):
        if cell in place:
            row[place[cell]] += sign
    return row


def _alone(table: Table, sums: Sequence[Sum], hidden: set[Cell]) -> set[Cell]:
    """Return companions for counts that are the only ones left out of a sum."""
    found: set[Cell] = set()
    changed = True
    while changed:
        changed = False
        for one in sums:
            gone = [cell for cell in one.cells if cell in hidden or cell in found]
            if len(gone) == 1:
                companion = _smallest(table, one, hidden | found)
                if companion is not None:
                    found.add(companion)
                    changed = True
    return found


def _companion(table: Table, sums: Sequence[Sum], hidden: set[Cell], cell: Cell) -> Cell | None:
    """Return one more count to leave out beside one that is still determined."""
    choices = [
        found
        for one in sums
        if cell in one.cells and (found := _smallest(table, one, hidden)) is not None
    ]
    return min(choices, key=lambda choice: (table[choice], choice), default=None)


def _smallest(table: Table, one: Sum, hidden: set[Cell]) -> Cell | None:
    """Return the best further count of a sum: a part rather than the whole, not 0 if there is one."""
    open_parts = [cell for cell in one.parts if cell not in hidden]
    some = [cell for cell in open_parts if table[cell] > 0] or open_parts
    if not some:
        return one.whole if one.whole not in hidden else None
    return min(some, key=lambda cell: (table[cell], cell))
