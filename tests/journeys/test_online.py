"""Filed on the portal: a draft that is kept, a file that is refused in place, what comes after."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.counter import do
from tests.journeys.online import begin, declare, go_on, not_a_pdf, pdf, send

pytestmark = pytest.mark.browser


def test_filed_online_supplemented_once_and_the_clock_starts_anew(newcomer):
    citizen = newcomer("nguoidan2")
    _nothing_typed_is_lost(citizen)
    _a_bad_file_is_refused_in_place(citizen)
    code = send(citizen)

    receptionist, appraiser = newcomer("tiepnhan"), newcomer("thuly")
    do(receptionist, code)
    first = _due(citizen, code)
    _ask_for_the_lease_again(appraiser, code)

    citizen.go("/tai-khoan/")
    expect(citizen.page.locator("main")).to_contain_text("đang chờ bạn")
    citizen.go(f"/tai-khoan/ho-so/{code}/")
    citizen.page.get_by_role("link", name="Gửi giấy tờ bổ sung").click()
    expect(citizen.page.locator("main")).to_contain_text("thiếu chữ ký của bên cho thuê")
    citizen.look()
    citizen.page.locator("input[type=file]").first.set_input_files(pdf())
    citizen.page.get_by_role("button", name="Gửi giấy tờ bổ sung").click()
    citizen.page.wait_for_url(f"**/ho-so/{code}/")
    citizen.look()

    do(appraiser, code, note="Hợp đồng đủ chữ ký")
    assert _due(citizen, code) >= first
    appraiser.go(f"/desk/dossiers/{code}/")
    expect(appraiser.page.locator("main")).to_contain_text("bổ sung")


def test_a_dossier_is_withdrawn_by_its_owner(newcomer):
    citizen = newcomer("nguoidan")
    begin(citizen, case="own")
    declare(citizen, request="Đăng ký thường trú vào nhà mình mua")
    go_on(citizen, "Lưu và tiếp tục", "**/giay-to/")
    go_on(citizen, "Tải lên và tiếp tục", "**/xem-lai/")
    code = send(citizen)
    citizen.page.get_by_role("link", name="Xin rút hồ sơ").click()
    citizen.page.get_by_role("button", name="Rút hồ sơ").click()
    expect(citizen.page.locator(".error").first).to_be_visible()
    citizen.page.get_by_label("Tôi hiểu").check()
    citizen.page.get_by_label("Vì sao").fill("Tôi chuyển nơi khác")
    citizen.page.get_by_role("button", name="Rút hồ sơ").click()
    citizen.page.wait_for_url(f"**/ho-so/{code}/")
    expect(citizen.page.locator("main")).to_contain_text("rút")

    receptionist = newcomer("tiepnhan")
    receptionist.go(f"/desk/dossiers/{code}/")
    expect(receptionist.page.locator("main")).to_contain_text("Người dân rút hồ sơ")
    assert receptionist.fetch(f"/desk/dossiers/{code}/forms/05/").startswith(b"%PDF-")


def _nothing_typed_is_lost(citizen: Visitor) -> None:
    begin(citizen, case="rent")
    wish = "Đăng ký thường trú tại nhà thuê"
    citizen.page.locator("[name=request]").fill(wish)
    citizen.page.get_by_role("button", name="Lưu nháp, làm sau").click()
    citizen.page.wait_for_url("**/tai-khoan/")
    citizen.look()
    citizen.page.locator("section", has_text="Bản nháp").get_by_role(
        "link", name="Làm tiếp"
    ).first.click()
    expect(citizen.page.locator("[name=request]")).to_have_value(wish)

    citizen.page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(citizen.page.get_by_role("alert")).to_be_visible()
    expect(citizen.page.locator("[name=request]")).to_have_value(wish)
    citizen.look()
    declare(citizen, request=wish)
    go_on(citizen, "Lưu và tiếp tục", "**/giay-to/")


def _a_bad_file_is_refused_in_place(citizen: Visitor) -> None:
    field = citizen.page.locator("input[type=file]").first
    field.set_input_files([pdf(), not_a_pdf()])
    citizen.page.get_by_role("button", name="Tải lên và tiếp tục").click()
    expect(citizen.page.locator(".upload .error").first).to_be_visible()
    expect(citizen.page.locator(".upload .files")).to_contain_text("hop-dong-thue.pdf")
    citizen.look()
    go_on(citizen, "Tải lên và tiếp tục", "**/xem-lai/")
    expect(citizen.page.locator("main")).to_contain_text("Đăng ký thường trú tại nhà thuê")


def _ask_for_the_lease_again(appraiser: Visitor, code: str) -> None:
    appraiser.go(f"/desk/dossiers/{code}/")
    appraiser.press("b")
    appraiser.page.wait_for_url("**/supplement-request/**")
    row = appraiser.page.locator(".act-list li", has_text="Hợp đồng")
    row.get_by_role("checkbox").first.check()
    row.get_by_role("textbox").first.fill("thiếu chữ ký của bên cho thuê")
    appraiser.page.locator("[name=reason]").fill("Hợp đồng chưa có hiệu lực vì thiếu một bên ký")
    appraiser.look()
    appraiser.press("Control+Enter")
    expect(appraiser.page.locator(".messages")).to_contain_text(code)


def _due(visitor: Visitor, code: str) -> str:
    """Return the day on which the result is due, as YYYY-MM-DD."""
    visitor.go(f"/tai-khoan/ho-so/{code}/")
    found = re.search(r"(\d{2})/(\d{2})/(\d{4})", visitor.page.locator(".due").first.inner_text())
    assert found, "the owner reads when the result is due"
    day, month, year = found.groups()
    return f"{year}-{month}-{day}"
