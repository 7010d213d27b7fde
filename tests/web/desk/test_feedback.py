"""The desk of feedback: from the moderators' queue to publication, and what inspectors alone see."""

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.documents.samples import jpeg
from tests.factories.world import World
from tests.web.visit import checked, visit
from tests.web.visit import words as words_of

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback
from motcua.feedback.models import Case
from motcua.ledger.models import FactRow

HOLE = "Ổ gà rất sâu trước chợ, sáng nay có hai người ngã xe, đề nghị sửa sớm."
ANSWER = "Đơn vị quản lý đường đã vá ổ gà và cắm biển báo ngày hôm qua, cảm ơn bà con."
REASON = "Lý do được nêu rõ ràng để mọi người hiểu."


def words(answer: Any) -> str:
    """Return what an officer reads, of a page that was looked over."""
    return words_of(checked(answer, "/desk/feedback/"))


def sent(**told: Any) -> Case:
    values: dict[str, Any] = {
        "text": HOLE, "place_code": "22390", "phone": "0905000111", "name": "Nguyễn Văn Mẫu",
    } | told  # fmt: skip
    return feedback.send(by=PUBLIC, at=timezone.now(), **values)


def act(client: Client, case: Case, noun: str, *, status: int = 302, **typed: Any) -> Any:
    answer = client.post(f"/desk/feedback/{case.code}/{noun}/", typed)
    assert answer.status_code == status, answer.content.decode()[-4000:]
    case.refresh_from_db()
    return answer


def given(world: World, client: Client, **told: Any) -> Case:
    """A case that the committee has."""
    case = sent(**told)
    act(client, case, "acceptance", kind=told.get("kind", "scene"), field="road", urgency="normal",
        agency=world.agencies["committee"].code, note="đúng địa bàn")  # fmt: skip
    return case


def test_the_queue_shows_what_is_new_with_the_gravest_first(sits: Any):
    sent(text="Xin hỏi giờ làm việc của trung tâm ngày thứ bảy như thế nào ạ?")
    danger = sent(text="Dây điện đứt rơi xuống đường đang phóng điện, rất nguy hiểm chết người!")
    Case.objects.filter(pk=danger.pk).update(urgency="danger")

    page = words(sits("controller").get("/desk/feedback/"))

    assert "Nguy hiểm tính mạng" in page
    assert page.index("Dây điện đứt") < page.index("Xin hỏi giờ")


def test_triage_proposes_and_one_key_accepts(sits: Any):
    moderator = sits("controller")
    case = sent()
    page = words(moderator.get(f"/desk/feedback/{case.code}/"))
    assert "Máy đề xuất" in page
    assert "Tiếp nhận và chuyển" in page

    made = case.proposal
    act(moderator, case, "acceptance", kind=made["kind"], field=made["field"],
        urgency=made["urgency"], agency=made["agency"], expected=case.revision)  # fmt: skip

    assert case.state in ("accepted", "assigned")


def test_to_decide_otherwise_needs_a_word(world: World, sits: Any):
    moderator = sits("controller")
    case = sent()
    wish = {"kind": "scene", "field": "road", "urgency": "normal",
            "agency": world.agencies["department"].code}  # fmt: skip
    if case.proposal["agency"] in ("", wish["agency"]):
        Case.objects.filter(pk=case.pk).update(
            proposal=case.proposal | {"agency": world.agencies["committee"].code}
        )

    answer = act(moderator, case, "acceptance", status=422, **wish)
    assert "vì sao chọn khác" in words(answer)
    act(moderator, case, "acceptance", note="Đường do Sở quản lý", **wish)
    assert case.agency_id == world.agencies["department"].pk


def test_from_the_queue_to_publication(world: World, sits: Any):
    case = given(world, sits("controller"))
    appraiser = sits("appraiser")
    assert case.title in words(appraiser.get("/desk/feedback/"))
    act(appraiser, case, "taking")
    act(appraiser, case, "note", text="Đã đến đo, mai vá xong.", is_told="on")
    after = SimpleUploadedFile("sau.jpg", jpeg(), "image/jpeg")
    act(appraiser, case, "answer", text=ANSWER, sources="Kế hoạch duy tu 2026", photos=after)
    assert case.photos.get(moment="after").file.name == "sau.jpg"

    head = sits("head")
    page = words(head.get(f"/desk/feedback/{case.code}/"))
    assert ANSWER in page
    act(head, case, "approval")

    moderator = sits("controller")
    page = words(moderator.get(f"/desk/feedback/{case.code}/"))
    assert "Bản gốc, chỉ cán bộ đọc" in page
    photo = case.photos.get(moment="after")
    act(moderator, case, "publication", public_title="Ổ gà trước chợ", public_text=HOLE,
        public_answer=ANSWER, photo_ids=[photo.pk])  # fmt: skip
    assert case.state == "published"
    shown = Client().get(f"/phan-anh/anh/{photo.pk}/")
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)


