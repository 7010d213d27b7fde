"""The house from outside: a real process, a database of its own, nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow
_STARTS_WITHIN = 120


@pytest.fixture
def outside(tmp_path):
    """An environment in which nothing is prepared and no database is given."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA", "DJANGO", "DATABASE"))
    }
    return {**kept, "MOTCUA_VAR": str(tmp_path / "var"), "CATALOG": "starter", "DEMO": "0"}


def _processes_in(folder) -> list[str]:
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        words = " ".join(process.info["cmdline"] or [])
        environ = process.info["environ"] or {}
        if str(folder) in words or environ.get("MOTCUA_VAR", "").startswith(str(folder)):
            found.append(words)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_command_works_by_itself_from_anywhere_and_stops_what_it_started(outside, tmp_path):
    words = [sys.executable, "-m", "motcua", "search", "khai sinh", "--json"]
    done = subprocess.run(words, env=outside, cwd=tmp_path, capture_output=True, check=True)

    assert json.loads(done.stdout)[0]["name"]
    assert not _processes_in(tmp_path)


def test_the_house_opens_answers_and_leaves_nothing_running(outside, tmp_path):
    port = _free_port()
    said = tmp_path / "said.txt"
    with said.open("wb") as heard:
        house = subprocess.Popen(
            [sys.executable, "-m", "motcua", "run", "--port", str(port)],
            env=outside,
            stdout=heard,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_said(f"http://localhost:{port}/", said, house)
        address = f"http://127.0.0.1:{port}/healthz"
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert answer.read() == b"ok"
        assert len(_processes_in(tmp_path)) > 3
    finally:
        house.send_signal(signal.SIGINT)
        ended = _ended(house)

    assert ended == 0
    assert not _processes_in(tmp_path)


def _ended(house: "subprocess.Popen[bytes]") -> int:
    """The house's exit status; one that does not go is sent away, so that no other test pays."""
    try:
        return house.wait(timeout=60)
    except subprocess.TimeoutExpired:
        house.terminate()
        house.wait(timeout=60)
        raise


def _wait_until_said(words: str, said: Path, house: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and house.poll() is None:
        if words in said.read_text():
            return
        time.sleep(0.2)
    raise AssertionError(f"{words} was never said, but: {said.read_text()}")
