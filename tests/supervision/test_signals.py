"""Signals out of real facts: found in bulk, raised once, grown, explained, closed by another person."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.directory.actor import Actor
from motcua.dossiers import events as dossier_events
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.feedback import events as feedback_events
from motcua.kernel.facts import Fact
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger
from motcua.notifications.queries import messages_for
from motcua.payments.models import Charge
from motcua.supervision import refusals, wording
from motcua.supervision import services as supervision
from motcua.supervision.models import Evidence, Signal
from motcua.supervision.queries import evidence, watching
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=VN)
SAID = "Giấy tờ đợt một bị ướt, người dân xin nộp lại."
READ = "Đã đối chiếu hồ sơ giấy, lời giải trình đúng."


def told(row: Dossier, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Write down what our own verbs would refuse: as an older system, or a hand, may have done."""
    ledger.record_alone(
        fact, stream=row.stream, at=at, actor=by.key, actor_name=by.name, post=by.describe()
    )


def asked(row: Dossier, *components: str, stage: str = "appraisal") -> Fact:
    return dossier_events.SupplementRequested(
        code=row.code, stage=stage, components=components, reason="Còn thiếu giấy tờ.",
        answer_by=LATER,
    )  # fmt: skip


def look(kind: str, *, at: datetime = LATER) -> list[Evidence]:
    supervision.look(at=at)
    return list(Evidence.objects.filter(kind=kind))


def test_a_second_supplement_and_a_late_one_are_found(world: World):
    row, other, right = worlds.accepted(world), worlds.accepted(world), worlds.accepted(world)
    for days in (1, 2):
        told(row, asked(row, "ct01"), by=world["appraiser"], at=MONDAY_8AM + timedelta(days=days))
    told(other, asked(other, "ct01"), by=world["appraiser"], at=MONDAY_8AM + timedelta(days=8))
    told(right, asked(right, "ct01"), by=world["appraiser"], at=MONDAY_8AM + timedelta(days=2))

    found = look("S1")

    assert {(one.codes[0], one.reason) for one in found} == {
        (row.code, "second"), (other.code, "late"),
    }  # fmt: skip
    assert found[0].signal.account_id == world.accounts["appraiser"].pk


def test_papers_that_nobody_may_ask_for_are_found(world: World):
    strange, held, right = (worlds.accepted(world) for _number in range(3))
    told(strange, asked(strange, "so-ho-khau"), by=world["appraiser"], at=MONDAY_8AM)
    told(held, asked(held, "home"), by=world["appraiser"], at=MONDAY_8AM)
    told(right, asked(right, "ct01"), by=world["appraiser"], at=MONDAY_8AM)

    found = {one.codes[0]: one.reason for one in look("S2")}

    assert found == {strange.code: "unpublished", held.code: "held"}


def test_what_was_not_touched_until_it_was_late_is_found(world: World):
    still, _done = worlds.accepted(world), worlds.issued(world)

    found = look("S5", at=LATER - timedelta(days=7))

    assert [one.codes[0] for one in found] == [still.code]
    assert "Không có thao tác nào" in wording.say(found[0])


def test_a_date_moved_too_late_and_an_act_written_back_are_found(world: World):
    row, back = worlds.accepted(world), worlds.accepted(world)
    moved = dossier_events.DeadlineExtended(
        code=row.code, reason="Chờ xác minh.", due_before=MONDAY_8AM, due_at=LATER
    )
    told(row, moved, by=world["head"], at=MONDAY_8AM + timedelta(hours=3))

    assert {one.reason for one in look("S6")} == {"after_expiry"}
    assert not Evidence.objects.filter(codes__contains=[back.code], kind="S6").exists()


def test_a_result_that_nobody_sent_is_found(world: World):
    row = worlds.issued(world)
    Dossier.objects.filter(pk=row.pk).update(return_mode="online")

    found = look("S8", at=MONDAY_8AM + timedelta(days=4))

    assert [(one.codes[0], one.reason) for one in found] == [(row.code, "unsent")]
    assert found[0].signal.agency_id == world.agencies["centre"].pk


