"""Certified copies, the fast lane: compared, numbered, certified and settled in one act each."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import FeeRule
from motcua.directory.actor import Actor, PostRef
from motcua.directory.queries import cards
from motcua.directory.services.parties import PartyDetails
from motcua.documents import queries as stored
from motcua.documents.models import File
from motcua.documents.papers import results as press
from motcua.documents.papers import wordings, words
from motcua.dossiers import refusals
from motcua.dossiers.models import CertifiedCopy, Dossier, Result
from motcua.dossiers.queries import results as queries
from motcua.dossiers.services import at_once, core, counter, results, seals
from motcua.dossiers.services import copy_register as register
from motcua.dossiers.services.filing import Filing, PaperIn
from motcua.kernel.refused import Refused

LAW = "23/2015/NĐ-CP Điều 20"
MOST_COPIES = 200
MOST_IN_BATCH = 100


@dataclass(frozen=True)
class CopyWanted:
    """What one person wants copied: of which original, on how many pages, how often.

    `file`: key of the scan among the draft's files; its pages are counted from it. `pages` is used
    only where there is no scan (a paper copy compared by eye).
    """

    requester: PartyDetails
    document: str
    copies: int = 1
    issuer: str = ""
    file: str = ""
    pages: int = 0
    medium: str = "paper"
    case: str = "vietnam"


@dataclass(frozen=True)
class Certified:
    """What came of one copy: the entry of the register, or why there is none."""

    wanted: CopyWanted
    copy: CertifiedCopy | None = None
    refusal: str = ""
    field: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether it was certified."""
        return self.copy is not None


@dataclass(frozen=True)
class Counter:
    """Where the copies are made: the centre, the committee that certifies, the officer's scans."""

    receiving: str
    competent: str
    draft_key: str


@dataclass(frozen=True)
class Hands:
    """The keys that are open for the batch; "" signs in ink."""

    personal: seals.Hand = ""
    agency: seals.Hand = ""


def certify_many(
    *,
    wanted: Sequence[CopyWanted],
    counter: Counter,
    by: Actor,
    at: datetime,
    pin: str = "",
    seal_pin: str = "",
) -> list[Certified]:
    """Certify several copies, each its own dossier with its own number; one PIN for all.

    `pin`: opens the personal key, `seal_pin` the agency's (sao y); electronic copies need both, paper
    ones are signed in ink. A copy that is refused leaves the others as they are.
    Raises NotAllowed: nobody lent this officer the signature. Raises Misstated: too many; and what
    opening the keys raises: then nothing was certified.
    Source: 23/2015/NĐ-CP Điều 20; 118/2025/NĐ-CP Điều 17 khoản 4, khoản 5.
    """
    if len(wanted) > MOST_IN_BATCH:
        raise refusals.Misstated(_("Mỗi lượt tối đa %d giấy tờ.") % MOST_IN_BATCH, field="file")
    post = _post(counter.competent, by)
    with ExitStack() as keys:
        hands = _hands(keys, wanted, post.agency_id, (pin, seal_pin), by, at)
        return [_each(one, counter, post, hands, by, at) for one in wanted]


def _post(competent: str, by: Actor) -> PostRef:
    card = cards.card_by_code(competent)
    post = by.post_for("head", "chairman", agency_id=card.id) if card else None
    if post is None:
        raise refusals.NotAllowed(
            _("Bạn chưa được giao quyền ký chứng thực của cơ quan này."), law=at_once.LAW
        )
    return post


def _hands(
    keys: ExitStack,
    wanted: Sequence[CopyWanted],
    agency_id: int,
    pins: tuple[str, str],
    by: Actor,
    at: datetime,
) -> Hands:
    if not any(one.medium == CertifiedCopy.Medium.ELECTRONIC for one in wanted):
        return Hands()
    opened = [
        keys.enter_context(seals.pen_of(hand=pin, kind=kind, by=by, agency_id=agency_id, at=at))
        for kind, pin in zip((seals.PERSONAL, seals.COPY), pins, strict=True)
    ]
    return Hands(personal=opened[0], agency=opened[1])


def _each(
    wanted: CopyWanted, counter: Counter, post: PostRef, hands: Hands, by: Actor, at: datetime
) -> Certified:
    try:
        copy = certify(wanted=wanted, counter_at=counter, post=post, pin=hands, by=by, at=at)
    except Refused as refusal:
        words_said = f"{refusal} ({refusal.law})" if refusal.law else str(refusal)
        return Certified(wanted, refusal=words_said, field=refusal.field)
    return Certified(wanted, copy=copy)


