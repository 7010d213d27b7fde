"""Whatever people do, in whatever order: the row, its clock, its trail and its turn stay one story."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from motcua.directory.actor import Actor
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper, Supplement
from motcua.dossiers.rules import clock
from motcua.dossiers.rules.states import ACT_RULES, FINAL_STATES, NPSP_CODES, Act
from motcua.dossiers.services.core import calendar_of
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import fold_clock
from motcua.ledger import queries as ledger
from motcua.payments.queries import charges_of
from motcua.workflow.models import Consultation, Task
from motcua.workflow.services.consultations import AlreadyAsked
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

WHY = "lý do đủ dài để hiểu"
ALL_PAPERS = tuple(dossiers.PaperIn(key, originals=1) for key in ("ct01", "lease", "home"))
WAITS = [timedelta(minutes=1), timedelta(hours=3), timedelta(days=1), timedelta(days=4)]
# What may stand in the way of an act that is offered: time, money, other people's answers.
IN_THE_WAY = (
    dossiers.SupplementTooLate,
    dossiers.ExtensionTooLate,
    dossiers.OpinionOpen,
    dossiers.StillOwed,
    dossiers.StillSilent,
    dossiers.Incomplete,
    dossiers.WrongState,
    dossiers.NotFound,
    AlreadyAsked,
)

Doing = Callable[..., object]


def _missing(row: Dossier) -> dict[str, str]:
    wanted = [paper.key for paper in queries.missing_papers(row)] or ["ct01"]
    return dict.fromkeys(wanted, WHY)


def _answer(row: Dossier, **who: Any) -> object:
    supplement = Supplement.objects.filter(dossier=row).first()
    asked = supplement.items if supplement else {}
    return dossiers.answer_supplement(
        papers=[p for p in ALL_PAPERS if p.component in asked], **who
    )


def _ask(row: Dossier, **who: Any) -> object:
    return dossiers.request_supplement(items=_missing(row), reason=WHY, **who)


def _consult(row: Dossier, **who: Any) -> object:
    until = who["at"] + timedelta(days=2)
    return dossiers.consult(agencies=["H32.05"], question=WHY, due_at=until, **who)


def _extend(row: Dossier, **who: Any) -> object:
    later = (row.due_at or who["at"]) + timedelta(days=7)
    return dossiers.extend(new_due=later, reason=WHY, **who)


def _plain(verb: Doing, **values: Any) -> Doing:
    return lambda _row, **who: verb(**values, **who)


def _correct(row: Dossier, **who: Any) -> object:
    if row.delivery == Dossier.Delivery.NONE:
        return dossiers.issue_correction(text=WHY, **who)
    return dossiers.correct_result(reason=WHY, **who)


DO: dict[Act, Doing] = {
    Act.ACCEPT: _plain(dossiers.accept, originals_held=1),
    Act.REFUSE_INTAKE: _plain(dossiers.refuse_intake, reason=WHY, law="Điều 17 khoản 1"),
    Act.REQUEST_SUPPLEMENT: _ask,
    Act.ANSWER_SUPPLEMENT: _answer,
    Act.CLOSE_UNSUPPLEMENTED: _plain(dossiers.close_unsupplemented),
    Act.RECEIVE: _plain(dossiers.receive),
    Act.CONSULT: _consult,
    Act.APPRAISE: _plain(dossiers.appraise),
    Act.PROPOSE_REFUSAL: _plain(dossiers.propose_refusal, reason=WHY, law="Điều 19"),
    Act.SEND_BACK: _plain(dossiers.send_back, reason=WHY),
    Act.APPROVE: _plain(dossiers.approve),
    Act.ISSUE: _plain(dossiers.issue),
    Act.RETURN_RESULT: _plain(dossiers.return_result, mode="counter", receiver="Ông Phúc"),
    Act.RETURN_ORIGINALS: _plain(dossiers.return_originals, receiver="Ông Phúc"),
    Act.EXTEND: _extend,
    Act.REQUIRE_PAYMENT: _plain(dossiers.require_payment, amount_vnd=5_000, reason=WHY),
    Act.CONFIRM_PAYMENT: _plain(dossiers.confirm_payment, method="cash"),
    Act.WITHDRAW: _plain(dossiers.withdraw, reason=WHY),
    Act.AMEND: _plain(dossiers.amend, form_data={"a": "khác"}),
    Act.DRAFT_RESULT: _plain(dossiers.prepare_result),
    Act.CORRECT_RESULT: _correct,
    Act.REVOKE_RESULT: _plain(dossiers.revoke_result, reason=WHY, law="30/2020/NĐ-CP Điều 18"),
}
ENDS = (Act.WITHDRAW, Act.REFUSE_INTAKE, Act.REVOKE_RESULT)
# The way on for a dossier that nobody troubles any more.
ONWARD = (
    Act.ANSWER_SUPPLEMENT, Act.CONFIRM_PAYMENT, Act.RECEIVE, Act.APPRAISE, Act.APPROVE, Act.ISSUE,
    Act.RETURN_RESULT, Act.ACCEPT, Act.REQUEST_SUPPLEMENT,
)  # fmt: skip


class Walk:
    """One dossier, the hour, and who may do what with it."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance, self.at = world, chance, MONDAY_8AM
        self.seen: set[str] = set()
        where = chance.choice(["centre", "centre2", "online"])
        papers = chance.choice([(), ALL_PAPERS[:1], ALL_PAPERS[:2], ALL_PAPERS[:2]])
        values: dict[str, Any] = {"papers": papers, "case": "rent"}
        if where == "online":
            self.row = worlds.filed(world, by="citizen", channel="online", **values)
        else:
            by = "receptionist" if where == "centre" else "other_receptionist"
            receiving = world.agencies[where].code
            self.row = worlds.filed(world, by=by, receiving=receiving, **values)

    def pass_time(self) -> None:
        self.at += self.chance.choice(WAITS)
        waits = self.row.state == Dossier.State.WAIT_SUPPLEMENT
        if self.chance.random() < (0.4 if waits else 0.1):
            self.at += timedelta(days=18)
            dossiers.sweep(at=self.at)
            self.row = Dossier.objects.get(pk=self.row.pk)
            self.seen.add(self.row.state)

    def offered(self) -> list[tuple[Act, Actor]]:
        return [
            (one.act, actor)
            for actor in self.world.actors.values()
            for one in queries.acts_allowed(self.row, actor=actor)
            if one.act in DO
        ]

    def step(self) -> None:
        """Do something that is offered, or, now and then, something that is not."""
        offered = self.offered()
        if offered and self.chance.random() < 0.8:
            acts = sorted({act for act, _actor in offered})
            going_on = [act for act in acts if act not in ENDS] or acts
            act = self.chance.choice(acts if self.chance.random() < 0.2 else going_on)
            actor = next(by for one, by in offered if one == act)
            self.do(act, actor, IN_THE_WAY)
        else:
            act = self.chance.choice([one for one in sorted(DO) if one not in ENDS])
            actor = self.world[self.chance.choice(sorted(self.world.actors))]
            self.do(act, actor, (Refused,))

    def do(self, act: Act, actor: Actor, may_refuse: tuple[type[Refused], ...]) -> bool:
        before = _picture(self.row)
        try:
            DO[act](self.row, code=self.row.code, by=actor, at=self.at)
        except may_refuse:
            self.row = Dossier.objects.get(pk=self.row.pk)
            assert _picture(self.row) == before, f"{act} was refused and left a trace"
            return False
        self.row = Dossier.objects.get(pk=self.row.pk)
        self.seen.add(self.row.state)
        return True

    def finish(self) -> None:
        """Bring the dossier to its end: from wherever it stands there is a way."""
        for _try in range(20):
            if self.row.state in FINAL_STATES and self.row.delivery != Dossier.Delivery.NONE:
                return
            if self.row.state in FINAL_STATES - {"returned"} or _is_revoked(self.row):
                return
            offered = dict(reversed(self.offered()))
            act = next((one for one in (*ONWARD, Act.CORRECT_RESULT) if one in offered), None)
            assert act, f"nobody can go on from {self.row.state}"
            who = self.world["head"] if act == Act.CORRECT_RESULT else offered[act]
            if not self.do(act, who, IN_THE_WAY):
                self.at += timedelta(days=3)
                if act == Act.ACCEPT:
                    self.do(Act.REQUEST_SUPPLEMENT, self.counter(), (dossiers.SecondSupplement,))
            self.check()
        pytest.fail(f"still {self.row.state} {self.row.step_key} after twenty acts")

    def counter(self) -> Actor:
        there = self.row.receiving_id == self.world.agencies["centre"].pk
        return self.world["receptionist" if there else "other_receptionist"]

    def check(self) -> None:
        _check_trail(self.row)
        _check_clock(self.row)
        _check_turn(self.row)
        _check_axes(self.row)


