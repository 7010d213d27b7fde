"""The main path in a browser that runs no scripts: every act is a plain form."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.counter import code_in, give_pin
from tests.journeys.people import Person, stranger

pytestmark = pytest.mark.browser


def test_the_main_path_works_without_scripts(newcomer):
    def plain(name: str = "") -> Visitor:
        return newcomer(name, java_script_enabled=False)

    _asks_on_the_portal(plain())
    owner = stranger(31)
    receptionist = plain("tiepnhan")
    code = _received(receptionist, owner)
    for name, button in (
        ("thuly", "Trình duyệt"),
        ("lanhdao", "Phê duyệt"),
        ("vanthu", "Lấy số, đóng dấu, phát hành"),
    ):
        _done(plain(name), code, button)
    receptionist.go(f"/desk/dossiers/{code}/payment/")
    _pressed(receptionist, code, "Xác nhận đã thu")
    receptionist.go(f"/desk/dossiers/{code}/delivery/")
    _pressed(receptionist, code, "Trả kết quả")
    _follows(plain(), code, owner)


def _asks_on_the_portal(citizen: Visitor) -> None:
    citizen.go("/")
    citizen.page.locator("input[name=q]").first.fill("nhap ho khau")
    citizen.press("Enter")
    citizen.page.wait_for_url("**/tim-kiem/**")
    citizen.page.locator(".hits h2 a").first.click()
    citizen.page.get_by_label("Vào chỗ ở thuê, mượn, ở nhờ").check()
    citizen.page.get_by_role("button", name="Xem giấy tờ cho trường hợp này").click()
    expect(citizen.page.locator(".papers").first).to_contain_text("Hợp đồng")
    citizen.look()


def _received(visitor: Visitor, person: Person) -> str:
    page = visitor.page
    visitor.go("/desk/reception/")
    page.locator("[name=q]").fill("ho khau")
    page.get_by_role("button", name="Tìm thủ tục").click()
    page.locator(".hits button[value='1.004222']").click()
    page.locator("[name=case][value=own]").check()
    page.locator("[name=owner_id]").fill(person.card)
    page.get_by_role("button", name="Tra, đọc thẻ").click()
    expect(page.locator("[name=owner_name]")).to_have_value(person.name)
    page.locator("[name=phone]").fill(person.phone)
    page.get_by_role("button", name="Đủ cả").click()
    expect(page.locator("[name=phone]")).to_have_value(person.phone)
    visitor.look()
    page.get_by_role("button", name="Tiếp nhận, in giấy hẹn").click()
    page.wait_for_url("**/receipt/")
    return code_in(page.url)


def _done(visitor: Visitor, code: str, button: str) -> None:
    visitor.go("/desk/")
    visitor.page.locator(f"a[href$='{code}/']").first.click()
    give_pin(visitor, "#viec [name=pin]")
    _pressed(visitor, code, button)


def _pressed(visitor: Visitor, code: str, button: str) -> None:
    visitor.page.get_by_role("button", name=button).click()
    expect(visitor.page.locator(".messages")).to_contain_text(code)
    visitor.look()


def _follows(visitor: Visitor, code: str, person: Person) -> None:
    visitor.go("/tra-cuu/")
    visitor.page.get_by_label("Mã hồ sơ").fill(code)
    visitor.page.get_by_label("Số điện thoại").fill(person.phone)
    visitor.page.get_by_role("button", name="Tra cứu").click()
    visitor.page.wait_for_url(re.compile(r"/tra-cuu/[^/]+/"))
    expect(visitor.page.locator("main")).to_contain_text("Đã trả kết quả")
