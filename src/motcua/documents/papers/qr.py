"""The QR of every exported paper: an address that opens a page, and a signature to check offline.

Source: 01/2023/TT-VPCP Điều 24; TCVN 7322:2009. The circular asks for dossier code, procedure code,
identifier of the owner and name of the paper; agency, number and time are added because a paper is
told from its replacement by them. Nothing else of a person is in it: no name, phone or address.

    HTTPS://<host>/XM/<body, signature>#<salt, identifier of the owner>

The identifier stands behind "#": a browser keeps that part to itself, so it never reaches a log or
a proxy. What is signed holds only its salted digest, so the address can be checked without it, and
whoever has the paper can check it too. All is written in 41 characters which a QR packs densely and
an address allows (two bytes in three characters, as RFC 9285 does with 45).

Papers printed before had six fields joined by "|" without a signature; they are still read.
"""

import hashlib
import hmac
import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import segno
from django.conf import settings

from motcua.documents.papers import qr_keys
from motcua.documents.papers.words import HERE
from motcua.kernel import base41

# A body of this size with its signature still fits version 13 (69 modules) at error correction M
# behind an address of 45 characters: 0.33 mm a module on 23 mm.
MAX_BODY = 184
LONGEST_FIELD = 120
PATH = "/XM/"

_VERSION = 1
_PURPOSE = b"motcua-qr-1\x00"
_SALT_BYTES, _DIGEST_BYTES, _SIGNATURE_BYTES = 8, 16, 64
_LONGEST = {"dossier_code": 40, "procedure_code": 24, "agency_code": 24, "key": 12, "number": 32}


@dataclass(frozen=True, kw_only=True)
class Payload:
    """What the QR of a paper says. `owner_id` is empty where only the address is known."""

    dossier_code: str
    procedure_code: str
    owner_id: str
    paper: str
    agency_code: str
    at: datetime
    key: str = ""
    number: str = ""


class Genuine(StrEnum):
    """Whether the text of a QR is one that an installation with a known key made."""

    YES = "yes"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"


@dataclass(frozen=True)
class Checked:
    """The payload of a QR, and whether to believe it."""

    payload: Payload
    genuine: Genuine
    key_id: str = ""


def encode(payload: Payload, *, ring: qr_keys.KeyRing | None = None, base: str = "") -> str:
    """Return the text inside the QR, signed by this installation's key.

    base: the address of the site, instead of the one in the settings.
    """
    ring = ring or qr_keys.ours()
    owner = payload.owner_id.encode("ascii", "ignore").decode()[:20]
    salt = _salt(ring, payload) if owner else b""
    body = _body(payload, ring.key_id, _digest(salt, owner) if owner else b"")
    token = base41.encode(body + ring.sign(_PURPOSE + body))
    address = (base or settings.MOTCUA_PUBLIC_URL).rstrip("/").upper()
    hidden = "#" + base41.encode(salt + owner.encode()) if owner else ""
    return f"{address}{PATH}{token}{hidden}"


def decode(text: str) -> Payload | None:
    """Return what the text of one of our QRs says, or None where it is not ours.

    Signatures are not looked at: `check` does.
    """
    parts = _parts(text)
    return parts.payload if parts else _unsigned(text)


def check(text: str, *, ring: qr_keys.KeyRing | None = None) -> Checked | None:
    """Return what the text says and whether it is genuine; None where it is no QR of such a paper.

    text: the whole QR, or the last part of its address alone.
    """
    parts = _parts(text)
    if parts is None:
        old = _unsigned(text)
        return Checked(old, Genuine.UNSIGNED) if old else None
    ring = ring or qr_keys.ours()
    if not ring.knows(parts.key):
        genuine = Genuine.UNKNOWN_KEY
    elif not ring.is_signed(_PURPOSE + parts.body, parts.signature, key=parts.key):
        genuine = Genuine.ALTERED
    else:
        genuine = Genuine.YES if parts.is_owner_right else Genuine.ALTERED
    return Checked(parts.payload, genuine, parts.key.hex())


def token_of(text: str) -> str:
    """Return the part of the text that is an address's last part; "" where there is none."""
    return text.rpartition(PATH)[2].partition("#")[0] if PATH in text else ""


