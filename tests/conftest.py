"""What all tests share: a real PostgreSQL, a folder of their own, and no way out.

Many pytest processes may run at once: they share one embedded server (durable writes off, it keeps
nothing) and differ by the name of their database, MOTCUA_TEST_DB.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_UNSAFE_BUT_QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def _prepare_environment() -> None:
    """Give this run its own var/ and the shared server; xdist's workers inherit both."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    own = tempfile.mkdtemp(prefix="motcua-test-")
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    os.environ["MOTCUA_VAR"] = own
    if "DATABASE_URL" not in os.environ:
        from motcua.config import embedded

        folder = ROOT / "var" / "test-postgres"
        url = embedded.start(folder, extra_settings=_UNSAFE_BUT_QUICK)
        os.environ["DATABASE_URL"] = url


_prepare_environment()


def _is_here(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    return str(address[0]) in {"127.0.0.1", "::1", "localhost"}


def _refuse_outside(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect" and not _is_here(args[1]):
        raise PermissionError(f"a test tried to reach {args[1]}")


sys.addaudithook(_refuse_outside)


if not os.environ.get("MOTCUA_TEST_PURE"):  # the kernel's tests can do without
    import django

    django.setup()


@pytest.fixture(autouse=True)
def _fresh_language() -> None:
    """Start every test in Vietnamese, whatever the one before it spoke."""
    from django.utils import translation

    translation.activate("vi")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Drop what one process keeps for some seconds: a rolled back row must not linger."""
    from django.core.cache import cache

    from motcua.directory.queries import calendars, cards
    from motcua.workflow import queries as workflow

    cache.clear()
    calendars.forget()
    cards.forget()
    workflow.forget_processes()
    if trust := sys.modules.get("motcua.signing.pades.trust"):  # whom the test before trusted
        trust.configured.cache_clear()
        trust.roots.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _a_busy_machine_is_no_fault() -> None:
    """Give reading and verifying time enough where many tests share two cores."""
    from motcua.documents.reading import page
    from motcua.signing.verifying import process

    page.TIMEOUT_SECONDS = 600.0
    process.SECONDS = 300
