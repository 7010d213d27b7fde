"""A pothole that three people report is closed as one case; harassment reaches the inspector."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.browsing import PHONE, Visitor

pytestmark = pytest.mark.browser

COMMITTEE, WARD = "H32.22390", "22390"
ANSWER = "Phường đã vá ổ gà trước chợ và cắm biển báo; mời bà con xem ảnh sau khi sửa."


def photo(name: str, colour: str) -> dict[str, object]:
    """Return a picture, as a file to choose."""
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(kept, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def report(visitor: Visitor, text: str, phone: str, *, picture: bool = False) -> str:
    """Report something on the portal as anybody would; return the code."""
    page = visitor.page
    visitor.go("/phan-anh/gui/")
    page.locator("[name=text]").fill(text)
    if picture:
        page.locator("[name=tep-anh]").set_input_files(photo("truoc.jpg", "gray"))
        expect(page.locator(".files li")).to_contain_text("truoc.jpg")
    page.locator("[name=place]").select_option(WARD)
    page.locator("[name=address]").fill("trước chợ, đường 23 tháng 10")
    page.locator("[name=phone]").fill(phone)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại rồi gửi")
    visitor.look()
    page.get_by_role("button", name="Gửi phản ánh").click()
    page.wait_for_url("**/theo-doi/**")
    visitor.look()
    expect(page.locator(".code-shown")).to_be_visible()
    return page.locator(".code-shown").inner_text().strip()


def is_told(visitor: Visitor, code: str) -> None:
    """Wait until the worker has told somebody of a case."""
    for _try in range(120):
        visitor.go("/thong-bao/")
        if code in visitor.page.content():
            return
        visitor.page.wait_for_timeout(500)
    raise AssertionError(f"nobody was told of {code}")


def open_act(visitor: Visitor, code: str, noun: str) -> None:
    visitor.go(f"/desk/feedback/{code}/{noun}/")


def finish(visitor: Visitor, said: str) -> None:
    """Do the act whose form is open, by its key."""
    visitor.press("Control+Enter")
    expect(visitor.page.locator(".messages")).to_contain_text(said)
    visitor.look()


def accept(moderator: Visitor, code: str, *, kind: str, field: str, agency: str = "") -> None:
    """Accept a report and give it to an agency."""
    page = moderator.page
    open_act(moderator, code, "acceptance")
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=field]").select_option(field)
    page.locator("[name=urgency]").select_option("normal")
    page.locator("[name=agency]").select_option(agency)
    page.locator("[name=note]").fill("Đúng địa bàn của phường")
    finish(moderator, "Tiếp nhận và chuyển")


def test_a_pothole_reported_by_three_becomes_one_case_and_is_closed(newcomer, worker):
    texts = (
        "Ổ gà rất sâu trước chợ đường 23 tháng 10, sáng nay có hai người ngã xe, đề nghị sửa.",
        "Trước chợ đường 23/10 có cái ổ gà sâu lắm, xe máy ngã hoài, mong phường vá sớm.",
        "o ga sau truoc cho duong 23 thang 10, toi qua co nguoi nga xe, sua gium",
    )
    people = [newcomer("nguoidan", viewport=PHONE), newcomer("nguoidan2"), newcomer()]
    codes = [
        report(one, text, f"09057172{place}0", picture=place == 0)
        for place, (one, text) in enumerate(zip(people, texts, strict=True))
    ]

    moderator = newcomer("tiepnhan.tinh")
    moderator.go("/desk/feedback/")
    expect(moderator.page.locator("[data-inbox]")).to_contain_text(codes[0])
    moderator.go(f"/desk/feedback/{codes[0]}/")
    assert not moderator.violations()
    accept(moderator, codes[0], kind="scene", field="road", agency=COMMITTEE)
    for code in codes[1:]:
        open_act(moderator, code, "merger")
        moderator.page.locator("form#viec [name=main]").fill(codes[0])
        finish(moderator, "Gộp")

    _worked(newcomer, codes[0])
    moderator.go(f"/desk/feedback/{codes[0]}/")
    page = moderator.page
    expect(page.locator("[name=public_text]")).to_have_value(re.compile("Ổ gà rất sâu"))
    for box in page.locator("[name=photo_ids]").all():
        box.check()
    finish(moderator, "Công khai")

    for one, code in zip(people, codes, strict=True):
        one.go(f"/phan-anh/theo-doi/{code}/")
        expect(one.page.locator("main")).to_contain_text(ANSWER)
        assert not one.is_too_wide()
        assert not one.violations()
    first = people[0].page
    first.locator(".faces label", has_text="Rất hài lòng").click()
    first.get_by_role("button", name="Gửi đánh giá").click()
    expect(first.locator(".messages")).to_contain_text("Đã ghi đánh giá")

    is_told(people[0], codes[0])
    is_told(people[1], codes[0])
    _everybody_reads(newcomer(), codes[0])


def _worked(newcomer, code: str) -> None:
    """The ward's officer takes it, mends, answers with a picture; the head approves."""
    officer = newcomer("thuly.ubnd")
    officer.go("/desk/feedback/")
    officer.page.locator(f"[data-open][href$='{code}/']").click()
    officer.page.wait_for_url(f"**/{code}/")
    finish(officer, "Nhận xử lý")
    officer.page.locator("[name=text]").fill(ANSWER)
    officer.page.locator("[name=photos]").set_input_files(photo("sau.jpg", "green"))
    finish(officer, "Trình trả lời")
    head = newcomer("lanhdao.ubnd")
    head.go(f"/desk/feedback/{code}/")
    expect(head.page.locator("main")).to_contain_text(ANSWER)
    finish(head, "Duyệt trả lời")


def _everybody_reads(stranger: Visitor, code: str) -> None:
    stranger.go("/phan-anh/?q=%E1%BB%95+g%C3%A0")
    expect(stranger.page.locator(".cases")).to_contain_text("Ổ gà")
    stranger.go(f"/phan-anh/{code}/")
    page = stranger.page
    expect(page.locator("main")).to_contain_text("3 người")
    expect(page.locator("main")).to_contain_text(ANSWER)
    page.wait_for_load_state("networkidle")
    shown = "[...document.images].every((one) => one.naturalWidth > 0)"
    assert page.locator("main img").count() == 2
    page.locator("main img").last.scroll_into_view_if_needed()
    page.wait_for_function(shown)
    assert "09057172" not in stranger.text()
    assert not stranger.violations()


def test_a_report_of_harassment_reaches_the_inspector_and_not_the_officers_desk(newcomer, worker):
    code = report(
        newcomer(),
        "Cán bộ quầy tiếp nhận của phường gây khó dễ, nhũng nhiễu, đòi đưa thêm tiền mới làm hồ sơ.",
        "0905717299",
    )

    inspector = newcomer("thanhtra")
    inspector.go("/desk/feedback/inspection/")
    expect(inspector.page.locator("[data-inbox]")).to_contain_text(code)
    inspector.page.locator(f"[data-open][href$='{code}/']").click()
    inspector.page.wait_for_url(f"**/{code}/")
    inspector.look()
    assert "0905717299" not in inspector.text()
    assert not inspector.violations()
    is_told(inspector, code)

    for name in ("thuly.ubnd", "lanhdao.ubnd", "tiepnhan", "giamdoc"):
        officer = newcomer(name)
        officer.go("/desk/feedback/?loc=all")
        assert code not in officer.page.content()
        officer.go(f"/desk/feedback/{code}/", status=404)
