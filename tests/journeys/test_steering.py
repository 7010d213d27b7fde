"""The chairman's way: from a number to a late dossier to a duty that somebody answers for."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def test_the_chairman_goes_from_a_number_to_a_late_dossier_to_a_duty(newcomer, house):
    chairman = newcomer("chutich")
    page = chairman.page

    chairman.go("/boards/?ky=year")
    assert not chairman.violations()
    overdue = page.locator("section.kpis .stat", has_text="Đang làm cuối kỳ").get_by_role("link")
    said = overdue.nth(1).inner_text()
    overdue.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"quá hạn: {said} hồ sơ")
    chairman.look()
    assert not chairman.violations()

    row = page.locator("main tbody tr").first
    code = row.locator("td a.num").inner_text()
    row.locator("td a.num").click()
    expect(page.locator("main")).to_contain_text(code)
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
