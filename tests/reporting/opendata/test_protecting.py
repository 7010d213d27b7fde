"""Small counts: left out, and never to be computed from what is published."""

import csv
import io
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from motcua.reporting.opendata import tables
from motcua.reporting.opendata.protecting import Sum, determined, left_out
from motcua.reporting.opendata.tables import Line

SETTINGS = tables.settings(on=date(2026, 11, 1))
FIGURES = [column.figure for column in SETTINGS.columns]


def _month(numbers: list[list[int]], fields: list[int]) -> list[Line]:
    """Agencies with on time, late, apart, received; the same received divided by fields."""
    lines = [_line(tables.AGENCY, str(n), *row) for n, row in enumerate(numbers)]
    total = [sum(column) for column in zip(*numbers, strict=True)]
    whole = _line(tables.TOTAL, "", *total)
    left, parts = list(total), []
    for n, share in enumerate(fields):
        last = n == len(fields) - 1
        row = list(left) if last else [min(one, share) for one in left]
        left = [one - taken for one, taken in zip(left, row, strict=True)]
        parts.append(_line(tables.FIELD, str(n), *row))
    return [whole, *lines, *parts]


def _line(by: str, code: str, on_time: int, late: int, apart: int, received: int) -> Line:
    counts = dict.fromkeys(FIGURES, 0) | {
        "on_time": on_time, "late": late, "_apart": apart, "received": received,
        "settled": on_time + late + apart,
    }  # fmt: skip
    return Line(by, code, code, counts)


small = st.integers(0, 12)
months = st.builds(
    _month,
    st.lists(st.lists(small, min_size=4, max_size=4), min_size=1, max_size=6),
    st.lists(st.integers(0, 20), min_size=1, max_size=4),
)


@given(months)
@settings(max_examples=80, deadline=None)
def test_no_small_count_is_shown_and_none_can_be_computed(lines: list[Line]):
    shown, hidden = tables.protected(lines, SETTINGS)

    for line in shown:
        assert not [n for n in line.counts.values() if n is not None and 0 < n < 5]
    assert not determined(tables.sums_of(lines, FIGURES), hidden)


@given(months)
@settings(max_examples=25, deadline=None)
def test_even_with_linear_programming_a_hidden_count_stays_open(lines: list[Line]):
    """Somebody who knows all sums and that counts are not negative still cannot tell a small one."""
    _shown, hidden = tables.protected(lines, SETTINGS)
    order = sorted(hidden)
    truth = {(line.key, f): n for line in lines for f, n in line.counts.items()}
    equations, rest = [], []
    for one in tables.sums_of(lines, FIGURES):
        signs = [(one.whole, 1), *((part, -1) for part in one.parts)]
        row = [sum(sign for cell, sign in signs if cell == h) for h in order]
        if any(row):
            equations.append(row)
            rest.append(-sum(sign * truth[cell] for cell, sign in signs if cell not in hidden))
    for place, cell in enumerate(order):
        if not 0 < truth[cell] < 5 or not equations:
            continue
        aim = np.zeros(len(order))
        aim[place] = 1
        low = linprog(aim, A_eq=equations, b_eq=rest, bounds=(0, None))
        high = linprog(-aim, A_eq=equations, b_eq=rest, bounds=(0, None))
        top = np.inf if high.status == 3 else -high.fun
        assert top - low.fun > 0.5, (cell, truth[cell])


def test_two_sums_put_together_give_nothing_away():
    """a + b and a - b would give both: a third has to go with them."""
    cells = {("x", k): n for k, n in {"a": 3, "b": 9, "c": 20, "s": 12, "t": 23}.items()}
    sums = [
        Sum(("x", "s"), (("x", "a"), ("x", "b"))),
        Sum(("x", "t"), (("x", "a"), ("x", "c"))),
    ]

    hidden = left_out(cells, sums, threshold=5)

    assert ("x", "a") in hidden
    assert not determined(sums, hidden)


def test_nothing_is_left_out_where_nothing_is_small():
    lines = _month([[10, 10, 0, 30], [20, 7, 0, 40]], [])

    assert tables.protected(lines, SETTINGS)[1] == frozenset()


def test_files_have_the_columns_that_they_always_have():
    shown, _hidden = tables.protected(_month([[10, 2, 0, 30], [20, 7, 0, 40]], [9]), SETTINGS)
    text = tables.as_csv([("2026-10", tables.as_published(shown))], SETTINGS)

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [
        "thang", "theo", "ma", "ten", "tiep_nhan", "truc_tuyen", "da_giai_quyet", "dung_han",
        "qua_han", "dang_giai_quyet", "dang_qua_han", "co_ket_qua", "ket_qua_dien_tu", "so_hoa",
    ]  # fmt: skip
    assert rows[1][:3] == ["2026-10", "toan_tinh", ""]
    assert "x" in rows[2]


def test_corrections_name_what_is_shown_both_times():
    before, _hidden = tables.protected(_month([[10, 8, 0, 30]], [9]), SETTINGS)
    kept = tables.as_published(before)
    after, _hidden = tables.protected(
        _month([[11, 8, 0, 30]], [9]), SETTINGS, also=tables.hidden_in(kept)
    )

    found = tables.corrections("2026-10", kept, after)

    assert ("on_time", 10, 11) in [(c.figure, c.published, c.counted) for c in found]
