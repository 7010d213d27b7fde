"""Result documents at the desk: drafted, signed with a PIN, one or many, and the register."""

import pytest
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing.conftest import keys, pki  # noqa: F401  (fixtures)
from tests.signing.pki import PIN
from tests.web.visit import checked, send, visit, words

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Result, ResultDraft


def as_(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.accounts[who])
    return client


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def test_the_appraiser_writes_the_draft_and_sees_it(world: World):
    row = worlds.accepted(world)
    client = as_(world, "head")
    address = f"/desk/dossiers/{row.code}/result-draft/"

    page = visit(client, address, most_queries=21)
    assert "Nơi cư trú được đăng ký" in words(page)
    send(client, address, {"wording": "residence", "blank-home": "Tổ 7", "expected": row.revision})

    assert ResultDraft.objects.get().filled["home"] == "Tổ 7"
    sheet = client.get(f"{address}preview/")
    assert sheet.content.startswith(b"%PDF-")


def test_the_draft_is_not_for_the_counter(world: World):
    row = worlds.accepted(world)
    address = f"/desk/dossiers/{row.code}/result-draft/preview/"
    assert as_(world, "receptionist").get(address).status_code == 404
    assert as_(world, "other_head").get(address).status_code == 404


def test_a_head_with_a_key_signs_with_a_pin_or_says_ink(world: World, keys):  # noqa: F811
    row = worlds.appraised(world)
    client, address = as_(world, "head"), f"/desk/dossiers/{row.code}/approval/"
    row.refresh_from_db()

    without = client.post(address, {"expected": row.revision})
    assert without.status_code == 422
    assert "PIN" in words(checked(without, address))
    wrong = client.post(address, {"expected": row.revision, "pin": "000000"})
    assert wrong.status_code == 422
    assert not Dossier.objects.get().is_decided

    send(client, address, {"expected": row.revision, "pin": PIN})
    assert Dossier.objects.get().is_decided
    assert ResultDraft.objects.get().is_signed


def test_many_are_signed_with_one_pin_after_they_were_shown(world: World, keys):  # noqa: F811
    codes = [worlds.appraised(world).code for _ in range(3)]
    head, clerk = as_(world, "head"), as_(world, "clerk")

    asked = head.post("/desk/batch/", {"act": "approve", "code": codes})
    page = checked(asked, "/desk/batch/")
    assert len(page.xpath("//input[@name='code']")) == 3
    refused = head.post("/desk/batch/", {"act": "approve", "code": codes, "pin": "000000"})
    assert refused.status_code == 422
    done = send(head, "/desk/batch/", {"act": "approve", "code": codes, "pin": PIN})
    assert "Xong 3 hồ sơ" in words(done)

    done = send(clerk, "/desk/batch/", {"act": "issue", "code": codes, "pin": PIN})
    assert "Xong 3 hồ sơ" in words(done)
    assert set(Result.objects.values_list("signed", flat=True)) == {"full"}


def test_the_register_is_filtered_checked_and_handed_out(world: World):
    rows = [worlds.issued(world) for _ in range(2)]
    client = as_(world, "head")
    agency = world.agencies["committee"].pk

    page = visit(client, f"/desk/results-register/?agency={agency}&symbol=TB&year=2026&q=nguyen")
    assert "Sổ liền mạch: 2 số" in words(page)
    assert "02/2026/TB-H32.66" in words(page)
    result = rows[0].results.get()
    sheet = client.get(f"/desk/dossiers/{rows[0].code}/results/{result.pk}/")
    assert sheet.content.startswith(b"%PDF-")
    table = b"".join(client.get("/desk/results-register/?csv=1").streaming_content).decode()
    assert table.count("TB-H32.66") == 2
    assert "02/2026" not in words(visit(as_(world, "other_head"), "/desk/results-register/"))


def test_a_revoked_result_is_shown_as_such_to_its_owner(world: World):
    row = worlds.issued(world)
    dossiers.revoke_result(
        code=row.code, reason="Cấp không đúng thẩm quyền", law="30/2020/NĐ-CP Điều 18",
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip

    page = visit(as_(world, "citizen"), f"/tai-khoan/ho-so/{row.code}/", most_queries=30)
    assert "Cấp không đúng thẩm quyền" in words(page)
    assert (
        as_(world, "citizen").get(f"/tai-khoan/ho-so/{row.code}/giay/result.pdf").status_code
        == 404
    )


def test_a_correction_shows_the_blanks_to_be_put_right(world: World):
    row = worlds.issued(world)
    client, address = as_(world, "head"), f"/desk/dossiers/{row.code}/correction/"
    why = "Ghi sai nơi cư trú của người dân"
    send(client, address, {"reason": why, "expected": Dossier.objects.get().revision})

    page = visit(client, address, most_queries=21)
    assert "Nơi cư trú được đăng ký" in words(page)
    typed = {"reason": why, "blank-home": "Tổ 9", "expected": Dossier.objects.get().revision}
    send(client, address, typed)

    wrong, right = Result.objects.all()
    assert (wrong.state, right.filled["home"]) == ("replaced", "Tổ 9")


def test_r23_the_owner_sees_the_number_of_the_electronic_result(world: World):
    row = worlds.issued(world)
    page = visit(as_(world, "citizen"), f"/tai-khoan/ho-so/{row.code}/", most_queries=30)
    assert "056092999118.KQ.G01.000001" in words(page)
