"""Builds the world of the journeys, as a process of its own: python -m tests.journeys.building

The database named in DATABASE_URL is empty; afterwards it holds the province, the starter catalogue
and a small demo world: officers in every post and some weeks of work in every state.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DOSSIERS = 90


class Silent:
    """Who is told what is being done, and keeps it to itself."""

    def say(self, text: str) -> None:
        """Say nothing."""

    @contextmanager
    def bar(self, *_label: str, **_total: int) -> Iterator[Callable[..., None]]:
        """Show nothing."""
        yield lambda *_numbers, **_more: None


def build() -> None:
    """Build the world."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    from motcua.config import prepare

    silent = Silent()
    prepare.migrate(progress=silent)
    prepare.load_world(prepare.STARTER, progress=silent)
    from motcua.config.demo import loading

    loading.load(progress=silent, count=DOSSIERS, parts=1)


if __name__ == "__main__":
    build()
