"""Forms made, closed and due: from a small province's own facts, every refusal."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from motcua.directory.actor import SYSTEM, Actor
from motcua.dossiers import services as dossiers
from motcua.ledger.models import FactRow
from motcua.notifications.models import Message
from motcua.reporting.models import KeptForm
from motcua.reporting.queries import forms as queries
from motcua.reporting.services import forms as services
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World

AFTER = datetime(2027, 1, 8, 9, 0, tzinfo=VN)


@pytest.fixture
def lived(world: World, follow: Callable[[], None]) -> World:
    """Dossiers in time, late, asked twice as nobody should, open and withdrawn."""
    stories.issued(world, at=MONDAY_8AM)
    late = stories.approved(world, at=MONDAY_8AM)
    dossiers.issue(code=late.code, by=world["clerk"], at=datetime(2026, 11, 25, 9, 0, tzinfo=VN))
    stories.accepted(world, at=MONDAY_8AM + timedelta(days=30))
    gone = stories.accepted(world, at=MONDAY_8AM)
    dossiers.withdraw(
        code=gone.code, reason="Không còn nhu cầu nữa", by=world["receptionist"], at=MONDAY_8AM
    )
    follow()
    return world


def asked(
    world: World, kind: str, *, by: Actor, agency: str = "", at: datetime = AFTER
) -> queries.Wanted:
    code = world.agencies[agency].code if agency else ""
    return services.wanted(form=kind, period="2026Q4", agency=code, by=by, at=at)


@pytest.mark.parametrize("kind", ["06b", "07b", "quarterly", "agencies", "evidence"])
def test_every_form_of_the_province_balances(lived: World, kind: str):
    assert queries.sheet_of(asked(lived, kind, by=SYSTEM)).balances


def test_the_aggregated_form_is_the_sum_of_the_agencies_own(lived: World):
    whole = queries.sheet_of(asked(lived, "06b", by=SYSTEM))
    own = queries.sheet_of(asked(lived, "06a", by=SYSTEM, agency="committee"))
    other = queries.sheet_of(asked(lived, "06a", by=SYSTEM, agency="committee2"))

    assert whole.total is not None
    assert own.total is not None
    assert whole.total.values == own.total.values
    assert other.rows == ()
    line = next(row for row in whole.rows if row.opens[1] == lived.agencies["committee"].code)
    assert line.values == own.total.values
    assert whole.value(whole.total, "late") == 1
    assert whole.value(whole.total, "all") == 4


def test_a_form_is_made_again_until_it_is_closed(lived: World):
    wanted = asked(lived, "06a", by=lived["head"], agency="committee")

    services.make(asked=wanted)
    services.make(asked=wanted)
    row = services.close(asked=wanted)

    assert KeptForm.objects.count() == 1
    assert row.is_closed
    assert set(row.files.values_list("kind", flat=True)) == {"xlsx", "pdf", "csv"}
    kinds = FactRow.objects.filter(stream__startswith="report:").values_list("kind", flat=True)
    assert list(kinds.order_by("id")) == ["report.made"] * 3 + ["report.closed"]
    with pytest.raises(services.AlreadyClosed):
        services.make(asked=wanted)
    with pytest.raises(services.AlreadyClosed):
        services.add_reason(asked=wanted, text="Máy chủ ngừng hai ngày")


def test_the_last_second_of_a_year_and_the_first_of_the_next(
    world: World, follow: Callable[[], None]
):
    midnight = datetime(2027, 1, 1, 0, 0, tzinfo=VN)
    for at in (midnight - timedelta(seconds=1), midnight):
        one = stories.approved(world, at=MONDAY_8AM)
        dossiers.issue(code=one.code, by=world["clerk"], at=at)
    follow()

    def told(period: str) -> dict[str, object]:
        wanted = services.wanted(
            form="06a", period=period, agency=world.agencies["committee"].code, by=SYSTEM,
            at=datetime(2028, 2, 1, 9, 0, tzinfo=VN),
        )  # fmt: skip
        sheet = queries.sheet_of(wanted)
        assert sheet.balances
        assert sheet.total is not None
        keys = ("all", "carried", "settled", "open")
        return {key: sheet.value(sheet.total, key) for key in keys}

    for before, after in (("2026Q4", "2027Q1"), ("2026-12", "2027-01"), ("2026", "2027")):
        assert (told(before)["settled"], told(before)["open"]) == (1, 1)
        assert told(after) == {"all": 1, "carried": 1, "settled": 1, "open": 0}


def test_a_period_to_come_has_no_figures(world: World):
    for name in ("2028Q1", "2027-02", "2028"):
        with pytest.raises(services.NoSuchForm) as refusal:
            services.wanted(form="06b", period=name, by=SYSTEM, at=AFTER)
        assert refusal.value.field == "period"


@pytest.mark.parametrize("name", ["appraiser", "auditor", "other_head", "receptionist", "citizen"])
def test_who_may_not_make_a_form(lived: World, name: str):
    with pytest.raises(services.NotAllowed):
        services.make(asked=asked(lived, "06a", by=lived[name], agency="committee"))


def test_a_period_that_runs_is_not_closed(lived: World):
    running = asked(
        lived, "06b", by=lived["controller"], at=datetime(2026, 12, 31, 23, 0, tzinfo=VN)
    )

    with pytest.raises(services.PeriodRuns):
        services.close(asked=running)


def test_a_form_that_does_not_balance_is_not_sent(lived: World, monkeypatch: pytest.MonkeyPatch):
    nothing = dict.fromkeys(queries.total_of(asked(lived, "06b", by=SYSTEM).span), 0)
    monkeypatch.setattr(queries, "total_of", lambda *_args, **_more: nothing)

    with pytest.raises(services.DoesNotBalance):
        services.close(asked=asked(lived, "06b", by=lived["controller"]))

    assert not KeptForm.objects.filter(closed_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("form", "period", "agency", "field"),
    [("06z", "2026Q4", "", "form"), ("06b", "quý 4", "", "period"),
     ("06a", "2026Q4", "H99", "agency"), ("06a", "2026Q4", "", "agency")],
)  # fmt: skip
def test_what_names_no_form(lived: World, form: str, period: str, agency: str, field: str):
    with pytest.raises(services.NoSuchForm) as refusal:
        services.wanted(form=form, period=period, agency=agency, by=SYSTEM, at=AFTER)

    assert refusal.value.field == field


def test_the_schedule_makes_what_is_due_and_tells_the_controllers(lived: World):
    made = services.make_due(at=AFTER)
    again = services.make_due(at=AFTER)

    assert made == KeptForm.objects.count() > 5
    assert again == 0
    assert KeptForm.objects.filter(form="quarterly", period="2026Q4", agency_code="").exists()
    told = Message.objects.filter(template="report-made")
    assert told.count() == 1
    assert told.get().agency_id == lived.agencies["province_centre"].pk
    assert queries.agencies_with(role="controller", on=date(2027, 1, 8)) == [told.get().agency_id]


def test_the_officer_who_appraised_is_scored(lived: World):
    sheet = queries.sheet_of(asked(lived, "officers", by=lived["head"], agency="committee"))

    assert sheet.rows
    assert all(row.values[0] for row in sheet.rows)
