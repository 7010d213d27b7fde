"""Cases go to another GeoReport server and are read back: ours on loopback plays the other one."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.world import MONDAY_8AM, World
from tests.feedback import stories
from tests.feedback.conftest import world  # noqa: F401 - the cast with its moderator
from tests.web.api.conftest import callers_of

from motcua.feedback.models import Case
from motcua.integration.open311 import (
    NotForwardable,
    OtherServer,
    ServerFailed,
    forward,
    poll,
    servers,
)
from motcua.integration.open311.forwarding import poll_all, request_id_of, standing_of

LATER = MONDAY_8AM + timedelta(hours=2)


@pytest.fixture
def other(live_server: Any, world: World, settings: Any) -> OtherServer:  # noqa: F811
    key = callers_of(world)["citizen"].token
    code = world.agencies["committee"].code
    settings.MOTCUA_OPEN311 = {
        code: {"url": f"{live_server.url}/open311/v2", "key": key, "seconds": 90}
    }
    return servers()[code]


def test_a_case_goes_out_masked_and_once_and_its_state_comes_back(
    other: OtherServer,
    world: World,  # noqa: F811
) -> None:
    text = "Ổ gà rất sâu trước nhà anh Nguyễn Văn Tới, gọi 0905222318, hai người té xe rồi."
    case = stories.assigned(world, text=text)

    made = forward(code=case.code, at=LATER)

    there = Case.objects.get(code=made)
    assert (there.field, there.channel) == ("road", "api")
    assert "0905222318" not in there.text
    assert "Tới" not in there.text
    assert forward(code=case.code, at=LATER) == made == request_id_of(case.code)
    assert poll(code=case.code, at=LATER).status == "open"
    assert standing_of(case.code) is not None
    assert poll_all(at=LATER) == (1, ())


def test_only_an_agency_with_a_server_gets_cases(other: OtherServer, world: World) -> None:  # noqa: F811
    case = stories.accepted(world)

    with pytest.raises(NotForwardable):
        forward(code=case.code, at=LATER)
    with pytest.raises(NotForwardable):
        poll(code=case.code, at=LATER)


def test_the_other_server_offers_services_and_refuses_in_words(other: OtherServer) -> None:
    assert "road" in other.service_codes()
    with pytest.raises(ServerFailed, match="400"):
        other.send({"service_code": "moon", "description": "x"})
    with pytest.raises(ServerFailed, match="404"):
        other.standing("PA-0")


@pytest.mark.parametrize("url", ["http://example.org/v2", "http://127.0.0.1:9/v2"])
def test_a_server_that_is_not_there_or_not_safe_is_a_failure(url: str) -> None:
    with pytest.raises(ServerFailed):
        OtherServer(url, seconds=2).standing("1")
