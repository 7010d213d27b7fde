"""The cast of the portal's stories: a small province, its citizen, and a browser for each."""

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
def browser(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    return client


@pytest.fixture
def citizen(world: World) -> Client:
    return signed_in(world, "citizen")


@pytest.fixture
def neighbour(world: World) -> Client:
    return signed_in(world, "neighbour")


def signed_in(world: World, name: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(world.accounts[name], backend="motcua.web.accounts.backend.PasswordBackend")
    return client
