"""The desk's page of satisfaction: tablets, sums, low ratings, each for whom it is meant."""

from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.web.desk.conftest import At
from tests.web.visit import visit, words

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback
from motcua.feedback.models import CounterDevice

PAGE = "/desk/ratings/"
LOW = "Chờ lâu mà không ai giải thích vì sao"


def test_a_director_registers_a_tablet_and_an_officer_sits_down(sits: At) -> None:
    response = sits("centre_lead").post(PAGE, {"do": "make", "name": "Quầy 2"})
    assert "/danh-gia/quay/" in response.content.decode()
    device = CounterDevice.objects.get()

    sits("receptionist").post(PAGE, {"do": "sit", "device": device.pk})
    device.refresh_from_db()
    assert device.officer is not None
    assert "Rời quầy" in words(visit(sits("receptionist"), PAGE))
    sits("receptionist").post(PAGE, {"do": "rise", "device": device.pk})
    sits("centre_lead").post(PAGE, {"do": "revoke", "device": device.pk})
    device.refresh_from_db()
    assert device.revoked_at is not None


def test_what_may_not_be_done_is_said(sits: At) -> None:
    page = words(visit(sits("receptionist"), PAGE))
    assert "Đăng ký máy" not in page

    response = sits("receptionist").post(PAGE, {"do": "sit", "device": "999"}, follow=True)
    assert "Không có máy đánh giá này" in response.content.decode()


def test_inspectors_see_on_a_dossier_what_was_said_about_it(sits: At, world) -> None:
    row = worlds.accepted(world)
    case = feedback.send(
        text="Hồ sơ bị giữ lại ba tuần mà không ai nói lý do.", kind="conduct", by=PUBLIC,
        about_dossier=row.code, at=MONDAY_8AM,
    )  # fmt: skip

    for name, sees in (("auditor", True), ("head", False), ("controller", False)):
        page = words(visit(sits(name), f"/desk/dossiers/{row.code}/", most_queries=17))
        assert (case.code in page) == sees, name


def test_low_ratings_are_read_by_the_director_and_inspectors_only(sits: At, world) -> None:
    made = feedback.make_device(
        agency=world.agencies["centre"].code, name="Q", by=world["centre_lead"], at=MONDAY_8AM
    )
    feedback.sit_down(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    feedback.rate_counter(token=made.token, score=1, words=LOW, at=MONDAY_8AM)

    for name, sees in (("centre_lead", True), ("auditor", True), ("receptionist", False),
                       ("other_lead", False), ("cashier", False)):  # fmt: skip
        assert (LOW in words(visit(sits(name), PAGE))) == sees, name
    assert "chưa đủ để so" in words(visit(sits("receptionist"), PAGE))
