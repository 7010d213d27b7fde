"""1.004222 from the citizen's question to the returned result, through every hand."""

import io
import re
import time

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.journeys.browsing import Visitor
from tests.journeys.counter import do, pick_and_do, receive, signatures_of
from tests.journeys.people import account_holder, stranger

from motcua.documents.papers import qr

pytestmark = pytest.mark.browser


def test_a_citizen_finds_what_to_bring_for_her_own_case_and_prints_it(newcomer):
    citizen = newcomer()
    citizen.go("/")
    citizen.page.locator("input[name=q]").first.fill("nhap ho khau")
    citizen.press("Enter")
    citizen.page.wait_for_url("**/tim-kiem/**")
    citizen.look()

    first = citizen.page.locator(".hits h2 a").first
    expect(first).to_have_text("Đăng ký thường trú")
    first.click()
    citizen.page.wait_for_url("**/thu-tuc/1.004222/")
    expect(citizen.page.locator(".answers")).to_contain_text("7 ngày làm việc")
    expect(citizen.page.locator(".answers")).to_contain_text("20.000")

    citizen.page.get_by_label("Vào chỗ ở thuê, mượn, ở nhờ").check()
    citizen.page.wait_for_url("**truong-hop=rent**")
    papers = citizen.page.locator(".papers").first
    expect(papers).to_contain_text("Hợp đồng hoặc văn bản cho thuê")
    expect(papers).to_contain_text("Không phải nộp")
    expect(papers).not_to_contain_text("tôn giáo")

    citizen.page.get_by_role("link", name="In danh sách giấy tờ").click()
    citizen.page.wait_for_url("**/giay-to/**")
    citizen.look()
    sheet = citizen.page.get_by_role("link", name="Tải bản PDF để in").get_attribute("href")
    text = _text_of(citizen.fetch(sheet))
    assert "Đăng ký thường trú" in text
    assert "Hợp đồng" in text


def test_residence_from_the_counter_to_the_returned_result(newcomer, house, tmp_path):
    owner, board = account_holder(), newcomer()
    house.command("report", "show")  # folds what lies ready: no follower runs in this house
    before = _settled_today(board)
    receptionist = newcomer("tiepnhan")
    code = receive(receptionist, owner)
    second = receive(receptionist, stranger(1))
    _receipt_can_be_scanned(receptionist, code)

    appraiser, head, clerk = newcomer("thuly"), newcomer("lanhdao"), newcomer("vanthu")
    do(appraiser, code, note="Nhà thuộc sở hữu, đủ điều kiện")
    do(appraiser, second)
    pick_and_do(head, [code, second], "Phê duyệt")
    expect(head.page.locator("main")).to_contain_text("Xong 2 hồ sơ")
    do(clerk, code)
    number = re.search(r"\d+/\d{4}/TB-[\w.]+", clerk.text())
    assert number, "the issued result shows its number"
    signed = clerk.fetch(f"/desk/dossiers/{code}/forms/result/")
    assert signatures_of(signed, tmp_path) == 2

    _paid_and_returned(receptionist, code)
    _anybody_with_code_and_phone_can_follow(newcomer(), code, owner.phone)
    _owner_sees_everything(newcomer("nguoidan"), code, number.group())
    house.command("report", "show")
    _board_counts_one_more(board, before)
    verdict = house.command("ledger", "verify")
    assert verdict["whole"], verdict


def _receipt_can_be_scanned(visitor: Visitor, code: str) -> None:
    visitor.go(f"/desk/dossiers/{code}/receipt/")
    link = visitor.page.locator("[data-key=F9]")
    expect(link).to_be_focused()
    paper = visitor.fetch(link.get_attribute("href"))
    assert code in _text_of(paper)
    said = qr.decode(_scanned(paper))
    assert said is not None
    assert said.dossier_code == code


def _paid_and_returned(visitor: Visitor, code: str) -> None:
    visitor.go("/desk/results/")
    row = visitor.page.locator("tr", has_text=code)
    expect(row).to_contain_text("chưa nộp")
    do(visitor, code, "payment", reference="BL-0001")
    do(visitor, code, "delivery", proof="Ký nhận, đã xem thẻ căn cước")
    expect(visitor.page.locator("main")).to_contain_text("Trả kết quả")
    visitor.go("/desk/results/")
    expect(visitor.page.locator("main")).not_to_contain_text(code)


def _settled_today(visitor: Visitor) -> int:
    """Return what the board of the province says was settled today."""
    visitor.go("/boards/?ky=today&co-quan=tat-ca")
    told = visitor.page.locator(".stat", has_text="đã xong").first.inner_text()
    found = re.search(r"/ ([\d.]+) đã xong", told)
    assert found, told
    return int(found[1].replace(".", ""))


def _board_counts_one_more(visitor: Visitor, before: int) -> None:
    """The board is drawn anew every quarter of a minute or so."""
    end = time.monotonic() + 60
    while _settled_today(visitor) <= before:
        assert time.monotonic() < end, "the board does not count the settled dossier"
        time.sleep(1)


def _anybody_with_code_and_phone_can_follow(visitor: Visitor, code: str, phone: str) -> None:
    visitor.go("/tra-cuu/")
    visitor.page.get_by_label("Mã hồ sơ").fill(code.lower())
    visitor.page.get_by_label("Số điện thoại").fill("0905000000")
    visitor.page.get_by_role("button", name="Tra cứu").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("Không có hồ sơ nào khớp")
    expect(visitor.page.get_by_label("Mã hồ sơ")).to_have_value(re.compile(code, re.IGNORECASE))

    visitor.page.get_by_label("Số điện thoại").fill(phone)
    visitor.page.get_by_role("button", name="Tra cứu").click()
    visitor.page.wait_for_url(re.compile(r"/tra-cuu/[^/]+/"))
    visitor.look()
    expect(visitor.page.locator("main")).to_contain_text(code)
    assert account_holder().name not in visitor.text(), "a stranger may not read the name"


def _owner_sees_everything(visitor: Visitor, code: str, number: str) -> None:
    visitor.go("/tai-khoan/")
    visitor.page.get_by_role("link", name=code).or_(
        visitor.page.locator(f"a[href*='{code}']")
    ).first.click()
    visitor.page.wait_for_url(f"**/{code}/")
    visitor.look()
    page = visitor.page.locator("body")
    for words in (number, "Hồ sơ đã đi qua những đâu", "Phê duyệt", "Ai đã mở hồ sơ"):
        expect(page).to_contain_text(words)
    readers = visitor.page.locator("aside", has_text="Ai đã mở hồ sơ")
    expect(readers).to_contain_text("Công an phường Tây Nha Trang")


def _text_of(paper: bytes) -> str:
    pages = PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _scanned(paper: bytes) -> str:
    """Return what a phone reads from the QR of a printed page."""
    document = pypdfium2.PdfDocument(paper)
    try:
        picture = document[0].render(scale=4).to_pil()
    finally:
        document.close()
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return " ".join(one.text for one in found)
