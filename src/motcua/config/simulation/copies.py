"""Certified copies: a result that is one enters the register, as dossiers.services enters it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.config.simulation.case import Case
from motcua.documents.papers import wordings, words
from motcua.documents.papers.wordings import Wording
from motcua.dossiers import events
from motcua.dossiers.queries import copy_terms
from motcua.dossiers.services import copy_register
from motcua.kernel.text import fold
from motcua.kernel.worktime.calendar import VIETNAM


def is_copy(wording: Wording) -> bool:
    """Tell whether a result with this wording stands in the register of copies."""
    return wording.key == wordings.COPY


def enter(case: Case, row: dict[str, Any], *, at: datetime) -> events.CopyCertified:
    """Write the entry of a result that has its number; return what is recorded of it."""
    on, sequence, year = at.astimezone(VIETNAM).date(), row["sequence"], row["year"]
    book = copy_register.book(sequence=sequence, year=year, on=on)
    brought = [
        paper.name
        for key, paper in case.papers.items()
        if paper.state == "present" and key != copy_terms.COPY
    ]
    said = "; ".join(brought) or case.procedure_name
    pages = max(1, max((charge["quantity"] for charge in case.charges), default=0))
    copied = case.papers.get(copy_terms.COPY)
    copies = max(1, copied.copies if copied else 0)
    register = _("%(number)d, quyển số %(book)s") % {"number": sequence, "book": book}
    row["filled"] = {
        "document": said,
        "issuer": "",
        "pages": f"{pages:02d}",
        "copies": f"{copies:02d}",
        "register": register,
        "moment": words.moment(at),
    }
    document = " ".join(said.split())[:200]
    row["title"], row["printed_at"] = _("Bản sao có chứng thực: %s") % document, at
    requester, fee = case.person_name[:200], sum(one["amount_vnd"] for one in case.charges)
    row["copy"] = {
        "agency_id": case.competent.id, "year": year, "sequence": sequence, "book": book,
        "document": document, "document_issuer": "", "requester": requester,
        "folded": f"{fold(requester)} {fold(document)}", "pages": pages, "copies": copies,
        "fee_vnd": fee, "medium": "paper", "original_id": None, "certified_at": at,
        "certified_by": row["signer"][:120],
    }  # fmt: skip
    return events.CopyCertified(
        code=case.code, number=f"{sequence}, {book}", document=document, pages=pages,
        copies=copies, fee_vnd=fee, medium="paper",
    )  # fmt: skip
