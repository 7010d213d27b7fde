"""Facts of dossiers become messages: to the applicant (R6, R16, R21, R30) and to posts (R5)."""

from datetime import timedelta

import pytest

from motcua.dossiers import notices
from motcua.dossiers import services as dossiers
from motcua.dossiers.services import sweeps
from motcua.ledger import services as ledger
from motcua.ledger.models import FactRow
from motcua.notifications import queries
from motcua.notifications.models import Message
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, World


def _templates(**wanted: object) -> list[str]:
    rows = Message.objects.filter(channel="in_app", **wanted).order_by("at", "pk")
    return list(rows.values_list("template", flat=True))


def test_r6_the_applicant_is_told_of_every_step_that_matters(world: World):
    row = stories.issued(world)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    dossiers.return_result(
        code=row.code,
        mode="counter",
        receiver="Nguyễn Văn Phúc",
        by=world["receptionist"],
        at=MONDAY_8AM,
    )

    ledger.dispatch()

    told = _templates(party=world.parties["citizen"])
    assert told == ["accepted", "result_issued", "result_returned"]


def test_r30_a_message_says_who_where_and_when(world: World):
    row = stories.accepted(world)

    ledger.dispatch()

    message = queries.messages_for(world["citizen"])[0]
    assert row.code in message.body
    assert "Lê Quang Vinh" in message.body
    assert "08:00 09/11/2026" in message.body


def test_r16_an_extension_apologises_with_the_new_day(world: World):
    row = stories.accepted(world)
    later = row.due_at + timedelta(days=2)
    dossiers.extend(
        code=row.code, new_due=later, reason="Mưa lũ, chưa xác minh được thực địa",
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip

    ledger.dispatch()

    message = queries.messages_for(world["citizen"])[0]
    assert "Xin lỗi" in message.subject
    assert "Mưa lũ" in message.body


def test_r5_the_counter_is_told_of_an_online_filing(world: World):
    row = stories.filed(world, by="citizen", channel="online")
    sweeps.notify_officers(at=MONDAY_8AM + timedelta(minutes=5))

    ledger.dispatch()

    assert _templates(agency=world.agencies["centre"], role="receptionist") == ["online_filed"]
    assert queries.messages_for(world["receptionist"])[0].about == row.code


def test_an_overdue_dossier_is_told_to_the_head(world: World):
    row = stories.accepted(world)
    dossiers.mark_overdue(at=row.due_at + timedelta(hours=1))

    ledger.dispatch()

    assert _templates(role="head") == ["overdue"]


def test_an_asked_agency_is_told(world: World):
    row = stories.accepted(world)
    dossiers.consult(
        code=row.code, agencies=[world.agencies["department"].code],
        question="Đề nghị cho ý kiến về quy hoạch", due_at=MONDAY_8AM + timedelta(days=2),
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip

    ledger.dispatch()

    assert _templates(agency=world.agencies["department"]) == ["opinion_asked"]


def test_telling_a_fact_again_changes_nothing(world: World):
    stories.accepted(world)
    ledger.dispatch()
    before = Message.objects.count()

    for fact in FactRow.objects.filter(kind="dossier.accepted"):
        notices.tell(fact)

    assert Message.objects.count() == before


@pytest.mark.parametrize("days", [0, 3])
def test_what_is_told_late_is_not_mailed(world: World, days: int):
    row = stories.filed(world, email="dan@example.vn")
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    fact = FactRow.objects.get(kind="dossier.accepted")
    fact.at = fact.recorded_at - timedelta(days=days)

    notices.tell(fact)

    assert Message.objects.filter(channel="email").exists() == (days == 0)


def test_history_rings_no_bell(world: World):
    stories.accepted(world)
    fact = FactRow.objects.get(kind="dossier.accepted")
    fact.at = fact.recorded_at - timedelta(days=9)

    notices.tell(fact)

    assert queries.messages_for(world["citizen"])
    assert queries.unread_count(world["citizen"]) == 0
