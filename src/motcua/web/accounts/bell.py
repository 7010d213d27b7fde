"""How many messages are new: asked where one lands, kept a while for the pages beside it."""

from django.core.cache import cache

from motcua.directory.actor import Actor
from motcua.notifications import queries

FRESH_SECONDS, KEEP_SECONDS = 30, 600


def count(actor: Actor) -> int:
    """Return how many messages somebody has not read (at most one query in half a minute)."""
    if actor.account_id is None:
        return 0
    if cache.add(f"{_name(actor)}:fresh", 1, FRESH_SECONDS):
        cache.set(_name(actor), queries.unread_count(actor), KEEP_SECONDS)
    return known(actor)


def known(actor: Actor) -> int:
    """Return what was counted last, without asking the database."""
    kept = cache.get(_name(actor))
    return kept if isinstance(kept, int) else 0


def forget(actor: Actor) -> None:
    """Count anew the next time."""
    cache.delete_many([_name(actor), f"{_name(actor)}:fresh"])


def _name(actor: Actor) -> str:
    return f"bell:{actor.key}"
