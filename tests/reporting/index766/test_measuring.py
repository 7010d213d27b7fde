"""The index of a day: counted from what happened, kept as it stood, and proved."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.reporting.index766 import measuring, procedures, reading, rules
from motcua.reporting.index766.words import WORDS
from motcua.reporting.models_index import IndexDay
from motcua.reporting.services import index_days
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World

DAY = date(2026, 11, 25)


@pytest.fixture
def told(world: World, follow: Callable[[], None]) -> World:
    """Two results, one of them late, and one dossier in progress."""
    stories.issued(world)
    late = stories.approved(world)
    dossiers.issue(code=late.code, by=world["clerk"], at=datetime(2026, 11, 25, 16, 0, tzinfo=VN))
    stories.accepted(world, at=MONDAY_8AM)
    follow()
    return world


def test_dossiers_are_counted_for_who_settles_them_and_for_the_province(told: World):
    found = measuring.measure(DAY)
    own = found[told.agencies["committee"].code]

    assert own["4.1"].denominator == 2
    assert own["3.3"].denominator == 3
    assert own["2.1"].denominator == 2
    assert found[measuring.PROVINCE]["4.1"] == own["4.1"]
    assert found[told.agencies["department"].code]["4.1"].denominator == 0
    assert found[told.agencies["department"].code]["4.1"].reason


def test_what_the_house_does_not_know_is_not_invented(told: World):
    score = reading.score_of(measuring.PROVINCE, day=DAY)
    missing = {line.component.key: line for line in score.lines if line.points is None}

    assert {"1.1", "1.2", "4.5"} <= set(missing)
    assert all(line.measured.reason for line in missing.values())
    assert score.most < 100


def test_no_dossier_was_acknowledged_by_the_portal_so_none_counts_as_synchronised(told: World):
    own = measuring.measure(DAY)[told.agencies["committee"].code]

    assert (own["1.4"].numerator, own["1.4"].denominator) == (0, 3)
    assert (own["3.3"].numerator, own["3.3"].denominator) == (0, 3)


@pytest.mark.parametrize(
    ("received", "electronic", "synced", "counted"),
    [(0, 0, 0, 0), (10, 6, 10, 6), (10, 6, 5, 3), (10, 6, 0, 0), (3, 2, 2, 1)],
)
def test_online_dossiers_weigh_as_much_as_was_synchronised(
    received: int, electronic: int, synced: int, counted: int
):
    found = measuring.online({"received": received, "synced": synced}, electronic)

    assert (found.numerator, found.denominator) == (counted, received)


def test_a_day_counted_later_is_counted_as_it_stood(told: World, follow: Callable[[], None]):
    day = date(2026, 11, 19)
    before = measuring.measure(day)[measuring.PROVINCE]
    stories.issued(told, at=MONDAY_8AM + timedelta(days=14))
    open_one = Dossier.objects.get(accepted_at__isnull=False, ended_at=None)
    dossiers.withdraw(
        code=open_one.code, reason="Không còn nhu cầu nữa", by=told["receptionist"],
        at=MONDAY_8AM + timedelta(days=20),
    )  # fmt: skip
    follow()

    with time_machine.travel(MONDAY_8AM + timedelta(days=30), tick=False):
        assert measuring.measure(day)[measuring.PROVINCE] == before


def test_procedures_are_those_that_an_agency_settles(told: World):
    committee = measuring.measure(DAY)[told.agencies["committee"].code]
    marks = procedures.procedures(on=DAY)

    assert 0 < committee["3.1"].denominator < len(marks)
    assert measuring.measure(DAY)[measuring.PROVINCE]["3.1"].denominator == len(marks)


def test_a_day_is_kept_once_and_stays_as_it_stood(told: World):
    first = index_days.keep(day=DAY, at=MONDAY_8AM + timedelta(days=3))
    again = index_days.keep(day=DAY, at=MONDAY_8AM + timedelta(days=4))

    assert first == len(measuring.agencies()) + 1
    assert again == 0
    assert not reading.differences(DAY)


def test_a_kept_day_that_is_counted_otherwise_is_told(told: World):
    index_days.keep(day=DAY, at=MONDAY_8AM + timedelta(days=3))
    row = IndexDay.objects.get(day=DAY, scope=measuring.PROVINCE)
    row.measured["4.1"][0] = 99
    IndexDay.objects.filter(pk=row.pk).update(measured=row.measured)

    found = reading.differences(DAY, scope=measuring.PROVINCE)

    assert [(one.component, one.kept[0]) for one in found] == [("4.1", 99)]


def test_days_that_were_missed_are_caught_up(told: World):
    index_days.catch_up(until=DAY, days=3, at=MONDAY_8AM + timedelta(days=3))

    history = reading.history([measuring.PROVINCE], until=DAY)[measuring.PROVINCE]
    assert [day for day, _points in history] == [DAY - timedelta(days=n) for n in (2, 1, 0)]
    assert index_days.catch_up(until=DAY, days=3, at=MONDAY_8AM) == 0


def test_no_day_is_missed_however_long_nobody_worked(told: World):
    index_days.keep(day=DAY - timedelta(days=5), at=MONDAY_8AM)

    days = index_days.missing(until=DAY, days=2)

    assert days == [DAY - timedelta(days=n) for n in (4, 3, 2, 1, 0)]
    index_days.catch_up(until=DAY, days=2, at=MONDAY_8AM)
    assert index_days.missing(until=DAY, days=2) == []


def test_every_word_of_the_editions_is_a_sentence_of_the_interface():
    told = tomllib.loads(Path(rules.__file__).with_name("editions.toml").read_text("utf-8"))
    keys = ("name", "of", "over", "act", "lacking", "note")
    parts = [p for e in told["editions"] for g in e["groups"] for p in (g, *g["components"])]
    said = {one[key] for one in parts for key in keys if one.get(key)}
    said |= {band["name"] for edition in told["editions"] for band in edition["bands"]}

    assert said == set(WORDS)


def test_those_without_dossiers_stand_after_those_with_some(told: World):
    rows = reading.ranking("commune", day=DAY)

    assert rows[0].card.code == told.agencies["committee"].code
    assert not any(reading.has_dossiers(row.score) for row in rows[1:])


def test_the_window_before_is_as_long_and_ends_where_this_one_begins():
    window = measuring.window_of(DAY, edition=rules.edition(on=DAY))

    assert (window.last - window.first).days == 29
    assert window.before.last == window.first - timedelta(days=1)
    assert window.before.last - window.before.first == window.last - window.first
