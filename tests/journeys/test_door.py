"""The door: a second step by phone, and patience with wrong passwords that has an end."""

import time

import pyotp
import pytest
from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.house import password

pytestmark = pytest.mark.browser


def test_an_officer_sets_up_the_second_step_and_comes_in_with_it(newcomer):
    officer = newcomer("thuphi")
    officer.go("/bao-mat/")
    officer.page.get_by_role("link", name="Bật xác thực hai bước").click()
    expect(officer.page.get_by_role("img", name="Mã QR")).to_be_visible()
    app = pyotp.TOTP(officer.page.locator("code").inner_text().strip())
    officer.look()
    _send_code(officer, "000000", "Bật xác thực hai bước")
    expect(officer.page.locator(".error").first).to_be_visible()
    used = app.now()
    _send_code(officer, used, "Bật xác thực hai bước")
    expect(officer.page.locator("main")).to_contain_text("Đang bật")

    again = newcomer()
    _show_password(again, "thuphi", password())
    again.page.wait_for_url("**/dang-nhap/ma/**")
    again.look()
    _send_code(again, used, "Tiếp tục")
    expect(again.page.locator(".error").first).to_contain_text("đã dùng rồi")
    _send_code(again, app.at(time.time() + 30), "Tiếp tục")
    again.page.wait_for_url("**/desk/")


def test_the_door_shuts_after_five_wrong_passwords_and_says_so(newcomer):
    stranger = newcomer()
    for _try in range(5):
        _show_password(stranger, "hotro", "đoán mò")
        expect(stranger.page.locator(".error").first).to_contain_text("chưa đúng")
    _show_password(stranger, "hotro", password())
    expect(stranger.page.locator("body")).to_contain_text("nhiều lần")
    expect(stranger.page.get_by_label("Tên đăng nhập")).to_have_value("hotro")
    stranger.look()

    newcomer("hotro")  # the owner of the account comes from elsewhere, and may


def _show_password(visitor: Visitor, name: str, secret: str) -> None:
    visitor.go("/dang-nhap/")
    visitor.page.get_by_label("Tên đăng nhập").fill(name)
    visitor.page.get_by_label("Mật khẩu").fill(secret)
    visitor.page.get_by_role("button", name="Đăng nhập", exact=True).click()
    visitor.page.wait_for_load_state()


def _send_code(visitor: Visitor, code: str, button: str) -> None:
    visitor.page.locator("input[name=code]").fill(code)
    visitor.page.get_by_role("button", name=button).click()
    visitor.page.wait_for_load_state()
