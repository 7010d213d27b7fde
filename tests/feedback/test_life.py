"""The straight way of a report: sent, accepted, given, answered, approved, published, rated, closed."""

from datetime import datetime, timedelta

import pytest
from tests.factories.world import MONDAY_8AM, VN, World
from tests.feedback import stories
from tests.feedback.stories import HOUR, PHONE

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback
from motcua.feedback.models import Case, Deadline
from motcua.feedback.queries import lists, public, reading
from motcua.feedback.rules import code as codes
from motcua.ledger import queries as trail


def test_a_report_comes_to_its_end(world: World) -> None:
    case = stories.published(world)
    case = feedback.rate(
        code=case.code, score=5, by=PUBLIC, proof=PHONE[-4:], at=MONDAY_8AM + 6 * HOUR
    )
    later = MONDAY_8AM + timedelta(days=16)

    assert case.state == Case.State.RATED
    assert feedback.sweep(at=later)["closed"] == 1
    case.refresh_from_db()
    assert (case.state, case.ended_at) == (Case.State.CLOSED, later)
    kinds = [fact.kind.removeprefix("feedback.") for fact in trail.facts_of(case.stream)]
    assert kinds == ["sent", "accepted", "assigned", "taken", "answered", "approved", "published",
                     "rated", "closed"]  # fmt: skip
    assert case.revision == len(kinds)
    assert [d.stage for d in Deadline.objects.filter(case=case)] == ["intake", "settle", "publish"]
    assert not any(d.is_late for d in Deadline.objects.filter(case=case))


def test_the_code_reads_and_finds_slips(world: World) -> None:
    case = stories.sent(world)
    letter = codes.check_letter(digits="2611090001")

    assert case.code == f"PA-261109-0001-{letter}"
    assert codes.read(typed=f"pa 261109 0001 {letter.lower()}") == case.code
    assert codes.read(typed=f"PA-261109-0002-{letter}") == ""
    assert codes.read(typed=f"PA-261109-0010-{letter}") == ""


def test_times_run_by_kind_in_working_time(world: World) -> None:
    case = stories.sent(world)
    assert case.due_at == datetime(2026, 11, 10, 17, 0, tzinfo=VN)
    case = stories.accepted(world)
    assert (case.stage, case.due_at) == ("settle", datetime(2026, 11, 18, 17, 0, tzinfo=VN))
    proof = reading.proof_of(case)
    assert proof is not None
    assert proof.words()


def test_it_is_followed_by_code_and_phone_only(world: World) -> None:
    case = stories.sent(world)

    assert reading.followed(code=case.code, phone=PHONE) == case
    assert reading.followed(code=case.code, phone="0111") == case
    assert reading.followed(code=case.code, phone="111") is None
    assert reading.followed(code=case.code, phone="0905000112") is None
    assert reading.followed(code="PA-261109-0002-A", phone=PHONE) is None


def test_who_leaves_no_phone_gets_a_pin(world: World) -> None:
    receipt = feedback.send_with_pin(text=stories.HOLE, by=PUBLIC, at=MONDAY_8AM)

    assert len(receipt.pin) == 6
    assert reading.followed(code=receipt.case.code, phone=receipt.pin) == receipt.case
    assert reading.followed(code=receipt.case.code, phone="") is None


def test_everybody_reads_masked_words_only(world: World) -> None:
    text = f"{stories.HOLE} Gọi tôi là ông Nguyễn Văn Mẫu, số {PHONE}, căn cước 056092999118."
    case = stories.approved(world, text=text)
    assert public.public_case(case.code) is None
    with pytest.raises(feedback.Invisible):
        feedback.publish(
            code=case.code, public_text=text, by=world["moderator"], at=MONDAY_8AM + 5 * HOUR
        )
    feedback.publish(code=case.code, by=world["moderator"], at=MONDAY_8AM + 5 * HOUR)

    shown = public.public_case(case.code)
    assert shown is not None
    assert shown.answer == stories.ANSWER
    for secret in (PHONE, "Mẫu", "056092999118"):
        assert secret not in f"{shown}"


def test_the_sender_reads_agencies_not_officers(world: World) -> None:
    case = stories.published(world)
    lines = reading.timeline_for_sender(case)

    told = " ".join(f"{line.text} {line.who} {line.post}" for line in lines)
    assert "UBND phường Tây Nha Trang" in told
    for name in ("appraiser", "head", "moderator"):
        assert world[name].name not in told
    assert any(world["head"].name == line.who for line in reading.timeline(case, by=world["head"]))


def test_lists_show_what_waits(world: World) -> None:
    case = stories.sent(world)
    assert list(lists.inbox(world["moderator"])) == [case]
    assert not lists.inbox(world["head"])
    case = stories.assigned(world)
    assert case in lists.inbox(world["head"])
    assert lists.inbox_counts(world["moderator"], at=MONDAY_8AM).todo == 1
    assert not lists.inbox(world["other_head"])
