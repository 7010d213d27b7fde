"""A head is warned of a dossier, answers, apologises and makes a new appointment; control sees it."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SAID = "Đã giao thêm một cán bộ; không kịp nên xin lỗi và hẹn lại người nộp."
SORRY = "Phải xác minh thêm nơi ở, cơ quan xin lỗi vì chưa xong đúng hẹn."
_OPEN = (
    "SELECT d.code FROM dossiers_dossier d JOIN directory_agency g ON g.id = d.competent_id "
    "WHERE g.code = 'G01.56.22390' AND d.state IN ('accepted', 'in_progress') "
    "AND d.extension_count = 0 AND d.due_at IS NOT NULL AND NOT d.is_confidential "
    "ORDER BY d.due_at DESC LIMIT 1"
)
_HURRIED = (
    "UPDATE dossiers_dossier SET started_at = %s, due_at = %s, due_original = %s, clock = '[]' "
    "WHERE code = %s RETURNING code"
)


def weekday_after(days: int) -> date:
    """Return a day from Monday to Friday that is no holiday, at least so many days ahead."""
    found = datetime.now(VIETNAM).date() + timedelta(days=days)
    while found.weekday() > 4 or (found.month, found.day) in {(1, 1), (4, 30), (5, 1), (11, 24)}:
        found += timedelta(days=1)
    return found


def test_a_head_answers_a_warning_apologises_and_control_sees_it(newcomer, house):
    code = house.rows(_OPEN)[0][0]
    due = datetime.combine(weekday_after(2), time(17), VIETNAM)
    house.rows(_HURRIED, datetime.now(VIETNAM) - timedelta(days=90), due, due, code)
    house.command("supervision", "sweep")

    head = newcomer("lanhdao")
    page = head.page
    head.go("/desk/supervision/")
    head.look()
    warning = page.locator("article.warning", has_text=code)
    expect(warning).to_be_visible()
    assert not head.violations()
    warning.get_by_label("Đã làm gì?").fill(SAID)
    warning.get_by_role("button", name="Trả lời").click()
    expect(page.locator(".messages")).to_contain_text("Đã ghi câu trả lời")
    expect(page.locator("article.warning", has_text=code)).to_have_count(0)

    head.go(f"/desk/dossiers/{code}/extension/")
    page.locator("[name=reason]").fill(SORRY)
    page.locator("[name=new_day]").fill(weekday_after(9).isoformat())
    head.press("Control+Enter")
    expect(page.locator(".messages")).to_contain_text(code)
    head.look()

    assert house.command("supervision", "sweep")["warnings"]["withdrawn"] >= 1
    head.go(f"/desk/dossiers/{code}/")
    told = page.locator("section", has=page.get_by_role("heading", name="Cảnh báo thời hạn"))
    expect(told).to_contain_text("đã xin lỗi và hẹn lại")

    control = newcomer("kiemsoat")
    control.go("/desk/supervision/warnings/?loc=answered")
    line = control.page.locator("tr", has_text=code)
    expect(line).to_contain_text(SAID)
    expect(line).to_contain_text(re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}|\d{2}:\d{2}"))
    control.look()
    assert not control.violations()