@core.act
def certify(
    *,
    wanted: CopyWanted,
    counter_at: Counter,
    post: PostRef,
    pin: Hands,
    by: Actor,
    at: datetime,
) -> CertifiedCopy:
    """Certify one copy: file it, settle it at once, number it, write the certificate, sign it.

    Raises Misstated: no document, pages or copies. Raises what `settle_at_once` and signing raise.
    Source: 23/2015/NĐ-CP Điều 20, Điều 21; 01/2020/TT-BTP.
    """
    original = _original(wanted, counter_at.draft_key)
    pages = original.pages if original else wanted.pages
    _check(wanted, pages)
    dossier = counter.file_at_counter(
        filed=_filing(wanted, counter_at, original), draft_key=counter_at.draft_key, by=by, at=at
    )
    fee = _fee(dossier)
    result = at_once.settle_at_once(
        code=dossier.code,
        receiver=wanted.requester.name,
        quantities={fee.key: pages, f"{fee.key}*": wanted.copies} if fee else {},
        wording=wordings.COPY,
        by=by,
        at=at,
    )
    copy = register.entry(
        result=result,
        document=wanted.document,
        issuer=wanted.issuer,
        pages=pages,
        copies=wanted.copies,
        fee_vnd=(fee.amount_for(pages) or 0) * wanted.copies if fee else 0,
        medium=wanted.medium,
        original=original,
        at=at,
    )
    _write(result, copy, post, pin, by, at)
    copy.save()
    _note(result, copy, by, at)
    return copy


def _original(wanted: CopyWanted, draft_key: str) -> File | None:
    if not wanted.file:
        return None
    scans = stored.files_of_draft(draft_key=draft_key)
    found = next((one for one in scans if str(one.uuid) == wanted.file), None)
    if found is None:
        raise refusals.NotThere(_("Không tìm thấy bản quét của giấy tờ này."), field="file")
    return stored.versions_of(found)[0]


def _check(wanted: CopyWanted, pages: int) -> None:
    if len(wanted.document.strip()) < 2:
        raise refusals.Misstated(_("Ghi tên giấy tờ được sao."), field="document")
    if pages < 1:
        raise refusals.Misstated(_("Ghi số trang của bản chính."), field="pages")
    if not 1 <= wanted.copies <= MOST_COPIES:
        raise refusals.Misstated(_("Số bản sao từ 1 đến %d.") % MOST_COPIES, field="copies")
    if wanted.medium not in CertifiedCopy.Medium.values:
        raise refusals.Misstated(_("Hãy chọn bản giấy hay bản điện tử."), field="medium")
    if wanted.medium == CertifiedCopy.Medium.ELECTRONIC and not wanted.file:
        raise refusals.Misstated(_("Bản sao điện tử cần bản quét của bản chính."), field="file")


def _filing(wanted: CopyWanted, counter_at: Counter, original: File | None) -> Filing:
    version = catalog.version_in_force(register.procedure(), on=timezone.localdate())
    content = catalog.content_of(version.pk) if version else None
    keys = {case.key for case in content.cases} if content else set()
    known = {one.key for one in content.components} if content else set()
    versions = stored.versions_of(original) if original else []
    files = tuple(str(one.uuid) for one in versions)
    papers = (
        PaperIn("original", originals=1, files=files),
        PaperIn("copy", copies=wanted.copies),
    )
    return Filing(
        procedure=register.procedure(),
        channel="counter",
        receiving=counter_at.receiving,
        competent=counter_at.competent,
        owner=wanted.requester,
        case=wanted.case if wanted.case in keys else "",
        papers=tuple(paper for paper in papers if paper.component in known),
        phone=wanted.requester.phone,
        return_mode="online" if wanted.medium == "electronic" else "counter",
        note=wanted.document.strip()[:200],
    )


def _fee(dossier: Dossier) -> FeeRule | None:
    """Return the fee that is counted by the pages of the original."""
    fees = catalog.content_of(dossier.version_id).fees_for(dossier.channel, dossier.case_key)
    return next((fee for fee in fees if fee.per == "page" and fee.amount_vnd), None)


def _write(
    result: Result, copy: CertifiedCopy, post: PostRef, hands: Hands, by: Actor, at: datetime
) -> None:
    """Write the certificate behind the scan, and sign an electronic copy."""
    dossier = result.dossier
    wording = wordings.all_wordings()[wordings.COPY]
    values = {
        "document": copy.document,
        "issuer": copy.document_issuer,
        "pages": f"{copy.pages:02d}",
        "copies": f"{copy.copies:02d}",
        "register": register.number_of(result),
        "moment": words.moment(at),
    }
    signer = queries.signer_of(post, name=by.name)
    paper = queries.paper_of(dossier, wording, values, signer=signer, number=result.number)
    printed = press.render_result(wording, paper, at)
    if copy.original is not None:
        printed = register.with_scan(original=copy.original, certificate=printed)
    name = results.file_name(number=result.number)
    file = results.keep_paper(printed.pdf, dossier=dossier, name=name, by=by, at=at)
    if isinstance(hands.personal, str) or isinstance(hands.agency, str):
        result.file = file
    elif copy.medium == CertifiedCopy.Medium.ELECTRONIC:
        file = seals.signed(file=file, pen=hands.personal, place=printed.place(press.SIGNER))
        result.file = seals.signed(file=file, pen=hands.agency, form=_("SAO Y"))
        result.signed = Result.Signed.FULL
    else:
        result.file = file
    result.title = _("Bản sao có chứng thực: %s") % copy.document
    result.filled, result.printed_at = values, at
    result.save(update_fields=["file", "signed", "title", "filled", "printed_at"])


def _note(result: Result, copy: CertifiedCopy, by: Actor, at: datetime) -> None:
    dossier = Dossier.objects.get(pk=result.dossier_id)
    fact = register.fact_of(copy)
    core.finish(dossier, fact, by=by, at=at, agency_id=dossier.competent_id)
