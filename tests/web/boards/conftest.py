"""A province with a week behind it, and a browser for each reader of its boards."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World

from motcua.dossiers import services as dossiers
from motcua.reporting import services as figures

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=VN)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(FRIDAY, tick=False):
        world = stories.build()
        stories.issued(world)
        late = stories.approved(world)
        dossiers.issue(
            code=late.code, by=world["clerk"], at=datetime(2026, 11, 19, 9, 0, tzinfo=VN)
        )
        stories.accepted(world, at=MONDAY_8AM - timedelta(days=4))
        stories.accepted(world, at=FRIDAY - timedelta(hours=2))
        figures.follow()
        yield world
    cache.clear()


def browser_of(world: World, name: str = "") -> Client:
    """Return a browser that somebody has signed in with; "" is a stranger's."""
    client = Client(headers={"accept-language": "vi"})
    if name:
        account = world.accounts[name]
        client.force_login(account, backend="motcua.web.accounts.backend.PasswordBackend")
    return client
