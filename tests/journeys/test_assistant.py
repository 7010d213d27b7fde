"""Asking the machine: bad spelling that ends in a printed list, a refusal to invent that ends with an
officer, the panel beside a dossier, and a kiosk that forgets."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.journeys.browsing import PHONE, Visitor
from tests.journeys.counter import receive
from tests.journeys.people import stranger

pytestmark = pytest.mark.browser

BIRTH = "vo toi moi xinh con o benh vien tinh, lam giai khai sinh can nhung gi"
STORM = "bão vừa rồi trôi mất hai lồng bè tôm, nhà nước đền bao nhiêu tiền?"


def test_a_birth_question_in_bad_spelling_ends_in_a_printed_list(newcomer):
    father = newcomer(viewport=PHONE)
    father.go("/")
    father.page.get_by_role("link", name="Hỏi bằng lời của bạn").click()
    father.page.wait_for_url("**/hoi-dap/")
    assert father.violations() == []

    ask(father, BIRTH)
    answer = father.page.locator("article[data-ai-generated=true]").last
    expect(answer).to_contain_text("Tờ khai đăng ký khai sinh")
    a_source_is_one_click_away(father)
    assert father.violations() == []
    assert not father.is_too_wide(), father.too_wide()

    answer.get_by_role("link", name="In danh sách giấy tờ").click()
    father.page.wait_for_url("**/thu-tuc/1.001193/giay-to/**")
    father.look()
    sheet = father.page.get_by_role("link", name="Tải bản PDF để in").get_attribute("href")
    assert "khai sinh" in text_of(father.fetch(sheet)).lower()


def test_what_is_not_known_is_not_invented_and_goes_to_an_officer(newcomer, house):
    farmer = newcomer()
    farmer.go("/hoi-dap/")
    ask(farmer, STORM)

    bubble = farmer.page.locator(".bubble.unknown").last
    expect(bubble).to_be_visible()
    assert not re.search(r"\d[\d.]{3,} ?(đồng|₫|triệu)", bubble.inner_text())
    expect(bubble.locator("a[href='tel:1022']")).to_be_visible()
    assert farmer.violations() == []

    bubble.get_by_role("link", name="Chuyển câu hỏi cho cán bộ").click()
    farmer.page.wait_for_url("**/phan-anh/gui/**")
    expect(farmer.page.locator("textarea[name=text]")).to_have_value(STORM)
    farmer.page.locator("select[name=place]").select_option("22390")
    farmer.page.get_by_role("button", name="Tiếp tục").click()
    farmer.page.get_by_label("Câu hỏi, muốn cơ quan trả lời").check()
    farmer.page.get_by_role("button", name="Gửi phản ánh").click()
    farmer.page.wait_for_url("**/phan-anh/theo-doi/**")
    farmer.look()

    kinds = house.rows("SELECT kind FROM feedback_case WHERE text LIKE %s", "bão vừa rồi%")
    assert kinds == [("question",)]


def test_danger_shows_whom_to_call_before_anything(newcomer):
    somebody = newcomer(viewport=PHONE)
    somebody.go("/hoi-dap/")
    ask(somebody, "nhà tôi đang cháy, cứu với")

    first = somebody.page.locator(".bubble.danger a").first
    expect(first).to_have_attribute("href", "tel:114")
    assert somebody.violations() == []


def test_asking_voting_and_deleting_work_without_scripts(newcomer):
    plain = newcomer(java_script_enabled=False)
    plain.go("/hoi-dap/")
    ask(plain, "dang ky thuong tru can giay to gi")
    expect(plain.page.locator("article[data-ai-generated=true]")).to_contain_text("CT01")

    plain.page.get_by_role("button", name="Sai, cần sửa").click()
    plain.page.get_by_label("Sai ở chỗ nào?").fill("thiếu mức phí qua mạng")
    plain.page.get_by_role("button", name="Gửi lời nhắn").click()
    expect(plain.page.locator("main")).to_contain_text("Cảm ơn bạn")

    plain.page.get_by_role("button", name="Xóa cuộc hỏi đáp này").click()
    expect(plain.page.locator(".bubble.me")).to_have_count(0)


def test_the_panel_beside_a_dossier_fills_the_form(newcomer):
    receptionist = newcomer("tiepnhan")
    code = receive(receptionist, stranger(41))
    appraiser = newcomer("thuly")
    appraiser.go(f"/desk/dossiers/{code}/")
    appraiser.page.get_by_role("link", name="Trợ lý").click()

    panel = appraiser.page.get_by_role("dialog", name="Trợ lý")
    expect(panel).to_contain_text("118/2025/NĐ-CP Điều 19")
    expect(panel).to_contain_text("1022")
    assert appraiser.violations() == []
    panel.get_by_role("button", name="Đưa vào phiếu").first.click()
    note = appraiser.page.locator("#viec [name=note]")
    expect(note).to_have_value(re.compile("Đã kiểm tra thành phần hồ sơ"))
    expect(appraiser.page.locator(".machine-made")).to_contain_text("máy soạn")


def test_a_kiosk_answers_prints_and_forgets(newcomer):
    passer = newcomer()
    passer.page.clock.install()
    passer.go("/devices/kiosk/")
    assert passer.violations() == []
    passer.page.locator("[name=q]").fill("dang ky thuong tru nha thue can giay to gi")
    passer.press("Enter")
    passer.page.wait_for_url("**/kiosk/answer/")
    passer.look()
    assert passer.violations() == []

    passer.page.get_by_role("link", name="Xem và in giấy tờ cần mang").click()
    passer.page.wait_for_url("**/kiosk/procedures/1.004222/**")
    paper = passer.page.locator("[data-paper]").get_attribute("href")
    assert "Đăng ký thường trú" in text_of(passer.fetch(paper))

    passer.page.clock.run_for(62_000)
    expect(passer.page.get_by_role("heading", name="Chào bà con")).to_be_visible()
    passer.page.goto(passer.house.url("/devices/kiosk/answer/"))
    expect(passer.page.locator(".bubble")).to_have_count(0)


def ask(visitor: Visitor, question: str) -> None:
    """Type a question and wait until its answer stands there whole."""
    before = visitor.page.locator("article[data-ai-generated=true]").count()
    visitor.page.locator("#cau").fill(question)
    visitor.page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(visitor.page.locator("article[data-ai-generated=true]")).to_have_count(before + 1)
    expect(visitor.page.locator("[data-asking][aria-busy]")).to_have_count(0)
    visitor.look()


def a_source_is_one_click_away(visitor: Visitor) -> None:
    """A number in the answer leads to its source, and that to a page of ours."""
    answer = visitor.page.locator("article[data-ai-generated=true]").last
    number = answer.locator("sup a").first
    number.click()
    source = visitor.page.locator(".sources li:target")
    expect(source).to_be_visible()
    link = source.locator("a")
    expect(link).to_have_attribute("href", re.compile(r"^/"))
    assert visitor.context.request.get(visitor.house.url(link.get_attribute("href"))).ok


def text_of(paper: bytes) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(paper)).pages).split())
