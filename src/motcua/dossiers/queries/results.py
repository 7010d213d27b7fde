"""Result documents: what they say, and the document itself, drafted or as it was issued."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor, PostRef
from motcua.directory.queries import cards
from motcua.directory.queries.parties import identity_number
from motcua.documents import papers as press
from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.documents.papers import data, results, wordings, words
from motcua.documents.papers.wordings import Wording
from motcua.dossiers.models import Dossier, Result, ResultDraft
from motcua.dossiers.queries import copy_terms, papers
from motcua.dossiers.queries.papers import head_of, issuer_of
from motcua.dossiers.queries.reading import Whole
from motcua.ledger import queries as trail

if TYPE_CHECKING:
    from collections.abc import Callable

# The part of a dossier under which its result documents are kept.
RESULT_COMPONENT = "ket-qua"


def is_result_file(file: File) -> bool:
    """Tell whether a file is a result document, drafted or issued."""
    return file.component_key == RESULT_COMPONENT


def draft_of_result(dossier: Dossier) -> ResultDraft | None:
    """Return the document that is being prepared, if somebody began it."""
    return ResultDraft.objects.filter(dossier_id=dossier.pk).select_related("file").first()


def wordings_for(dossier: Dossier, *, on: date) -> tuple[Wording, ...]:
    """Return the wordings that this dossier's result may have, the fitting one first."""
    outcome = dossier.outcome or dossier.proposal or "granted"
    return wordings.choices(procedure=dossier.procedure_code, outcome=outcome, on=on)


def wording_of(dossier: Dossier, draft: ResultDraft | None, *, on: date) -> Wording:
    """Return the wording that was chosen, or the one meant for this procedure and outcome."""
    fitting = wordings_for(dossier, on=on)
    chosen = next((one for one in fitting if draft and one.key == draft.wording), None)
    return chosen or fitting[0]


def values_of(dossier: Dossier, wording: Wording, *, at: datetime) -> dict[str, str]:
    """Return the blanks of a wording as the dossier's own data fill them."""
    known = _Known(dossier, at)
    return {
        blank.key: next((said for source in blank.source if (said := known.say(source))), "")
        for blank in wording.blanks
    }


class _Known:
    """What the dossier knows, by the names that wordings use."""

    def __init__(self, dossier: Dossier, at: datetime) -> None:
        self.dossier = dossier
        self.at = at

    def say(self, source: str) -> str:
        place, _dot, key = source.partition(".")
        if place == "form":
            return _said(self.dossier.form_data.get(key))
        if place in ("owner", "applicant"):
            return self._person(place, key)
        named: dict[str, Callable[[], str]] = {
            "dossier.code": lambda: self.dossier.code,
            "dossier.procedure_name": lambda: self.dossier.procedure_name,
            "dossier.filed_on": lambda: _day(self.dossier.filed_at),
            "agency.name": lambda: cards.name_of(self.dossier.competent_id),
            "dossier.note": lambda: self.dossier.note,
            "copy.document": lambda: copy_terms.document(self.dossier),
            "copy.pages": lambda: f"{copy_terms.pages(self.dossier):02d}",
            "copy.copies": lambda: f"{copy_terms.copies(self.dossier):02d}",
            "today": lambda: _day(self.at),
            "moment": lambda: words.moment(self.at),
            "decision.reason": lambda: self._proposed("reason"),
            "decision.law": lambda: self._proposed("law"),
        }
        return named[source]() if source in named else ""

    def _person(self, place: str, key: str) -> str:
        party = self.dossier.owner if place == "owner" else self.dossier.applicant
        if key == "id_number":
            return identity_number(party)
        return _said(getattr(party, key, ""))

    def _proposed(self, key: str) -> str:
        found = [
            str(fact.body.get(key, ""))
            for fact in trail.facts_of(self.dossier.stream)
            if fact.kind == "dossier.step_done" and fact.body.get("proposal") == "refused"
        ]
        return found[-1] if found else ""


