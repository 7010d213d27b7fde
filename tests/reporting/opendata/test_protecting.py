"""Small counts: left out, and never to be computed from what is published."""

import csv
import io
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space
from scipy.optimize import linprog
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from motcua.reporting.opendata import tables
from motcua.reporting.opendata.protecting import moving_with
from motcua.reporting.opendata.tables import Line

SETTINGS = tables.settings(on=date(2026, 11, 1))
FIGURES = [column.figure for column in SETTINGS.columns]


def _month(numbers: list[list[list[int]]]) -> list[Line]:
    """The lines of a month: for each agency and field on time, late, apart, received."""
    crossed = [
        Line(tables.CROSSED, f"A{row}", f"Cơ quan {row}", _counts(*told), f"F{column}")
        for row, its in enumerate(numbers)
        for column, told in enumerate(its)
        if any(told)
    ]
    return tables.summed(crossed, tables.figures_of(SETTINGS))


def _counts(on_time: int, late: int, apart: int, received: int) -> dict[str, int]:
    digitised = min(received, on_time + 2 * late)
    return {
        "on_time": on_time, "late": late, "settled": on_time + late + apart,
        "resolved": on_time + late, "e_result": min(on_time, 3 * apart), "received": received,
        "digitised": digitised, "online": min(digitised, on_time), "open": received,
        "overdue": min(received, late),
    }  # fmt: skip


def _equations(lines: list[Line], hidden: frozenset[tuple[str, str]]):
    """What everybody may know: rows and columns add up, and so do the parts of what was settled."""
    order = sorted(hidden)
    place = {cell: n for n, cell in enumerate(order)}
    counts = {(tables.key_of(line), f): n for line in lines for f, n in line.counts.items()}
    sums = []
    for figure in tables.figures_of(SETTINGS):
        crossed = [line for line in lines if line.by == tables.CROSSED]
        for by, own in ((tables.AGENCY, "code"), (tables.FIELD, "field")):
            its = [line for line in lines if line.by == by]
            sums.append((("toan_tinh:", figure), [(tables.key_of(one), figure) for one in its]))
            sums += [
                ((tables.key_of(one), figure),
                 [(tables.key_of(c), figure) for c in crossed if getattr(c, own) == one.code])
                for one in its
            ]  # fmt: skip
    for line in lines:
        key = tables.key_of(line)
        sums += [
            ((key, whole), [(key, part) for part in parts])
            for whole, parts in tables.sums_of(SETTINGS)
        ]
    rows, rest = [], []
    for whole, parts in sums:
        signs = [(whole, 1.0), *((part, -1.0) for part in parts)]
        row = np.zeros(len(order))
        for cell, sign in signs:
            if cell in place:
                row[place[cell]] += sign
        if row.any():
            rows.append(row)
            rest.append(-sum(sign * counts[cell] for cell, sign in signs if cell not in place))
    return order, counts, np.array(rows), np.array(rest)


