"""The pages of differences: loading a list, assigning, settling, keeping; and who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import World
from tests.web.visit import visit, words

from motcua.catalog.models import Difference

PLACE = "/desk/catalog/differences/"
LIST = (
    "code,name,field\n1.004222,Đăng ký thường trú,Hộ tịch\n9.000001,Cấp giấy phép đi biển,Biển\n"
)


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def browser(world: World, name: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(world.accounts[name], backend="motcua.web.accounts.backend.PasswordBackend")
    return client


def load(client: Client, text: str = LIST, **values: str):
    file = SimpleUploadedFile("ds.csv", text.encode())
    given = {"against": "decision", "name": "Quyết định 12", "file": file} | values
    return client.post(PLACE, given)


def test_a_controller_loads_a_list_and_sees_what_differs(world: World):
    client = browser(world, "controller")

    assert load(client).status_code == 302

    said = words(visit(client, PLACE))
    assert "Lĩnh vực khác" in said
    assert "Danh mục của tỉnh chưa có" in said
    assert "Quyết định 12" in said


def test_a_wrong_file_is_refused_beside_its_field(world: World):
    answer = load(browser(world, "controller"), text="một hai ba\n")

    assert answer.status_code == 422
    assert "Dòng 1" in answer.content.decode()


@pytest.mark.parametrize("text", ["code,name\n1.1,A\x00B\n", '{"code":' + "[" * 100_000])
def test_a_file_that_is_no_list_is_refused(world: World, text: str):
    assert load(browser(world, "controller"), text=text).status_code == 422


def test_two_who_load_the_same_list_are_taken_one_after_the_other(world: World):
    load(browser(world, "controller"))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 743304"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("name", ["receptionist", "head", "admin", "citizen"])
def test_others_may_not(world: World, name: str):
    assert browser(world, name).get(PLACE).status_code == 403


def test_a_difference_is_assigned_settled_and_seen_with_its_history(world: World):
    client = browser(world, "controller")
    load(client)
    row = Difference.objects.get(kind="field")
    keeper = world["keeper"].account_id

    client.post(f"{PLACE}{row.pk}/assignment/", {"owner": keeper, "due_on": "2099-01-01"})
    assert Difference.objects.get(pk=row.pk).state == "found"  # beyond a year

    from django.utils import timezone

    client.post(f"{PLACE}{row.pk}/assignment/", {"owner": keeper, "due_on": timezone.localdate()})
    mine = browser(world, "keeper")
    assert "Lĩnh vực khác" in words(visit(mine, f"{PLACE}?loc=mine"))
    mine.post(f"{PLACE}{row.pk}/settlement/", {"words": "Đã sửa lĩnh vực trong danh mục"})

    said = words(visit(mine, f"{PLACE}{row.pk}/"))
    assert "Đã sửa lĩnh vực trong danh mục" in said
    assert "Mới thấy sai khác" in said
    assert f"hạn {timezone.localdate():%d/%m/%Y}" in said

    load(client)
    assert "1 việc đã đóng nay mở lại" in words(visit(client, PLACE))


def test_keeping_needs_a_reason(world: World):
    client = browser(world, "controller")
    load(client)
    row = Difference.objects.get(kind="field")

    for words_typed in ("x", "......"):
        refused = client.post(f"{PLACE}{row.pk}/keeping/", {"words": words_typed})
        assert refused.status_code == 422
    assert (
        client.post(f"{PLACE}{row.pk}/keeping/", {"words": "Theo quyết định"}).status_code == 302
    )
    assert Difference.objects.get(pk=row.pk).state == "kept"


def test_what_does_not_exist_is_not_found(world: World):
    client = browser(world, "controller")

    assert client.get(f"{PLACE}999/").status_code == 404
    assert client.post(f"{PLACE}999/note/", {"words": "một hai"}).status_code == 404
