"""A whole document: what it is, which signatures it has, whether traces of others are left."""

import hashlib
import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from motcua.documents.rules import MAX_BYTES, MAX_PAGES
from motcua.signing.verifying import evidence, signatures
from motcua.signing.verifying.chains import Means
from motcua.signing.verifying.integrity import FAULTS
from motcua.signing.verifying.report import (
    Kind,
    Report,
    SignatureReport,
    Verdict,
    overall,
)

MAX_SIGNATURES = 50
MAX_REVISIONS = 200
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d")
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"RIFF", "image/webp"),
)

# What pyHanko says of strangers' files is told in the report, not in the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Unverifiable(Exception):
    """The document cannot be looked into; `fault` is a key of words.FAULTS."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True)
class Terms:
    """On what terms a document is judged."""

    trusted: Sequence[x509.Certificate]
    now: datetime
    may_ask: bool = False


async def inspect(path: Path, *, name: str, terms: Terms) -> Report:
    """Return what the file at that path is and what its signatures are worth."""
    size = path.stat().st_size
    bare = Report(
        name=name,
        sha256=_digest(path) if size <= MAX_BYTES else "",
        size_bytes=size,
        verified_at=terms.now,
        verdict=Verdict.UNREADABLE,
    )
    try:
        if size > MAX_BYTES:
            raise Unverifiable("too_large")
        content = path.read_bytes()
        bare = replace(bare, content_type=_kind(content))
        if bare.content_type != "application/pdf":
            return replace(bare, verdict=Verdict.UNSIGNED, fault="image", pages=1)
        return await _inspected(content, bare, terms)
    except Unverifiable as fault:
        return replace(bare, fault=fault.fault, detail=fault.detail)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kind(content: bytes) -> str:
    if not content:
        raise Unverifiable("empty")
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    for magic, kind in _KINDS:
        if content.startswith(magic):
            return kind
    raise Unverifiable("not_a_pdf")


async def _inspected(content: bytes, bare: Report, terms: Terms) -> Report:
    reader, pages = _opened(content)
    fields = _signed_fields(reader)
    traces = len(_BYTE_RANGE.findall(content))
    found = [signatures.opened(reader, field, name) for name, field in fields]
    means = Means(
        trusted=terms.trusted,
        evidence=evidence.of(reader),
        now=terms.now,
        may_ask=terms.may_ask,
    )
    report = replace(
        bare,
        pages=pages,
        verdict=Verdict.UNSIGNED,
        removed_signatures=max(0, traces - len(fields)),
        signatures=tuple(await _each(found, means)),
    )
    return replace(report, verdict=overall(report.signatures, report))


def _opened(content: bytes) -> tuple[PdfFileReader, int]:
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted and reader.decrypt("").status is AuthStatus.FAILED:
            raise Unverifiable("encrypted")
        pages = int(reader.root["/Pages"]["/Count"])
        revisions = int(reader.total_revisions)
    except (*FAULTS, PdfError) as error:
        is_locked = "ncrypt" in str(error) or "assword" in str(error)
        raise Unverifiable("encrypted" if is_locked else "damaged") from None
    if pages > MAX_PAGES:
        raise Unverifiable("too_many_pages", str(pages))
    if revisions > MAX_REVISIONS:
        raise Unverifiable("too_many_revisions", str(revisions))
    return reader, pages


def _signed_fields(reader: PdfFileReader) -> list[tuple[str, Any]]:
    try:
        fields = [(name, f) for name, _v, f in enumerate_sig_fields(reader, filled_status=True)]
    except FAULTS:
        raise Unverifiable("damaged") from None
    if len(fields) > MAX_SIGNATURES:
        raise Unverifiable("too_many_signatures", str(len(fields)))
    return fields


async def _each(found: Sequence[signatures.Found], means: Means) -> list[SignatureReport]:
    """Return the reports in the order of signing; timestamps of the document prove what they cover."""
    ordered = sorted(found, key=_revision)
    stamps = {}
    reports: dict[str, SignatureReport] = {}
    for one in ordered:
        if one.is_stamp:
            reports[one.field], stamp = await signatures.stamp_report(one, means)
            if stamp is not None:
                stamps[_revision(one)] = stamp
    for one in ordered:
        if not one.is_stamp:
            later = [stamp for revision, stamp in stamps.items() if revision > _revision(one)]
            reports[one.field] = await signatures.report(one, later, means)
    return signatures.answered_for([reports[one.field] for one in ordered])


def _revision(found: signatures.Found) -> int:
    return int(found.signature.signed_revision) if found.signature else MAX_REVISIONS


__all__ = ["MAX_SIGNATURES", "Kind", "Terms", "Unverifiable", "inspect"]
