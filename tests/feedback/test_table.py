"""The table of states: every act in every state, by everybody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.factories.world import MONDAY_8AM, World
from tests.feedback import stories
from tests.feedback.stories import ANSWER, HOUR, PHONE, REASON

from motcua.directory.actor import PUBLIC, SYSTEM, Actor
from motcua.feedback import services as feedback
from motcua.feedback.models import Case
from motcua.feedback.rules import states
from motcua.feedback.rules.states import ACT_RULES, STAGE_OF, Act

LATER = MONDAY_8AM + 8 * HOUR
PARTS = {"kind": "scene", "field": "road", "urgency": "normal"}


def _do(world: World, act: Act, case: Case, by: Actor, **more: Any) -> object:
    """Do an act with all it needs."""
    given: dict[Act, dict[str, Any]] = {
        Act.REFUSE: {"reason": REASON},
        Act.REQUEST_SUPPLEMENT: {"reason": REASON},
        Act.SUPPLEMENT: {"text": "Ở số 5, trước cổng chợ", "proof": PHONE},
        Act.ACCEPT: PARTS,
        Act.RECLASSIFY: {**PARTS, "reason": REASON},
        Act.REFER: {"to": "complaint"},
        Act.MERGE: {"main": _main(world)},
        Act.UNMERGE: {"reason": REASON},
        Act.ASSIGN: {"agency": world.agencies["committee"].code},
        Act.APPOINT: {"handler_id": world["appraiser"].account_id},
        Act.PASS_ON: {"agency": world.agencies["department"].code, "reason": REASON},
        Act.RETURN_BACK: {"reason": REASON},
        Act.NOTE: {"text": REASON},
        Act.EXTEND: {"working_days": 3, "reason": REASON},
        Act.ANSWER: {"text": ANSWER},
        Act.SEND_BACK: {"reason": REASON},
        Act.AGREE: {"note": REASON},
        Act.HIDE: {"reason": REASON},
        Act.WITHHOLD: {"reason": REASON},
        Act.ESCALATE: {"reason": REASON},
        Act.NAME_OFFICER: {"about_post": _post(world, "receptionist"), "reason": REASON},
        Act.RATE: {"score": 4, "proof": PHONE},
        Act.REOPEN: {"reason": REASON, "proof": PHONE},
        Act.CLOSE: {"reason": REASON},
    }
    verb: Callable[..., object] = getattr(feedback, act.value)
    return verb(code=case.code, by=by, at=LATER, **given.get(act, {}), **more)


def _post(world: World, name: str) -> int:
    return world.accounts[name].posts.get().pk


def _main(world: World) -> str:
    found = Case.objects.filter(title="Chính").first()
    return (found or stories.sent(world, title="Chính")).code


def _in(world: World, state: str) -> Case:
    """A case in that state, by the acts that lead there."""
    mod, head = world["moderator"], world["head"]

    def then(case: Case, act: Act, by: Actor) -> Case:
        _do(world, act, case, by)
        case.refresh_from_db()
        return case

    steps: dict[str, Callable[[], Case]] = {
        "sent": lambda: stories.sent(world),
        "refused": lambda: then(stories.sent(world), Act.REFUSE, mod),
        "supplement_requested": lambda: then(stories.sent(world), Act.REQUEST_SUPPLEMENT, mod),
        "supplemented": lambda: then(_in(world, "supplement_requested"), Act.SUPPLEMENT, PUBLIC),
        "referred": lambda: then(stories.sent(world), Act.REFER, mod),
        "merged": lambda: then(stories.sent(world), Act.MERGE, mod),
        "accepted": lambda: stories.accepted(world),
        "assigned": lambda: stories.assigned(world),
        "in_progress": lambda: stories.in_progress(world),
        "returned": lambda: then(stories.assigned(world), Act.RETURN_BACK, head),
        "answered": lambda: stories.answered(world),
        "approved": lambda: stories.approved(world),
        "published": lambda: stories.published(world),
        "withheld": lambda: then(stories.approved(world), Act.WITHHOLD, mod),
        "rated": lambda: then(stories.published(world), Act.RATE, PUBLIC),
        "reopened": lambda: then(stories.published(world), Act.REOPEN, PUBLIC),
        "closed": lambda: then(stories.published(world), Act.CLOSE, SYSTEM),
    }
    return steps[state]()


def _able(world: World, act: Act) -> Actor:
    """Somebody who may do the act in the state that allows it."""
    who = ACT_RULES[act].who
    if who & {"sender"}:
        return PUBLIC
    if "moderator" in who:
        return world["moderator"]
    return world["auditor"] if "inspector" in who else world["head"]


@pytest.mark.parametrize("state", Case.State.values)
def test_only_what_the_table_allows_happens(world: World, state: str) -> None:
    """Each act in this state: done where the table has it, refused as the wrong state elsewhere."""
    for act, rule in ACT_RULES.items():
        case = _in(world, state)
        assert case.state == state
        by = _able(world, act)
        if state in rule.states:
            _do(world, act, case, by)
            case.refresh_from_db()
            to = {"": state, "before": "sent"}.get(rule.to, rule.to)
            assert case.state == ("approved" if (act, state) == (Act.RATE, "approved") else to)
            assert (case.due_at is not None) == (
                case.state in STAGE_OF or case.state == "merged"
            ), (state, act)
        else:
            case_before = case.revision
            with pytest.raises((feedback.WrongState, feedback.NotFound)):
                _do(world, act, case, by)
            case.refresh_from_db()
            assert case.revision == case_before


@pytest.mark.parametrize("act", list(Act))
def test_nobody_else_does_it(world: World, act: Act) -> None:
    """Everybody whom the table does not name is refused, in a state that allows the act."""
    rule = ACT_RULES[act]
    state = min(rule.states & {"answered", "in_progress", "approved"} or rule.states)
    case = _in(world, state)
    may = {
        "moderator": {"moderator", "director", "controller", "province_chairman"},
        "head": {"head", "chairman"},
        "officer": {"head", "chairman", "appraiser"},
        "inspector": {"auditor"},
        "sender": set(),
    }
    named = set().union(*(may[who] for who in rule.who))
    if act is Act.TAKE:
        named.add("appraiser2")
    for name in set(world.actors) - named - {"citizen", "neighbour"}:
        with pytest.raises((feedback.NotAllowed, feedback.NotFound)):
            _do(world, act, case, world[name])
    for stranger in (PUBLIC, world["citizen"]):
        if "sender" in rule.who:
            with pytest.raises(feedback.NotFound):
                getattr(feedback, act.value)(
                    code=case.code, by=stranger, at=LATER, proof="0999999999", **_needs(act)
                )
        else:
            with pytest.raises(feedback.NotFound):
                _do(world, act, case, stranger)


def _needs(act: Act) -> dict[str, Any]:
    return {
        Act.SUPPLEMENT: {"text": REASON}, Act.RATE: {"score": 3}, Act.REOPEN: {"reason": REASON},
    }[act]  # fmt: skip


def test_every_act_has_words_and_a_law() -> None:
    assert set(ACT_RULES) == set(states.SAY) == set(Act)
    assert all(rule.law for rule in ACT_RULES.values())
    assert {rule.to for rule in ACT_RULES.values()} - {"", "before"} <= set(Case.State.values)


def test_a_reason_is_needed_and_a_stale_page_is_refused(world: World) -> None:
    case = stories.sent(world)
    with pytest.raises(feedback.ReasonMissing):
        feedback.refuse(code=case.code, reason="không", by=world["moderator"], at=LATER)
    with pytest.raises(feedback.ChangedMeanwhile):
        feedback.refuse(code=case.code, reason=REASON, by=world["moderator"], at=LATER, expected=9)


def test_late_acts_are_counted_late_not_forbidden(world: World) -> None:
    case = stories.sent(world)
    feedback.refuse(
        code=case.code, reason=REASON, by=world["moderator"], at=MONDAY_8AM + timedelta(days=6)
    )
    case.refresh_from_db()

    assert case.refused_late
    assert case.deadlines.get().is_late
