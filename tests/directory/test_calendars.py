"""Calendars as they are loaded, corrected and read back."""

from datetime import date, time

import pytest
from tests.kernel.worktime_cast import at

from motcua.directory.actor import SYSTEM
from motcua.directory.models import CalendarVersion
from motcua.directory.queries import calendars as queries
from motcua.directory.services import calendars as services
from motcua.kernel.worktime import DayException, Limit, Unit, due
from motcua.ledger import queries as ledger

pytestmark = pytest.mark.django_db

NOON = at("2026-11-20 12:00")
STORM = DayException(date(2026, 11, 25), "off", "Nghỉ phòng chống bão", "Storm day")


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def loaded():
    return services.load_calendars(by=SYSTEM, at=NOON)


def correct(**kwargs):
    kwargs = {"key": "hanh-chinh", "reason": "Công điện phòng chống bão", **kwargs}
    return services.correct_calendar(by=SYSTEM, at=NOON, **kwargs)


def test_the_shipped_calendars_are_loaded_once(loaded):
    again = services.load_calendars(by=SYSTEM, at=NOON)

    assert loaded.changed == ("hanh-chinh", "hanh-chinh-thu-bay")
    assert again.changed == ()
    assert again.unchanged == loaded.changed
    assert CalendarVersion.objects.count() == 2


def test_a_loaded_calendar_counts(loaded):
    calendar = queries.calendar_for("hanh-chinh")

    assert (calendar.key, calendar.version) == ("hanh-chinh", 1)
    assert due(calendar, at("2026-04-24 15:30"), Limit(5, Unit.WORKING_DAY)) == at(
        "2026-05-06 17:00"
    )
    assert calendar.cut_off(date(2026, 4, 24)) == time(15)


def test_an_empty_key_is_the_office_calendar(loaded):
    assert queries.calendar_for("").key == "hanh-chinh"


def test_an_unknown_calendar_is_an_error(loaded):
    with pytest.raises(LookupError):
        queries.calendar_for("no-such")


def test_reading_a_calendar_again_costs_no_query(loaded, django_assert_num_queries):
    queries.calendar_for("hanh-chinh")

    with django_assert_num_queries(0):
        queries.calendar_for("hanh-chinh")


def test_every_day_says_how_sure_it_is_and_from_where(loaded):
    definition = queries.current_definition("hanh-chinh")

    assert {d.date.year for d in definition.exceptions} == {2024, 2025, 2026, 2027}
    assert {d.status for d in definition.exceptions} == {"confirmed", "provisional", "to_verify"}
    assert all(d.reason and d.reason_en and d.source for d in definition.exceptions)


def test_a_correction_makes_a_version_and_a_fact(loaded):
    made = correct(add=[STORM])

    assert [(v.calendar_id, v.number) for v in made] == [
        ("hanh-chinh", 2),
        ("hanh-chinh-thu-bay", 2),
    ]
    calendar = queries.calendar_for("hanh-chinh")
    assert calendar.version == 2
    assert calendar.reason_off(STORM.date) == "Nghỉ phòng chống bão"
    facts = [f for f in ledger.facts_of("directory") if f.kind == "directory.calendar_corrected"]
    assert facts[0].body["added"] == ["2026-11-25 off"]
    assert facts[0].body["calendar_key"] == "hanh-chinh"


def test_a_correction_of_the_saturday_desk_stays_there(loaded):
    made = correct(key="hanh-chinh-thu-bay", add=[STORM])

    assert [v.calendar_id for v in made] == ["hanh-chinh-thu-bay"]
    assert queries.calendar_for("hanh-chinh").is_working_day(STORM.date)


def test_a_day_can_be_removed_and_worked(loaded):
    made_up = DayException(date(2026, 11, 28), "work", "Làm bù", "Worked in exchange")

    correct(remove=[date(2026, 11, 24)], add=[made_up])

    calendar = queries.calendar_for("hanh-chinh")
    assert calendar.is_working_day(date(2026, 11, 24))
    assert calendar.shifts(date(2026, 11, 28)) == calendar.shifts(date(2026, 11, 27))


def test_the_older_version_still_proves_the_older_date(loaded):
    correct(add=[STORM])

    assert queries.calendar_at("hanh-chinh", 1).is_working_day(STORM.date)
    assert not queries.calendar_at("hanh-chinh", 2).is_working_day(STORM.date)
    assert [v.number for v in queries.versions_of("hanh-chinh")] == [2, 1]


def test_a_load_after_a_correction_keeps_the_correction(loaded):
    correct(add=[STORM], remove=[date(2026, 11, 24)])

    again = services.load_calendars(by=SYSTEM, at=NOON)

    assert again.changed == ()
    calendar = queries.calendar_for("hanh-chinh")
    assert not calendar.is_working_day(STORM.date)
    assert calendar.is_working_day(date(2026, 11, 24))


def test_a_changed_file_makes_a_version(loaded, tmp_path):
    correct(add=[STORM])
    file = tmp_path / "calendars.toml"
    text = services.SHIPPED.read_text(encoding="utf-8")
    file.write_text(text.replace('["13:30", "17:00"]', '["13:00", "16:30"]'), encoding="utf-8")

    changed = services.load_calendars(path=file, by=SYSTEM, at=NOON).changed

    assert changed == ("hanh-chinh", "hanh-chinh-thu-bay")
    calendar = queries.calendar_for("hanh-chinh")
    assert calendar.version == 3
    assert calendar.end_of_day(date(2026, 11, 20)) == at("2026-11-20 16:30")
    assert not calendar.is_working_day(STORM.date)


def test_a_correction_needs_a_reason(loaded):
    with pytest.raises(services.ReasonMissing):
        correct(add=[STORM], reason="  ")


def test_a_correction_that_changes_nothing_is_refused(loaded):
    with pytest.raises(services.NothingCorrected):
        correct(remove=[STORM.date])


def test_a_calendar_that_is_not_there_is_not_corrected(loaded):
    with pytest.raises(services.UnknownCalendar):
        correct(key="no-such", add=[STORM])


@pytest.mark.parametrize(
    "text",
    [
        "this is not toml",
        "[calendars.x]\nname = 'x'",
        "days = 3",
        "[calendars.x]\nname='x'\nbased_on='y'\npatterns=[]\ncut_off=[]\nday_rule=[]",
        (
            "[calendars.x]\nname='x'\npatterns=[{week=[{weekdays=[0],shifts=[['9:99','17:00']]}]}]\n"
            "cut_off=[{value='15:00'}]\nday_rule=[{value='end_of_day'}]"
        ),
        (
            "[calendars.x]\nname='x'\npatterns=[{week=[{weekdays=[0],shifts=[['17:00','07:00']]}]}]\n"
            "cut_off=[{value='15:00'}]\nday_rule=[{value='end_of_day'}]"
        ),
        "[calendars.x]\nname='x'\npatterns=[]\ncut_off=[]\nday_rule=[]",
        (
            "[calendars.x]\nname='x'\npatterns=[{week=[]}]\ncut_off=[{value='15:00'}]\n"
            "day_rule=[{value='whenever'}]"
        ),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_whole(tmp_path, text):
    file = tmp_path / "calendars.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(services.UnreadableCalendar):
        services.load_calendars(path=file, by=SYSTEM, at=NOON)

    assert not CalendarVersion.objects.exists()


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(services.UnreadableCalendar):
        services.load_calendars(path=tmp_path / "none.toml", by=SYSTEM, at=NOON)
