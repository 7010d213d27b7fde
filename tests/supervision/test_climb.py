"""The ladder is climbed by itself, asks, is answered, asks the next, and lets go."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.ledger import queries as trail
from motcua.notifications.queries import messages_for
from motcua.supervision import refusals
from motcua.supervision import services as supervision
from motcua.supervision.models import Warning
from motcua.supervision.queries import watching
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

# 1.004222 has 7 working days: accepted on Monday 9/11, due on Wednesday 18/11 at 17:00.
TUESDAY, WEDNESDAY = (
    datetime(2026, 11, 17, 8, 0, tzinfo=VN),
    datetime(2026, 11, 18, 8, 0, tzinfo=VN),
)
# 3.000001 has 20 of them: due on Tuesday 8/12 at 17:00.
AT_75, AT_90 = datetime(2026, 12, 2, 8, 0, tzinfo=VN), datetime(2026, 12, 4, 16, 45, tzinfo=VN)
LAST_DAY, LATE = datetime(2026, 12, 7, 7, 5, tzinfo=VN), datetime(2026, 12, 9, 8, 0, tzinfo=VN)
SAID = "Đã giao thêm một chuyên viên, chiều nay trình ký."


def long_one(world: World) -> Dossier:
    """Accept a dossier that may take twenty working days."""
    limit = {"value": 20, "unit": "working_day", "text": "20 ngày làm việc"}
    channel = {**worlds.RESIDENCE["channels"][0], "limits": [limit]}
    worlds.procedure("3.000001", {**worlds.RESIDENCE, "channels": [channel]})
    return worlds.accepted(world, procedure="3.000001")


def rungs_of(row: Dossier) -> list[tuple[str, str]]:
    found = Warning.objects.filter(dossier=row).order_by("pk")
    return [(one.rung, one.asked) for one in found]


def test_the_officer_then_the_head_then_director_and_chairman_are_asked(world: World):
    row = long_one(world)

    supervision.climb(at=MONDAY_8AM + timedelta(days=2))
    assert rungs_of(row) == []
    for at in (AT_75, AT_90, LAST_DAY, LATE):
        supervision.climb(at=at)

    assert rungs_of(row) == [
        ("amber75", "officer"), ("red90", "head"), ("day_before", "head"),
        ("overdue", "centre_lead"), ("overdue", "chairman"),
    ]  # fmt: skip
    assert Warning.objects.get(asked="chairman").role == "chairman"


def test_the_officer_of_a_short_limit_is_asked_beside_the_head(world: World):
    row = worlds.accepted(world)

    supervision.climb(at=TUESDAY)

    assert rungs_of(row) == [("day_before", "head"), ("amber75", "officer")]
    officer = Warning.objects.get(dossier=row, rung="amber75")
    assert (officer.role, officer.account_id) == (row.turn_role, row.assignee_id)


def test_climbing_again_raises_nothing_twice(world: World):
    row = long_one(world)
    supervision.climb(at=AT_75)

    again = supervision.climb(at=AT_75)

    assert again == {"running": 1, "looked": 0, "raised": 0, "withdrawn": 0, "escalated": 0}
    officer = Warning.objects.get(dossier=row)
    assert officer.account_id == row.assignee_id
    assert watching.warnings_of(worlds.assigned_actor(world, row)).get() == officer


def test_an_answer_in_words_is_kept_with_its_time(world: World):
    worlds.accepted(world)
    supervision.climb(at=TUESDAY)
    waiting = watching.warnings_of(world["head"]).get()

    supervision.answer(
        warning_id=waiting.pk, text=SAID, by=world["head"], at=TUESDAY + timedelta(hours=1)
    )

    row = Warning.objects.get(pk=waiting.pk)
    assert (row.answer, row.answered_at) == (SAID, TUESDAY + timedelta(hours=1))
    assert [fact.kind for fact in trail.facts_of(row.stream)] == [
        "supervision.warning_raised", "supervision.warning_answered",
    ]  # fmt: skip
    assert not watching.warnings_of(world["head"]).exists()
    assert trail.verify().is_whole


def test_silence_asks_the_next(world: World):
    worlds.accepted(world)
    supervision.climb(at=TUESDAY)

    done = supervision.climb(at=TUESDAY + timedelta(hours=7))

    assert done["escalated"] == 1
    row = Warning.objects.get(rung="day_before")
    assert (row.role, row.level) == ("centre_lead", 1)
    assert watching.warnings_of(world["centre_lead"]).count() == 1


def test_who_owes_the_answer_is_told_once(world: World):
    worlds.accepted(world)
    worlds.accepted(world)

    supervision.climb(at=TUESDAY)

    told = [one for one in messages_for(world["head"]) if "cảnh báo" in one.subject]
    assert len(told) == 1
    assert told[0].subject.startswith("2 ")


def test_an_extension_withdraws_the_warning_and_says_so(world: World):
    row = worlds.accepted(world)
    supervision.climb(at=TUESDAY)
    dossiers.extend(
        code=row.code, new_due=TUESDAY + timedelta(days=8), reason="Chờ xác minh thực địa.",
        by=world["head"], at=TUESDAY + timedelta(hours=2),
    )  # fmt: skip

    supervision.climb(at=TUESDAY + timedelta(hours=3))

    assert rungs_of(row) == [("day_before", "head"), ("amber75", "officer")]
    gone = Warning.objects.get(rung="day_before")
    assert gone.gone_why == "extended"
    assert trail.facts_of(gone.stream)[-1].body["why"] == "extended"


@pytest.mark.parametrize(("how", "why"), [("issue", "settled"), ("withdraw", "ended")])
def test_a_dossier_that_ended_needs_no_answer(world: World, how: str, why: str):
    row = worlds.approved(world) if how == "issue" else worlds.accepted(world)
    supervision.climb(at=WEDNESDAY)
    if how == "issue":
        dossiers.issue(code=row.code, by=world["clerk"], at=WEDNESDAY + timedelta(hours=1))
    else:
        dossiers.withdraw(
            code=row.code, reason="Người nộp đổi ý.", by=world["receptionist"],
            at=WEDNESDAY + timedelta(hours=1),
        )  # fmt: skip

    supervision.climb(at=WEDNESDAY + timedelta(hours=2))

    assert {one.gone_why for one in Warning.objects.all()} == {why}


def test_only_who_owes_it_answers_and_only_once(world: World):
    worlds.accepted(world)
    supervision.climb(at=TUESDAY)
    key = watching.warnings_of(world["head"]).get().pk

    with pytest.raises(refusals.NotAllowed):
        supervision.answer(warning_id=key, text=SAID, by=world["other_head"], at=TUESDAY)
    with pytest.raises(refusals.SaysTooLittle):
        supervision.answer(warning_id=key, text="rồi", by=world["head"], at=TUESDAY)
    supervision.answer(warning_id=key, text=SAID, by=world["head"], at=TUESDAY)
    with pytest.raises(refusals.WrongState):
        supervision.answer(warning_id=key, text=SAID, by=world["head"], at=TUESDAY)


def test_a_risk_is_raised_once_with_its_reasons_and_calmed(world: World):
    row = worlds.accepted(world)
    made = supervision.warn(
        code=row.code, reasons=["Bước thẩm định hay chậm"], percent=64, at=AT_75
    )

    again = supervision.warn(code=row.code, reasons=["khác"], at=AT_75)

    assert made is not None
    assert (made.rung, made.share, made.reasons) == ("risk", 64, ["Bước thẩm định hay chậm"])
    assert again is None
    assert supervision.calm(codes=[row.code], at=AT_75) == 1
    assert Warning.objects.get(asked="head").gone_why == "calmed"


def test_a_controller_sees_the_answer_and_an_outsider_does_not(world: World):
    worlds.accepted(world)
    supervision.climb(at=TUESDAY)
    key = watching.warnings_of(world["head"]).get().pk
    supervision.answer(warning_id=key, text=SAID, by=world["head"], at=TUESDAY)
    wish = watching.Wish(tab="answered")

    assert [w.answer for w in watching.warnings(world["controller"], wish, at=TUESDAY)] == [SAID]
    assert not watching.warnings(world["other_head"], wish, at=TUESDAY)
