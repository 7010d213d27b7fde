"""Checking a QR on the device alone, and the pages of verification as people see them."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing.letters import decision
from tests.web.portal.test_in_browser import chromium, faults, province  # noqa: F401  (fixtures)

from motcua.documents.papers import qr

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"desk": (1366, 768), "phone": (390, 844)}
SHOTS = os.environ.get("MOTCUA_SHOTS", "")


def paper_of(world: World) -> str:
    row = worlds.accepted(world)
    payload = qr.Payload(
        dossier_code=row.code,
        procedure_code=row.procedure_code,
        owner_id="056161000103",
        paper="GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        agency_code=row.receiving.code,
        at=MONDAY_8AM,
        key="01",
        number="0000001/TNHS",
    )
    return qr.encode(payload)


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def check(page: Page, text: str) -> str:
    """Check a text on the open page and return what is said about it."""
    page.fill("#chu-qr", text)
    page.click("button[type=submit]:visible >> nth=-1")
    page.wait_for_selector("[data-state]:not([hidden])")
    return page.inner_text("[data-check-qr]")


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_are_fit_for_everybody(chromium, province, live_server, size, tmp_path) -> None:  # noqa: F811
    text = paper_of(province)
    width, height = SIZES[size]
    page = chromium.new_page(viewport={"width": width, "height": height})
    said: list[str] = []
    for path in ("/xac-minh/", f"/xac-minh/{qr.token_of(text)}/", "/xac-minh/ngoai-tuyen/"):
        said += faults(page, live_server.url + path)
        shot(page, f"{path.strip('/').replace('/', '-')[:24]}-{size}")
    page.goto(f"{live_server.url}/xac-minh/")
    (tmp_path / "giay.pdf").write_bytes(decision())
    page.set_input_files("#id_file", tmp_path / "giay.pdf")
    page.click("form.card button[type=submit]")
    page.wait_for_url("**/bao-cao/**")
    said += faults(page, page.url)
    shot(page, f"bao-cao-{size}")

    assert not said


def test_in_large_type_a_long_code_stays_on_a_small_phone(
    chromium: Browser,  # noqa: F811
    province: World,  # noqa: F811
    live_server,
) -> None:
    page = chromium.new_page(viewport={"width": 300, "height": 640})
    page.goto(f"{live_server.url}/xac-minh/{qr.token_of(paper_of(province))}/")
    page.evaluate("document.documentElement.dataset.type = 'large'")

    wider = "(one) => one.scrollWidth - one.clientWidth"
    assert max(page.locator("main dd").evaluate_all(f"(all) => all.map({wider})")) <= 1


def test_the_page_checks_a_qr_without_asking_us(
    chromium: Browser,  # noqa: F811
    province: World,  # noqa: F811
    live_server,
) -> None:
    text = paper_of(province)
    page = chromium.new_page(timezone_id="America/Lima")  # a stranger abroad
    page.goto(f"{live_server.url}/xac-minh/ngoai-tuyen/")
    page.context.set_offline(True)

    genuine = check(page, text)
    altered = check(page, text[:-3] + ("000" if text[-3:] != "000" else "111"))
    other = check(page, "xin chào")

    assert "Mã QR thật" in genuine
    assert "056161000103" in genuine
    assert "0000001/TNHS" in genuine
    assert "08:00:00" in genuine  # as the paper says
    assert "đã bị sửa" in altered
    assert "không phải mã QR" in other


def test_the_file_to_take_along_works_by_itself(
    chromium: Browser,  # noqa: F811
    province: World,  # noqa: F811
    live_server,
    tmp_path: Path,
) -> None:
    text = paper_of(province)
    page = chromium.new_page()
    answer = page.request.get(f"{live_server.url}/xac-minh/ngoai-tuyen.html")
    (tmp_path / "kiem-tra.html").write_bytes(answer.body())
    page.context.set_offline(True)
    page.goto((tmp_path / "kiem-tra.html").as_uri())

    assert "Mã QR thật" in check(page, text)
