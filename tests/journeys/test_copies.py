"""2.000815, certified copies: settled at once by who may, and the ordinary way in five steps."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.counter import code_in, do, receive, settled, sheet, signatures_of, tab_to
from tests.journeys.people import stranger

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
