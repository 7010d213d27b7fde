"""Who sees what: by role, the officer concerned nothing, the sender's name few, the public masks."""

import pytest
from tests.factories.world import MONDAY_8AM, World
from tests.feedback import stories
from tests.feedback.stories import HOUR, PHONE, REASON

from motcua.directory.actor import PUBLIC, SYSTEM
from motcua.feedback import services as feedback
from motcua.feedback.models import Case
from motcua.feedback.queries import lists, reading
from motcua.feedback.queries.visibility import visible_to
from motcua.feedback.services.contacts import may_know_sender
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.notifications import queries as messages

ALL = {"moderator", "director", "controller", "province_chairman", "auditor"}


def _seers(world: World, case: Case) -> set[str]:
    return {name for name in world.actors if visible_to(world[name]).filter(pk=case.pk).exists()}


def _conduct(world: World, whom: str = "appraiser", **told: object) -> Case:
    return stories.assigned(
        world, kind="conduct", field="conduct", about_agency=world.agencies["committee"].code,
        about_account_id=world[whom].account_id,
        text="Cán bộ nói năng khó nghe, bắt đi lại nhiều lần không nói lý do.", **told,
    )  # fmt: skip


def test_each_role_sees_its_part(world: World) -> None:
    assert _seers(world, stories.sent(world)) == ALL
    at_desk = {"head", "chairman", "appraiser", "appraiser2"}
    assert _seers(world, stories.assigned(world)) == ALL | at_desk
    assert _seers(world, stories.sent(world, by=world["citizen"])) == ALL | {"citizen"}
    assert not visible_to(PUBLIC).exists()
    assert visible_to(SYSTEM).count() == 3


def test_a_counter_sees_what_it_took_down_but_no_conduct(world: World) -> None:
    taken = stories.sent(world, by=world["receptionist"], channel="counter")
    assert _seers(world, taken) == ALL | {"receptionist", "centre_lead"}
    conduct = stories.sent(world, by=world["receptionist"], channel="counter", kind="conduct")
    assert _seers(world, conduct) == ALL


def test_the_officer_concerned_sees_and_does_nothing(world: World) -> None:
    case = _conduct(world)
    assert _seers(world, case) == ALL | {"head", "chairman"}
    with pytest.raises(feedback.Concerned):
        feedback.appoint(
            code=case.code, handler_id=world["appraiser"].account_id or 0, by=world["head"],
            at=MONDAY_8AM + 2 * HOUR,
        )  # fmt: skip
    with pytest.raises(feedback.NotFound):
        feedback.take(code=case.code, by=world["appraiser"], at=MONDAY_8AM + 2 * HOUR)
    moderated = stories.sent(world, about_account_id=world["moderator"].account_id)
    assert "moderator" not in _seers(world, moderated)
    with pytest.raises(feedback.Concerned):
        _conduct(world, whom="head")
    led = Case.objects.get(about_account_id=world["head"].account_id)
    feedback.assign(
        code=led.code, agency=world.agencies["province"].code, by=world["moderator"],
        at=MONDAY_8AM + 2 * HOUR,
    )  # fmt: skip
    assert "head" not in _seers(world, led)
    assert not any("khó nghe" in m.body for m in messages.messages_for(world["head"]))


def test_ones_own_head_does_not_decide_alone(world: World) -> None:
    case = _conduct(world)
    at = MONDAY_8AM + 2 * HOUR
    feedback.appoint(
        code=case.code, handler_id=world["appraiser2"].account_id or 0, by=world["head"], at=at
    )
    feedback.answer(code=case.code, text=stories.ANSWER, by=world["appraiser2"], at=at)
    with pytest.raises(feedback.InspectorNeeded):
        feedback.approve(code=case.code, by=world["head"], at=at)
    assert case in lists.inbox(world["auditor"])
    feedback.agree(code=case.code, note=REASON, by=world["auditor"], at=at)
    assert feedback.approve(code=case.code, by=world["head"], at=at).state == "approved"


def _named(world: World, case: Case, whom: str) -> Case:
    post = world.accounts[whom].posts.get().pk
    at = case.received_at + 2 * HOUR
    return feedback.name_officer(
        code=case.code, about_post=post, reason=REASON, by=world["moderator"], at=at
    )


def _report(world: World) -> Case:
    """A report of conduct that names nobody."""
    return stories.sent(
        world, kind="conduct", field="conduct", about_words="cán bộ quầy số 2",
        text="Cán bộ nói năng khó nghe, bắt đi lại nhiều lần không nói lý do.",
    )  # fmt: skip


