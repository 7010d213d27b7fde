"""A small province and a screen that belongs to everybody."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import World

from motcua.catalog import queries as catalog


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cache.clear()
    catalog.forget_index()
    yield worlds.build()
    catalog.forget_index()


@pytest.fixture
def screen(client: Client) -> Client:
    return client
