"""Two processes, half of the agencies each: they live through a day, then wait for each other.

Nothing is shared but the database. What belongs to the whole world (a storm, lateness being noted)
happens between the days, when both stand still; so the outcome does not depend on who is quicker.
"""

import multiprocessing
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.config.demo.life import Life


@dataclass(frozen=True)
class World:
    """What decides the whole demo world."""

    count: int
    seed: int
    first: datetime
    now: datetime
    parts: int


@dataclass(frozen=True)
class Told:
    """What a part says at the end of a day."""

    filed: int
    acts: int
    refused: dict[str, int]


class Part(Protocol):
    """A half of the world, here or in another process."""

    def begin_day(self, until: datetime) -> None:
        """Start to live up to a moment."""

    def end_day(self) -> Told:
        """Wait until it is there."""

    def close(self) -> None:
        """End."""


def belongs(competent: str, *, part: int, parts: int) -> bool:
    """Tell whether an agency's dossiers belong to a part."""
    return zlib.crc32(competent.encode()) % parts == part


class Here:
    """The part that lives in this process."""

    def __init__(self, life: "Life", tell: Callable[[int], None]) -> None:
        self._life, self._tell = life, tell
        self._until = life.now

    def begin_day(self, until: datetime) -> None:
        """Remember until when: it is lived while the others live theirs."""
        self._until = until

    def end_day(self) -> Told:
        """Live the day."""
        self._life.run(self._until, self._tell)
        return _told(self._life)

    def close(self) -> None:
        """Nothing to end."""


class Elsewhere:
    """A part that lives in a process of its own.

    Raises EOFError (from `end_day`): that process has died.
    """

    def __init__(self, world: World, part: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=live, args=(theirs, world, part), daemon=True)
        self._process.start()
        theirs.close()

    def begin_day(self, until: datetime) -> None:
        """Tell it until when to live."""
        self._pipe.send(until)

    def end_day(self) -> Told:
        """Wait for it."""
        said = self._pipe.recv()
        if not isinstance(said, Told):
            raise TypeError(said)
        return said

    def close(self) -> None:
        """Let it end: it reads that nobody is there any more."""
        self._pipe.close()
        self._process.join(timeout=20)


def live(pipe: Connection, world: World, part: int) -> None:
    """Live a part of the world day by day, as told through the pipe."""
    import django

    django.setup()
    from motcua.config.demo import loading

    with loading.without_sweeping():
        _live_by_days(pipe, loading.life_of(world, part))


def _live_by_days(pipe: Connection, life: "Life") -> None:
    while True:
        try:
            until = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        life.run(until, lambda _filed: None)
        pipe.send(_told(life))


def _told(life: "Life") -> Told:
    return Told(life.filed, life.acts, dict(life.refused))
