"""One's own messages, and the bell."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, World
from tests.web.visit import send, visit, words

from motcua.dossiers.services import sweeps
from motcua.feedback import services as feedback
from motcua.ledger import services as ledger


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(MONDAY_8AM + timedelta(minutes=6), tick=False):
        world = stories.build()
        stories.accepted(world)
        stories.filed(world, by="citizen", channel="online")
        sweeps.notify_officers(at=MONDAY_8AM + timedelta(minutes=5))
        ledger.dispatch()
        yield world
    cache.clear()


def browser_of(world: World, name: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    account = world.accounts[name]
    client.force_login(account, backend="motcua.web.accounts.backend.PasswordBackend")
    return client


def test_a_citizen_reads_what_they_were_told(world: World):
    page = visit(browser_of(world, "citizen"), "/thong-bao/")

    assert "Hồ sơ đã được tiếp nhận" in words(page)
    assert page.xpath("//article//a[contains(@href, '/tai-khoan/ho-so/')]")


def test_the_bell_counts_and_falls_silent(world: World):
    client = browser_of(world, "citizen")
    before = words(visit(client, "/thong-bao/").xpath("//a[contains(@class, 'bell')]")[0])

    page = send(client, "/thong-bao/", {})

    assert "1 chưa đọc" in before
    assert "chưa đọc" not in words(page.xpath("//a[contains(@class, 'bell')]")[0])


def test_an_officer_is_told_of_an_online_filing(world: World):
    page = visit(browser_of(world, "receptionist"), "/thong-bao/")

    assert "Hồ sơ trực tuyến mới" in words(page)


def test_nobody_reads_what_others_were_told(world: World):
    for name in ("neighbour", "other_receptionist", "clerk"):
        assert "Chưa có thông báo nào" in words(visit(browser_of(world, name), "/thong-bao/"))


def test_a_stranger_signs_in_first(world: World):
    assert Client().get("/thong-bao/").status_code == 302


def test_messages_about_feedback_lead_to_it(world: World) -> None:
    case = feedback.send(
        text="Ổ gà rất sâu trước cổng chợ, đề nghị vá sớm.", by=world["citizen"], at=MONDAY_8AM
    )
    controller = world["controller"]
    feedback.refuse(
        code=case.code, reason="Đã có người phản ánh và đã xử lý.", by=controller, at=MONDAY_8AM
    )
    ledger.dispatch()
    browser = browser_of(world, "citizen")

    page = visit(browser, "/thong-bao/")

    assert f"/phan-anh/theo-doi/{case.code}/" in page.xpath("//main//a/@href")
    visit(browser, f"/phan-anh/theo-doi/{case.code}/")
