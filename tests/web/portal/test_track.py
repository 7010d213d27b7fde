"""Following a dossier without an account."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.visit import checked, send, visit, words

from motcua.documents.papers import qr
from motcua.dossiers import services as dossiers

PHONE = "0905222318"


def test_code_and_phone_show_the_progress(world: World, browser: Client) -> None:
    row = worlds.accepted(world)

    with time_machine.travel(MONDAY_8AM + timedelta(days=1), tick=False):
        page = send(
            browser, "/tra-cuu/", {"code": f" {row.code.lower()} ", "phone": "+84 905.222.318"}
        )

    assert words(page.xpath("//h1")[0]) == "Hồ sơ đã được tiếp nhận"
    assert "18/11/2026" in words(page)
    assert "Tiếp nhận đủ giấy tờ" in words(page.xpath("//ol[@class='timeline']")[0])


def test_a_stranger_learns_nothing_about_people(world: World, browser: Client) -> None:
    row = worlds.appraised(world)

    page = send(browser, "/tra-cuu/", {"code": row.code, "phone": PHONE})

    shown = words(page.xpath("//main")[0])
    for hidden in ("Phúc", "Lê Quang Vinh", "Phạm Hoài An", "Tờ khai CT01", "056092"):
        assert hidden not in shown


def test_a_wrong_code_and_a_wrong_phone_get_the_same_answer(world: World, browser: Client) -> None:
    row = worlds.accepted(world)
    other = row.code[:-1] + "9"

    answers = [
        words(
            send(browser, "/tra-cuu/", {"code": code, "phone": phone}, status=422).xpath(
                "//*[@role='alert']"
            )[0]
        )
        for code, phone in ((other, PHONE), (row.code, "0905000000"))
    ]

    assert answers[0] == answers[1]
    assert "Không có hồ sơ nào khớp" in answers[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "", "phone": ""}, "Nhập mã in ở đầu giấy tiếp nhận."),
        ({"code": "abc", "phone": PHONE}, "Mã có dạng"),
        ({"code": "H32.66-20261109-0000001", "phone": "12"}, "10 chữ số"),
    ],
)
def test_typing_errors_are_said_at_the_field(
    world: World, browser: Client, typed: dict[str, str], said: str
) -> None:
    page = send(browser, "/tra-cuu/", typed, status=422)

    assert said in words(page)
    assert page.xpath("//input[@name='code']/@value") == ([typed["code"]] if typed["code"] else [])


def test_a_code_from_the_receipt_is_filled_in(world: World, browser: Client) -> None:
    page = visit(browser, "/tra-cuu/?ma=H32.66-20261109-0000001")

    assert page.xpath("//input[@name='code']/@value") == ["H32.66-20261109-0000001"]


def test_guessing_is_stopped(world: World, browser: Client) -> None:
    for _try in range(10):
        browser.post("/tra-cuu/", {"code": "H32.66-20261109-0000001", "phone": PHONE})

    answer = browser.post("/tra-cuu/", {"code": "H32.66-20261109-0000001", "phone": PHONE})

    assert answer.status_code == 429
    assert "thử nhiều lần" in words(checked(answer, "/tra-cuu/"))


def test_a_link_grows_old(world: World, browser: Client) -> None:
    row = worlds.accepted(world)
    with time_machine.travel(MONDAY_8AM, tick=False):
        link = browser.post("/tra-cuu/", {"code": row.code, "phone": PHONE})["Location"]
        visit(browser, link)
    with time_machine.travel(MONDAY_8AM + timedelta(hours=2), tick=False):
        assert browser.get(link)["Location"] == "/tra-cuu/"
    assert browser.get("/tra-cuu/gia-mao/")["Location"] == "/tra-cuu/"


def test_who_must_supplement_is_told_until_when(world: World, browser: Client) -> None:
    row = worlds.filed(world, papers=())
    dossiers.request_supplement(
        code=row.code,
        items={"ct01": "Chưa có tờ khai CT01."},
        reason="Hồ sơ chưa có tờ khai CT01.",
        by=world["receptionist"],
        at=MONDAY_8AM,
    )

    page = send(browser, "/tra-cuu/", {"code": row.code, "phone": PHONE})

    assert "bổ sung giấy tờ, chậm nhất thứ Tư 25/11/2026" in words(page)


def test_the_qr_of_the_paper_stands_for_the_phone(world: World, browser: Client) -> None:
    row = worlds.accepted(world)
    scanned = qr_of(row.code, "056092999118")

    page = send(browser, "/tra-cuu/", {"code": scanned, "phone": ""})

    assert row.code in words(page)


def test_a_paper_of_somebody_else_opens_nothing(world: World, browser: Client) -> None:
    row = worlds.accepted(world)

    for owner in ("056161999217", "", "la"):
        page = send(
            browser, "/tra-cuu/", {"code": qr_of(row.code, owner), "phone": ""}, status=422
        )
        assert row.procedure_name not in words(page.xpath("//main")[0])


def qr_of(code: str, owner_id: str) -> str:
    return qr.encode(
        qr.Payload(
            dossier_code=code,
            procedure_code="1.004222",
            owner_id=owner_id,
            paper="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            agency_code="H32.66.01",
            at=MONDAY_8AM,
        )
    )