def _determined(lines: list[Line], hidden: frozenset[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the counts left out that the published ones and the sums still determine."""
    order, _counts_of, rows, _rest = _equations(lines, hidden)
    if not len(rows):
        return []
    free = null_space(rows)
    return [cell for n, cell in enumerate(order) if not (np.abs(free[n]) > 1e-7).any()]


cell = st.lists(st.integers(0, 12) | st.just(0) | st.just(0), min_size=4, max_size=4)
months = st.integers(1, 4).flatmap(
    lambda fields: st.lists(st.lists(cell, min_size=fields, max_size=fields), min_size=1, max_size=5)
).map(_month)  # fmt: skip


@given(months)
@settings(max_examples=30, deadline=None)
def test_no_small_count_is_shown_and_none_can_be_computed(lines: list[Line]):
    shown, hidden = tables.protected(lines, SETTINGS)

    for line in shown:
        assert not [n for n in line.counts.values() if n is not None and 0 < n < 5]
    assert not _determined(lines, hidden)


@given(months)
@settings(max_examples=8, deadline=None)
def test_even_with_linear_programming_a_hidden_count_stays_open(lines: list[Line]):
    """Somebody who knows all sums and that counts are not negative still cannot tell one."""
    _shown, hidden = tables.protected(lines, SETTINGS)
    order, truth, rows, rest = _equations(lines, hidden)
    for place, cell in enumerate(order[:: max(1, len(order) // 6)]):
        aim = np.zeros(len(order))
        aim[place * max(1, len(order) // 6)] = 1
        low = linprog(aim, A_eq=rows, b_eq=rest, bounds=(0, None))
        high = linprog(-aim, A_eq=rows, b_eq=rest, bounds=(0, None))
        top = np.inf if high.status == 3 else -high.fun
        assert low.fun <= truth[cell] - 1 + 1e-6, (cell, truth[cell])
        assert top >= truth[cell] + 1 - 1e-6, (cell, truth[cell])


def test_a_province_by_agency_and_field_gives_nothing_away():
    """85 agencies with 30 fields: what is left out of each figure lies on a round of such counts."""
    chance = np.random.default_rng(3)
    received = chance.poisson(chance.lognormal(3, 1.3, (85, 1)) * (chance.random((85, 30)) < 0.4))
    late = chance.binomial(received, 0.06)
    numbers = np.stack([received - late, late, 0 * late, received], axis=2).tolist()
    lines = _month(numbers)

    shown, hidden = tables.protected(lines, SETTINGS)

    assert not [n for one in shown for n in one.counts.values() if n is not None and 0 < n < 5]
    assert 0 < len(hidden) < len(lines) * len(FIGURES)
    assert not _alone(lines, hidden)


def _alone(lines: list[Line], hidden: frozenset[tuple[str, str]]) -> list[object]:
    """Return the counts left out without a round of figures that change together through them."""
    places, grid = tables.gridded(lines, SETTINGS)
    masks = {figure: np.zeros(counts.shape, dtype=bool) for figure, counts in grid.counts.items()}
    for key, figure in hidden:
        masks[figure][places[key]] = True
    together = {
        move: np.logical_and.reduce([masks[one] & (grid.counts[one] > 0) for one in move])
        for figure in masks
        for move in moving_with(figure, grid.sums)
    }
    return [
        (figure, at)
        for figure in masks
        for at in np.argwhere(masks[figure]).tolist()
        if not any(_is_on_a_round(together[move], *at) for move in moving_with(figure, grid.sums))
    ]


def _is_on_a_round(mask, row: int, column: int) -> bool:
    """Without the count itself, its row and its column are still joined by others left out."""
    if not mask[row, column]:
        return False
    rows, _columns = mask.shape
    others = mask.copy()
    others[row, column] = False
    edges = np.argwhere(others)
    size = sum(mask.shape)
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1] + rows)), (size, size))
    _count, labels = connected_components(graph, directed=False)
    return bool(labels[row] == labels[rows + column])


def test_nothing_is_left_out_where_nothing_is_small():
    lines = _month([[[10, 10, 0, 30], [20, 7, 0, 40]]])

    assert tables.protected(lines, SETTINGS)[1] == frozenset()


def test_files_have_the_columns_that_they_always_have():
    shown, _hidden = tables.protected(_month([[[10, 2, 0, 30]], [[20, 7, 0, 40]]]), SETTINGS)
    text = tables.as_csv([("2026-10", tables.as_published(shown))], SETTINGS)

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [
        "thang", "theo", "ma", "ten", "tiep_nhan", "truc_tuyen", "da_giai_quyet", "dung_han",
        "qua_han", "dang_giai_quyet", "dang_qua_han", "co_ket_qua", "ket_qua_dien_tu", "so_hoa",
    ]  # fmt: skip
    assert rows[1][:3] == ["2026-10", "toan_tinh", ""]
    assert "x" in rows[2]


def test_corrections_name_what_is_shown_both_times():
    before, _hidden = tables.protected(_month([[[10, 8, 0, 30]]]), SETTINGS)
    kept = tables.as_published(before)
    after, _hidden = tables.protected(
        _month([[[11, 8, 0, 30]]]), SETTINGS, also=tables.hidden_in(kept)
    )

    found = tables.corrections("2026-10", kept, after)

    assert ("on_time", 10, 11) in [(c.figure, c.published, c.counted) for c in found]