def test_what_is_refused_keeps_what_was_typed(world: World, sits: Any):
    case = given(world, sits("controller"))
    appraiser = sits("appraiser")
    act(appraiser, case, "taking")

    answer = act(appraiser, case, "answer", status=422, text="Đã xong.")

    assert "Đã xong." in answer.content.decode()
    assert "từ 30 đến 8000" in words(answer)


def test_who_comes_second_is_told_what_changed(world: World, sits: Any):
    case = sent()
    before = case.revision
    given_up = {"reason": REASON, "expected": before}
    act(sits("controller"), case, "supplement-request", reason=REASON, expected=before)

    answer = act(sits("controller"), case, "refusal", status=422, **given_up)

    assert "đã thay đổi" in words(answer)


def test_two_that_are_the_same_become_one(sits: Any):
    moderator = sits("controller")
    first, second = sent(), sent(phone="0905000222")

    act(moderator, second, "merger", main=first.code, expected=second.revision)

    assert second.main_id == first.pk
    first.refresh_from_db()
    assert first.follower_count == 1
    assert first.code in words(moderator.get(f"/desk/feedback/{second.code}/"))


@pytest.mark.parametrize(
    ("noun", "typed", "state"),
    [
        ("refusal", {"reason": REASON}, "refused"),
        ("supplement-request", {"reason": REASON, "wanted": ["photo"]}, "supplement_requested"),
        ("referral", {"to": "complaint"}, "referred"),
        ("escalation", {"reason": REASON, "sign": "bribe"}, "sent"),
    ],
)
def test_what_else_moderators_decide(sits: Any, noun: str, typed: dict[str, Any], state: str):
    case = sent()
    moderator = sits("controller")
    assert moderator.get(f"/desk/feedback/{case.code}/{noun}/").status_code == 200

    act(moderator, case, noun, **typed)

    assert case.state == state


@pytest.mark.parametrize(
    ("noun", "typed", "state"),
    [
        ("appointment", {}, "in_progress"),
        ("extension", {"working_days": 3, "reason": REASON}, "assigned"),
        ("return", {"reason": REASON}, "returned"),
        ("transfer", {"reason": REASON, "agency": "H32.05"}, "assigned"),
    ],
)
def test_what_a_head_decides(
    world: World, sits: Any, noun: str, typed: dict[str, Any], state: str
):
    case = given(world, sits("controller"))
    if noun == "appointment":
        typed = {"handler_id": world.accounts["appraiser"].pk}

    act(sits("head"), case, noun, **typed)

    assert case.state == state


def test_an_act_that_there_is_not_has_no_page(sits: Any):
    case = sent()

    assert sits("controller").get(f"/desk/feedback/{case.code}/destroy/").status_code == 404


def test_who_sent_it_opens_for_a_reason_and_leaves_a_trace(sits: Any):
    case = sent()
    moderator = sits("controller")
    assert "Nguyễn Văn Mẫu" not in words(moderator.get(f"/desk/feedback/{case.code}/"))

    page = words(moderator.post(f"/desk/feedback/{case.code}/sender/", {"reason": REASON}))

    assert "Nguyễn Văn Mẫu" in page
    assert "0905000111" in page
    assert FactRow.objects.filter(kind="feedback.sender_read").exists()


def test_about_an_officer_the_inspector_sees_it_and_the_officers_desk_does_not(
    world: World, sits: Any
):
    case = sent(
        text="Cán bộ ở quầy số 2 vòi tiền, bắt tôi đi lại năm lần, gây khó dễ nhũng nhiễu.",
        kind="conduct",
        about_agency=world.agencies["committee"].code,
    )
    feedback.escalate(code=case.code, reason=REASON, by=world["controller"], at=timezone.now())

    inspector = sits("auditor")
    page = words(inspector.get("/desk/feedback/inspection/"))
    assert case.code in page
    assert "Nguyễn Văn Mẫu" not in page
    assert sits("controller").get("/desk/feedback/inspection/").status_code == 403
    for name in ("appraiser", "head", "receptionist", "other_head"):
        officer = sits(name)
        assert case.code not in officer.get("/desk/feedback/?loc=all").content.decode()
        assert officer.get(f"/desk/feedback/{case.code}/").status_code == 404


def test_the_agency_complained_of_reads_no_sign_that_was_raised(world: World, sits: Any):
    raised = "Cán bộ vòi tiền, gây khó dễ nhũng nhiễu, dây điện đứt phóng điện chết người."
    case = given(world, sits("controller"), kind="conduct", text=raised)
    case.proposal |= {"signals": ["danger", "bribe"]}
    case.escalated_at = case.received_at
    case.save()
    feedback.escalate(
        code=case.code, reason=REASON, sign="bribe", by=world["controller"], at=timezone.now()
    )
    address, marks = f"/desk/feedback/{case.code}/", ("vòi vĩnh", "báo thanh tra", "Báo thanh tra")
    for name in ("controller", "auditor"):
        assert "báo thanh tra" in words(sits(name).get("/desk/feedback/?loc=all"))
        page = words(sits(name).get(address))
        assert "Dấu hiệu cần biết ngay: vòi vĩnh" in page
    head = sits("head")
    for path in ("/desk/feedback/", "/desk/feedback/?loc=all"):
        page = words(head.get(path))
        assert case.code in page
        assert not any(mark in page for mark in marks)
        assert "Có dấu hiệu" not in page
    page = words(head.get(address)).replace("Báo thanh tra I", "")
    assert "vòi vĩnh" not in page
    assert "nguy hiểm tính mạng" in page


