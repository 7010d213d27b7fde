"""Signed documents and what a forger makes of them: every one is really produced."""

import io
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pikepdf
from asn1crypto import cms, keys, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator import ValidationContext

from tests.signing.letters import decision
from tests.signing.pki import PIN, Pki


def certificate(pki: Pki, label: str) -> x509.Certificate:
    encoded = pki.certificate(label).public_bytes(serialization.Encoding.DER)
    return x509.Certificate.load(encoded)


def signer(pki: Pki, label: str) -> signers.SimpleSigner:
    return signers.SimpleSigner.load_pkcs12_data(
        pki.pkcs12(label), other_certs=[], passphrase=PIN.encode()
    )


def authority(pki: Pki, at: datetime) -> timestamps.DummyTimeStamper:
    """Return the PKI's timestamp authority as it was at that time."""
    key = pki.key("tsa").private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return timestamps.DummyTimeStamper(
        tsa_cert=certificate(pki, "tsa"),
        tsa_key=keys.PrivateKeyInfo.load(key),
        fixed_dt=at,
    )


def sign(
    pki: Pki,
    label: str = "head",
    *,
    content: bytes | None = None,
    field: str = "KySo1",
    stamper: Any = "tsa",
    is_proven: bool = False,
    is_archived: bool = False,
    digest: str = "sha256",
    reason: str | None = None,
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
) -> bytes:
    """Return the document signed: B-T, or B-LT and B-LTA with what proves it."""
    if stamper == "tsa":
        stamper = timestamps.HTTPTimeStamper(pki.tsa_url)
    context = None
    if is_proven:
        context = ValidationContext(
            trust_roots=[certificate(pki, "root")], allow_fetching=True, revocation_mode="require"
        )
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        subfilter=subfilter,
        md_algorithm=digest,
        embed_validation_info=is_proven,
        validation_context=context,
        use_pades_lta=is_archived,
        reason=reason,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(content or decision()), strict=False)
    done = signers.sign_pdf(writer, meta, signer=signer(pki, label), timestamper=stamper)
    return bytes(done.getvalue())


def with_new_words(signed: bytes) -> bytes:
    """Put another text over the page after it was signed (a shadow attack: replace)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    words = generic.StreamObject(stream_data=b"BT /F0 40 Tf 100 400 Td (1.000.000.000) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(words)
    writer.update_container(page)
    return _written(writer)


def with_a_note(signed: bytes) -> bytes:
    """Stick an annotation over the page after it was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(
                [generic.NumberObject(n) for n in (0, 0, 500, 800)]
            ),
            pdf_name("/Contents"): generic.pdf_string("Đã trả đủ tiền"),
        }
    )
    reference = writer.add_object(note)
    old = page.get("/Annots", generic.ArrayObject())
    page[pdf_name("/Annots")] = generic.ArrayObject([*old, reference])
    writer.update_container(page)
    return _written(writer)


def without_its_signature(signed: bytes) -> bytes:
    """Take the signature's field away in an update; its bytes stay behind."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    form = writer.root["/AcroForm"]
    form[pdf_name("/Fields")] = generic.ArrayObject()
    writer.update_container(form)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_a_flipped_byte(signed: bytes) -> bytes:
    """Change one byte of the signed page itself."""
    place = signed.index(b"stream\n") + 20
    return signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]


def _parts(signed: bytes) -> tuple[int, int, bytes]:
    """Return where the signature's hex string starts and ends, and the CMS in it."""
    found = PdfFileReader(io.BytesIO(signed), strict=False).embedded_signatures[-1]
    _start, first, second, _length = (int(number) for number in found.byte_range)
    return first, second, found.pkcs7_content


def _with_cms(signed: bytes, content: bytes) -> bytes:
    first, second, _old = _parts(signed)
    room = second - first - 2
    return signed[: first + 1] + content.hex().encode().ljust(room, b"0") + signed[second - 1 :]


def with_another_certificate(pki: Pki, signed: bytes) -> bytes:
    """Show another person's certificate instead of the one that signed."""
    _first, _second, content = _parts(signed)
    info = cms.ContentInfo.load(content)
    data = info["content"]
    other = certificate(pki, "chairman")
    data["certificates"] = cms.CertificateSet([cms.CertificateChoices("certificate", other)])
    data["signer_infos"][0]["sid"] = cms.SignerIdentifier(
        "issuer_and_serial_number",
        cms.IssuerAndSerialNumber({"issuer": other.issuer, "serial_number": other.serial_number}),
    )
    return _with_cms(signed, info.dump(force=True))


def with_the_stamp_of(signed: bytes, other: bytes) -> bytes:
    """Carry the timestamp of another signature."""
    info, donor = (cms.ContentInfo.load(_parts(one)[2]) for one in (signed, other))
    stamp = donor["content"]["signer_infos"][0]["unsigned_attrs"]
    info["content"]["signer_infos"][0]["unsigned_attrs"] = stamp
    return _with_cms(signed, info.dump(force=True))


def with_a_hole(signed: bytes, hidden: bytes = b" /Evil (1.000.000.000) ") -> bytes:
    """Hide words in the room behind the signature, which nobody signs."""
    first, second, content = _parts(signed)
    bare = cms.ContentInfo.load(content).dump()
    held = b"<" + bare.hex().encode() + b">" + hidden
    return signed[:first] + held.ljust(second - first) + signed[second:]


def pages(count: int) -> bytes:
    """Return a PDF of so many empty pages."""
    document = pikepdf.new()
    for _page in range(count):
        document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def signed_often(count: int) -> bytes:
    """Return a PDF with so many fields that claim to be signed."""
    document = pikepdf.new()
    document.add_blank_page()
    value = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            SubFilter=pikepdf.Name("/ETSI.CAdES.detached"),
            Contents=pikepdf.String(bytes(20)),
            ByteRange=pikepdf.Array([0, 1, 2, 3]),
        )
    )
    listed = [
        document.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String(f"KySo{place}"), V=value)
        )
        for place in range(count)
    ]
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(listed), SigFlags=3)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def revised_often(count: int) -> bytes:
    """Return a PDF with so many revisions after its first."""
    content = pages(1)
    for place in range(count):
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        writer.root[pdf_name("/Lan")] = generic.NumberObject(place)
        writer.update_root()
        content = _written(writer)
    return content


def locked(content: bytes) -> bytes:
    """Return the PDF behind a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def bomb(inflated: int = 1 << 31) -> bytes:
    """Return a PDF whose table of objects inflates to two gigabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(_pieces(packer, inflated))
    head = b"%PDF-1.7\n"
    body = (
        b"1 0 obj\n<</Type/XRef/Size 99999999/W[1 4 2]/Root 2 0 R/Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    return head + body + b"startxref\n9\n%%EOF\n"


def _pieces(packer: Any, inflated: int) -> Iterator[bytes]:
    block = bytes(1 << 20)
    for _block in range(inflated >> 20):
        yield packer.compress(block)
    yield packer.flush()


LONG_AGO = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
BEFORE_REVOCATION = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)
