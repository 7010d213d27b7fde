"""Progress of long work, on standard error, so that standard output stays for the answer."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


def _ignore(_done: int) -> None:
    """Say nothing."""


class Progress:
    """Shows how far long work is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self._is_quiet = is_quiet

    @contextmanager
    def bar(self, label: str, total: int | None = None) -> Iterator[Advance]:
        """Give a function that is told how many of `total` are done, counted from the start."""
        if self._is_quiet:
            yield _ignore
        elif sys.stderr.isatty():
            with self._drawn(label, total) as tell:
                yield tell
        else:
            with self._written(label, total) as tell:
                yield tell

    def say(self, text: str) -> None:
        """Say what is being done now."""
        if not self._is_quiet:
            print(text, file=sys.stderr, flush=True)

    @contextmanager
    def _drawn(self, label: str, total: int | None) -> Iterator[Advance]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
            task = bar.add_task(label, total=total)
            yield lambda done: bar.update(task, completed=done)

    @contextmanager
    def _written(self, label: str, total: int | None) -> Iterator[Advance]:
        step = max((total or 5000) // 10, 1)
        written = 0

        def tell(done: int) -> None:
            nonlocal written
            if done >= written + step:
                written = done
                self.say(f"{label}: {done}" + (f"/{total}" if total else ""))

        self.say(f"{label}…")
        yield tell