def test_a_moderator_names_whom_a_report_is_about(world: World, sits: Any):
    moderator, committee = sits("controller"), world.agencies["committee"]
    case = sent(kind="conduct", about_words="cán bộ quầy số 2")
    post = world.accounts["appraiser"].posts.get()
    page = words(moderator.get(f"/desk/feedback/{case.code}/"))
    assert "Cán bộ bị phản ánh" in page
    assert world.accounts["appraiser"].name in page
    road = sent(phone="0905000777", kind="scene")
    assert "Cán bộ bị phản ánh" not in words(moderator.get(f"/desk/feedback/{road.code}/"))

    act(moderator, case, "acceptance", kind="conduct", field="conduct", urgency="normal",
        agency=committee.code, about_post=post.pk, note="đúng địa bàn")  # fmt: skip
    assert case.about_account_id == post.account_id
    assert sits("appraiser").get(f"/desk/feedback/{case.code}/").status_code == 404
    assert "Xác định cán bộ bị phản ánh" in words(moderator.get(f"/desk/feedback/{case.code}/"))
    act(moderator, case, "officer-concerned", about_post="", reason=REASON)
    assert case.about_account_id is None
    assert sits("head").get(f"/desk/feedback/{case.code}/officer-concerned/").status_code == 200


def test_the_head_approves_about_conduct_only_after_the_inspector(world: World, sits: Any):
    case = given(world, sits("controller"), kind="conduct")
    act(sits("head"), case, "appointment", handler_id=world.accounts["appraiser"].pk)
    act(sits("appraiser"), case, "answer", text=ANSWER)
    refused = act(sits("head"), case, "approval", status=422)
    assert "thanh tra" in words(refused)

    inspector = sits("auditor")
    assert case.code in inspector.get("/desk/feedback/inspection/?loc=agree").content.decode()
    act(inspector, case, "agreement", note=REASON)
    act(sits("head"), case, "approval")

    assert case.state == "approved"


def test_a_report_taken_down_on_the_telephone(sits: Any):
    receptionist = sits("receptionist")
    assert receptionist.get("/desk/feedback/new/").status_code == 200
    short = receptionist.post("/desk/feedback/new/", {"channel": "phone", "text": "hư"})
    assert short.status_code == 422

    answer = receptionist.post(
        "/desk/feedback/new/",
        {"channel": "phone", "text": HOLE, "place": "22390", "phone": "0905000333"},
    )

    case = Case.objects.get()
    assert answer.status_code == 302
    assert case.channel == "phone"
    assert case.code in words(receptionist.get(answer["Location"]))


def test_a_wrong_phone_stands_at_its_field(sits: Any):
    answer = sits("receptionist").post(
        "/desk/feedback/new/", {"channel": "phone", "text": HOLE, "phone": "12"}
    )

    assert answer.status_code == 422
    assert "10 chữ số" in words(answer)


@pytest.mark.parametrize("figure", ["received", "open", "settled", "overdue", "late", "reopened"])
def test_every_figure_opens_its_list(world: World, sits: Any, figure: str):
    given(world, sits("controller"))

    answer = sits("controller").get(
        f"/desk/feedback/?loc=all&so={figure}&tu=2026-01-01&den=2026-12-31&linh-vuc=road&q=ổ"
    )

    words(answer)
    assert ("Ổ gà" in answer.content.decode()) == (figure in ("received", "open"))


def test_pictures_are_for_those_who_read_the_case(world: World, sits: Any):
    picture = feedback.Picture(BytesIO(jpeg()), "ho.jpg")
    case = sent(files=[picture])
    path = f"/desk/feedback/{case.code}/photos/{case.photos.get().pk}/"

    shown = sits("controller").get(path)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)
    assert sits("appraiser").get(path).status_code == 404


def test_the_pages_ask_the_database_little(world: World, sits: Any):
    moderator = sits("controller")
    for number in range(4):
        sent(phone=f"090500040{number}")
    case = Case.objects.latest("pk")

    visit(moderator, "/desk/feedback/")
    visit(moderator, "/desk/feedback/?loc=all")
    visit(moderator, f"/desk/feedback/{case.code}/", most_queries=24)


def test_the_rail_says_how_much_waits(sits: Any):
    sent()
    cache.clear()

    page = sits("controller").get("/desk/").content.decode()

    assert 'Phản ánh <b class="num">1</b>' in page
