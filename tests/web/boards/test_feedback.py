"""The board of feedback: every number with its list, and no share made of a few cases."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.world import World
from tests.web.boards.conftest import browser_of
from tests.web.visit import visit, words

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback

HOLE = "Ổ gà rất sâu trước chợ, sáng nay có hai người ngã xe, đề nghị sửa sớm."


@pytest.fixture
def settled(world: World) -> World:
    for place in range(3):
        at = timezone.now() - timedelta(hours=5 - place)
        case = feedback.send(text=HOLE, phone=f"090500011{place}", place_code="22390",
                             kind="scene", field="road", by=PUBLIC, at=at)  # fmt: skip
        feedback.refuse(code=case.code, reason="Không đủ thông tin để tìm ra nơi đó.",
                        by=world["controller"], at=at + timedelta(hours=1))  # fmt: skip
    return world


def test_a_few_cases_make_no_share(settled: World):
    page = visit(browser_of(settled, "controller"), "/boards/feedback/?ky=month&theo=place")

    told = words(page)
    assert "Tây Nha Trang" in told
    assert "không xếp hạng" in told
    assert "%" not in told.split("Xếp theo tên")[0]


def test_one_answer_makes_no_share_of_the_province(world: World):
    at, by = timezone.now() - timedelta(minutes=9), {"by": world["controller"]}
    case = feedback.send(text=HOLE, phone="0905000110", place_code="22390", kind="scene",
                         field="road", by=PUBLIC, at=at)  # fmt: skip
    feedback.accept(code=case.code, kind="scene", field="road", urgency="normal", at=at, **by)
    feedback.assign(code=case.code, agency=world.agencies["committee"].code, at=at, **by)
    feedback.take(code=case.code, by=world["appraiser"], at=at)
    words_of_answer = "Đã vá ổ gà và cắm biển báo, cảm ơn bà con đã báo."
    feedback.answer(code=case.code, text=words_of_answer, by=world["appraiser"], at=at)
    feedback.approve(code=case.code, by=world["head"], at=at)

    told = words(visit(browser_of(world), "/boards/feedback/?ky=month"))

    assert "1 trên 1" in told
    assert "100,0%" not in told


@pytest.mark.parametrize("by", ["field", "agency", "place", "mischief"])
def test_each_number_opens_its_cases(settled: World, by: str):
    client = browser_of(settled, "controller")
    page = visit(client, f"/boards/feedback/?ky=month&theo={by}")

    links = [a for a in page.xpath("//main//a/@href") if a.startswith("/desk/feedback/")]
    assert len(links) >= 4
    for link in links:
        assert client.get(link).status_code == 200
    received = next(link for link in links if "so=received" in link)
    assert client.get(received).content.decode().count("data-open") == 3


def test_a_stranger_is_led_to_what_is_public(settled: World):
    page = visit(browser_of(settled), "/boards/feedback/?ky=month")

    links = page.xpath("//main//a/@href")
    assert "/phan-anh/" in links
    assert "/phan-anh/?tinh-trang=xong" in links
    assert not any("/desk/" in link for link in links)


def test_an_empty_period_says_so(world: World):
    assert "Chưa nhận phản ánh nào" in words(
        visit(browser_of(world), "/boards/feedback/?ky=today")
    )


def test_ratings_stand_by_agency_and_few_make_no_share(world: World):
    at = timezone.now() - timedelta(minutes=5)
    made = feedback.make_device(
        agency=world.agencies["centre"].code, name="Q", by=world["centre_lead"], at=at
    )
    for number in range(10):
        page = words(visit(browser_of(world), "/boards/feedback/?ky=month")) if number == 9 else ""
        assert "%" not in page
        feedback.rate_counter(token=made.token, score=5 if number else 1, at=at)

    page = words(visit(browser_of(world, "controller"), "/boards/feedback/?ky=month"))
    assert "9 trên 10 đánh giá" in page
    assert "90,0%" in page
