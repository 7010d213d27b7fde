"""Signing a file that lies anywhere, with no database: for `motcua sign FILE`."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.signing import keys as _ports  # noqa: F401  (registers the ports)
from motcua.signing.appearance import looks
from motcua.signing.appearance.stamp import ReadyStyle
from motcua.signing.keys import certificates
from motcua.signing.keys.pkcs11 import certificate_on
from motcua.signing.marks import Mark, Spot
from motcua.signing.pades import reading, trust, writing
from motcua.signing.pades.signer import Identity
from motcua.signing.ports import Place, openers
from motcua.signing.refusals import NotAPdf, TokenMissing, WrongPin

KINDS = ("personal", "agency", "copy")


@dataclass(frozen=True)
class Signed:
    """What came of it."""

    out: Path
    card: certificates.Card
    level: str
    field: str
    spot: Spot | None
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True)
class _Found:
    port: str
    place: Place
    chain: str


def sign_file(
    source: Path, *, out: Path, key: str, pin: str, kind: str, at: datetime, mark: Mark
) -> Signed:
    """Sign a PDF with a PKCS#12 file or "pkcs11:token=LABEL;id=HEX"; write it whole or not at all.

    Raises NotAPdf, TokenMissing, WrongPin, and what signing raises: `out` is then not touched.
    """
    found = _found(key, pin)
    card = certificates.read(found.place.certificate)
    opened = openers.get(found.port)(found.place, pin)
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".motcua-sign-") as document:
            before = _copied(source, document)
            spot, style = _look(document, kind=kind, card=card, mark=mark, at=at)
            task = writing.Task(
                key=opened,
                identity=Identity.read(found.place.certificate, found.chain),
                trust=trust.configured(),
                at=localtime(at),
                spot=spot,
                style=style,
            )
            written = writing.sign(document, task)
            document.flush()
            after = _digest(document)
            _placed(Path(document.name), out)
    finally:
        opened.close()
        trust.configured().rest()
    return Signed(out, card, written.level, written.field, spot, before, after)


def _is_hex(text: str) -> bool:
    try:
        return bool(bytes.fromhex(text))
    except ValueError:
        return False


def _found(key: str, pin: str) -> _Found:
    if key.startswith("pkcs11:"):
        values = dict(
            part.split("=", 1) for part in key.removeprefix("pkcs11:").split(";") if "=" in part
        )
        if not {"token", "id"} <= values.keys() or not _is_hex(values["id"]):
            raise TokenMissing(_("Hãy ghi khóa dạng pkcs11:token=NHÃN;id=MÃ."))
        return _Found("pkcs11", Place(values, certificate_on(Place(values, ""))), "")
    path = Path(key).absolute()
    try:
        held = pkcs12.load_pkcs12(path.read_bytes(), pin.encode())
    except OSError:
        raise TokenMissing(_("Không thấy tệp khóa %(name)s.") % {"name": path.name}) from None
    except ValueError:
        raise WrongPin(_("Mã PIN không đúng, hoặc tệp khóa bị hỏng.")) from None
    if held.cert is None:
        raise TokenMissing(_("Tệp khóa không có chứng thư số."))
    own = held.cert.certificate.public_bytes(Encoding.PEM).decode()
    chain = "".join(
        one.certificate.public_bytes(Encoding.PEM).decode() for one in held.additional_certs
    )
    return _Found("pkcs12", Place({"file": str(path)}, own), chain)


def _look(
    document: IO[bytes], *, kind: str, card: certificates.Card, mark: Mark, at: datetime
) -> tuple[Spot | None, ReadyStyle | None]:
    if not mark.is_visible:
        return None, None
    hand = looks.Hand(card.name)
    if kind == "personal":
        return looks.personal(document, hand=hand, mark=mark, at=at)
    if kind == "copy":
        return looks.corner(document, kind=kind, hand=hand, mark=mark, at=at)
    spots = reading.spots(document)
    beside = looks.Earlier(name="", spot=spots[-1] if spots else None)
    return looks.agency(document, hand=hand, mark=mark, beside=beside, at=at)


def _copied(source: Path, document: IO[bytes]) -> str:
    with source.open("rb") as stream:
        if b"%PDF-" not in stream.read(1024):
            raise NotAPdf(_("Chỉ ký số tệp PDF."))
        stream.seek(0)
        shutil.copyfileobj(stream, document)
    return _digest(document)


def _digest(document: IO[bytes]) -> str:
    document.seek(0)
    digest = hashlib.sha256()
    while piece := document.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _placed(made: Path, out: Path) -> None:
    """Let the finished file appear under its name at once."""
    link = made.with_name(f"{made.name}.done")
    os.link(made, link)
    link.chmod(0o644)
    link.replace(out)
