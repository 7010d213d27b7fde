"""A house of its own for the journeys: a real server process on a real database.

The world is built once a day into a template database; every test process gets a copy of it, so
that many can run at once, and a server on a free port that dies with it.
"""

import ctypes
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SECRET = "the journeys' own secret, of no worth anywhere else"
_PACKAGE = ROOT / "src" / "motcua"
_BUILDS_WITHIN, _ANSWERS_WITHIN = 400, 60


@dataclass(frozen=True)
class House:
    """A running house: where it answers, and the environment of its commands."""

    address: str
    env: dict[str, str]
    log: Path

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.address + path.lstrip("/")

    def command(self, *words: str) -> Any:
        """Run `motcua …` beside the server and return its JSON document."""
        done = subprocess.run(
            [sys.executable, "-m", "motcua", *words, "--json"],
            env=self.env, cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def complaints(self) -> list[str]:
        """Return the last things the server complained about."""
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the house's database."""
        with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as connection:
            return connection.execute(query, values).fetchall()


def password() -> str:
    """Return the one password of the demo world's accounts in this house."""
    from django.test import override_settings

    from motcua.config.demo import accounts

    with override_settings(SECRET_KEY=SECRET):
        return accounts.password()


@contextmanager
def open_house(folder: Path, *, name: str) -> Iterator[House]:
    """Open a house that keeps its files in that folder and its rows in a database of that name."""
    server = os.environ["DATABASE_URL"]
    folder.mkdir(parents=True, exist_ok=True)
    env = _environment(folder, _database(server, name))
    template = _template(server, env)
    _copy(server, template, name)
    shutil.copytree(_kept(template), folder, dirs_exist_ok=True)
    _run(env, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    process, address = _serve(env, folder / "server.log")
    try:
        yield House(address, env, folder / "server.log")
    finally:
        _end(process)
        _drop(server, name)


def _environment(folder: Path, database: str) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA", "DJANGO", "PYTEST"))
    }
    return kept | {
        "MOTCUA_VAR": str(folder),
        "MOTCUA_SECRET_KEY": SECRET,
        "MOTCUA_IDENTITY_KEY": SECRET,
        "MOTCUA_TOTP": "optional",
        "MOTCUA_PROXIES": "1",  # a visitor may come from an address of his own
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "DATABASE_URL": database,
        "CATALOG": "starter",
    }


def _database(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _template(server: str, env: dict[str, str]) -> str:
    """Return the name of the template database, built by whoever comes first."""
    lock = ROOT / "var" / "test-journeys.lock"
    lock.parent.mkdir(exist_ok=True)
    name = f"test_journeys_{_digest()}"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with psycopg.connect(server, autocommit=True) as connection:
            known = (
                "SELECT datname FROM pg_database WHERE datname ~ '^test_journeys_[0-9a-f]{12}$'"
            )
            there = {row[0] for row in connection.execute(known)}
        if name in there:
            return name
        for old in there:
            _drop(server, old)
        shutil.rmtree(_kept(name).parent, ignore_errors=True)
        _create(server, f"{name}_new")
        new = {"DATABASE_URL": _database(server, f"{name}_new"), "MOTCUA_VAR": str(_kept(name))}
        _run(env | new, "-m", "tests.journeys.building")
        with psycopg.connect(server, autocommit=True) as connection:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(f"{name}_new"), sql.Identifier(name)))
    return name


def _kept(template: str) -> Path:
    """Return where the template's files and trial keys lie, of which every house gets a copy."""
    return ROOT / "var" / "test-journeys" / template


def _digest() -> str:
    """Return a mark that changes with the tables, what is loaded, the demo world, and the day."""
    total = hashlib.sha256(datetime.now(UTC).date().isoformat().encode())
    files = [
        *_PACKAGE.glob("*/migrations/0*.py"),
        *(_PACKAGE / "catalog" / "data" / "starter").glob("*.toml"),
        *(_PACKAGE / "directory" / "data").glob("*.toml"),
        *(_PACKAGE / "config" / "demo").glob("*.py"),
        *(_PACKAGE / "assistant" / "data").rglob("*.toml"),
        _PACKAGE / "assistant" / "knowledge" / "rows.py",
        _PACKAGE / "assistant" / "retrieval" / "storage.py",
        ROOT / "tests" / "journeys" / "building.py",
    ]
    for file in sorted(files):
        if file.is_file():
            total.update(file.name.encode() + file.read_bytes())
    return total.hexdigest()[:12]


def _create(server: str, name: str, *, template: str = "template0") -> None:
    _drop(server, name)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def _copy(server: str, template: str, name: str) -> None:
    _create(server, name, template=template)


def _drop(server: str, name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)


def _run(env: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, *words], env=env, cwd=ROOT, capture_output=True, timeout=_BUILDS_WITHIN,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{words}: {done.stderr.decode()[-4000:]}"


def _serve(env: dict[str, str], log: Path) -> tuple["subprocess.Popen[bytes]", str]:
    from motcua.config.serving import web_command

    for _try in range(3):
        port = _free_port()
        with log.open("ab") as said:
            process = subprocess.Popen(
                web_command("127.0.0.1", port, 1), env=env, cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=said, stderr=said, start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  one thread only at this point
            )  # fmt: skip
        address = f"http://127.0.0.1:{port}/"
        if _answers(address, process):
            return process, address
        _end(process)
    raise AssertionError(f"no server: {log.read_text()[-4000:]}")


def _answers(address: str, process: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + _ANSWERS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}healthz", timeout=5):  # noqa: S310
            return True
        time.sleep(0.1)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