def test_an_online_filing_without_an_answer_is_found(world: World):
    online = {"channel": "online", "papers": (dossiers.PaperIn("ct01", originals=1),)}
    row = worlds.filed(world, by="citizen", **online)
    worlds.filed(world, by="citizen", at=LATER - timedelta(hours=1), **online)

    assert [one.codes[0] for one in look("S9")] == [row.code]


def test_papers_that_left_late_are_found(world: World):
    row = worlds.accepted(world)
    department = {"receiver": world.agencies["committee"].code}
    dossiers.hand_over(
        codes=[row.code], sender=world.agencies["centre"].code, carrier="Bưu tá",
        by=world["receptionist"], at=MONDAY_8AM + timedelta(days=1, hours=4), **department,
    )  # fmt: skip

    assert [one.codes[0] for one in look("S12")] == [row.code]


def test_opening_dossiers_without_any_task_is_found(world: World):
    for _number in range(15):
        row = worlds.filed(world)
        read = dossier_events.DossierRead(code=row.code, part="page")
        for name in ("other_head", "controller", "head"):
            ledger.record_alone(
                read, stream=f"read:dossier:{row.pk}", at=MONDAY_8AM, actor=world[name].key
            )

    found = look("S11", at=MONDAY_8AM + timedelta(days=1))

    assert [one.signal.account_id for one in found] == [world.accounts["other_head"].pk]
    assert len(found[0].codes) == 15


def test_another_amount_than_the_published_one_is_found(world: World):
    right, wrong = worlds.accepted(world), worlds.accepted(world)
    for row in (right, wrong):
        dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    Charge.objects.filter(case_id=wrong.pk).update(amount_vnd=50000, unit_vnd=50000)

    found = look("S15")

    assert [one.codes[0] for one in found] == [wrong.code]
    assert wording.say(found[0]) == "Đã thu 50.000 ₫, mức công bố 20.000 ₫"


def test_who_asks_far_more_often_than_colleagues_is_found(world: World):
    done = dossier_events.StepDone(
        code="", step="appraise", next_step="approve", proposal="granted"
    )
    for number in range(90):
        row, name = worlds.filed(world), "appraiser" if number < 30 else "appraiser2"
        told(row, replace(done, code=row.code), by=world[name], at=MONDAY_8AM)
        if name == "appraiser" and number % 2:
            told(row, asked(row, "ct01"), by=world[name], at=MONDAY_8AM)

    found = look("S3", at=MONDAY_8AM + timedelta(days=1))

    assert [one.signal.account_id for one in found] == [world.accounts["appraiser"].pk]
    assert found[0].numbers["did"] == 15


def test_a_report_of_a_bribe_reaches_control_alone(world: World):
    for code, classes in (("PA-1", ("bribe",)), ("PA-2", ("delay",))):
        sent = feedback_events.SignalRaised(code=code, signals=classes, source="triage")
        ledger.record_alone(sent, stream=f"feedback:{code}", at=MONDAY_8AM, actor="public")

    found = look("S10")

    assert [one.codes for one in found] == [["PA-1"]]
    for name in ("auditor", "controller"):
        assert watching.signals_of(world[name]).filter(kind="S10").count() == 1
    for name in ("province_chairman", "director", "head", "chairman"):
        assert not watching.signals_of(world[name]).filter(kind="S10").exists()


@pytest.mark.parametrize(("low", "is_found"), [(4, True), (2, False)])
def test_many_low_ratings_are_about_the_agency(world: World, low: int, is_found: bool):  # noqa: FBT001
    code = world.agencies["centre"].code
    for number in range(10):
        given = feedback_events.RatingGiven(
            about="counter", agency_code=code, score=1 if number < low else 5, reasons=()
        )
        ledger.record_alone(given, stream=f"rating:{number}", at=MONDAY_8AM, actor="public")

    assert [one.signal.about for one in look("S13")] == ["agency"] * is_found


def test_nothing_is_said_where_there_is_no_data(world: World):
    assert "S14" in evidence.without_data()

    worlds.filed(world)

    assert "S14" not in evidence.without_data()


