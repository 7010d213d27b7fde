"""Satisfaction: a result once by its link, a counter by its tablet, officers only in sum."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

from motcua.dossiers.models import Dossier
from motcua.feedback import services as feedback
from motcua.feedback.models import RatedOfficer, Rating
from motcua.feedback.queries import rating as reading
from motcua.feedback.rules import ratings
from motcua.ledger.models import FactRow

DAY = timedelta(days=1)
SLOW = "Cô ở quầy nói khó nghe và bắt tôi quay lại ba lần."


@pytest.fixture
def result(world: World) -> Dossier:
    """A dossier with its result: what comes before is told in the dossiers' own tests."""
    row = worlds.accepted(world)
    Dossier.objects.filter(pk=row.pk).update(state="result_ready")
    row.refresh_from_db()
    return row


def _tablet(world: World) -> feedback.Made:
    return feedback.make_device(
        agency=world.agencies["centre"].code, name="Quầy 1", by=world["centre_lead"], at=MONDAY_8AM
    )


def _rated(token: str, score: int = 5, **told: Any) -> Rating:
    return feedback.rate_counter(token=token, score=score, at=MONDAY_8AM, **told)


def test_a_result_is_rated_once_by_its_link(world: World, result: Dossier) -> None:
    token = reading.token_for(dossier=result)
    made = feedback.rate_result(
        token=token,
        score=4,
        reasons=["time", "attitude", "nonsense"],
        words="Nhanh",
        at=MONDAY_8AM,
    )

    assert (made.score, made.reasons) == (4, ["time", "attitude"])
    with pytest.raises(feedback.NotAgain):
        feedback.rate_result(token=token, score=5, at=MONDAY_8AM)
    told = reading.result_to_rate(token=token)
    assert told is not None
    assert told.is_rated
    assert world["receptionist"].account_id in RatedOfficer.objects.values_list(
        "account_id", flat=True
    )


@pytest.mark.parametrize("token", ["", "x", "WyJhIl0:1:abc"])
def test_a_wrong_link_rates_nothing(world: World, token: str) -> None:
    assert reading.result_to_rate(token=token) is None
    with pytest.raises(feedback.NotFound):
        feedback.rate_result(token=token, score=5, at=MONDAY_8AM)
    with pytest.raises(feedback.NotFound):
        feedback.rate_counter(token=token, score=5, at=MONDAY_8AM)


def test_without_a_result_there_is_nothing_to_rate(world: World) -> None:
    token = reading.token_for(dossier=worlds.accepted(world))
    with pytest.raises(feedback.NotFound):
        feedback.rate_result(token=token, score=5, at=MONDAY_8AM)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_there_are_five_faces(world: World, score: int) -> None:
    with pytest.raises(feedback.WrongScore):
        _rated(_tablet(world).token, score)


def test_a_counter_is_about_who_sits_there_then(world: World) -> None:
    made = _tablet(world)
    alone = _rated(made.token)
    feedback.sit_down(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    seated = _rated(made.token)
    feedback.get_up(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    after = _rated(made.token)

    assert [r.officers.count() for r in (alone, seated, after)] == [0, 1, 0]
    assert seated.officers.get().account_id == world["receptionist"].account_id


def test_tablets_belong_to_the_centre(world: World) -> None:
    made = _tablet(world)
    for name in ("receptionist", "other_lead", "head"):
        with pytest.raises(feedback.NotAllowed):
            feedback.make_device(
                agency=world.agencies["centre"].code, name="Q", by=world[name], at=MONDAY_8AM
            )
    with pytest.raises(feedback.NotAllowed):
        feedback.sit_down(device_id=made.device.pk, by=world["other_receptionist"], at=MONDAY_8AM)
    feedback.sit_down(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    with pytest.raises(feedback.NotAllowed):
        feedback.get_up(device_id=made.device.pk, by=world["cashier"], at=MONDAY_8AM)
    with pytest.raises(feedback.NotAllowed):
        feedback.revoke_device(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    feedback.revoke_device(device_id=made.device.pk, by=world["centre_lead"], at=MONDAY_8AM)
    with pytest.raises(feedback.NotFound):
        _rated(made.token)
    with pytest.raises(feedback.NotFound):
        feedback.sit_down(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    assert not reading.devices_of(world["admin"])


def test_officers_see_themselves_in_sum_only(world: World) -> None:
    made = _tablet(world)
    feedback.sit_down(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    span = {"since": MONDAY_8AM - DAY, "until": MONDAY_8AM + DAY}
    for number in range(20):
        if number < 19:
            _rated(made.token, 1 if number < 3 else 5, words=SLOW if number < 3 else "")
    assert reading.mine(world["receptionist"], **span) is None
    _rated(made.token)

    own = reading.mine(world["receptionist"], **span)
    assert own is not None
    assert (own.count, own.satisfied, own.faces) == (20, 17, (3, 0, 0, 0, 17))
    assert not reading.single(world["receptionist"])
    assert not reading.single(world["other_lead"])
    assert len(reading.single(world["auditor"])) == 3
    assert reading.single(world["centre_lead"])[0].officers == (world["receptionist"].name,)
    assert reading.mine(world["cashier"], **span) is None


def test_sums_by_agency_say_when_they_are_too_few(world: World) -> None:
    made = _tablet(world)
    for _number in range(9):
        _rated(made.token, 4, reasons=["attitude"])
    span = {"since": MONDAY_8AM - DAY, "until": MONDAY_8AM + DAY}
    (one,) = reading.by_agency(**span)
    assert (one.sum.count, one.sum.is_enough) == (9, False)
    _rated(made.token, 2)
    whole = reading.whole(**span)
    assert (whole.is_enough, whole.percent, whole.reasons[0][::2]) == (True, 90.0, ("attitude", 9))


def test_a_low_rating_may_become_feedback(world: World) -> None:
    made = _tablet(world)
    feedback.sit_down(device_id=made.device.pk, by=world["receptionist"], at=MONDAY_8AM)
    low = _rated(made.token, 1, words=SLOW)
    told = {"token": made.token, "phone": "0905000123", "at": MONDAY_8AM}
    case = feedback.make_case(rating_id=low.pk, **told)

    assert (case.kind, case.about_account_id) == ("conduct", world["receptionist"].account_id)
    with pytest.raises(feedback.NotAgain):
        feedback.make_case(rating_id=low.pk, **told)
    with pytest.raises(feedback.WrongScore):
        feedback.make_case(rating_id=_rated(made.token, 5, words=SLOW).pk, **told)
    with pytest.raises(feedback.NotFound):
        feedback.make_case(rating_id=low.pk, token="x", phone="", at=MONDAY_8AM)


def test_words_are_masked_and_nobody_is_named(world: World) -> None:
    made = _tablet(world)
    one = _rated(made.token, 2, words="Tôi là ông Nguyễn Văn Mẫu, số 0905000111, chờ lâu quá")

    assert "0905000111" not in one.words
    assert "Mẫu" not in one.words
    fact = FactRow.objects.get(stream=one.stream)
    assert (fact.actor, fact.actor_name) == ("public", "")
    assert "officer" not in fact.body


def test_the_eight_contents_of_the_law_are_offered() -> None:
    offered = ratings.reasons(about="result", on=date(2026, 11, 9))

    assert [one.point for one in offered] == [*"abcd", "đ", "e", "g", "h"]
    assert len(ratings.faces(on=date(2020, 1, 1))) == 5
    assert not ratings.offers_case(score=3, words=SLOW)
    assert not ratings.offers_case(score=1, words="chậm")
