"""Random walks through the acts: no case that is open is ever without a due time that can be proved."""

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.world import MONDAY_8AM, World
from tests.feedback import stories
from tests.feedback.stories import ANSWER, PHONE, REASON

from motcua.directory.actor import PUBLIC, SYSTEM, Actor
from motcua.directory.queries.calendars import calendar_for
from motcua.feedback import services as feedback
from motcua.feedback.models import Case, Deadline
from motcua.feedback.queries import reading
from motcua.feedback.rules import timing
from motcua.feedback.rules.states import ACT_RULES, PAUSED_STATES, Act, stage_of
from motcua.kernel.refused import Refused
from motcua.ledger import queries as trail

WALKERS = ("moderator", "director", "head", "appraiser", "department_head", "auditor",
           "department_appraiser", "province_chairman", "chairman")  # fmt: skip


def _given(world: World, act: Act, case: Case, random: Random) -> dict[str, Any]:
    agency = world.agencies[random.choice(["committee", "department"])].code
    parts = {"kind": random.choice(["scene", "question", "conduct"]), "field": "road",
             "urgency": random.choice(["high", "normal", "low"])}  # fmt: skip
    main = Case.objects.exclude(pk=case.pk).order_by("pk").first()
    return {
        Act.SUPPLEMENT: {"text": REASON, "proof": PHONE},
        Act.ACCEPT: parts,
        Act.RECLASSIFY: {**parts, "reason": REASON},
        Act.REFER: {"to": random.choice(["complaint", "denunciation"])},
        Act.MERGE: {"main": main.code if main else ""},
        Act.ASSIGN: {"agency": agency},
        Act.TAKE: {},
        Act.APPOINT: {"handler_id": world["appraiser"].account_id},
        Act.PASS_ON: {"agency": agency, "reason": REASON},
        Act.NOTE: {"text": REASON},
        Act.EXTEND: {"working_days": random.randint(1, 15), "reason": REASON},
        Act.ANSWER: {"text": ANSWER},
        Act.NAME_OFFICER: {
            "about_post": random.choice([0, *_posts(world)]),
            "reason": REASON,
        },
        Act.AGREE: {"note": REASON},
        Act.APPROVE: {},
        Act.SHOW: {},
        Act.PUBLISH: {},
        Act.RATE: {"score": random.randint(1, 5), "proof": PHONE},
        Act.REOPEN: {"reason": REASON, "proof": PHONE},
    }.get(act, {"reason": REASON})


def _posts(world: World) -> list[int]:
    return [world.accounts[name].posts.get().pk for name in ("appraiser", "head", "receptionist")]


def _whoever(world: World, act: Act, random: Random) -> Actor:
    if "sender" in ACT_RULES[act].who:
        return PUBLIC
    return SYSTEM if act is Act.CLOSE else world[random.choice(WALKERS)]


def _holds(case: Case) -> None:
    """What must be true of any case at any time."""
    stage = stage_of(case.state, before_merge=case.state_before)
    assert case.stage == stage
    assert (case.due_at is None) == (not stage) == (not case.clock)
    ended = list(Deadline.objects.filter(case=case))
    assert [d.number for d in ended] == list(range(1, len(ended) + 1))
    if stage:
        clock = timing.folded(case.clock, calendar=calendar_for(case.calendar_key))
        assert clock.due_at == case.due_at
        assert (clock.state == "paused") == (case.state in PAUSED_STATES)
        proof = reading.proof_of(case)
        assert proof is not None
        assert proof.due_at == case.due_at
    for one in ended:
        clock = timing.folded(one.clock, calendar=calendar_for(one.calendar_key))
        assert (clock.state, clock.due_at) == ("stopped", one.due_at)
        assert one.is_late == (one.ended_at > one.due_at)
    assert case.revision == len(trail.facts_of(case.stream))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6), length=st.integers(5, 30))
def test_no_walk_loses_a_deadline(world: World, seed: int, length: int) -> None:
    random = Random(seed)  # noqa: S311  a walk, not a secret
    at = MONDAY_8AM
    stories.sent(world, at=at)
    case = stories.sent(world, at=at)
    for _step in range(length):
        at += timedelta(hours=random.randint(0, 40))
        possible = [act for act, rule in ACT_RULES.items() if case.state in rule.states]
        if not possible:
            break
        act = random.choice(possible)
        before = case.revision
        try:
            given = _given(world, act, case, random)
            getattr(feedback, act.value)(
                code=case.code, by=_whoever(world, act, random), at=at, **given
            )
        except Refused:
            case.refresh_from_db()
            assert case.revision == before, "a refused act writes nothing"
            continue
        case.refresh_from_db()
        _holds(case)
    feedback.sweep(at=at + timedelta(days=60))
    case.refresh_from_db()
    _holds(case)
