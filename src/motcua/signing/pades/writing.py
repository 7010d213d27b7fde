"""One signature into one PDF, as an increment: what is there already stays byte for byte."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    PreSignValidationStatus,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)

from motcua.kernel.refused import Refused
from motcua.signing.marks import Spot
from motcua.signing.pades.signer import DIGEST, HashSigner, Identity
from motcua.signing.pades.trust import Trust
from motcua.signing.ports import Key
from motcua.signing.refusals import (
    CannotBeSigned,
    CertificateRevoked,
    CertificateUnproven,
    KeyOutOfTime,
    NoTimestamp,
)

# Everything in the increment itself: no second revision, nothing appended after the signature.
_TOGETHER = DSSContentSettings(
    placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE, include_vri=False
)


@dataclass(frozen=True)
class Task:
    """What is signed, with what, and how it looks. `style` is pyHanko's stamp style, or None."""

    key: Key
    identity: Identity
    trust: Trust
    at: datetime
    reason: str = ""
    location: str = ""
    spot: Spot | None = None
    style: BaseStampStyle | None = None


@dataclass(frozen=True)
class Written:
    """What stands in the document: the field's name, and the level of PAdES that was reached."""

    field: str
    level: str


def sign(document: IO[bytes], task: Task) -> Written:
    """Sign the PDF in place (readable, writable, seekable); return the new field and its level.

    Raises CannotBeSigned, NoTimestamp, CertificateRevoked, CertificateUnproven, and what the key's
    port raises; the document is then worthless and is thrown away by the caller.
    """
    try:
        return asyncio.run(_sign(document, task))
    except TimestampRequestError:
        raise NoTimestamp(
            _("Máy chủ cấp dấu thời gian chưa trả lời. Chưa ký; hãy thử lại sau ít phút.")
        ) from None
    except (SigningError, PathError, ValidationError) as error:
        task.trust.forget(serial=task.identity.serial)
        raise _refusal(error) from error
    except PdfError as error:
        raise CannotBeSigned(_("Tệp PDF bị hỏng nên không ký được.")) from error


async def _sign(document: IO[bytes], task: Task) -> Written:
    writer = IncrementalPdfFileWriter(document, strict=False)
    field = f"KySo{1 + sum(1 for _field in enumerate_sig_fields(writer.prev))}"
    context = task.trust.context(serial=task.identity.serial)
    stamper = task.trust.stamper()
    signer = _pdf_signer(task, field, context, stamper)
    session = signer.init_signing_session(writer)
    session.system_time = task.at
    try:
        proof = await session.perform_presign_validation(writer)
        reserved = await _reserved(session, proof, task)
        prepared = session.prepare_tbs_document(validation_info=proof, bytes_reserved=reserved)
        digest, output = prepared.digest_tbs_document(in_place=True)
        done = await prepared.perform_signature(
            document_digest=digest.document_digest,
            pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=task.at),
        )
        await done.post_signature_processing(output)
    finally:
        if context is not None:
            await context.aclose()
    return Written(field, _level(proof, is_timed=stamper is not None))


def _level(proof: PreSignValidationStatus | None, *, is_timed: bool) -> str:
    """Return the level: long-term only where an OCSP answer or a CRL could be embedded."""
    if not is_timed:
        return "B-B"
    is_proven = proof is not None and (proof.ocsps_to_embed or proof.crls_to_embed)
    return "B-LT" if is_proven else "B-T"


def _pdf_signer(
    task: Task, field: str, context: ValidationContext | None, stamper: TimeStamper | None
) -> PdfSigner:
    spec = SigFieldSpec(field)
    if task.spot is not None:
        left, bottom, right, top = (round(edge) for edge in task.spot.box)
        spec = SigFieldSpec(field, on_page=task.spot.page, box=(left, bottom, right, top))
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        reason=task.reason or None,
        location=task.location or None,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=context is not None and stamper is not None,
        validation_context=context,
        dss_settings=_TOGETHER,
    )
    return PdfSigner(
        meta,
        HashSigner(task.key, task.identity),
        timestamper=stamper,
        stamp_style=task.style,
        new_field_spec=spec,
    )


_reserved_bytes: dict[tuple[str, str], int] = {}


async def _reserved(
    session: PdfSigningSession, proof: PreSignValidationStatus | None, task: Task
) -> int:
    """Return the room for the signature: rehearsed once for each certificate and authority."""
    key = (task.identity.serial, task.trust.tsa_url)
    if key not in _reserved_bytes:
        estimate = await session.estimate_signature_container_size(proof)
        _reserved_bytes[key] = int(estimate) + 1024
    return _reserved_bytes[key]


def _refusal(error: Exception) -> Refused:
    """Return the refusal that a failure of pyHanko means to the officer."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RevokedError):
            return CertificateRevoked(
                _("Chứng thư số đã bị thu hồi nên không ký được. Hãy dùng chứng thư khác.")
            )
        if isinstance(cause, ExpiredError | NotYetValidError):
            return KeyOutOfTime(_("Chứng thư số hết hạn hoặc chưa có hiệu lực nên không ký được."))
        if isinstance(cause, PathError | ValidationError):
            return CertificateUnproven(
                _("Chưa kiểm tra được chứng thư số (chuỗi tin cậy, OCSP, CRL). Chưa ký.")
            )
        cause = cause.__cause__
    return CannotBeSigned(
        _("Tài liệu không nhận thêm chữ ký: chữ ký trước khóa thay đổi, hoặc tệp bị hỏng.")
    )
