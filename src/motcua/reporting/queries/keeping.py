"""Figures at hand: what was read for one moment is the same for whoever asks within some seconds."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.core.cache import cache

KEEP_SECONDS = 30
T = TypeVar("T")
_NOTHING = object()
_ANEW: ContextVar[dict[str, Any] | None] = ContextVar("anew", default=None)


def kept(name: str, read: Callable[[], T], *, seconds: float = KEEP_SECONDS) -> T:
    """Return what is kept under a name, read when it is not there."""
    own = _ANEW.get()
    if own is not None:
        if name not in own:
            own[name] = read()
        return cast(T, own[name])
    key = _key(name)
    found = cache.get(key, _NOTHING)
    if found is _NOTHING:
        found = read()
        cache.set(key, found, seconds)
    return cast(T, found)


@contextmanager
def anew() -> Iterator[None]:
    """Read everything once more within this block, and keep nothing of it afterwards."""
    token = _ANEW.set({})
    try:
        yield
    finally:
        _ANEW.reset(token)


def drop(name: str) -> None:
    """Forget what is kept under a name, in this process."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    """Return a key that every cache takes, however long the name and whatever letters it has."""
    return f"figures:{hashlib.sha256(name.encode()).hexdigest()}"
