"""The push with its real process: a notice in the database becomes an event in an open board."""

import http.client
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from motcua.config import push, serving

pytestmark = pytest.mark.slow
_STARTS_WITHIN, _WAITS = 60, 30


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """A push of our own on the server's first database: LISTEN needs no tables."""
    port = serving.free_port("127.0.0.1")
    env = os.environ | {"MOTCUA_PROXIES": "0", "MOTCUA_ORIGINS": "https://motcua.example"}
    process = subprocess.Popen(
        serving.push_command("127.0.0.1", port), env=env, stdin=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            asked.close()
        time.sleep(0.1)
    raise AssertionError("the push does not answer")


@contextmanager
def opened(
    address: tuple[str, int], path: str = "/boards/live", method: str = "GET", **headers: str
) -> Iterator[http.client.HTTPResponse]:
    asked = http.client.HTTPConnection(*address, timeout=_WAITS)
    try:
        asked.request(method, path, headers=headers)
        yield asked.getresponse()
    finally:
        asked.close()


def notify(**notice: object) -> None:
    """Say what the follower says after it has folded facts."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute("SELECT pg_notify(%s, %s)", [push.CHANNEL, json.dumps(notice)])


def event(answer: http.client.HTTPResponse, name: str) -> dict[str, object]:
    """Wait for an event of that name."""
    for line in answer:
        if line.strip() == f"event: {name}".encode():
            return json.loads(answer.readline().removeprefix(b"data: "))
    raise AssertionError(f"the stream ended without {name}")


def test_what_moved_reaches_an_open_board_and_carries_no_figures(address):
    with opened(address) as stream:
        event(stream, "state")
        notify(upto=17, agencies=[3], at="2026-11-20T15:00:00+07:00", received=99)

        told = event(stream, "moved")

    assert told == {"upto": 17, "at": "2026-11-20T15:00:00+07:00"}


def test_a_board_of_one_agency_hears_of_that_agency_only(address):
    with opened(address, "/boards/live?scope=5,6") as stream:
        event(stream, "state")
        notify(upto=20, agencies=[3])
        time.sleep(2 * push.PAUSE_SECONDS)
        notify(upto=21, agencies=[3, 6])

        assert event(stream, "moved")["upto"] == 21


def test_who_comes_later_learns_how_far_it_is(address):
    with opened(address) as stream:
        event(stream, "state")
        notify(upto=30, agencies=[1])
        event(stream, "moved")

    with opened(address) as later:
        told = event(later, "state")
    assert told["hearing"] is True
    assert told["upto"] == 30


def test_nonsense_in_the_channel_ends_nothing(address):
    with opened(address) as stream:
        event(stream, "state")
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
            database.execute("SELECT pg_notify(%s, 'not json')", [push.CHANNEL])
            database.execute("SELECT pg_notify(%s, '[1]')", [push.CHANNEL])
        notify(upto=41, agencies=[])

        assert event(stream, "moved")["upto"] == 41


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8000", 200),
        ("https://motcua.example", 200),
        ("https://elsewhere.example", 403),
        ("null", 403),
    ],
)
def test_only_pages_of_ours_may_listen(address, origin, status):
    with opened(address, Origin=origin) as answer:
        assert answer.status == status
        allowed = answer.headers["Access-Control-Allow-Origin"]
        assert allowed == (origin if status == 200 else None)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/", "GET", 404), ("/boards/live", "POST", 405), ("/boards/live?scope=x", "GET", 200)],
)
def test_it_answers_for_nothing_else(address, path, method, status):
    with opened(address, path, method) as answer:
        assert answer.status == status


def test_one_address_takes_only_so_many_streams():
    hub = push.Hub()
    hub.addresses["10.0.0.1"] = push.MOST_PER_ADDRESS

    assert not hub.has_room("10.0.0.1")
    assert hub.has_room("10.0.0.2")


def test_when_the_database_goes_the_boards_are_told(address):
    with opened(address) as stream:
        event(stream, "state")
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
            database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = %s",
                [f"LISTEN {push.CHANNEL}"],
            )

        assert event(stream, "state")["hearing"] is False
        assert event(stream, "state")["hearing"] is True
