"""The cast of the figures' stories."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from motcua.reporting import services
from tests.factories import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    cache.clear()
    return worlds.build()


@pytest.fixture
def follow() -> Callable[[], None]:
    """Fold what was written since; figures kept for some seconds are dropped."""

    def followed() -> None:
        while services.follow().facts:
            pass
        cache.clear()

    return followed
