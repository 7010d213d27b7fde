"""The cast of the figures' stories."""

import pytest
from django.core.cache import cache

from tests.factories import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    cache.clear()
    return worlds.build()
