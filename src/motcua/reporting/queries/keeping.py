"""Figures at hand: what was read for one moment is the same for whoever asks within some seconds."""

import hashlib
from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache

KEEP_SECONDS = 30
T = TypeVar("T")
_NOTHING = object()


def kept(name: str, read: Callable[[], T], *, seconds: float = KEEP_SECONDS) -> T:
    """Return what is kept under a name, read when it is not there."""
    key = _key(name)
    found = cache.get(key, _NOTHING)
    if found is _NOTHING:
        found = read()
        cache.set(key, found, seconds)
    return cast(T, found)


def drop(name: str) -> None:
    """Forget what is kept under a name, in this process."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    """Return a key that every cache takes, however long the name and whatever letters it has."""
    return f"figures:{hashlib.sha256(name.encode()).hexdigest()}"
