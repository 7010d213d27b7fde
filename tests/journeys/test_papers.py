"""A paper from the scanner to the owner's store, and a result from its draft to its verification."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.counter import do, receive
from tests.journeys.house import House
from tests.journeys.people import account_holder

from motcua.documents.synthetic.kinds import specimen
from motcua.documents.synthetic.wear import Wear, worn

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PIN = "123456"


def test_from_paper_to_a_signed_result_that_anybody_can_verify(
    newcomer, house: House, worker: None, tmp_path: Path
):
    owner = account_holder()
    receptionist = newcomer("tiepnhan")
    code = receive(receptionist, owner)
    _scan(receptionist, code, owner, tmp_path)
    _compare_and_sign(receptionist, code)

    appraiser, head, clerk = newcomer("thuly"), newcomer("lanhdao"), newcomer("vanthu")
    do(appraiser, code, note="Nhà thuộc sở hữu, đủ điều kiện")
    do(head, code, pin=PIN)

    do(clerk, code, pin=PIN)
    do(receptionist, code, "payment", reference="BL-0107")
    do(receptionist, code, "delivery", proof="Ký nhận tại quầy")

    citizen = newcomer("nguoidan")
    result = _result_of(citizen, code)
    signed = tmp_path / "ket-qua.pdf"
    signed.write_bytes(result)
    _verified_by_us(house, signed)
    _verified_by_poppler(signed)
    _verified_on_the_page(newcomer(), signed)
    _is_in_the_store(citizen)
    assert house.command("ledger", "verify")["whole"]


def _scan(visitor: Visitor, code: str, owner, folder: Path) -> None:
    """Lay down a stack of two scans, let the machine part and straighten them, make the files."""
    visitor.go(f"/desk/digitise/{code}/")
    scans = [_scanned(kind, owner, folder) for kind in ("declaration", "land_certificate")]
    visitor.page.locator("input[name=files]").set_input_files(scans)
    visitor.press("F10")
    visitor.page.wait_for_url("**/stacks/**")
    pieces = visitor.page.locator("[data-piece]")
    expect(pieces).to_have_count(1, timeout=60_000)
    visitor.page.locator("[data-sheet] [data-do=s]").click()
    expect(pieces).to_have_count(2)
    visitor.look()
    assert not visitor.violations()
    for place in range(2):
        choice = visitor.page.locator("select[data-assign]").nth(place)
        value = choice.locator("option").nth(place + 1).get_attribute("value")
        choice.select_option(value)
        visitor.page.wait_for_load_state("networkidle")
    visitor.press("Control+Enter")
    expect(visitor.page.get_by_role("link", name="Đối chiếu")).to_have_count(2, timeout=90_000)


def _compare_and_sign(visitor: Visitor, code: str) -> None:
    visitor.go(f"/desk/digitise/{code}/")
    papers = [
        str(link.get_attribute("href"))
        for link in visitor.page.locator("a[href*='/papers/']").all()
    ]
    assert len(papers) == 2
    for paper in papers:
        visitor.go(paper)
        assert not visitor.violations()
        form = visitor.page.locator("#doi-chieu")
        for name, words in (("title", "Giấy tờ quét thử"), ("abstract", "Giấy tờ về chỗ ở")):
            field = form.locator(f"[name={name}]")
            if not field.input_value():
                field.fill(words)
        form.locator("[name=is_unlimited]").check()
        form.locator("[name=compared]").check()
        with visitor.page.expect_navigation():
            visitor.press("Control+Enter")
        expect(visitor.page.locator("body")).to_contain_text("Đã ghi nhận đối chiếu")
        visitor.look()
    visitor.go(f"/desk/digitise/{code}/")
    visitor.page.get_by_label("Mã PIN của khóa ký số").fill("000000")
    visitor.press("F9")
    expect(visitor.page.locator("main")).to_contain_text("PIN")
    expect(visitor.page.locator("main")).to_contain_text("Đã đối chiếu")
    visitor.page.get_by_label("Mã PIN của khóa ký số").fill(PIN)
    visitor.press("F9")
    expect(visitor.page.locator("main")).to_contain_text("Đã ký số 2 giấy tờ")
    expect(visitor.page.locator("main")).to_contain_text("chờ ký số cơ quan vào bản sao y")


def _certify(clerk: Visitor, code: str) -> None:
    """An earlier result gets the agency's signature as a true copy, and goes into the store."""
    clerk.go(f"/desk/digitise/{code}/")
    clerk.page.get_by_label("Mã PIN của khóa cơ quan").fill(PIN)
    clerk.page.get_by_role("button", name="Ký số cơ quan vào bản sao y").click()
    expect(clerk.page.locator("main")).to_contain_text("Đã lưu Kho")
    expect(clerk.page.locator("main")).not_to_contain_text("chờ ký số cơ quan")
    clerk.look()


def _scanned(kind: str, owner, folder: Path) -> str:
    """Return a file as a scanner gives it: leaning, grainy, in uneven light."""
    told = {"owner_name": owner.name, "requester_name": owner.name}
    page = specimen(kind, seed=77, told=told).pages()[0]
    grey = np.ascontiguousarray(page.mean(axis=2).astype(np.uint8))
    image = worn(grey, Wear(skew=1.6, shadow=0.15, noise=4, stamps=1), seed=7, page_dpi=200)
    out = io.BytesIO()
    Image.fromarray(image).save(out, "JPEG", quality=85, dpi=(200, 200))
    path = folder / f"{kind}.jpg"
    path.write_bytes(out.getvalue())
    return str(path)


def _result_of(visitor: Visitor, code: str) -> bytes:
    """Return the signed result as its owner downloads it."""
    visitor.go(f"/tai-khoan/ho-so/{code}/")
    link = visitor.page.locator("a[href$='/giay/result.pdf']")
    return visitor.fetch(str(link.first.get_attribute("href")))


def _verified_by_us(house: House, signed: Path) -> None:
    report = house.command("verify", str(signed))
    kinds = [one["kind"] for one in report["signatures"]]
    assert kinds == ["personal", "agency"], report
    assert all(one["integrity"]["whole"] for one in report["signatures"]), report


def _verified_by_poppler(signed: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("không có pdfsig (poppler-utils)")
    said = subprocess.run(
        ["pdfsig", "-nocert", str(signed)], capture_output=True, text=True, check=False
    ).stdout
    assert said.count("Signature is Valid") == 2, said
    assert "Total document signed" in said


def _verified_on_the_page(visitor: Visitor, signed: Path) -> None:
    visitor.go("/xac-minh/")
    assert not visitor.violations()
    visitor.page.locator("input[type=file]").first.set_input_files(str(signed))
    visitor.page.get_by_role("button", name=re.compile("Kiểm tra|Xác minh")).first.click()
    visitor.page.wait_for_load_state("networkidle")
    visitor.look()
    expect(visitor.page.locator("main")).to_contain_text("THỬ NGHIỆM")
    assert not visitor.violations()


def _is_in_the_store(citizen: Visitor) -> None:
    citizen.go("/tai-khoan/giay-to/")
    assert not citizen.violations()
    expect(citizen.page.locator("main")).to_contain_text("Tờ khai")
