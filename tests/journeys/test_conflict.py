"""Two officers on one dossier: the second is told what changed, and loses nothing typed."""

import pytest
from playwright.sync_api import expect
from tests.journeys.counter import do, receive
from tests.journeys.people import stranger

pytestmark = pytest.mark.browser


def test_the_second_officer_is_told_what_changed_and_keeps_what_was_typed(newcomer):
    receptionist, appraiser = newcomer("tiepnhan"), newcomer("thuly")
    code = receive(receptionist, stranger(21))
    appraiser.go(f"/desk/dossiers/{code}/")
    do(receptionist, code, "payment")

    opinion = "Đã đến nhà xác minh ngày 20/11, đủ điều kiện"
    appraiser.page.locator("[name=note]").fill(opinion)
    appraiser.press("Control+Enter")
    alert = appraiser.page.get_by_role("alert")
    expect(alert).to_contain_text("Đã nộp phí, lệ phí")
    expect(appraiser.page.locator("[name=note]")).to_have_value(opinion)
    appraiser.look()

    appraiser.press("Control+Enter")
    expect(appraiser.page.locator(".messages")).to_contain_text(code)