def _said(value: object) -> str:
    """Return a declared value as a paper says it: days in our order, no blanks around it."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = "" if value is None else str(value).strip()
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}" if len(text) == 10 else text
    except ValueError:
        return text


def _day(at: datetime) -> str:
    return f"{timezone.localdate(at):%d/%m/%Y}"


@dataclass(frozen=True)
class Signer:
    """Who signs, and what stands over the name."""

    name: str
    title: str
    on_behalf: str = ""

    def as_signature(self) -> data.Signature:
        """Return the block as papers print it."""
        return data.Signature(heading=self.title, name=self.name, on_behalf=self.on_behalf)


def signer_of(post: PostRef | None, *, name: str) -> Signer:
    """Return the signature block of somebody who signs in a post (TM., KT., TUQ.).

    Source: 30/2020/NĐ-CP Điều 13, Phụ lục I.
    """
    if post is None:
        return Signer(name, _("Thủ trưởng cơ quan"))
    title = post.title or _("Thủ trưởng cơ quan")
    if post.on_behalf_of:
        return Signer(name, title, _("TUQ. Chủ tịch"))
    if title.lower().startswith("phó "):
        return Signer(name, title, _("KT. %s") % title[4:].capitalize())
    committee = post.agency_kind == "committee"
    return Signer(name, title, _("TM. Ủy ban nhân dân") if committee else "")


def paper_of(
    dossier: Dossier,
    wording: Wording,
    values: dict[str, str],
    *,
    signer: Signer,
    number: str = "",
) -> results.ResultPaper:
    """Return the document as the press draws it; without a number it waits for the clerk."""
    return results.ResultPaper(
        issuer=issuer_of(dossier.competent_id),
        dossier=head_of(dossier),
        subject=wording.filled(wording.subject, values),
        parts=results.drawn(wording, values),
        signer=signer.as_signature(),
        number=number,
        bases=_bases(dossier) if wording.bases else (),
        recipients=(
            dossier.owner.name,
            dossier.receiving.name,
            _("Lưu: VT, hồ sơ %s") % dossier.code,
        )
        if wording.recipients
        else (),
    )


def _bases(dossier: Dossier) -> tuple[str, ...]:
    return tuple(
        _("Căn cứ %(name)s (%(number)s);") % {"name": one.name, "number": one.number}
        for one in catalog.content_of(dossier.version_id).legal[:4]
    )


def drafters_at(actor: Actor, *, agency_id: int) -> bool:
    """Tell whether this person sees the agency's documents before they are issued.

    Source: 118/2025/NĐ-CP Điều 19 khoản 1.
    """
    return actor.has_role("appraiser", "head", "chairman", "clerk", agency_id=agency_id)


def preview(dossier: Dossier, *, actor: Actor, at: datetime) -> bytes:
    """Return the document as it stands: the signed draft where there is one, else drawn anew."""
    draft = draft_of_result(dossier)
    if draft is not None and draft.file is not None:
        with documents.open_file(draft.file) as stream:
            return stream.read()
    wording = wording_of(dossier, draft, on=timezone.localdate(at))
    own = draft.filled if draft and draft.wording == wording.key else {}
    values = values_of(dossier, wording, at=at) | own
    signer = signer_of(actor.post_for("head", "chairman", agency_id=dossier.competent_id), name="")
    return results.render_result(
        wording, paper_of(dossier, wording, values, signer=signer), at
    ).pdf


def issued_paper(result: Result) -> bytes:
    """Return an issued result without a digital signature, for ink and seal, as it was issued.

    Raises LookupError: it was issued before result documents had wordings.
    """
    wording = wordings.wording(result.wording)
    if wording is None:
        raise LookupError("the result has no wording")
    signer = Signer(result.signer, *_titles(result.signer_title))
    paper = paper_of(
        result.dossier, wording, dict(result.filled), signer=signer, number=result.number
    )
    return results.render_result(wording, paper, result.printed_at or result.issued_at).pdf


def printed(whole: Whole, *, key: str, at: datetime) -> bytes:
    """Return an official paper of a dossier: a result as it was issued, the others drawn from now.

    Raises LookupError: the dossier has no such paper yet.
    """
    result = whole.results[-1] if key == "result" and whole.results else None
    if result is None or not (result.file_id or result.wording):
        return press.render(key, papers.PAPERS[key](whole), at)
    result.dossier = whole.dossier
    return document_of(result)


def document_of(result: Result) -> bytes:
    """Return an issued result: the signed file, or the sheet for ink and seal.

    Raises LookupError: it was issued before result documents had wordings.
    """
    if result.file is None:
        return issued_paper(result)
    with documents.open_file(result.file) as stream:
        return stream.read()


def _titles(kept: str) -> tuple[str, str]:
    """Return heading and "on behalf" of the kept words "KT. Chủ tịch|Phó Chủ tịch, UBND …"."""
    title = kept.partition(",")[0].strip() or _("Thủ trưởng cơ quan")
    if title.lower().startswith("phó "):
        return title, _("KT. %s") % title[4:].capitalize()
    return title, ""
