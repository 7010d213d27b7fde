"""Reads of the catalogue."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from motcua.catalog import queries, services
from motcua.catalog.content import Channel, Component, Content, FeeRule, FeeTier, LimitRule
from motcua.catalog.models import Procedure
from motcua.directory.actor import SYSTEM
from motcua.kernel.worktime import Limit, Unit

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def loaded(db: None) -> None:
    services.load_file("starter", by=SYSTEM, at=NOON)


@pytest.mark.usefixtures("loaded")
def test_a_version_is_read_with_its_procedure_in_one_query(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        version = queries.version_in_force("1.004222", on=NOON.date())
        assert version is not None
        assert version.procedure.code == "1.004222"


@pytest.mark.usefixtures("loaded")
def test_before_the_first_version_and_for_unknown_codes_there_is_none() -> None:
    assert queries.version_in_force("1.004222", on=date(2020, 1, 1)) is None
    assert queries.version_in_force("8.888888", on=NOON.date()) is None


@pytest.mark.usefixtures("loaded")
def test_what_is_offered_is_listed_by_use_and_by_field() -> None:
    top = queries.most_used(5)
    fields = dict(queries.fields())

    assert len(top) == 5
    assert [p.usage for p in top] == sorted((p.usage for p in top), reverse=True)
    assert sum(fields.values()) == queries.offered().count()
    assert all(len(queries.in_field(field)) == many for field, many in fields.items())


@pytest.mark.usefixtures("loaded")
def test_unknown_codes_fall_away_from_a_list() -> None:
    rows = queries.versions_of_codes(["1.004222", "8.888888"], on=NOON.date())

    assert list(rows) == ["1.004222"]


@pytest.mark.usefixtures("loaded")
def test_variants_of_a_family_are_set_side_by_side() -> None:
    ours = Procedure.objects.get(code="1.004222")
    other = Procedure.objects.create(
        code="9.400001",
        family=ours.family,
        name=ours.name,
        name_folded="",
        field="",
        scope="other_province",
    )
    other.versions.create(
        number=1,
        valid_from=date(2025, 7, 1),
        checksum="x",
        source="test",
        content={"name": ours.name},
    )

    compared = queries.compare_variants(ours.family, on=NOON.date())

    assert [procedure.code for procedure, _ in compared] == ["1.004222", "9.400001"]
    assert [p.code for p in queries.variants_of(ours)] == ["9.400001"]


WORKING = LimitRule(value=7, unit=Unit.WORKING_DAY)
QUICK = LimitRule(case="a", value=3, unit=Unit.WORKING_DAY)


def test_the_case_decides_papers_limit_and_fee() -> None:
    content = Content(
        name="A",
        components=(
            Component("x", "X"),
            Component("y", "Y", case="a"),
            Component("z", "Z", case="b"),
        ),
        channels=(
            Channel(
                "counter", (WORKING, QUICK), (FeeRule("f", "Phí"), FeeRule("g", "Phí", case="b"))
            ),
            Channel("online"),
        ),
    )

    assert [c.key for c in content.components_for("a")] == ["x", "y"]
    assert content.limit_for("counter", "a") == Limit(3, Unit.WORKING_DAY)
    assert content.limit_for("counter", "b") == Limit(7, Unit.WORKING_DAY)
    assert content.limit_for("online") == Limit(7, Unit.WORKING_DAY)
    assert [f.key for f in content.fees_for("counter", "a")] == ["f"]


@pytest.mark.parametrize(
    ("fee", "units", "amount"),
    [
        (FeeRule("f", "Phí", amount_vnd=5000), 3, 5000),
        (FeeRule("f", "Phí", amount_vnd=5000, per="person"), 3, 15000),
        (FeeRule("f", "Phí", amount_vnd=2000, per="page", tiers=(FeeTier(3, 1000),)), 4, 6000),
        (FeeRule("f", "Phí"), 3, None),
    ],
)
def test_a_fee_is_reckoned_by_its_unit(fee: FeeRule, units: int, amount: int | None) -> None:
    assert fee.amount_for(units) == amount
