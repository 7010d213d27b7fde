"""How facts are chained: the one place where the hash is defined. A rule of the house."""

import hashlib
import json
import re
from datetime import UTC, datetime

GENESIS = b"\x00" * 32
SEPARATOR = "\x1f"
_PERSONAL_ID = re.compile(r"\b[0-9]{8}([0-9]{4})\b")


def canonical(body: dict[str, object]) -> str:
    """Return the JSON text of a body: sorted keys, no blanks, UTF-8 letters as they are.

    Source: 118/2025/NĐ-CP Điều 21 khoản 3 (every state of a dossier is kept).
    """
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def discreet(text: str) -> str:
    """Return a text with every personal identity number in it masked but for its end.

    Officers type them into reasons and names of files; the ledger never forgets, so it never knows.
    Source: Luật 91/2025/QH15 (no more personal data is kept than is needed).
    """
    return _PERSONAL_ID.sub(r"••••\1", text)


def discreet_body(body: dict[str, object]) -> dict[str, object]:
    """Return what a fact says, each text in it discreet.

    Source: Luật 91/2025/QH15.
    """
    return {key: _discreet_part(value) for key, value in body.items()}


def _discreet_part(value: object) -> object:
    if isinstance(value, str):
        return discreet(value)
    if isinstance(value, list):
        return [_discreet_part(part) for part in value]
    return discreet_body(value) if isinstance(value, dict) else value


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
