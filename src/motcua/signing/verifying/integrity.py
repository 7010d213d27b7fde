"""Whether the bytes that were signed are what is there, and what came after them."""

import hashlib
from dataclasses import replace
from typing import Any, cast

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from motcua.signing.verifying.report import Integrity, Whole

_HEX = b"0123456789abcdefABCDEF"
FAULTS = (
    PdfError,
    SignatureValidationError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    NotImplementedError,
    AssertionError,
    RecursionError,
)
_COVERS = {
    SignatureCoverageLevel.ENTIRE_FILE: "file",
    SignatureCoverageLevel.ENTIRE_REVISION: "revision",
}


def look(signature: EmbeddedPdfSignature, *, certificate: x509.Certificate | None) -> Integrity:
    """Return whether the signature still fits what is there.

    certificate: of the signer; None for a timestamp, whose digest its own check compares.
    """
    try:
        signature.compute_integrity_info()
    except FAULTS:
        return Integrity(state=Whole.UNCLEAR, covers="part")
    seen = Integrity(
        state=Whole.UNCLEAR,
        covers=_COVERS.get(cast("SignatureCoverageLevel", signature.coverage), "part"),
        later_revisions=max(
            0, signature.reader.total_revisions - 1 - int(signature.signed_revision)
        ),
    )
    if certificate is not None and not _fits(signature, certificate):
        return replace(seen, state=Whole.BROKEN)
    if seen.covers == "part" or _is_hybrid(signature):
        return seen
    if not _gap_is_the_signature(signature) or _has_a_tail(signature, seen):
        return seen
    state, changed = _after(signature)
    return replace(
        seen, state=state, changed_fields=changed, signed_sha256=_digest_then(signature)
    )


def _digest_then(signature: EmbeddedPdfSignature) -> str:
    """Return the digest of the whole file as it stood after this signature."""
    _start, _first, second, length = (int(number) for number in signature.byte_range)
    stream = signature.reader.stream
    stream.seek(0)
    return hashlib.sha256(stream.read(second + length)).hexdigest()


def _fits(signature: EmbeddedPdfSignature, certificate: x509.Certificate) -> bool:
    try:
        intact, valid = validate_sig_integrity(
            signature.signer_info,
            certificate,
            expected_content_type="data",
            actual_digest=signature.compute_digest(),
        )
    except FAULTS:
        return False
    return bool(intact and valid)


def _gap_is_the_signature(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether the bytes left out are the signature's own and nothing else."""
    start, first, second, _length = (int(number) for number in signature.byte_range)
    stream = signature.reader.stream
    stream.seek(first)
    gap = stream.read(second - first)
    inner = gap[1:-1]
    is_hex = gap[:1] == b"<" and gap[-1:] == b">" and not set(inner) - set(_HEX)
    return start == 0 and is_hex and bytes.fromhex(inner.decode()) == signature.pkcs7_content


def _has_a_tail(signature: EmbeddedPdfSignature, seen: Integrity) -> bool:
    """Tell whether bytes follow the signed ones that no later revision accounts for."""
    if seen.covers == "file" or seen.later_revisions:
        return False
    _start, _first, second, length = (int(number) for number in signature.byte_range)
    stream = signature.reader.stream
    stream.seek(second + length)
    return bool(stream.read().strip())


def _is_hybrid(signature: EmbeddedPdfSignature) -> bool:
    """Readers may see different things in a file with two kinds of tables."""
    return bool(signature.reader.xrefs.hybrid_xrefs_present)


def _after(signature: EmbeddedPdfSignature) -> tuple[Whole, tuple[str, ...]]:
    found: Any = signature.diff_result
    if not isinstance(found, DiffResult):
        return Whole.CHANGED, ()
    if signature.summarise_integrity_info()["docmdp_ok"] is False:
        return Whole.CHANGED, ()
    if found.modification_level is ModificationLevel.NONE:
        return Whole.WHOLE, ()
    signing = {name for name, _value, _field in enumerate_sig_fields(signature.reader)}
    filled = tuple(sorted(found.changed_form_fields - signing))
    return (Whole.FILLED, filled) if filled else (Whole.ADDED, ())
