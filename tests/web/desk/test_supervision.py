"""What I answer for today: warnings answered in place, signals explained and closed, lists, rights."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import VN, World
from tests.web.desk.conftest import At
from tests.web.visit import send, visit, words

from motcua.dossiers.models import Dossier
from motcua.supervision import services as supervision
from motcua.supervision.models import Signal, Warning

HOME, WARNINGS, SIGNALS = (f"/desk/supervision/{part}" for part in ("", "warnings/", "signals/"))
# 1.004222, accepted on Monday 9/11/2026, is due on Wednesday 18/11: this is the day before.
TUESDAY = datetime(2026, 11, 17, 8, 0, tzinfo=VN)
SAID = "Đã giao thêm một chuyên viên, chiều nay trình ký."


@pytest.fixture
def dossier(world: World) -> Dossier:
    return worlds.accepted(world)


@pytest.fixture
def tuesday(dossier: Dossier, clock: time_machine.Traveller) -> datetime:
    clock.move_to(TUESDAY)
    supervision.climb(at=TUESDAY)
    return TUESDAY


def signal_about(world: World, dossier: Dossier, officer: str = "appraiser") -> Signal:
    made = supervision.raise_signal(
        finding=supervision.Finding(
            kind="S1", about="dossier", agency_id=world.agencies["committee"].pk,
            account_id=world.accounts[officer].pk, key="dossier:x#1", at=TUESDAY,
            reason="second", codes=(dossier.code,), numbers={"number": 2}, about_key="dossier:x",
        ),
        at=TUESDAY,
    )  # fmt: skip
    assert made is not None
    return made


def test_a_head_reads_the_day_and_answers_a_warning_in_place(
    dossier: Dossier, tuesday: datetime, sits: At
) -> None:
    head = sits("head")
    page = visit(head, HOME)
    assert dossier.code in words(page)
    assert page.xpath(f"//a[@href='/desk/dossiers/{dossier.code}/extension/']")
    key = Warning.objects.get(asked="head").pk

    page = send(head, f"{WARNINGS}{key}/answer/", {"answer": SAID, "back": HOME})

    assert "Đã ghi câu trả lời" in words(page)
    assert Warning.objects.get(asked="head").answer == SAID
    assert SAID in words(visit(sits("controller"), f"{WARNINGS}?loc=answered"))
    # the calendar may be read anew where the machine is slow
    assert SAID in words(visit(head, f"/desk/dossiers/{dossier.code}/", most_queries=17))


def test_a_head_sees_who_was_asked_and_when_they_answered(tuesday: datetime, sits: At) -> None:
    head = sits("head")
    key = Warning.objects.get(asked="head").pk
    before = words(visit(head, HOME))
    assert "Ai đang được hỏi, ai đã trả lời" in before
    assert "gần nhất" not in before

    send(head, f"{WARNINGS}{key}/answer/", {"answer": SAID, "back": HOME})

    assert "gần nhất" in words(visit(head, HOME))


def test_an_answer_that_says_nothing_is_refused_and_stays_written(
    tuesday: datetime, sits: At
) -> None:
    key = Warning.objects.get(asked="head").pk
    page = send(sits("head"), f"{WARNINGS}{key}/answer/", {"answer": "ok"}, status=422)

    assert "ít nhất 10 ký tự" in words(page)
    field = page.xpath("//textarea[@name='answer']")[0]
    assert field.text == "ok"
    assert "ít nhất 10 ký tự" in words(page.get_element_by_id(field.get("aria-describedby")))
    assert Warning.objects.get(asked="head").is_waiting


def test_who_answers_second_reads_the_first_and_the_own_words(tuesday: datetime, sits: At) -> None:
    key = Warning.objects.get(asked="head").pk
    send(sits("head"), f"{WARNINGS}{key}/answer/", {"answer": SAID, "back": HOME})

    late = {"answer": "Tôi đã gọi cho người dân.", "back": HOME}
    page = send(sits("head"), f"{WARNINGS}{key}/answer/", late, status=422)

    assert SAID in words(page)
    assert late["answer"] in words(page)


def test_what_was_said_of_several_stays_written_when_it_is_refused(
    tuesday: datetime, sits: At
) -> None:
    key = Warning.objects.get(asked="head").pk
    for chosen in ([], ["²"], [str(key)]):
        said = "ngắn" if chosen == [str(key)] else SAID
        page = send(
            sits("head"), f"{WARNINGS}?loc=mine", {"warning": chosen, "answer": said}, status=422
        )
        assert page.xpath("//*[@name='answer']/@value") == [said]
        assert page.xpath("//*[@name='answer']/@aria-describedby") == ["chung_error"]
    assert page.xpath(f"//input[@name='warning' and @value='{key}' and @checked]")


def test_the_number_of_warnings_opens_as_many(tuesday: datetime, sits: At) -> None:
    for name in ("head", "controller", "appraiser"):
        client = sits(name)
        count = visit(client, HOME).xpath("//a[contains(@href, '?loc=mine')]/b")[0].text
        rows = visit(client, f"{WARNINGS}?loc=mine").xpath("//tbody/tr")
        assert len(rows) == int(count)


def test_several_warnings_get_the_same_answer(world: World, clock, sits: At) -> None:
    for _number in range(2):
        worlds.accepted(world)
    clock.move_to(TUESDAY)
    supervision.climb(at=TUESDAY)
    keys = list(Warning.objects.filter(asked="head").values_list("pk", flat=True))

    page = send(sits("head"), WARNINGS, {"warning": keys, "answer": SAID})

    assert "Đã trả lời 2 cảnh báo" in words(page)


def test_nobody_goes_elsewhere_after_an_answer(tuesday: datetime, sits: At) -> None:
    key = Warning.objects.get(asked="head").pk
    answered = sits("head").post(
        f"{WARNINGS}{key}/answer/", {"answer": SAID, "back": "https://elsewhere.example/"}
    )

    assert answered["Location"] == HOME


def test_a_calm_day_says_so(world: World, sits: At) -> None:
    assert "Hôm nay không có gì gấp" in words(visit(sits("other_head"), HOME))


@pytest.mark.parametrize("which", ["today", "soon", "overdue", "apology"])
def test_each_number_opens_its_list(
    dossier: Dossier, tuesday: datetime, sits: At, which: str
) -> None:
    page = visit(sits("head"), f"/desk/supervision/dossiers/{which}/")

    assert (dossier.code in words(page)) is (which in ("soon", "apology"))


def test_an_unknown_list_is_none(sits: At) -> None:
    assert sits("head").get("/desk/supervision/dossiers/other/").status_code == 404


def test_the_officer_explains_and_the_head_closes(
    world: World, dossier: Dossier, tuesday: datetime, sits: At
) -> None:
    key = signal_about(world, dossier).pk
    officer, head = sits("appraiser"), sits("head")
    assert "Cần kiểm tra lần yêu cầu bổ sung" in words(visit(officer, SIGNALS))
    word = {"explanation": "Giấy tờ đợt một bị ướt, người dân xin nộp lại."}

    page = send(officer, f"{SIGNALS}{key}/explanation/", word)
    assert word["explanation"] in words(page)
    page = send(
        head, f"{SIGNALS}{key}/conclusion/",
        {"outcome": "cause", "conclusion": "Đã xem hồ sơ giấy, lời giải trình đúng."},
    )  # fmt: skip

    assert "đã rõ nguyên nhân" in words(page)
    assert Signal.objects.get().closed_by_id == world.accounts["head"].pk


def test_nobody_closes_what_is_about_oneself(
    world: World, dossier: Dossier, tuesday: datetime, sits: At
) -> None:
    key = signal_about(world, dossier, officer="head").pk
    page = send(
        sits("head"), f"{SIGNALS}{key}/conclusion/",
        {"outcome": "no_matter", "conclusion": "Tôi thấy không sao cả."}, status=422,
    )  # fmt: skip

    assert "Không ai tự khép lại" in words(page)


def test_a_conclusion_that_becomes_a_duty_leads_to_its_form(
    world: World, dossier: Dossier, tuesday: datetime, sits: At
) -> None:
    key = signal_about(world, dossier).pk
    send(sits("appraiser"), f"{SIGNALS}{key}/explanation/", {"explanation": SAID})

    page = send(
        sits("auditor"), f"{SIGNALS}{key}/conclusion/",
        {"outcome": "duty", "conclusion": "Cần chấn chỉnh việc yêu cầu bổ sung."},
    )  # fmt: skip

    assert "Cần kiểm tra lần yêu cầu bổ sung" in page.xpath("//textarea[@name='work']")[0].text
    assert "Cần chấn chỉnh việc yêu cầu bổ sung." in words(page)
    chosen = page.xpath("//select[@name='agency']/option[@selected]/@value")
    assert chosen == [world.agencies["committee"].code]


def test_two_who_conclude_at_once_lose_no_word(
    world: World, dossier: Dossier, tuesday: datetime, sits: At
) -> None:
    key = signal_about(world, dossier).pk
    send(sits("appraiser"), f"{SIGNALS}{key}/explanation/", {"explanation": SAID})
    word = {"outcome": "cause", "conclusion": "Đã xem hồ sơ giấy, lời giải trình đúng."}
    send(sits("head"), f"{SIGNALS}{key}/conclusion/", word)

    late = {"outcome": "no_matter", "conclusion": "Tôi thấy không có gì sai ở đây."}
    page = send(sits("auditor"), f"{SIGNALS}{key}/conclusion/", late, status=422)

    assert late["conclusion"] in words(page)
    assert "đã được khép lại" in words(page)


def test_who_may_not_read_a_signal_finds_none(
    world: World, dossier: Dossier, tuesday: datetime, sits: At
) -> None:
    key = signal_about(world, dossier).pk

    for name in ("appraiser2", "other_head", "receptionist"):
        assert sits(name).get(f"{SIGNALS}{key}/").status_code == 404
    for name in ("appraiser", "head", "controller", "auditor"):
        visit(sits(name), f"{SIGNALS}{key}/")


def test_what_is_watched_is_no_secret(sits: At) -> None:
    said = words(visit(sits("receptionist"), "/desk/supervision/watched/"))

    assert all(f"S{number} " in said for number in range(1, 16))
    assert "chưa có dữ liệu" in said


def test_the_week_names_agencies_to_all_and_officers_to_few(
    world: World, dossier: Dossier, clock, sits: At
) -> None:
    clock.move_to(TUESDAY + timedelta(days=3))
    officer = worlds.assigned_actor(world, dossier).name
    week = "/desk/supervision/week/"

    assert "UBND phường Tây Nha Trang" in words(visit(sits("receptionist"), week))
    assert officer not in words(visit(sits("receptionist"), week))
    assert officer in words(visit(sits("head"), week))
    assert officer not in words(visit(sits("other_head"), week))


def test_a_citizen_sees_nothing_of_it(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["citizen"])

    assert client.get(HOME).status_code == 403