@pytest.mark.parametrize(("days", "found"), [((0, 0, 1), []), ((0, 1, 2), [3])])
def test_who_had_to_come_on_a_third_day_is_found(
    world: World, days: tuple[int, ...], found: list[int]
):
    row = worlds.filed(world)
    for number in days[1:]:
        at = MONDAY_8AM + timedelta(days=number, hours=1)
        fact = dossier_events.PaymentConfirmed(
            code=row.code, amount_vnd=20000, method="cash", due_at=None
        )
        told(row, fact, by=world["cashier"], at=at)

    assert [one.numbers["count"] for one in look("S14")] == found


def test_the_first_supplement_and_what_was_not_at_a_counter_are_no_visits(world: World):
    row = worlds.filed(world)
    answered = dossier_events.SupplementAnswered(
        code=row.code, stage="intake", due_before=None, due_at=None
    )
    paid = dossier_events.PaymentConfirmed(
        code=row.code, amount_vnd=20000, method="transfer", due_at=None
    )
    told(row, answered, by=world["receptionist"], at=MONDAY_8AM + timedelta(days=1))
    told(row, paid, by=world["cashier"], at=MONDAY_8AM + timedelta(days=2))
    told(row, paid, by=world["citizen"], at=MONDAY_8AM + timedelta(days=3))
    assert not look("S14")

    for day in (4, 5):
        told(row, answered, by=world["receptionist"], at=MONDAY_8AM + timedelta(days=day))

    assert [one.numbers["count"] for one in look("S14")] == [3]


def test_a_reason_that_asks_for_an_abolished_paper_is_found_though_the_desk_lets_it_pass(
    world: World,
):
    row, right = worlds.accepted(world), worlds.accepted(world)
    for one, reason in ((row, "Nộp thêm sổ hộ khẩu bản chính."), (right, "Tờ khai thiếu chữ ký.")):
        dossiers.request_supplement(
            code=one.code, items={"ct01": reason}, reason="Tờ khai chưa hợp lệ.",
            by=worlds.assigned_actor(world, one), at=MONDAY_8AM + timedelta(hours=1),
        )  # fmt: skip

    found = look("S2")

    assert [(one.codes[0], one.reason) for one in found] == [(row.code, "abolished")]
    assert wording.say(found[0]) == "Lý do nhắc đến giấy tờ đã bãi bỏ: sổ hộ khẩu"


def test_a_clock_stopped_twice_for_money_near_its_end_is_found(world: World):
    """Once is no habit; and S7 rests on what the desk really lets an officer do."""
    rows = [worlds.accepted(world) for _number in range(2)]
    at = datetime(2026, 11, 18, 15, 0, tzinfo=VN)
    for number, row in enumerate(rows):
        fact = dossier_events.PaymentRequired(
            code=row.code, reason="Nghĩa vụ tài chính.", amount_vnd=100000, pauses_clock=True,
        )  # fmt: skip
        told(row, fact, by=world["appraiser"], at=at)
        assert len(look("S7")) == number


def test_looking_again_raises_nothing_and_more_of_the_same_joins_it(world: World):
    row, other = worlds.accepted(world), worlds.accepted(world)
    first = look("S5", at=LATER)
    assert {one.codes[0] for one in first} == {row.code, other.code}
    assert supervision.look(at=LATER)["S5"] == 0

    more = worlds.accepted(world, at=LATER)
    found = look("S5", at=LATER + timedelta(days=30))

    assert {one.codes[0] for one in found} == {row.code, other.code, more.code}
    signal = Signal.objects.get(kind="S5")
    kinds = [fact.kind for fact in trail.facts_of(signal.stream)]
    assert kinds == ["supervision.signal_raised", "supervision.signal_grew"]
    assert trail.verify_stream(signal.stream, last=signal.revision).is_whole


def test_what_is_looked_at_afterwards_ends_when_it_was_looked(world: World):
    row = worlds.accepted(world)
    fact = dossier_events.PaymentRequired(
        code=row.code, reason="Nghĩa vụ tài chính.", amount_vnd=100000, pauses_clock=False,
    )  # fmt: skip
    told(row, fact, by=world["appraiser"], at=LATER)

    (one,) = look("S5", at=LATER - timedelta(hours=1))

    assert one.at == LATER - timedelta(hours=1)


