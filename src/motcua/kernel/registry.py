"""Registry: how an adapter or a listener joins without anything else being changed."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one kind; keys are stored in data, so they are never renamed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, T] = {}

    def register(self, key: str) -> Callable[[T], T]:
        """Return a decorator that registers under `key`.

        Raises ValueError: the key is taken.
        """

        def add(item: T) -> T:
            if key in self._items:
                raise ValueError(f"{self._what} {key!r} is registered twice")
            self._items[key] = item
            return item

        return add

    def get(self, key: str) -> T:
        """Return the item of that key.

        Raises LookupError: nothing is registered there.
        """
        try:
            return self._items[key]
        except KeyError:
            raise LookupError(f"no {self._what} {key!r}") from None

    def items(self) -> Iterator[tuple[str, T]]:
        """Iterate over (key, item) in the order of registration."""
        return iter(self._items.items())
