"""Two processes: each plans the same quarter and lives the half of the agencies that is its own."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from motcua.config.simulation.order import Order, Tell

if TYPE_CHECKING:
    from motcua.config.simulation.work import Slice


def live_all(
    made: "Slice", processes: int, tell: Tell, *, without: frozenset[int] = frozenset()
) -> int:
    """Live a slice in so many processes, this one included; return how many facts came of it.

    without: agencies whose dossiers an earlier run wrote.
    Raises RuntimeError: another process failed; its half is missing.
    """
    from motcua.config.simulation.work import live, shares

    mine, *others = shares(made.world, made.plan, processes, without=without)
    workers = [_Elsewhere(made.order, agencies) for agencies in others if agencies]
    here = 0

    def told(done: int) -> None:
        nonlocal here
        here = done
        tell(here + sum(one.done() for one in workers))

    try:
        facts = live(made, mine, told)
        return facts + sum(one.wait(lambda: told(here)) for one in workers)
    finally:
        for one in workers:
            one.close()


class _Elsewhere:
    """A half that lives in a process of its own."""

    def __init__(self, order: Order, agencies: list[int]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, order, agencies), daemon=True)
        self._process.start()
        theirs.close()
        self._done, self._facts = 0, -1

    def done(self) -> int:
        """Return how many dossiers it has written by now."""
        while self._facts < 0 and self._pipe.poll():
            self._read()
        return self._done

    def wait(self, told: Callable[[], None]) -> int:
        """Wait for it and return how many facts it left."""
        while self._facts < 0:
            self._read()
            told()
        return self._facts

    def _read(self) -> None:
        try:
            kind, number = self._pipe.recv()
        except EOFError:
            raise RuntimeError("a process of the simulation died; its half is missing") from None
        if kind == "done":
            self._done = number
        else:
            self._facts = number

    def close(self) -> None:
        """End it."""
        self._pipe.close()
        self._process.join(timeout=20)
        if self._process.is_alive():
            self._process.terminate()


def work(pipe: Connection, order: Order, agencies: list[int]) -> None:
    """Plan the quarter as the other process does and live these agencies."""
    import django

    django.setup()
    from django.db import connection

    from motcua.config.simulation import journal
    from motcua.config.simulation.work import decide, live

    journal.hold_helper()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    facts = live(decide(order), agencies, lambda done: pipe.send(("done", done)))
    pipe.send(("facts", facts))
