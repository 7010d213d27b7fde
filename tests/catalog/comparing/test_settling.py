"""A difference from the day it is found to the day it is gone."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

from motcua.catalog import differing
from motcua.catalog import services as catalog
from motcua.catalog.comparing.lists import read_bytes
from motcua.catalog.models import Difference
from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused

HEAD = "code,name,field\n"
OTHER = (
    HEAD
    + "1.004222,Đăng ký thường trú,Hộ tịch\n2.000815,Chứng thực bản sao từ bản chính,Chứng thực\n"
)
SAME = OTHER.replace("Hộ tịch", '"Đăng ký, quản lý cư trú"')
DUE = date(2026, 11, 20)


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def run(world: World, text: str, *, by: Actor | None = None, name: str = "Danh sách phường",
        at: datetime = MONDAY_8AM) -> catalog.Compared:  # fmt: skip
    from motcua.catalog.comparing import Process

    fits = {code: Process(60, None, is_own=False) for code in ("1.004222", "2.000815")}
    return catalog.compare_lists(
        against="decision", name=name, announced=read_bytes(text.encode()), content=text.encode(),
        processes=fits, by=by or world["controller"], at=at,
    )  # fmt: skip


def only() -> Difference:
    return Difference.objects.get(kind="field")


def kinds_of(row: Difference) -> list[str]:
    return [fact.kind for fact in differing.history(row)]


def test_a_run_keeps_what_differs(world: World):
    done = run(world, OTHER)

    assert (done.found, done.known, done.gone) == (1, 0, 0)
    assert (only().here, only().there) == ("Đăng ký, quản lý cư trú", "Hộ tịch")
    assert kinds_of(only()) == ["difference.found"]


def test_a_second_run_knows_it_and_keeps_owner_and_note(world: World):
    run(world, OTHER)
    assign(world)

    done = run(world, OTHER, name=" danh sách PHƯỜNG ")

    assert (done.found, done.known) == (0, 1)
    assert only().owner_id == world["keeper"].account_id
    assert "xem kỹ" in only().note


def test_a_run_that_no_longer_finds_it_closes_it(world: World):
    run(world, OTHER)
    assign(world)

    done = run(world, SAME)

    assert done.gone == 1
    assert only().state == "settled"
    assert "xem kỹ" in only().note
    assert kinds_of(only())[-1] == "difference.gone"


def test_what_was_settled_and_is_found_again_is_open_again(world: World):
    run(world, OTHER)
    assign(world)
    catalog.settle(
        difference=only().pk, words="Đã sửa lĩnh vực", by=world["keeper"], at=MONDAY_8AM
    )

    done = run(world, OTHER)

    assert done.reopened == 1
    assert only().state == "assigned"


def test_what_is_kept_stays_kept_until_it_says_something_else(world: World):
    run(world, OTHER)
    catalog.keep(difference=only().pk, words="Theo quyết định của tỉnh", by=world["keeper"],
                 at=MONDAY_8AM)  # fmt: skip

    run(world, OTHER)
    assert only().state == "kept"

    run(world, OTHER.replace("Hộ tịch", "Dân cư"))
    assert only().state == "found"


def test_lists_do_not_close_each_other_s_differences(world: World):
    run(world, OTHER)

    run(world, SAME, name="Danh sách khác")

    assert only().state == "found"


def assign(world: World, **values: Any) -> Difference:
    given = {"owner": world["keeper"].account_id, "due_on": DUE, "words": "xem kỹ",
             "by": world["controller"], "at": MONDAY_8AM} | values  # fmt: skip
    return catalog.assign(difference=only().pk, **given)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"due_on": DUE - timedelta(days=30)}, catalog.BadDay),
        ({"due_on": DUE + timedelta(days=999)}, catalog.BadDay),
        ({"owner": 0}, catalog.NotAnOwner),
    ],
)
def test_an_assignment_needs_somebody_and_a_day(
    world: World, values: dict[str, Any], refusal: type[Refused]
):
    run(world, OTHER)

    with pytest.raises(refusal):
        assign(world, **values)


@pytest.mark.parametrize("name", ["receptionist", "head", "citizen", "auditor"])
def test_others_neither_compare_nor_settle(world: World, name: str):
    run(world, OTHER)

    with pytest.raises(catalog.MayNotCompare):
        run(world, OTHER, by=world[name])
    with pytest.raises(catalog.MayNotSettle):
        catalog.settle(difference=only().pk, words="Đã sửa xong", by=world[name], at=MONDAY_8AM)


def test_a_closed_difference_is_not_closed_twice(world: World):
    run(world, OTHER)
    catalog.settle(difference=only().pk, words="Đã sửa xong", by=world["keeper"], at=MONDAY_8AM)

    with pytest.raises(catalog.AlreadyClosed):
        catalog.keep(
            difference=only().pk, words="Giữ nguyên thôi", by=world["keeper"], at=MONDAY_8AM
        )


def test_words_are_needed(world: World):
    run(world, OTHER)

    with pytest.raises(catalog.Unsaid):
        catalog.settle(difference=only().pk, words="ok", by=world["keeper"], at=MONDAY_8AM)
    with pytest.raises(catalog.NoSuchDifference):
        catalog.write_note(difference=0, words="một ghi chú", by=world["keeper"], at=MONDAY_8AM)


def test_a_list_needs_a_name(world: World):
    with pytest.raises(catalog.Unnamed):
        run(world, OTHER, name=" ")
