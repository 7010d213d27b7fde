"""One's own work by urgency, and acts on many dossiers at once."""

from datetime import timedelta

import time_machine
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.web.visit import send, visit, words

from motcua.dossiers import services as dossiers


def codes(page) -> list[str]:
    return [link.get("href").split("/")[3] for link in page.xpath("//a[@data-open]")]


def test_the_most_urgent_stands_on_top(
    world: worlds.World, sits, clock: time_machine.Traveller
) -> None:
    later = worlds.appraised(world, at=MONDAY_8AM + timedelta(days=2))
    first = worlds.appraised(world)
    clock.move_to(first.due_at + timedelta(minutes=30))

    page = visit(sits("head"), "/desk/")

    assert codes(page) == [first.code, later.code]
    assert "Quá hạn · 1" in words(page)
    assert codes(visit(sits("head"), "/desk/?loc=overdue")) == [first.code]


def test_what_waits_for_the_counter_is_urgent_by_its_step(world: worlds.World, sits) -> None:
    ready = worlds.issued(world)
    waiting = worlds.filed(world)

    page = visit(sits("receptionist"), "/desk/")

    assert codes(page) == [waiting.code, ready.code]


def test_every_tab_opens(world: worlds.World, sits) -> None:
    worlds.accepted(world)
    for name in ("receptionist", "head", "auditor", "cashier"):
        for tab in ("todo", "overdue", "today", "waiting", "opinions", "sent", "nonsense"):
            visit(sits(name), f"/desk/?loc={tab}&trang=1")


def test_a_long_list_is_cut_into_pages(world: worlds.World, sits) -> None:
    for _number in range(22):
        worlds.filed(world)

    assert len(codes(visit(sits("receptionist"), "/desk/"))) == 20
    page = visit(sits("receptionist"), "/desk/?trang=2")
    assert len(codes(page)) == 2
    assert "21–22 trên 22" in words(page)


def test_many_are_approved_with_a_result_for_each(world: worlds.World, sits) -> None:
    rows = [worlds.appraised(world) for _number in range(3)]
    dossiers.send_back(
        code=rows[2].code, reason="Cần xác minh lại chỗ ở", by=world["head"], at=MONDAY_8AM
    )

    page = send(
        sits("head"), "/desk/batch/", {"act": "approve", "code": [row.code for row in rows]}
    )

    text = words(page)
    assert "Xong 2 hồ sơ, chưa được 1 hồ sơ" in text
    assert "vị trí khác" in text


def test_nothing_chosen_is_told(world: worlds.World, sits) -> None:
    assert "Hãy chọn ít nhất một hồ sơ" in words(
        send(sits("head"), "/desk/batch/", {"act": "approve"})
    )
