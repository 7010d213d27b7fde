"""What a citizen does on the portal to file and to follow a dossier."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfWriter
from tests.journeys.browsing import Visitor
from tests.journeys.counter import code_in

WARD = "Phường Tây Nha Trang"


def pdf() -> dict[str, object]:
    """Return a small scan, as a file to choose."""
    writer, kept = PdfWriter(), io.BytesIO()
    writer.add_blank_page(210, 297)
    writer.write(kept)
    return {"name": "hop-dong-thue.pdf", "mimeType": "application/pdf", "buffer": kept.getvalue()}


def not_a_pdf() -> dict[str, object]:
    """Return a file that says that it is a PDF and is none."""
    return {
        "name": "virus.pdf",
        "mimeType": "application/pdf",
        "buffer": b"MZ\x90\x00" + b"\0" * 400,
    }


def begin(visitor: Visitor, *, case: str) -> None:
    """Begin to file 1.004222, up to the declaration."""
    visitor.go("/thu-tuc/1.004222/")
    visitor.page.get_by_role("link", name="Nộp hồ sơ qua mạng").click()
    visitor.page.locator(f"[name=case][value={case}]").check()
    visitor.page.locator("[name=place]").select_option(label=WARD)
    visitor.page.get_by_role("button", name="Tiếp tục").click()
    visitor.page.wait_for_url("**/to-khai/")
    visitor.look()


def declare(visitor: Visitor, *, request: str) -> None:
    """Answer what the form asks beyond what the account knows."""
    page = visitor.page
    page.locator("[name=police]").select_option(label=WARD)
    page.locator("[name=head_name]").fill(page.locator("[name=full_name]").input_value())
    page.locator("[name=head_relation]").first.select_option(label="Chủ hộ")
    page.locator("[name=head_id]").fill(page.locator("[name=id_number]").input_value())
    page.locator("[name=request]").fill(request)
    page.locator("[name=home_address]").fill("12 Hương Điền")
    page.locator("[name=home_commune]").select_option(label=WARD)
    page.locator("[name=truthful]").check()


def go_on(visitor: Visitor, name: str, towards: str) -> None:
    """Press the button that leads to the next page."""
    visitor.page.get_by_role("button", name=name).click()
    visitor.page.wait_for_url(towards)
    visitor.look()


def send(visitor: Visitor) -> str:
    """Send what was filed and return its code."""
    visitor.page.get_by_label("Tôi chịu trách nhiệm").check()
    visitor.page.get_by_role("button", name="Nộp hồ sơ").click()
    visitor.page.wait_for_url(re.compile(r"/tai-khoan/ho-so/"))
    visitor.look()
    expect(visitor.page.locator(".messages")).to_contain_text("Đã nộp")
    return code_in(visitor.page.url)