def test_moderators_name_whom_a_report_is_about(world: World) -> None:
    case, committee = _report(world), world.agencies["committee"]
    at, kinds = MONDAY_8AM + HOUR, {"kind": "conduct", "field": "conduct", "urgency": "normal"}
    head = world.accounts["head"].posts.get()
    feedback.accept(code=case.code, about_post=head.pk, by=world["moderator"], at=at, **kinds)
    with pytest.raises(feedback.Concerned):
        feedback.assign(code=case.code, agency=committee.code, by=world["moderator"], at=at)

    appraiser = world.accounts["appraiser"].posts.get()
    done = feedback.assign(
        code=case.code, agency=committee.code, about_post=appraiser.pk, by=world["moderator"],
        at=at,
    )  # fmt: skip
    assert (done.about_account_id, done.about_agency_id) == (appraiser.account_id, committee.pk)
    assert _seers(world, done) == ALL | {"head", "chairman"}
    told = [f.body for f in trail.facts_of(case.stream) if f.kind == "feedback.officer_named"]
    assert [one["officer"] for one in told] == [world["head"].key, world["appraiser"].key]
    assert world["appraiser"].name not in str(told)
    with pytest.raises(feedback.Misstated):
        feedback.name_officer(
            code=case.code, about_post=appraiser.pk, reason=REASON, by=world["moderator"], at=at
        )


def test_who_handles_it_and_is_named_later_hands_it_over(world: World) -> None:
    case = stories.answered(world, kind="conduct", field="conduct")
    done = _named(world, case, "appraiser")

    assert (done.state, done.handler_id) == ("in_progress", None)
    assert _seers(world, done) == ALL | {"head", "chairman"}
    at = MONDAY_8AM + 3 * HOUR
    feedback.appoint(
        code=case.code, handler_id=world["appraiser2"].account_id or 0, by=world["head"], at=at
    )
    feedback.answer(code=case.code, text=stories.ANSWER, by=world["appraiser2"], at=at)
    with pytest.raises(feedback.InspectorNeeded):
        feedback.approve(code=case.code, by=world["head"], at=at)


def test_who_leads_the_agency_and_is_named_later_loses_it_to_the_level_above(
    world: World,
) -> None:
    done = _named(world, stories.in_progress(world, kind="conduct", field="conduct"), "head")

    assert (done.state, done.agency_id) == ("assigned", world.agencies["province"].pk)
    assert _seers(world, done) == ALL
    cleared = feedback.name_officer(
        code=done.code,
        about_post=0,
        reason=REASON,
        by=world["moderator"],
        at=MONDAY_8AM + 3 * HOUR,
    )
    assert cleared.about_account_id is None


def test_few_read_who_sent_it_and_leave_a_trace(world: World) -> None:
    case = stories.in_progress(world)
    assert may_know_sender(case=case, by=world["appraiser"])
    assert not may_know_sender(case=case, by=world["appraiser2"])
    told = feedback.open_sender(
        code=case.code,
        reason="Gọi lại để hỏi rõ vị trí ổ gà",
        by=world["appraiser"],
        at=MONDAY_8AM,
    )
    assert (told.name, told.phone) == ("Nguyễn Văn Mẫu", PHONE)
    assert trail.facts_of(f"read:{case.stream}")[0].actor_name == world["appraiser"].name
    conduct = _conduct(world)
    assert not may_know_sender(case=conduct, by=world["head"])
    with pytest.raises(feedback.NotAllowed):
        feedback.open_sender(code=conduct.code, reason=REASON, by=world["head"], at=MONDAY_8AM)


def test_ledger_and_rows_do_not_tell_the_sender(world: World) -> None:
    case = stories.sent(world, by=world["citizen"], email="phuc@example.vn", phone=PHONE)
    facts = " ".join(
        f"{r.body} {r.actor} {r.actor_name}" for r in FactRow.objects.filter(stream=case.stream)
    )
    for secret in (PHONE, "Mẫu", world["citizen"].name, world["citizen"].key):
        assert secret not in facts
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sender::text FROM feedback_case WHERE id = %s", [case.pk])
        kept = cursor.fetchone()[0]
    assert PHONE not in kept
    assert Case.objects.get(pk=case.pk).sender["phone"] == PHONE


def test_an_officer_is_no_sender_even_with_the_phone(world: World) -> None:
    case = stories.approved(world)
    with pytest.raises(feedback.NotFound):
        feedback.rate(code=case.code, score=5, by=world["head"], proof=PHONE, at=MONDAY_8AM)


def test_what_is_said_about_a_dossier_is_for_inspectors(world: World) -> None:
    from tests.factories import world as worlds

    dossier = worlds.accepted(world)
    case = stories.sent(world, kind="conduct", about_dossier=dossier.code)

    assert lists.about_dossier(world["auditor"], dossier_id=dossier.pk) == [case]
    for name in ("head", "moderator", "receptionist", "appraiser"):
        assert not lists.about_dossier(world[name], dossier_id=dossier.pk)
    unknown = stories.sent(world, about_dossier="H32.66-20261109-0009999")
    assert unknown.about_dossier_id is None
    assert "0009999" in unknown.about_words


def test_reading_by_code_passes_the_predicate(world: World) -> None:
    case = stories.assigned(world)
    assert reading.case_for(world["head"], case.code) == case
    assert reading.case_for(world["other_head"], case.code) is None
    assert reading.case_for(world["head"], "\x00") is None
    assert {a.act.value for a in reading.acts_allowed(case, by=world["head"])} >= {
        "appoint", "pass_on", "return_back", "extend",
    }  # fmt: skip
