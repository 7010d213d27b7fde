"""What a command is: a name, its words for people, and a function from arguments to an answer."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from motcua.config.cli.progress import Progress

Arguments = argparse.Namespace


class Needs(Enum):
    """What must stand before the command runs."""

    NOTHING = "nothing"
    DATABASE = "database"  # a server that answers; tables may be missing
    TABLES = "tables"  # migrated
    WORLD = "world"  # migrated, with territory and a catalogue


@dataclass(frozen=True)
class Answer:
    """What a command found: `document` for programs, `lines` for people.

    `is_long`: the document is written on one line, many times quicker than for reading.
    """

    document: object
    lines: tuple[str, ...] = ()
    is_ok: bool = True
    table: "Table | None" = None
    is_long: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings, for people."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(default_factory=tuple)


Run = Callable[[Arguments, Progress], Answer]
Describe = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True)
class Command:
    """One command: "catalog load" is a group and a verb; "search" stands alone."""

    name: str
    help: str
    needs: Needs
    describe: Describe
    run: Run


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing."""


commands: dict[str, Command] = {}


def command(
    name: str, *, help: str, needs: Needs = Needs.WORLD, arguments: Describe = _no_arguments
) -> Callable[[Run], Run]:
    """Return a decorator that makes the function the command of that name."""

    def add(run: Run) -> Run:
        if name in commands:
            raise ValueError(f"the command {name!r} is registered twice")
        commands[name] = Command(name, help, needs, arguments, run)
        return run

    return add
