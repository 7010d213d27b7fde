"""2.000815, certified copies: settled at once by who may, and the ordinary way in five steps."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.counter import code_in, do, receive, settled, sheet, signatures_of, tab_to
from tests.journeys.people import Person, account_holder, stranger

from motcua.documents.synthetic.kinds import specimen
from motcua.documents.synthetic.wear import Wear, worn
from motcua.signing.trial.authority import PIN

pytestmark = pytest.mark.browser
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_copies_are_settled_at_once_by_somebody_with_a_delegated_signature(newcomer, house):
    _lend_signature(newcomer("lanhdao.ubnd"), to=_name_of(house, "giamdoc"))
    lead = newcomer("giamdoc")
    sheet(lead, stranger(11), words="sao y", code="2.000815", case="vietnam")
    tab_to(lead, "qty-copy")
    lead.press("Control+A")
    lead.type("5")
    lead.press("Tab")
    settled(lead)
    expect(lead.page.locator(".ticket .sum")).to_contain_text("7.000")
    lead.press("F9")
    lead.page.wait_for_url("**/receipt/")

    lead.look()
    expect(lead.page.locator("h1")).to_have_text("Đã giải quyết ngay")
    code = code_in(lead.page.url)
    lead.go(f"/desk/dossiers/{code}/")
    page = lead.page.locator("main")
    for words in ("Đã nộp 7.000", "Trả kết quả"):
        expect(page).to_contain_text(words)
    lead.go("/desk/copies/register/?q=" + stranger(11).name.replace(" ", "+"))
    expect(lead.page.get_by_role("table")).to_contain_text("SCT/BS")
    assert house.command("ledger", "verify")["whole"]


def test_copies_go_the_ordinary_way_through_five_hands(newcomer, tmp_path):
    receptionist = newcomer("tiepnhan")
    code = receive(receptionist, stranger(12), words="sao y", code="2.000815", case="vietnam")
    assert code.startswith("H32.22390-")

    do(newcomer("thuly.ubnd"), code)
    do(newcomer("lanhdao.ubnd"), code)
    do(newcomer("vanthu.ubnd"), code)
    do(receptionist, code, "payment")
    do(receptionist, code, "delivery", proof="Ký nhận tại quầy")

    receptionist.go(f"/desk/dossiers/{code}/")
    expect(receptionist.page.locator(".state, .badge").first).to_contain_text("Đã trả")
    for key in ("01", "06", "result"):
        assert receptionist.fetch(f"/desk/dossiers/{code}/forms/{key}/").startswith(b"%PDF-")
    signed = receptionist.fetch(f"/desk/dossiers/{code}/forms/result/")
    assert signatures_of(signed, tmp_path) == 2
    receptionist.go("/desk/copies/register/?q=" + stranger(12).name.replace(" ", "+"))
    expect(receptionist.page.get_by_role("table")).to_contain_text("SCT/BS")


def test_twenty_copies_are_certified_in_a_few_keys(newcomer, house, tmp_path):
    _lend_signature(newcomer("lanhdao.ubnd"), to=_name_of(house, "giamdoc"))
    lead, steps = newcomer("giamdoc"), 0
    before = house.rows("SELECT count(*) FROM dossiers_certifiedcopy")[0][0]
    lead.go("/desk/copies/")
    lead.look()
    assert lead.focused() == "owner_id"
    lead.type(stranger(13).card)
    lead.press("Enter")
    expect(lead.page.locator("[name=owner_name]")).to_have_value(stranger(13).name)
    steps += 2  # the card is read by a scanner, which ends with Enter

    assert lead.focused() == "file"
    lead.page.locator("[name=file]").set_input_files(_scans(tmp_path, 20))
    lead.press("F2")
    expect(lead.page.locator("[name=line-document]")).to_have_count(20)
    steps += 3  # the dialogue opens by Space, all files are chosen by one key, F2
    expect(lead.page.locator(".actionbar")).to_contain_text("20 giấy tờ, thu 80.000")
    lead.look()
    lead.press("F9")
    lead.page.wait_for_url("**/copies/outcome/")
    steps += 1

    lead.look()
    assert steps <= 10
    made = house.rows("SELECT count(*) FROM dossiers_certifiedcopy")[0][0]
    assert made == before + 20
    assert lead.fetch("/desk/copies/print/").startswith(b"%PDF-")
    lead.go("/desk/copies/register/?q=bang+17")
    expect(lead.page.get_by_role("table")).to_contain_text("bang 17")
    lead.look()
    facts = "SELECT count(*) FROM ledger_factrow WHERE kind = 'dossier.copy_certified'"
    assert house.rows(facts)[0][0] == made
    assert house.command("ledger", "verify")["whole"]


@pytest.mark.slow
def test_a_scan_goes_in_and_the_signed_electronic_copy_comes_out(
    newcomer, house, worker, tmp_path
):
    lead, owner = newcomer("giamdoc"), account_holder()
    lead.go("/desk/copies/")
    lead.type(owner.card)
    lead.press("Enter")
    expect(lead.page.locator("[name=owner_name]")).to_have_value(owner.name)
    lead.page.locator("[name=file]").set_input_files(_scanned("diploma", owner, tmp_path))
    lead.page.locator("[name=document]").fill("Bằng tốt nghiệp đại học")
    lead.page.locator("[name=medium]").select_option("electronic")
    lead.press("F2")
    lead.page.locator("[name=pin]").fill("000000")
    lead.press("F9")
    expect(lead.page.get_by_role("alert")).to_contain_text("PIN")
    lead.page.locator("[name=pin]").fill(PIN)
    lead.press("F9")
    lead.page.wait_for_url("**/copies/outcome/")
    lead.look()
    expect(lead.page.get_by_role("table")).to_contain_text("Bản điện tử")

    citizen, code = newcomer("nguoidan"), code_in(_first_dossier(lead))
    citizen.go(f"/tai-khoan/ho-so/{code}/")
    link = citizen.page.locator("a[href$='/giay/result.pdf']").first
    signed = citizen.fetch(str(link.get_attribute("href")))
    assert signatures_of(signed, tmp_path) == 2
    report = house.command("verify", str(tmp_path / "signed.pdf"))
    assert [one["kind"] for one in report["signatures"]] == ["personal", "copy"]
    assert all(one["integrity"]["whole"] for one in report["signatures"])
    _wait_for_store(house, code)
    citizen.go("/tai-khoan/giay-to/")
    expect(citizen.page.locator("main")).to_contain_text("Bằng tốt nghiệp đại học")


def _wait_for_store(house, code: str) -> None:
    """Wait until the worker has put the copy into its owner's store: as a true copy, level 2."""
    query = "SELECT level FROM documents_storedpaper WHERE case_code = %s AND source = 'result'"
    until = time.monotonic() + 60
    while not (found := house.rows(query, code)) and time.monotonic() < until:
        time.sleep(0.5)
    assert found == [(2,)]


