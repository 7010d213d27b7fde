"""The desk's cast: the small province, and a browser for each officer at Monday 8 o'clock."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM

At = Callable[[str], Client]


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_8AM + timedelta(minutes=30), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sits(world: worlds.World, clock: time_machine.Traveller) -> At:
    """Return the browser of an officer who has signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(world.accounts[name])
        client.get("/desk/search/")  # the first page of a session notes that it began
        return client

    return browser