def _picture(row: Dossier) -> tuple[object, ...]:
    papers = tuple(Paper.objects.filter(dossier=row).values_list("component_key", "state"))
    return (row.state, row.revision, row.due_at, str(row.clock), row.task_id, row.money, papers)


def _check_trail(row: Dossier) -> None:
    assert ledger.verify_stream(row.stream, last=row.revision).is_whole


def _check_clock(row: Dossier) -> None:
    if not row.clock:
        assert row.due_at is None
        return
    folded = fold_clock(calendar_of(row), clock.events(row.clock))
    assert (folded.due_at, folded.due_original) == (row.due_at, row.due_original)
    assert folded.extension_count == row.extension_count
    assert (folded.state == "stopped") == (row.ended_at is not None)
    stands = row.state == "wait_supplement" or row.paused_from == "clock"
    assert row.ended_at or (folded.state == "paused") == stands == clock.is_paused(row.clock)


def _check_turn(row: Dossier) -> None:
    """Exactly one step is open while it is somebody's turn, and the row names that step."""
    tasks = list(Task.objects.filter(case_id=row.pk, closed_at=None))
    has_turn = row.state not in FINAL_STATES | {"wait_supplement"}
    assert len(tasks) == int(has_turn)
    for task in tasks:
        named = (row.task_id, row.step_key, row.turn_agency_id, row.turn_role, row.assignee_id)
        assert named == (task.pk, task.step_key, task.agency_id, task.role, task.assignee_id)
        assert task.is_paused == (row.state == "wait_finance")
    if not has_turn or row.is_decided:
        open_questions = Consultation.objects.filter(
            case_id=row.pk, answered_at=None, withdrawn_at=None
        )
        assert not open_questions.exists()


