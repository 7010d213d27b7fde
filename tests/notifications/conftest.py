"""The cast of the messages' stories."""

import pytest

from tests.factories import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()
