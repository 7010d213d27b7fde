"""Small counts are left out, and with them whatever would give them away. Pure.

Counts are published by agency, by field, by both crossed, and in all, so that everybody may subtract.
A count of 1 to threshold - 1 is left out; with each go companions, so that the counts left out could
as well be more or less without any published number being otherwise. Such companions lie on a round:
along a row to another count, down its column, and so on back to the first; adding one here and taking
one there leaves every sum as it was. Only counts above 0 go with it, so that both ways are possible and
not even somebody who reckons with bounds gets nearer. A rule of the house: three dossiers of one
office are nearly a person (91/2025/QH15).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Cell = tuple[str, str]  # which line ("co_quan:H32.01", "toan_tinh:"), which figure
Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.float64]
Place = tuple[int, int]
# What it costs to leave a sum of a row or column out beside a count in the table, and the sum of all.
_SUM, _WHOLE, _GONE = 25.0, 2000.0, 1e-6
_LINKED = 2.0  # what was settled says more than how much of it was on time


@dataclass(frozen=True)
class Grid:
    """Counts of each figure by row and column; the last row and the last column are the sums.

    `linked`: figures of which the first is the sum of the others, in every place.
    """

    counts: Mapping[str, Counts]
    linked: tuple[str, ...] = ()


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
        partners = _partners(grid, figure)
        for place in np.argwhere(hidden[figure] & (counts > 0)).tolist():
            _cover(grid, hidden, figure, partners, (place[0], place[1]))
    return hidden


def _partners(grid: Grid, figure: str) -> tuple[str, ...]:
    """Return the figures that can take up what a figure gives; itself where nothing is linked."""
    if figure not in grid.linked:
        return (figure,)
    return tuple(other for other in grid.linked if other != figure)


def _cover(
    grid: Grid, hidden: dict[str, Mask], figure: str, partners: Sequence[str], place: Place
) -> None:
    """Leave out what a small count needs beside it, where a round of counts left out is not there."""
    able = [one for one in partners if grid.counts[one][place] > 0]
    if any(
        _closes(hidden[figure] & hidden[one] & _some(grid, figure, one), place) for one in able
    ):
        return
    found = [(*_round(_costs(grid, hidden, figure, one), place), one) for one in able]
    _cost, places, partner = min(found, key=lambda one: one[0])
    for at in places:
        hidden[figure][at] = hidden[partner][at] = True


def _some(grid: Grid, figure: str, partner: str) -> Mask:
    return (grid.counts[figure] > 0) & (grid.counts[partner] > 0)


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
        columns = others[rows].any(axis=0)
        if columns[column]:
            return True
        more = others[:, columns].any(axis=1) | rows
        if (more == rows).all():
            return False
        rows = more


def _costs(grid: Grid, hidden: Mapping[str, Mask], figure: str, partner: str) -> Costs:
    """Return what it costs to leave each place out; where a count is 0, nothing can be taken away."""
    found = np.zeros(grid.counts[figure].shape)
    for one in {figure, partner}:
        counts = grid.counts[one]
        cost = 1 + np.log1p(counts.astype(np.float64))
        cost *= _LINKED if one in grid.linked[:1] else 1.0
        cost[-1, :] *= _SUM
        cost[:, -1] *= _SUM
        cost[-1, -1] = _WHOLE
        found += np.where(hidden[one], _GONE, cost)
    return np.where(_some(grid, figure, partner), found, np.inf)


def _round(costs: Costs, place: Place) -> tuple[float, list[Place]]:
    """Return the cheapest round through a place: its cost, and its places, that one among them.

    Infinite: there is none. With one partner there always is: a part stands nowhere without its whole.
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
