"""Who walks the journeys: a house of its own for this test process, and browsers in it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.browsing import DESKTOP, Visitor
from tests.journeys.house import ROOT, House, open_house

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip

_ADDRESSES = count()
Newcomer = Callable[..., Visitor]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without one these tests are skipped, on CI they fail."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        message = "không có Chromium: chạy `make browser` (no Chromium here: run `make browser`)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def house(chromium: str) -> Iterator[House]:
    """A running house with a small demo world, for this test process alone."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(os.environ["MOTCUA_VAR"]) / f"journeys-{worker}"
    base = os.environ.get("MOTCUA_TEST_DB", "test_motcua")
    with open_house(folder, name=f"{base}_house_{worker}") as opened:
        yield opened


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for a file of tests; its end gives the thread back to Django's ORM."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def worker(house: House) -> Iterator[None]:
    """The house's worker, which reads scans; it ends with the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "motcua", "worker"], env=house.env, cwd=ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Put what stands on the screens beside a failure."""
    report = yield
    came = getattr(item, "funcargs", {}).get("newcomer")
    if report.when == "call" and report.failed and came is not None:
        for visitor in came.came:
            report.sections.append((visitor.page.url, visitor.text()[:2500]))
    return report


@pytest.fixture
def newcomer(browser: Browser, house: House) -> Iterator[Newcomer]:
    """newcomer() is a stranger with a browser; newcomer("tiepnhan") has signed in.

    At the end of the test nothing may have gone wrong in any of their browsers.
    """
    came: list[Visitor] = []

    def come(name: str = "", **options: object) -> Visitor:
        wanted = {
            "locale": "vi-VN",
            "viewport": DESKTOP,
            "timezone_id": "Asia/Ho_Chi_Minh",
            # everybody comes from an address of their own, so that no door shuts for all of them
            "extra_http_headers": {"X-Forwarded-For": f"203.0.113.{next(_ADDRESSES) % 250 + 1}"},
        }
        context = browser.new_context(**(wanted | options))
        visitor = Visitor(context.new_page(), house)
        came.append(visitor)
        return visitor.sign_in(name) if name else visitor

    come.came = came  # type: ignore[attr-defined]
    yield come
    faults = [fault for visitor in came for fault in visitor.faults]
    for visitor in came:
        visitor.context.close()
    assert not faults, "\n".join([*faults, *house.complaints()])
