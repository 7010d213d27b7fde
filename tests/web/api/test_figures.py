"""Figures by the API: those of the boards, with their definitions."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, World

from motcua.reporting import queries, rules, services
from motcua.reporting.definitions import INDICATORS


@pytest.fixture
def lived(db: None) -> World:
    cache.clear()
    world = stories.build()
    stories.issued(world)
    stories.accepted(world)
    services.follow()
    return world


def test_figures_are_those_of_the_boards(lived: World):
    period = rules.named("2026-11", at=MONDAY_8AM.replace(month=12))

    told = Client().get("/api/v1/figures?period=2026-11").json()

    assert told["whole"]["received"] == queries.value("received", period) == 2
    assert told["whole"]["on_time_share"] == 100.0
    assert told["whole"]["paid_online_share"] is None
    assert [row["code" if "code" in row else "key"] for row in told["rows"]] == [
        lived.agencies["committee"].code
    ]


@pytest.mark.parametrize("by", ["field", "level", "place", "centre", "channel", "procedure"])
def test_groups_add_up(lived: World, by: str):
    told = Client().get(f"/api/v1/figures?period=2026&by={by}").json()

    assert sum(row["received"] for row in told["rows"]) == told["whole"]["received"]


@pytest.mark.parametrize("query", ["period=2026Q9", "by=officer", "agency=NOWHERE", "by=x"])
def test_what_is_not_there_is_not_found(lived: World, query: str):
    assert Client().get(f"/api/v1/figures?{query}").status_code == 404


def test_definitions_say_what_every_figure_is(lived: World):
    told = {one["key"]: one for one in Client().get("/api/v1/figures/definitions").json()}

    assert set(told) == {one.key for one in INDICATORS}
    assert told["digitised_share"]["threshold"] == 80.0
    assert all(
        one["denominator"] for one in told.values() if one["of"] and one["key"] != "median_days"
    )
