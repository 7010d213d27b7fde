"""How often one address may try: counted in this process, forgotten after a while.

A guard against guessing, not a ledger: two web processes allow twice as much, which is still little.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import PermissionDenied


class TooManyTries(PermissionDenied):
    """Somebody tried too often; the page that answers has status 429."""


@dataclass(frozen=True)
class Throttle:
    """At most `most` tries in `seconds` for each name and key."""

    name: str
    most: int
    seconds: int

    def count(self, key: str) -> None:
        """Count one try. Raises TooManyTries: there were too many already."""
        slot = f"throttle:{self.name}:{key}"
        cache.add(slot, 0, self.seconds)
        try:
            tries = cache.incr(slot)
        except ValueError:  # it expired between the two lines
            tries = 1
        if tries > self.most:
            raise TooManyTries

    def forgive(self, key: str) -> None:
        """Forget the tries of a key that has shown it is no guesser."""
        cache.delete(f"throttle:{self.name}:{key}")
