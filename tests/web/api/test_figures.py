"""Figures by the API: those of the boards, with their definitions."""

from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN
from tests.web.api.conftest import Api

from motcua.directory.actor import SYSTEM
from motcua.reporting import queries, rules, services
from motcua.reporting.definitions import INDICATORS
from motcua.reporting.services import open_data

DECEMBER = datetime(2026, 12, 1, 8, 0, tzinfo=VN)


@pytest.fixture
def lived(api: Api) -> Api:
    cache.clear()
    stories.issued(api.world)
    stories.accepted(api.world)
    services.follow()
    return api


def test_figures_are_those_of_the_boards(lived: Api):
    period = rules.named("2026-11", at=MONDAY_8AM.replace(month=12))

    told = lived["appraiser"].get("/figures?period=2026-11").json()

    assert told["whole"]["received"] == queries.value("received", period) == 2
    assert told["whole"]["on_time_share"] == 100.0
    assert told["whole"]["paid_online_share"] is None
    assert [row["key"] for row in told["rows"]] == [lived.world.agencies["committee"].code]
    assert told["threshold"] == 0


@pytest.mark.parametrize("by", ["field", "level", "place", "centre", "channel", "procedure"])
def test_groups_add_up(lived: Api, by: str):
    told = lived["appraiser"].get(f"/figures?period=2026&by={by}").json()

    assert sum(row["received"] for row in told["rows"]) == told["whole"]["received"]


@pytest.mark.parametrize("query", ["period=2026Q9", "by=officer", "agency=NOWHERE", "by=x"])
def test_what_is_not_there_is_not_found(lived: Api, query: str):
    assert lived["appraiser"].get(f"/figures?{query}").status_code == 404


@pytest.mark.parametrize("name", ["public", "citizen"])
def test_who_is_no_officer_gets_what_was_published(lived: Api, name: str):
    for _n in range(5):
        stories.accepted(lived.world)
    services.follow()
    cache.clear()
    assert lived[name].get("/figures").status_code == 404
    open_data.publish(name="2026-11", by=SYSTEM, at=DECEMBER)
    code = lived.world.agencies["committee"].code

    for query in ("", "?by=field", f"?agency={code}", f"?by=field&agency={code}&period=2026-11"):
        told = lived[name].get(f"/figures{query}").json()
        assert (told["threshold"], told["period"]) == (5, "2026-11")
        for row in (told["whole"], *told["rows"]):
            assert row["received"] == 7
            assert row["settled"] is row["on_time_share"] is None
        assert len(told["rows"]) == 1


@pytest.mark.parametrize("query", ["by=level", "by=procedure", "period=2026", "period=2026Q4"])
def test_who_is_no_officer_gets_nothing_more(lived: Api, query: str):
    assert lived["public"].get(f"/figures?{query}").status_code == 403
    assert Client(headers={"authorization": "Bearer x"}).get("/api/v1/figures").status_code == 401


def test_definitions_say_what_every_figure_is(db: None):
    told = {one["key"]: one for one in Client().get("/api/v1/figures/definitions").json()}

    assert set(told) == {one.key for one in INDICATORS}
    assert told["digitised_share"]["threshold"] == 80.0
    assert all(
        one["denominator"] for one in told.values() if one["of"] and one["key"] != "median_days"
    )
