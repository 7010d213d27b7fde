"""How facts are chained: the one place where the hash is defined. A rule of the house."""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = b"\x00" * 32
SEPARATOR = "\x1f"


def canonical(body: dict[str, object]) -> str:
    """Return the JSON text of a body: sorted keys, no blanks, UTF-8 letters as they are.

    Source: 118/2025/NĐ-CP Điều 21 khoản 3 (every state of a dossier is kept).
    """
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """Return the instant as text in UTC with microseconds, the form that is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def digest(  # noqa: PLR0913  every column is part of the hash
    *,
    previous: bytes,
    stream: str,
    seq: int,
    kind: str,
    at: datetime,
    recorded_at: datetime,
    actor: str,
    actor_name: str,
    post: str,
    body: str,
) -> bytes:
    """Return the hash of one fact, chained to the previous hash of its stream (32 bytes)."""
    parts = (
        stream,
        str(seq),
        kind,
        moment(at),
        moment(recorded_at),
        actor,
        actor_name,
        post,
        body,
    )
    return hashlib.sha256(previous + SEPARATOR.join(parts).encode()).digest()


def anchor_digest(*, previous: bytes, hashes: list[bytes]) -> bytes:
    """Return the hash of an hour: the previous anchor's hash and all hashes of the hour, by id."""
    return hashlib.sha256(previous + b"".join(hashes)).digest()
