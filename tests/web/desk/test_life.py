"""1.004222 from the counter to the returned result, through the desk's own pages."""

from datetime import timedelta

import time_machine
from django.test import Client
from tests.factories import world as worlds
from tests.web.visit import send, visit, words

from motcua.dossiers.models import Dossier
from motcua.ledger import queries as ledger

CARD = "056092999118|225511999|Nguyễn Văn Phúc|04031992|Nam|Tổ 5, Tây Nha Trang|01012024"


def sheet(client: Client, **typed: str) -> dict[str, str]:
    """What a receptionist types for 1.004222, complete."""
    return {
        "procedure": "1.004222", "case": "own", "owner_id": CARD, "phone": "0905 222 318",
        "return_mode": "counter", "originals-ct01": "1", "draft": "abc", "sets": "1", "do": "accept",
    } | typed  # fmt: skip


def act(client: Client, code: str, noun: str, **typed: object) -> None:
    """Do an act from the form that its page shows."""
    path = f"/desk/dossiers/{code}/{noun}/"
    # a session that was left alone for five minutes notes that it goes on: three queries more
    form = visit(client, path, most_queries=21).xpath("//form[@id='viec']")[0]
    values = {**dict(form.form_values()), **typed}
    send(client, path, values)


def test_a_dossier_goes_through_every_desk(
    world: worlds.World, sits, clock: time_machine.Traveller
) -> None:
    counter = sits("receptionist")

    page = send(counter, "/desk/reception/", sheet(counter))

    row = Dossier.objects.get()
    assert row.code in words(page)
    assert row.state == "accepted"
    assert (row.owner.name, str(row.owner.birth_date)) == ("Nguyễn Văn Phúc", "1992-03-04")
    officer = next(n for n, a in world.accounts.items() if a.pk == row.assignee_id)
    clock.shift(timedelta(hours=1))
    act(sits(officer), row.code, "appraisal", note="Đủ điều kiện")
    act(sits("head"), row.code, "approval")
    act(sits("clerk"), row.code, "issue")
    act(counter, row.code, "payment", method="cash")
    act(counter, row.code, "delivery", proof="ký nhận")
    row.refresh_from_db()
    assert (row.state, row.money, row.delivery) == ("returned", "paid", "delivered")
    assert [fact.kind for fact in ledger.facts_of(row.stream)][-1] == "dossier.result_returned"


def test_opening_a_dossier_is_a_fact(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)

    visit(sits("head"), f"/desk/dossiers/{row.code}/")

    told = ledger.facts_of(f"read:{row.stream}")
    assert [(fact.kind, fact.actor_name) for fact in told] == [("read.dossier", "Nguyễn Hữu Lộc")]


def test_a_stranger_to_the_dossier_finds_nothing(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)

    for path in ("", "approval/", "forms/01/", "receipt/"):
        response = sits("other_receptionist").get(f"/desk/dossiers/{row.code}/{path}")
        assert response.status_code == 404, path


def test_what_was_typed_stays_when_somebody_else_was_quicker(world: worlds.World, sits) -> None:
    row = worlds.appraised(world)
    old = row.revision - 1

    response = sits("head").post(
        f"/desk/dossiers/{row.code}/return/",
        {"expected": old, "reason": "Thiếu chữ ký của chủ hộ", "to_step": "appraise"},
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "đã thay đổi" in text
    assert "Thiếu chữ ký của chủ hộ" in text
    assert f'name="expected" value="{row.revision}"' in text


def test_an_act_out_of_turn_is_refused_in_words(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)

    response = sits("head").post(
        f"/desk/dossiers/{row.code}/approval/", {"expected": row.revision}
    )

    assert response.status_code == 422
    assert "vị trí khác" in response.content.decode()
