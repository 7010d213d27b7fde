"""The keepers' desk: one writes the answer, another accepts it."""

from datetime import date

import pytest
from tests.factories.world import MONDAY_8AM, World
from tests.web.desk.conftest import At
from tests.web.visit import send, visit, words

from motcua.assistant.models import LawDocument, LearnedAnswer, Topic
from motcua.assistant.services import learning
from motcua.assistant.services.learning import Asked
from motcua.directory.actor import SYSTEM

LIST = "/desk/questions/"
ASKED = "Nuôi chim yến trong khu dân cư có phải xin phép không?"
TYPED = {
    "question": ASKED,
    "text": "Không được nuôi chim yến trong khu dân cư; nhà yến phải cách ít nhất 300 m.",
    "sources": "13/2020/NĐ-CP:25\n1.004222\nhttps://example.vn/yen",
    "valid_from": "2026-11-09",
}


@pytest.fixture
def topic(world: World) -> Topic:
    LawDocument.objects.create(
        number="13/2020/NĐ-CP", slug="13-2020", in_force_from=date(2020, 3, 5)
    )
    learning.gather(asked=[Asked(ASKED, "unknown", MONDAY_8AM, turn=1)], by=SYSTEM, at=MONDAY_8AM)
    return Topic.objects.get()


def test_the_list_shows_what_was_asked_in_vain(topic: Topic, sits: At) -> None:
    page = visit(sits("keeper"), LIST)

    assert ASKED in words(page)
    assert page.xpath("//nav[contains(@class, 'rail')]//a[@href='/desk/questions/']")


def test_others_do_not_see_the_list(topic: Topic, sits: At) -> None:
    assert sits("receptionist").get(LIST).status_code == 403


def test_an_answer_is_written_and_another_accepts_it(topic: Topic, sits: At) -> None:
    address = f"{LIST}{topic.pk}/"
    page = send(sits("keeper"), address, TYPED)
    assert "người soạn không tự duyệt" in words(page)

    answer = LearnedAnswer.objects.get()
    page = send(sits("controller"), f"{address}answers/{answer.pk}/", {"verdict": "accept"})

    assert "Đã duyệt" in words(page)
    assert [s["kind"] for s in answer.sources] == ["law", "procedure", "link"]


def test_nobody_accepts_their_own(topic: Topic, sits: At) -> None:
    keeper = sits("keeper")
    send(keeper, f"{LIST}{topic.pk}/", TYPED)
    answer = LearnedAnswer.objects.get()

    page = send(keeper, f"{LIST}{topic.pk}/answers/{answer.pk}/", {"verdict": "accept"})

    assert "người khác duyệt" in words(page)


def test_what_is_wrong_stays_typed(topic: Topic, sits: At) -> None:
    page = send(sits("keeper"), f"{LIST}{topic.pk}/", TYPED | {"sources": "9/1999/XX"}, status=422)

    assert "Chưa biết văn bản" in words(page)
    assert "300 m" in words(page.xpath("//textarea[@name='text']")[0])


def test_an_answer_is_sent_back_with_a_reason(topic: Topic, sits: At) -> None:
    address = f"{LIST}{topic.pk}/"
    send(sits("keeper"), address, TYPED)
    answer = LearnedAnswer.objects.get()

    typed = {"verdict": "return", "reason": "Thiếu điều khoản về khoảng cách"}
    page = send(sits("controller"), f"{address}answers/{answer.pk}/", typed)

    assert "Thiếu điều khoản" in words(page)
    assert page.xpath("//textarea[@name='text']")


def test_a_topic_is_taken_given_back_and_dismissed(topic: Topic, sits: At) -> None:
    keeper, address = sits("keeper"), f"{LIST}{topic.pk}/"

    send(keeper, f"{address}taking/", {})
    assert "Trả lại danh sách" in words(visit(keeper, address))
    send(keeper, f"{address}taking/", {"tra": "1"})
    page = send(keeper, f"{address}dismissal/", {"reason": "Không phải việc của tỉnh"})

    assert "Mở lại" in words(page)
    assert keeper.get(f"{LIST}9999/").status_code == 404
