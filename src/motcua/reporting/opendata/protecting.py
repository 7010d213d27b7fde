"""Small counts are left out, and with them whatever would give them away. Pure.

Counts are published by agency, by field, by both crossed, and in all, so that everybody may subtract.
A count of 1 to threshold - 1 is left out; with each go companions, so that the counts left out could
as well be more or less without any published number being otherwise. Such companions lie on a round:
along a row to another count, down its column, and so on back to the first; adding one here and taking
one there leaves every sum as it was. Only counts above 0 go with it, so that both ways are possible and
not even somebody who reckons with bounds gets nearer. A rule of the house: three dossiers of one
office are nearly a person (91/2025/QH15).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Cell = tuple[str, str]  # which line ("co_quan:H32.01", "toan_tinh:"), which figure
Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.float64]
Place = tuple[int, int]
Sum = tuple[str, tuple[str, ...]]  # a whole and its parts
# What it costs to leave a sum of a row or column out beside a count in the table, and the sum of all; a
# whole beside its part, what is no column anyway, and what is left out already.
_SUM, _ALL, _WHOLE, _REST, _GONE = 25.0, 2000.0, 2.0, 0.05, 1e-6
_TRIED = 2


@dataclass(frozen=True)
class Grid:
    """Counts of each figure by row and column; the last row and the last column are the sums.

    `sums`: figures that are the sum of others in every place. A name that begins with "_" is no column:
    it is what is left when others are taken away, which every reader can do.
    """

    counts: Mapping[str, Counts]
    sums: tuple[Sum, ...] = ()


def left_out(
    grid: Grid, *, threshold: int, also: Mapping[str, Mask] | None = None
) -> dict[str, Mask]:
    """Return which counts are not published: the small ones, and what would give them away.

    also: counts that were left out before and stay so.
    """
    hidden = {
        figure: ((counts > 0) & (counts < threshold))
        | (also or {}).get(figure, np.zeros(counts.shape, dtype=np.bool_))
        for figure, counts in grid.counts.items()
    }
    for figure, counts in grid.counts.items():
        moves = moving_with(figure, grid.sums)
        for place in np.argwhere(hidden[figure] & (counts > 0)).tolist():
            _cover(grid, hidden, moves, (place[0], place[1]))
    return hidden


def moving_with(figure: str, sums: Sequence[Sum]) -> list[tuple[str, ...]]:
    """Return the sets of figures that can change together by one, so that every sum stays true."""
    return list(dict.fromkeys(tuple(sorted(one)) for one in _grown((figure,), sums)))


def _grown(touched: tuple[str, ...], sums: Sequence[Sum]) -> Iterator[tuple[str, ...]]:
    for place, (whole, parts) in enumerate(sums):
        members = (whole, *parts)
        if sum(one in touched for one in members) == 1:
            others = [*sums[:place], *sums[place + 1 :]]
            for more in members:
                if more not in touched:
                    yield from _grown((*touched, more), others)
            return
    yield touched


def _cover(
    grid: Grid, hidden: dict[str, Mask], moves: Sequence[tuple[str, ...]], place: Place
) -> None:
    """Leave out what a small count needs beside it, where a round of counts left out is not there."""
    able = [move for move in moves if all(grid.counts[one][place] > 0 for one in move)]
    if any(_closes(_left_out_together(grid, hidden, move), place) for move in able):
        return
    costs = sorted(
        ((_costs(grid, hidden, move), move) for move in able), key=lambda c: c[0][place]
    )
    found: list[tuple[float, list[Place], tuple[str, ...]]] = []
    for cost, move in costs:
        price, places = _round(cost, place)
        if price < np.inf:
            found.append((price, places, move))
        if len(found) == _TRIED:
            break
    _price, places, move = min(found, key=lambda one: one[0])
    for one in move:
        for at in places:
            hidden[one][at] = True


def _left_out_together(grid: Grid, hidden: Mapping[str, Mask], move: Sequence[str]) -> Mask:
    found = np.ones(grid.counts[move[0]].shape, dtype=np.bool_)
    for one in move:
        found &= hidden[one] & (grid.counts[one] > 0)
    return found


def _closes(mask: Mask, place: Place) -> bool:
    """Tell whether a count lies on a round of counts that are left out."""
    if not mask[place]:
        return False
    row, column = place
    others = mask.copy()
    others[row, column] = False
    rows = np.zeros(mask.shape[0], dtype=np.bool_)
    rows[row] = True
    while True:
        columns = np.asarray(others[rows].any(axis=0))
        if columns[column]:
            return True
        more = np.asarray(others[:, columns].any(axis=1)) | rows
        if (more == rows).all():
            return False
        rows = more


def _costs(grid: Grid, hidden: Mapping[str, Mask], move: Sequence[str]) -> Costs:
    """Return what it costs to leave each place out; where a count is 0, nothing can be taken away."""
    wholes = {whole for whole, _parts in grid.sums}
    shape = grid.counts[move[0]].shape
    found, is_able = np.zeros(shape), np.ones(shape, dtype=np.bool_)
    for one in move:
        counts = grid.counts[one]
        cost = 1 + np.log1p(np.maximum(counts, 0).astype(np.float64))
        cost *= _REST if one.startswith("_") else _WHOLE if one in wholes else 1.0
        cost[-1, :] *= _SUM
        cost[:, -1] *= _SUM
        cost[-1, -1] = _REST if one.startswith("_") else _ALL
        found += np.where(hidden[one], _GONE, cost)
        is_able &= counts > 0
    return np.where(is_able, found, np.inf)


def _round(costs: Costs, place: Place) -> tuple[float, list[Place]]:
    """Return the cheapest round through a place: its cost, and its places, that one among them.

    Infinite: there is none. With one of the moves there always is: by the sums of row and column.
    """
    rows, columns = costs.shape
    free = costs.copy()
    free[place] = np.inf
    begin, end = place[0], rows + place[1]
    away = np.full(rows + columns, np.inf)
    away[begin] = 0
    left, before = np.ones(rows + columns, dtype=np.bool_), np.full(rows + columns, -1)
    while True:
        here = int(np.argmin(np.where(left, away, np.inf)))
        if here == end or not left[here] or np.isinf(away[here]):
            return float(away[end]), [place, *_way(before, end, rows)]
        left[here] = False
        near = slice(rows, None) if here < rows else slice(0, rows)
        steps = away[here] + (free[here] if here < rows else free[:, here - rows])
        is_nearer = left[near] & (steps < away[near])
        away[near] = np.where(is_nearer, steps, away[near])
        before[near] = np.where(is_nearer, here, before[near])


def _way(before: npt.NDArray[np.int64], end: int, rows: int) -> list[Place]:
    nodes = [end]
    while before[nodes[-1]] >= 0:
        nodes.append(int(before[nodes[-1]]))
    return [(min(pair), max(pair) - rows) for pair in pairwise(nodes)]
