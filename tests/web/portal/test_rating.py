"""Rating by a link and on a tablet, from page to page."""

import pytest
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.visit import checked, send, visit, words

from motcua.dossiers.models import Dossier
from motcua.feedback import services as feedback
from motcua.feedback.models import Case, Rating
from motcua.feedback.queries import rating as reading


@pytest.fixture
def link(world: World) -> str:
    row = worlds.accepted(world)
    Dossier.objects.filter(pk=row.pk).update(state="returned")
    return f"/danh-gia/{reading.token_for(dossier=row)}/"


@pytest.fixture
def tablet(world: World) -> str:
    made = feedback.make_device(
        agency=world.agencies["centre"].code, name="Quầy 1", by=world["centre_lead"], at=MONDAY_8AM
    )
    return f"/danh-gia/quay/{made.token}/"


def test_a_result_is_rated_and_says_thanks(browser: Client, link: str) -> None:
    page = visit(browser, link)
    assert len(page.xpath("//input[@name='score']")) == 5
    assert len(page.xpath("//input[@name='reasons']")) == 8

    page = send(browser, link, {"score": "5", "reasons": ["time"], "words": "Nhanh gọn"})

    assert words(page.xpath("//h1")[0]) == "Cảm ơn bạn đã đánh giá"
    assert Rating.objects.get().score == 5
    assert "đã được đánh giá" in words(visit(browser, link))


def test_without_a_face_nothing_is_sent(browser: Client, link: str) -> None:
    response = browser.post(link, {"score": ""})

    assert response.status_code == 422
    checked(response, link)
    assert not Rating.objects.exists()


def test_a_tablet_asks_the_next_person(browser: Client, tablet: str) -> None:
    page = send(browser, tablet, {"score": "4"})

    assert page.xpath("//a[@data-next]/@href") == [tablet]
    assert Rating.objects.get().about == "counter"


def test_a_low_rating_is_sent_on_as_feedback(browser: Client, tablet: str) -> None:
    browser.post(tablet, {"score": "1", "words": "Cô ở quầy bắt tôi quay lại ba lần liền"})
    thanks = f"{tablet.replace('quay/', '')}cam-on/{Rating.objects.get().pk}/"
    assert visit(browser, thanks).xpath("//input[@name='phone']")

    page = checked(browser.post(thanks, {"phone": "0905000123"}), thanks)

    assert Case.objects.get().code in words(page)


@pytest.mark.parametrize("path", ["quay/x/", "x/", "x/cam-on/1/"])
def test_a_wrong_link_shows_nothing(world: World, browser: Client, path: str) -> None:
    assert browser.get(f"/danh-gia/{path}").status_code == 404
