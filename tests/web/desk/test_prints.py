"""Official papers of a dossier, the register, and slips with paper dossiers."""

from datetime import datetime, timedelta

import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN
from tests.web.visit import send, visit, words

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import HandOver
from motcua.ledger import queries as ledger


def extended(world: worlds.World):
    row = worlds.accepted(world)
    dossiers.extend(
        code=row.code, new_due=datetime(2026, 11, 25, 17, tzinfo=VN), reason="Chờ xác minh thực địa",
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip
    return row


def supplemented(world: worlds.World):
    row = worlds.filed(world, papers=())
    dossiers.request_supplement(
        code=row.code, items={"ct01": "Chưa nộp tờ khai"}, reason="Thiếu tờ khai CT01",
        by=world["receptionist"], at=MONDAY_8AM,
    )  # fmt: skip
    return row


def turned_away(world: worlds.World):
    row = worlds.filed(world)
    return dossiers.refuse_intake(
        code=row.code, reason="Không thuộc thẩm quyền", law="Điều 17",
        by=world["receptionist"], at=MONDAY_8AM,
    )  # fmt: skip


def withdrawn(world: worlds.World):
    row = worlds.accepted(world)
    return dossiers.withdraw(
        code=row.code, reason="Không cần nữa", by=world["receptionist"], at=MONDAY_8AM
    )


@pytest.mark.parametrize(
    ("key", "make"),
    [
        ("01", worlds.accepted), ("02", supplemented), ("03", turned_away), ("04", extended),
        ("05", withdrawn), ("06", worlds.issued), ("result", worlds.issued),
    ],
)  # fmt: skip
def test_a_form_is_printed_and_noted(world: worlds.World, sits, key: str, make) -> None:
    row = make(world)

    response = sits("receptionist").get(f"/desk/dossiers/{row.code}/forms/{key}/")

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    assert ledger.facts_of(f"read:{row.stream}")[-1].body["part"] == f"paper:{key}"


@pytest.mark.parametrize("key", ["02", "03", "04", "05", "result", "99"])
def test_a_form_that_does_not_exist_yet_is_not_there(world: worlds.World, sits, key: str) -> None:
    row = worlds.accepted(world)

    assert sits("receptionist").get(f"/desk/dossiers/{row.code}/forms/{key}/").status_code == 404


def test_the_register_of_a_period_is_shown_and_printed(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    counter = sits("receptionist")

    page = visit(counter, "/desk/register/?first=2026-11-01&last=2026-11-30")

    assert row.code in words(page)
    assert (
        counter.get("/desk/register/?first=2026-11-01&last=2026-11-30&pdf=1").content[:4]
        == b"%PDF"
    )
    assert "Ngày cuối" in words(visit(counter, "/desk/register/?first=2026-11-30&last=2026-11-01"))


def test_paper_goes_on_a_slip_and_is_taken_over(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    counter = sits("receptionist")

    assert row.code in words(visit(counter, "/desk/hand-over/"))
    page = send(
        counter, "/desk/hand-over/",
        {"receiver": world.agencies["committee"].code, "code": row.code, "carrier": "Bà Sáu"},
    )  # fmt: skip
    slip = HandOver.objects.get()
    assert slip.number in words(page)
    assert counter.get(f"/desk/hand-over/{slip.pk}/?pdf=1").content[:4] == b"%PDF"
    assert sits("other_receptionist").get(f"/desk/hand-over/{slip.pk}/").status_code == 404
    assert "giao cho cơ quan khác" in words(
        send(counter, f"/desk/hand-over/{slip.pk}/arrival/", {})
    )

    taken = send(sits("appraiser"), f"/desk/hand-over/{slip.pk}/arrival/", {})

    assert "Đã ký nhận" in words(taken)
    assert "đã được ký nhận" in words(
        send(sits("appraiser"), f"/desk/hand-over/{slip.pk}/arrival/", {})
    )


def test_an_empty_slip_is_refused(world: worlds.World, sits) -> None:
    page = send(
        sits("receptionist"), "/desk/hand-over/", {"receiver": world.agencies["committee"].code}
    )

    assert "Chưa chọn hồ sơ nào" in words(page)


def test_a_late_slip_shows(world: worlds.World, sits, clock) -> None:
    row = worlds.accepted(world)
    dossiers.hand_over(
        codes=[row.code], sender=world.agencies["centre"].code, carrier="",
        receiver=world.agencies["committee"].code, by=world["receptionist"], at=MONDAY_8AM,
    )  # fmt: skip
    clock.shift(timedelta(days=2))

    assert "quá giờ" in words(visit(sits("appraiser"), "/desk/hand-over/"))