def raised(world: World, officer: str = "appraiser", about: str = "officer") -> Signal:
    made = supervision.raise_signal(
        finding=supervision.Finding(
            kind="S3", about=about, agency_id=world.agencies["committee"].pk, key="x",
            account_id=world.accounts[officer].pk if about == "officer" else None,
            at=MONDAY_8AM, reason="often",
        ),
        at=MONDAY_8AM,
    )  # fmt: skip
    assert made is not None
    return made


def test_the_officer_concerned_alone_is_told_and_explains(world: World):
    signal = raised(world)
    assert any("cần làm rõ" in one.subject for one in messages_for(world["appraiser"]))
    assert not any("cần làm rõ" in one.subject for one in messages_for(world["appraiser2"]))

    with pytest.raises(refusals.NotAllowed):
        supervision.explain(signal_id=signal.pk, text=SAID, by=world["appraiser2"], at=MONDAY_8AM)
    with pytest.raises(refusals.SaysTooLittle):
        supervision.explain(signal_id=signal.pk, text="ừ", by=world["appraiser"], at=MONDAY_8AM)
    kept = supervision.explain(
        signal_id=signal.pk, text=SAID, by=world["appraiser"], at=MONDAY_8AM
    )

    assert (kept.state, kept.explanation) == ("explained", SAID)
    with pytest.raises(refusals.WrongState):
        supervision.explain(signal_id=signal.pk, text=SAID, by=world["appraiser"], at=MONDAY_8AM)


def test_who_reads_a_signal_about_an_officer(world: World):
    signal = raised(world)

    readers = {
        name for name, actor in world.actors.items() if watching.signal_for(actor, signal.pk)
    }

    assert readers == {"appraiser", "head", "chairman", "controller", "auditor"}


def test_a_signal_about_an_agency_is_read_by_who_leads_the_province_too(world: World):
    signal = raised(world, about="agency")

    readers = {
        name for name, actor in world.actors.items() if watching.signal_for(actor, signal.pk)
    }

    assert readers == {
        "head", "chairman", "controller", "auditor", "province_chairman", "director",
    }  # fmt: skip


def closing(signal: Signal, by: Actor, *, at: datetime = LATER, outcome: str = "cause") -> Signal:
    return supervision.close(signal_id=signal.pk, outcome=outcome, text=READ, by=by, at=at)


def test_nobody_closes_a_signal_about_oneself_or_the_own_agency(world: World):
    own, agency = raised(world, "head"), None
    with pytest.raises(refusals.Concerned):
        closing(own, world["head"])
    Evidence.objects.all().delete()
    agency = raised(world, about="agency")
    with pytest.raises(refusals.Concerned):
        closing(agency, world["chairman"])
    with pytest.raises(refusals.NotAllowed):
        closing(own, world["appraiser2"])

    assert closing(agency, world["controller"]).outcome == "cause"
    assert closing(own, world["chairman"]).closed_by_id == world.accounts["chairman"].pk


def test_the_time_to_explain_is_kept_and_a_conclusion_says_why(world: World):
    signal = raised(world)
    with pytest.raises(refusals.WrongState):
        closing(signal, world["controller"], at=MONDAY_8AM + timedelta(hours=1))
    supervision.explain(signal_id=signal.pk, text=SAID, by=world["appraiser"], at=MONDAY_8AM)
    for outcome, text in (("", READ), ("guilty", READ), ("cause", "xong")):
        with pytest.raises(refusals.SaysTooLittle):
            supervision.close(
                signal_id=signal.pk, outcome=outcome, text=text, by=world["controller"],
                at=MONDAY_8AM,
            )  # fmt: skip

    closing(signal, world["controller"], at=MONDAY_8AM, outcome="no_matter")

    with pytest.raises(refusals.WrongState):
        closing(signal, world["controller"])
    with pytest.raises(refusals.NotFound):
        supervision.close(signal_id=0, outcome="cause", text=READ, by=world["auditor"], at=LATER)
