"""The chairman's way: from a number to a late dossier to a duty that somebody answers for."""

import http.client
import json
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from tests.journeys.counter import receive
from tests.journeys.people import stranger

from motcua.config import serving

pytestmark = pytest.mark.browser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def test_the_chairman_goes_from_a_number_to_a_late_dossier_to_a_duty(newcomer, house):
    house.command("report", "rebuild")
    chairman = newcomer("chutich")
    page = chairman.page

    chairman.go("/boards/?ky=year")
    assert not chairman.violations()
    number = page.locator("section.kpis a[href*='so=overdue']")
    if not number.count():  # nothing is overdue today in this small world: what was late will do
        number = page.locator("section.kpis a[href*='so=late']")
    said = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f": {said} hồ sơ")
    chairman.look()
    assert not chairman.violations()

    row = page.locator("main tbody tr").first
    code = row.locator("td a.num").inner_text()
    row.locator("td a.num").click()
    expect(page.locator("body")).to_contain_text(code)
    chairman.look()
    page.get_by_role("link", name=re.compile("Giao nhiệm vụ")).first.click()
    expect(page).to_have_url(re.compile("/desk/duties/new/.*dossier="))
    assert not chairman.violations()

    _give(page)
    chairman.look()
    expect(page.locator("main")).to_contain_text(code)
    assert house.rows(
        "SELECT count(*) FROM supervision_duty WHERE work LIKE %s", f"%{code}%"
    )[0][0]  # fmt: skip


def _give(page) -> None:
    """Say who, until when and under whose responsibility; the rest is there already."""
    due = datetime.now(VIETNAM).date() + timedelta(days=10)
    page.locator("[name=due]").fill(due.isoformat())
    if not page.locator("[name=person]").count():
        page.get_by_role("button", name="Xem cán bộ của cơ quan này").click()
    for name in ("person", "accountable"):
        chosen = page.locator(f"[name={name}]")
        chosen.select_option(index=chosen.locator("option").count() - 1)
    page.get_by_role("button", name=re.compile("Giao nhiệm vụ")).click()
    expect(page).to_have_url(re.compile(r"/desk/duties/(?!new)"))


@pytest.fixture
def stream(house):
    """An open board's stream: the follower and the push run beside the house."""
    port = serving.free_port("127.0.0.1")
    commands = (
        [sys.executable, "-m", "motcua", "follow"],
        serving.push_command("127.0.0.1", port),
    )
    running = [
        subprocess.Popen(command, env=house.env, stdin=subprocess.DEVNULL) for command in commands
    ]
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        yield _opened(asked)
    finally:
        asked.close()
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def _opened(asked: http.client.HTTPConnection) -> http.client.HTTPResponse:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            asked.request("GET", "/boards/live")
            return asked.getresponse()
        except OSError:
            asked.close()
            time.sleep(0.2)
    raise AssertionError("the push does not answer")


def test_an_act_at_the_counter_reaches_an_open_board(newcomer, house, stream):
    before = house.rows("SELECT max(id) FROM ledger_factrow")[0][0]
    receive(newcomer("tiepnhan"), stranger(41))

    upto = 0
    while upto <= before:  # what was there before may be folded first
        line = stream.readline()
        assert line, "the stream ended"
        if line.startswith(b"data: "):
            upto = json.loads(line.removeprefix(b"data: ")).get("upto") or 0
    assert upto > before
