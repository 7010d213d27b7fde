"""The register of certified copies (sổ chứng thực): every way to a certified copy enters it."""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.documents.papers import copies as joining
from motcua.documents.papers import results as press
from motcua.documents.papers import wordings
from motcua.dossiers import events, refusals
from motcua.dossiers.models import CertifiedCopy, Result
from motcua.dossiers.queries import copy_terms
from motcua.dossiers.queries import results as queries
from motcua.kernel.text import fold

MOST_PAGES = 2000


@cache
def settings() -> dict[str, Any]:
    """Return what is set of the register: procedure, books with their dates.

    Source: 01/2020/TT-BTP.
    """
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def procedure() -> str:
    """Return the code of the procedure of certified copies.

    Source: 23/2015/NĐ-CP Điều 17 đến Điều 22.
    """
    return str(settings()["procedure"])


def book(*, sequence: int, year: int, on: date) -> str:
    """Return the book in which an entry of the register stands.

    Source: 01/2020/TT-BTP.
    """
    rule = next(one for one in reversed(settings()["book"]) if one["valid_from"] <= on)
    number = 1 + (sequence - 1) // int(rule["entries"])
    return str(rule["name"]).format(book=number, year=year)


def is_certified_copy(result: Result) -> bool:
    """Tell whether a result is a certified copy, and so stands in the register.

    Source: 23/2015/NĐ-CP Điều 20.
    """
    return result.wording == wordings.COPY


def number_of(result: Result) -> str:
    """Return the number that stands on the paper: a certified copy names its book too.

    Source: 01/2020/TT-BTP.
    """
    if not is_certified_copy(result):
        return result.number
    on = timezone.localdate(result.issued_at)
    return _("%(number)d, quyển số %(book)s") % {
        "number": result.sequence,
        "book": book(sequence=result.sequence, year=result.year, on=on),
    }


def entry(
    *,
    result: Result,
    document: str,
    pages: int,
    copies: int,
    fee_vnd: int,
    at: datetime,
    issuer: str = "",
    medium: str = CertifiedCopy.Medium.PAPER,
    original: File | None = None,
) -> CertifiedCopy:
    """Return the entry of a certified copy under its result's number; the caller saves it.

    Source: 23/2015/NĐ-CP Điều 20; 01/2020/TT-BTP.
    """
    requester, named = result.dossier.owner.name[:200], " ".join(document.split())[:200]
    return CertifiedCopy(
        result=result,
        agency_id=result.agency_id,
        year=result.year,
        sequence=result.sequence,
        book=book(sequence=result.sequence, year=result.year, on=timezone.localdate(at)),
        document=named,
        document_issuer=" ".join(issuer.split())[:200],
        requester=requester,
        folded=f"{fold(requester)} {fold(named)}",
        pages=pages,
        copies=copies,
        fee_vnd=fee_vnd,
        medium=medium,
        original=original,
        certified_at=at,
        certified_by=result.signer[:120],
    )


def enter(*, result: Result, at: datetime) -> list[events.CopyCertified]:
    """Enter a result just issued, if it is a certified copy; return what is to be recorded.

    What nobody typed is taken from the dossier: papers, scans, charges. The number and the book are
    written into the certificate, unless it was signed before it had them. A correction keeps what
    the entry it replaces said.
    Source: 23/2015/NĐ-CP Điều 20; 01/2020/TT-BTP.
    """
    if not is_certified_copy(result):
        return []
    dossier = result.dossier
    wording = wordings.all_wordings()[wordings.COPY]
    said = {key: value for key, value in result.filled.items() if value}
    values = queries.values_of(dossier, wording, at=at) | said | {"register": number_of(result)}
    earlier = _replaced(result)
    original = earlier.original if earlier else copy_terms.original(dossier)
    copy = entry(
        result=result,
        document=values["document"],
        issuer=values["issuer"],
        pages=_count(values["pages"], MOST_PAGES),
        copies=_count(values["copies"], MOST_PAGES),
        fee_vnd=0 if earlier else copy_terms.fee_vnd(dossier),
        medium=earlier.medium if earlier else _medium(result, original),
        original=original,
        at=at,
    )
    result.filled = values
    result.title = _("Bản sao có chứng thực: %s") % copy.document
    result.printed_at = result.printed_at or at
    result.save(update_fields=["filled", "title", "printed_at"])
    copy.save()
    return [fact_of(copy)]


def _replaced(result: Result) -> CertifiedCopy | None:
    if result.replaces_id is None:
        return None
    return CertifiedCopy.objects.filter(result_id=result.replaces_id).first()


def _medium(result: Result, original: File | None) -> CertifiedCopy.Medium:
    is_whole = result.signed != Result.Signed.NOT and original is not None
    return CertifiedCopy.Medium.ELECTRONIC if is_whole else CertifiedCopy.Medium.PAPER


def _count(text: str, most: int) -> int:
    digits = "".join(char for char in text if char in "0123456789")[:6]
    return min(max(int(digits or 1), 1), most)


def fact_of(copy: CertifiedCopy) -> events.CopyCertified:
    """Return the entry as the ledger keeps it: one fact each.

    Source: 23/2015/NĐ-CP Điều 20.
    """
    return events.CopyCertified(
        code=copy.result.dossier.code,
        number=str(copy),
        document=copy.document,
        pages=copy.pages,
        copies=copy.copies,
        fee_vnd=copy.fee_vnd,
        medium=copy.medium,
    )


def with_scan(*, original: File, certificate: press.Printed) -> press.Printed:
    """Return the certificate behind the pages of the original as they were scanned.

    Raises Misstated: the scan is damaged inside. Raises HeldBack, Lost.
    Source: 23/2015/NĐ-CP Điều 20.
    """
    # No key is named: the certificate is our own paper, so what it holds has been scanned by now.
    with documents.open_file(original) as scan:
        content = scan.read()
    try:
        return joining.joined(content, original.content_type, certificate)
    except joining.Unreadable:
        raise refusals.Misstated(
            _("Bản quét “%s” hỏng bên trong, không ghép được lời chứng. Hãy quét lại.")
            % original.name,
            field="file",
        ) from None