def _is_revoked(row: Dossier) -> bool:
    return row.results.filter(state="revoked").exists()


def _check_axes(row: Dossier) -> None:
    due = any(charge.state == "due" for charge in charges_of(row.pk))
    assert (row.money == "due") == due
    with_result = ("result_ready", "returned", *(["stopped"] if _is_revoked(row) else []))
    assert (row.state in with_result) == row.results.exists()
    assert row.npsp_code == NPSP_CODES[row.state]
    assert (row.returned_at is not None) == (row.state == "returned")
    assert row.ended_at is None or row.state in FINAL_STATES | {"result_ready"}


WALKS = range(45)


def test_any_sequence_of_acts_tells_one_story(world: World) -> None:
    """R4, R7, R14 to R18, R22: in any order, with every state reached and none without a way on."""
    assert {act for act in ACT_RULES if act not in DO} == {
        Act.ASSIGN, Act.SETTLE_AT_ONCE, Act.HAND_OVER, Act.STAMP_RESULT
    }  # fmt: skip
    seen: set[str] = set()
    for number in WALKS:
        try:
            seen |= _walk(world, number)
        except BaseException as fault:
            fault.add_note(f"walk number {number}")
            raise
    assert seen == set(NPSP_CODES)


def _walk(world: World, number: int) -> set[str]:
    with transaction.atomic():
        walk = Walk(world, Random(number))  # noqa: S311  a game of chance, no secret
        walk.seen.add(walk.row.state)
        for _step in range(number % 14):
            walk.pass_time()
            walk.step()
            walk.check()
        walk.finish()
        transaction.set_rollback(True)
        return walk.seen