def _first_dossier(lead: Visitor) -> str:
    link = lead.page.locator("table a[href*='/desk/dossiers/']").last
    return f"{link.get_attribute('href')}"


def _scanned(kind: str, owner: Person, folder: Path) -> Path:
    """Return a paper as a scanner gives it: leaning, grainy, in uneven light."""
    page = specimen(kind, seed=77, told={"name": owner.name}).pages()[0]
    grey = np.ascontiguousarray(page.mean(axis=2).astype(np.uint8))
    image = worn(grey, Wear(skew=2.2, shadow=0.15, noise=4, stamps=1), seed=7, page_dpi=200)
    path = folder / f"{kind}.jpg"
    Image.fromarray(image).save(path, "JPEG", quality=85, dpi=(200, 200))
    return path


def _scans(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"bang-{number}.pdf" for number in range(1, count + 1)]
    for path in paths:
        with pikepdf.new() as document:
            for _page in range(2):
                document.add_blank_page()
            document.save(path)
    return paths


def _lend_signature(head: Visitor, *, to: str) -> None:
    head.go("/desk/delegation/")
    now = datetime.now(_HERE)
    head.page.get_by_label("Giao cho").select_option(
        label=next(o for o in _options(head) if o.startswith(to))
    )
    form = head.page.locator("form", has_text="Giao quyền của tôi")
    form.get_by_label("Từ lúc").fill(f"{now - timedelta(minutes=2):%Y-%m-%dT%H:%M}")
    form.get_by_label("Đến lúc").fill(f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}")
    form.get_by_label("Số văn bản ủy quyền").fill("15/QĐ-UBND")
    form.get_by_role("button", name="Giao quyền").click()
    expect(head.page.get_by_role("table")).to_contain_text("15/QĐ-UBND")
    head.look()


def _options(head: Visitor) -> list[str]:
    return [
        text.strip()
        for text in head.page.get_by_label("Giao cho").locator("option").all_inner_texts()
    ]


def _name_of(house, username: str) -> str:
    return str(
        house.rows("SELECT name FROM directory_account WHERE username = %s", username)[0][0]
    )
