"""Who may act for whom in the directory."""

from datetime import timedelta

import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM

from motcua.directory.services import people
from motcua.dossiers import services as dossiers

DAY = timedelta(days=1)


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.mark.parametrize(("by", "may"), [("appraiser", True), ("head", True), ("clerk", False)])
def test_an_absence_is_recorded_by_oneself_or_the_head(
    world: worlds.World, by: str, may: object
) -> None:
    away = {
        "account": world.accounts["appraiser"], "start": MONDAY_8AM, "end": MONDAY_8AM + DAY,
        "reason": "nghỉ phép", "by": world[by], "at": MONDAY_8AM,
    }  # fmt: skip
    if may:
        people.record_absence(**away)
    else:
        with pytest.raises(people.NotYours):
            people.record_absence(**away)


def test_a_token_is_made_for_oneself(world: worlds.World) -> None:
    token = {"name": "máy quầy 3", "expires_at": MONDAY_8AM + DAY, "at": MONDAY_8AM}
    people.issue_token(account=world.accounts["clerk"], by=world["clerk"], **token)
    people.issue_token(account=world.accounts["clerk"], by=world["admin"], **token)
    with pytest.raises(people.NotYours):
        people.issue_token(account=world.accounts["clerk"], by=world["head"], **token)


def test_a_citizen_files_online_only_where_the_channel_is_switched_on(world: worlds.World) -> None:
    with pytest.raises(dossiers.NotOffered):
        worlds.filed(
            world, by="citizen", channel="online", procedure="2.000815", case="", papers=()
        )
