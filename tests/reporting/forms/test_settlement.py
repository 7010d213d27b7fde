"""Biểu II.06a, II.06b: the identities hold whatever the figures are, and break when one is off."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.reporting.forms import settlement, writing
from motcua.reporting.forms.settlement import Counts, Part
from motcua.reporting.forms.sheet import Issuer, Sheet
from tests.factories.world import VN

HEAD = Sheet(
    form="06a", number="Biểu II.06a/VPCP/KSTT", title="Tình hình giải quyết", law="02/2017/TT-VPCP",
    issuer=Issuer(name="Sở Tư pháp", code="H32.16", place="Khánh Hòa", parent="UBND tỉnh"),
    period="Quý III/2025", first=date(2025, 7, 1), last=date(2025, 9, 30),
    until=datetime(2025, 10, 1, tzinfo=VN), signers=("Người lập biểu", "Thủ trưởng đơn vị"),
)  # fmt: skip

numbers = st.integers(min_value=0, max_value=10**7)
# What takes long on a busy machine is no fault of the form.
unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """Counts as the ledger gives them: what came in is settled or open."""
    settled = [draw(numbers) for _n in range(3)]
    still = [draw(numbers) for _n in range(2)]
    whole = sum(settled) + sum(still)
    online = draw(st.integers(min_value=0, max_value=whole))
    direct = draw(st.integers(min_value=0, max_value=whole - online))
    return Counts(
        online=online, direct=direct, carried=whole - online - direct, early=settled[0],
        in_term=settled[1], late=settled[2], in_time=still[0], overdue=still[1],
    )  # fmt: skip


fields = st.dictionaries(st.text(min_size=1, max_size=20), counts(), min_size=1, max_size=6)


@unhurried
@given(fields)
def test_every_identity_holds_for_an_agency(by_field: dict[str, Counts]):
    sheet = settlement.one_agency(HEAD, by_field)

    assert [check.words for check in sheet.checks] == [
        "3 = 4 + 5 + 6", "7 = 8 + 9 + 10", "11 = 12 + 13", "3 = 7 + 11",
        "Dòng cộng = tổng các dòng",
    ]  # fmt: skip
    assert sheet.balances
    assert len(sheet.rows) == len(by_field) + 1


@unhurried
@given(st.lists(fields, max_size=5), st.sampled_from(("agency", "field")))
def test_the_aggregated_form_is_the_sum_of_its_parts(many: list[dict[str, Counts]], by: str):
    parts = [
        Part(code=f"H{place}", name=f"Cơ quan {place}", level=("province", "commune")[place % 2],
             fields=own)
        for place, own in enumerate(many)
    ]  # fmt: skip
    whole = Counts(**{
        name: sum(getattr(one, name) for part in parts for one in part.fields.values())
        for name in Counts.__dataclass_fields__
    })  # fmt: skip
    make = settlement.by_field if by == "field" else settlement.by_agency

    sheet = settlement.with_whole(make(HEAD, parts), whole)

    assert sheet.balances


@unhurried
@given(fields, st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=99))
def test_one_number_that_is_off_is_found(by_field: dict[str, Counts], place: int, off: int):
    sheet = settlement.one_agency(HEAD, by_field)
    first = sheet.rows[0]
    values = list(first.values)
    values[place] = int(values[place] or 0) + off
    rows = (replace(first, values=tuple(values)), *sheet.rows[1:])

    broken = [check for check in settlement.identities(rows) if not check.holds]

    assert any("cộng" in check.words for check in broken)
    assert any(first.name in check.broken for check in broken)


def test_an_agency_of_no_known_level_is_not_lost_unseen():
    parts = [Part(code="H1", name="A", level="district", fields={"x": Counts(online=1, early=1)})]

    assert not settlement.by_agency(HEAD, parts).balances


def test_a_form_of_nothing_is_empty_and_balances():
    assert settlement.one_agency(HEAD, {}).rows == ()
    assert settlement.one_agency(HEAD, {}).balances
    assert settlement.by_agency(HEAD, []).balances


@unhurried
@given(fields)
def test_a_form_is_read_back_as_it_was_kept(by_field: dict[str, Counts]):
    sheet = settlement.one_agency(HEAD, by_field)

    assert writing.from_document(writing.as_document(sheet)) == sheet
    assert writing.changes(sheet, sheet) == []


def test_what_changed_since_is_told_figure_by_figure():
    before = settlement.one_agency(HEAD, {"Hộ tịch": Counts(online=2, early=2)})
    after = settlement.one_agency(HEAD, {"Hộ tịch": Counts(online=2, early=1, late=1)})

    told = writing.changes(before, after)

    assert ("Hộ tịch", "(10) Số hồ sơ đã giải quyết: Quá hạn", 0, 1) in told
    assert ("Tổng số", "(8) Số hồ sơ đã giải quyết: Trước hạn", 2, 1) in told
    assert all(line in {"Hộ tịch", "Tổng số"} for line, *_rest in told)


@pytest.mark.parametrize("key", ["online", "direct", "carried"])
def test_a_line_adds_up_by_itself(key: str):
    line = settlement.line("x", Counts(**{key: 5}))

    assert line.values[0] == 5
