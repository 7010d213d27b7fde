"""A killed process loses no acknowledged act and issues no code twice.

A real server on the test's database, sixteen clients that file under idempotency keys; midway the
web processes are killed outright, or the database drops every connection. Clients try again.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from tests.factories import world as worlds
from tests.web.api.conftest import Api, callers_of

from motcua.config import serving
from motcua.dossiers.models import Dossier
from motcua.ledger import queries as ledger

CLIENTS, EACH = 16, 6
GIVE_UP_SECONDS = 30

pytestmark = pytest.mark.slow


@dataclass
class Server:
    """The web processes of one test, on a port of their own."""

    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self.process = subprocess.Popen(
            serving.web_command("127.0.0.1", self.port, 2),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"DATABASE_URL": _address(), "PYTHONPATH": str(Path.cwd())},
        )
        end = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < end:
            try:
                if self.ask("GET", "/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """Kill every process of the server outright."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request(method, path, body.encode() or None, headers or {})
            answer = asked.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]
            return answer
        finally:
            asked.close()


def _address() -> str:
    values = settings.DATABASES["default"]
    name = connection.settings_dict["NAME"]
    host = quote(values["HOST"], safe="")
    return f"postgresql://{values['USER'] or 'postgres'}@/{name}?host={host}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(_free_port())
    yield server
    server.kill()


@dataclass
class Tally:
    """What the clients were told: key → code, and how often they had to ask again."""

    told: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    stop: Event = field(default_factory=Event)


def _client(server: Server, token: str, body: dict, tally: Tally, number: int) -> None:
    for turn in range(EACH):
        key = str(uuid.uuid4())
        owner = {"name": f"Người {number} {turn}", "id_number": f"0560929{number:02d}{turn:03d}"}
        text = json.dumps(body | {"owner": owner})
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        end = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < end:
            try:
                answer = server.ask("POST", "/api/v1/dossiers", text, headers)
            except (OSError, http.client.HTTPException):
                tally.retries += 1
                time.sleep(0.1)
                continue
            if answer.status == 201:
                tally.told[key] = json.loads(answer.text)["code"]
                break
            assert answer.status >= 500, answer.text
            tally.retries += 1
            time.sleep(0.1)


@pytest.mark.parametrize("blow", ["the web is killed", "the database drops its connections"])
def test_nothing_acknowledged_is_lost_and_no_code_is_given_twice(
    transactional_db: None, server: Server, blow: str
):
    world = worlds.build()
    api = Api(world, callers_of(world))
    token, body, tally = api["receptionist"].token, api.filing(), Tally()
    server.start()

    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [
            pool.submit(_client, server, token, body, tally, number) for number in range(CLIENTS)
        ]
        _wait_until(lambda: len(tally.told) >= CLIENTS)
        before = dict(tally.told)
        _strike(server, blow, tally)
        for client in running:
            client.result()

    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert len(before) < CLIENTS * EACH, "the blow came too late to prove anything"
    assert tally.retries, "the blow hit nobody"
    assert sorted(tally.told.values()) == codes
    assert len(codes) == CLIENTS * EACH
    assert [int(code[-7:]) for code in codes] == list(range(1, len(codes) + 1))
    assert ledger.verify().is_whole


def _strike(server: Server, blow: str, tally: Tally) -> None:
    if blow == "the web is killed":
        server.kill()
        server.start()
        return
    # A connection lost between two requests hurts nobody: strike until one is lost within a request.
    while not tally.retries and len(tally.told) < CLIENTS * EACH:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        time.sleep(0.05)


def _wait_until(is_so) -> None:
    end = time.monotonic() + GIVE_UP_SECONDS
    while not is_so():
        assert time.monotonic() < end, "the clients got nowhere"
        time.sleep(0.02)