def svg(text: str) -> str:
    """Return the QR of the text as SVG, error correction M, with no quiet zone of its own."""
    out = io.BytesIO()
    drawn(text).save(
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode()


def drawn(text: str) -> segno.QRCode:
    """Return the QR; "#" is the one character that must be written less densely."""
    before, mark, after = text.partition("#")
    pieces: Any = (before, mark, after) if mark and after else text
    return segno.make(pieces, error="m", boost_error=False, micro=False)


@dataclass(frozen=True)
class _Parts:
    payload: Payload
    key: bytes
    body: bytes
    signature: bytes
    is_owner_right: bool


def _body(payload: Payload, key: bytes, digest: bytes) -> bytes:
    fields = {name: _cut(getattr(payload, name), most) for name, most in _LONGEST.items()}
    out = bytearray([_VERSION]) + key + int(payload.at.timestamp()).to_bytes(4, "big")
    for name in _LONGEST:
        out += bytes([len(fields[name])]) + fields[name]
    out += bytes([len(digest)]) + digest
    paper = _cut(payload.paper, MAX_BODY - len(out) - 1)
    return bytes(out) + bytes([len(paper)]) + paper


def _cut(text: str, longest: int) -> bytes:
    """Return the text in at most so many bytes, never half a letter."""
    return text.encode()[:longest].decode(errors="ignore").encode()


def _salt(ring: qr_keys.KeyRing, payload: Payload) -> bytes:
    """Return bytes that nobody without our key can foretell, and that a reprint repeats."""
    about = f"{payload.dossier_code}|{payload.key}|{payload.number}|{payload.at.timestamp()}"
    secret = ring.sign(b"motcua-qr-salt\x00")
    return hmac.new(secret, about.encode(), hashlib.sha256).digest()[:_SALT_BYTES]


def _digest(salt: bytes, owner: str) -> bytes:
    return hashlib.sha256(b"motcua-qr-owner\x00" + salt + owner.encode()).digest()[:_DIGEST_BYTES]


def _parts(text: str) -> _Parts | None:
    token, _mark, hidden = text.strip().rpartition("/")[2].partition("#")
    if len(token) > 2 * (MAX_BODY + _SIGNATURE_BYTES) or len(hidden) > 2 * LONGEST_FIELD:
        return None
    try:
        whole = base41.decode(token)
        body, signature = whole[:-_SIGNATURE_BYTES], whole[-_SIGNATURE_BYTES:]
        payload, digest = _read(body)
        salted = base41.decode(hidden)
        owner = salted[_SALT_BYTES:].decode("ascii")
    except (ValueError, IndexError, OverflowError):
        return None
    is_right = not hidden or digest == _digest(salted[:_SALT_BYTES], owner)
    payload = replace(payload, owner_id=owner)
    return _Parts(payload, body[1 : 1 + qr_keys.KEY_ID_BYTES], body, signature, is_right)


def _read(body: bytes) -> tuple[Payload, bytes]:
    """Return the payload without its owner, and the digest of the owner.

    Raises ValueError, IndexError: this is no body.
    """
    start = 1 + qr_keys.KEY_ID_BYTES
    if not body or body[0] != _VERSION or len(body) < start + 4:
        raise ValueError("another version")
    at = datetime.fromtimestamp(int.from_bytes(body[start : start + 4], "big"), tz=UTC)
    place, read = start + 4, []
    for _field in range(len(_LONGEST) + 2):
        length = body[place]
        read.append(body[place + 1 : place + 1 + length])
        place += 1 + length
    if place != len(body):
        raise ValueError("cut off")
    *coded, digest, paper = read
    fields = {name: value.decode() for name, value in zip(_LONGEST, coded, strict=True)}
    said = Payload(paper=paper.decode(), owner_id="", at=at.astimezone(HERE), **fields)
    return said, digest


def _unsigned(text: str) -> Payload | None:
    """Return what the QR of a paper printed before signatures says."""
    fields = text.strip().split("|")
    if len(fields) != 6:
        return None
    try:
        at = datetime.fromisoformat(fields[5])
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    code, procedure, owner, paper, agency, _ = fields
    return Payload(
        dossier_code=code,
        procedure_code=procedure,
        owner_id=owner,
        paper=paper,
        agency_code=agency,
        at=at,
    )
