"""The way of one paper: scanned, read, compared, signed, certified, stored, reused; each is a fact."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import assembling, events
from motcua.documents.models import Batch, Digitised, File
from motcua.documents.rules import digitising as rules
from motcua.documents.rules.digitising import PaperState
from motcua.documents.services import keeping, receiving
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger
from motcua.ledger.rules import discreet


class NotInOrder(Refused):
    """A paper takes its steps in the order of the law."""


class FileMissing(Refused):
    """The paper has no PDF yet."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """What R11 wants known of a paper."""

    kind: str
    owner: str
    title: str
    abstract: str
    owner_party_id: int | None = None
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    is_unlimited: bool = False
    scope: str = ""


def made(*, paper: Digitised, by: Actor, at: datetime) -> None:
    """Note that the PDF of a paper was made: it is scanned, and read if the machine could read."""
    paper.scanned_by = paper.batch.opened_by
    is_new = paper.pk is None
    _step(paper, PaperState.SCANNED, by=by, at=at)
    if is_new:
        fact = events.PaperScanned(**_about(paper), sheets=len(paper.sheets))
        _note(paper, fact, by=_scanner(paper.batch), at=paper.batch.opened_at)
    if not paper.has_text:
        _note(paper, events.PaperUnread(**_about(paper), reason=paper.problem), by=by, at=at)
        return
    _step(paper, PaperState.READ, by=by, at=at)
    _note(
        paper, events.PaperRead(**_about(paper), confidence=paper.confidence or 0.0), by=by, at=at
    )


def _scanner(batch: Batch) -> Actor:
    """Return who scanned a stack; in which post stands with the stack's own fact."""
    _kind, _colon, number = batch.opened_by.partition(":")
    account_id = int(number) if number.isdigit() else None
    return Actor("staff", batch.opened_by_name, account_id=account_id)


def forget(*, papers: Sequence[Digitised]) -> None:
    """Remove papers that the stack has no more; their files stay with the case as scanned."""
    for paper in papers:
        if not rules.is_fixed(paper.state):
            paper.delete()


def reassign(*, paper: Digitised, component: str) -> None:
    """Let a paper that was not compared yet be another component; its pages are the same."""
    paper.component_key = component
    paper.save(update_fields=["component_key"])


@transaction.atomic
def describe(*, paper: Digitised, said: Described) -> Digitised:
    """Keep what R11 wants known of a paper, before it is compared.

    Raises NotInOrder: it is signed, and its words with it.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    row = _locked(paper)
    if rules.is_fixed(row.state):
        raise NotInOrder(
            _("Giấy tờ đã đối chiếu hoặc ký số nên không sửa thông tin được. Hãy mở lại trước."),
            law=rules.LAW[PaperState.SIGNED],
        )
    for key, value in asdict(said).items():
        setattr(row, key, discreet(squeeze(value)) if isinstance(value, str) else value)
    row.save()
    return row


@transaction.atomic
def compare(
    *,
    paper: Digitised,
    component_name: str,
    by: Actor,
    at: datetime,
    needs_agency: bool = False,
) -> Digitised:
    """Note that an officer compared a paper with its original; what R11 wants known goes into its PDF.

    needs_agency: the law wants the agency's signature on it as well (R12).
    Raises NotInOrder, FileMissing. Raises HeldBack, Lost: its PDF cannot be opened.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c, Điều 19 khoản 2.
    """
    row = _ready_for(paper, PaperState.COMPARED)
    row.needs_agency = needs_agency
    row.file = _with_words(row, component_name, by=by, at=at)
    _step(row, PaperState.COMPARED, by=by, at=at)
    _note(row, events.PaperCompared(**_about(row)), by=by, at=at)
    return row


@transaction.atomic
def reopen(*, paper: Digitised, by: Actor, at: datetime) -> Digitised:
    """Take back that a paper was compared, so that its sheets may be changed.

    Raises NotInOrder: it is signed, or was not compared.
    """
    row = _locked(paper)
    if row.state != PaperState.COMPARED:
        raise NotInOrder(_("Chỉ mở lại được giấy tờ đã đối chiếu mà chưa ký số."))
    _step(row, PaperState.READ if row.has_text else PaperState.SCANNED, by=by, at=at)
    _note(row, events.PaperReopened(**_about(row)), by=by, at=at)
    return row


@transaction.atomic
def signed(*, paper: Digitised, file: File, by: Actor, at: datetime) -> Digitised:
    """Note that the officer who scanned a paper signed it; `file` is the signed PDF (R26).

    Raises NotInOrder.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    row = _ready_for(paper, PaperState.SIGNED)
    row.file, row.signed_by = file, by.key
    _step(row, PaperState.SIGNED, by=by, at=at)
    _note(row, events.PaperSigned(**_about(row)), by=by, at=at)
    return row


def linked(*, paper: Digitised) -> None:
    """Note that the paper's present file stands in the case."""
    paper.linked = paper.file.uuid if paper.file else None
    paper.save(update_fields=["linked"])


@transaction.atomic
def certified(*, paper: Digitised, file: File, by: Actor, at: datetime) -> Digitised:
    """Note that the agency signed a paper as a true copy; `file` is what came out (R12).

    Raises NotInOrder: it is not signed, or the law wants no agency's signature on it.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    row = _ready_for(paper, PaperState.CERTIFIED)
    row.file = file
    _step(row, PaperState.CERTIFIED, by=by, at=at)
    _note(row, events.PaperCertified(**_about(row)), by=by, at=at)
    return row


@transaction.atomic
def stored(*, paper: Digitised, by: Actor, at: datetime) -> Digitised:
    """Note that a paper went into its owner's store.

    Raises NotInOrder: a signature is still missing.
    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    row = _ready_for(paper, PaperState.STORED)
    _step(row, PaperState.STORED, by=by, at=at)
    _note(row, events.PaperStored(**_about(row)), by=by, at=at)
    return row


@transaction.atomic
def reused(*, paper: Digitised, in_case: str, by: Actor, at: datetime) -> Digitised:
    """Note that a stored paper stood for a component of another dossier.

    Raises NotInOrder: it is not in the store.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    row = _ready_for(paper, PaperState.REUSED)
    _step(row, PaperState.REUSED, by=by, at=at)
    _note(row, events.PaperReused(**_about(row), in_case=in_case), by=by, at=at)
    return row


def _locked(paper: Digitised) -> Digitised:
    rows = Digitised.objects.select_for_update(of=("self",)).select_related("batch", "file")
    return rows.get(pk=paper.pk)


def _ready_for(paper: Digitised, wanted: PaperState) -> Digitised:
    row = _locked(paper)
    if row.file is None:
        raise FileMissing(_("Giấy tờ chưa có tệp PDF. Hãy bấm “Đọc chữ và lập tệp” trước."))
    if not rules.may_become(row.state, wanted, needs_agency=row.needs_agency):
        words = _("Giấy tờ đang ở bước “%(now)s” nên chưa thể sang bước “%(next)s”.")
        labels = dict(Digitised.State.choices)
        raise NotInOrder(
            words % {"now": row.get_state_display(), "next": labels[wanted.value]},
            law=rules.LAW.get(wanted, ""),
        )
    return row


def _step(paper: Digitised, state: PaperState, *, by: Actor, at: datetime) -> None:
    paper.state = state.value
    paper.state_by, paper.state_by_name, paper.state_at = by.key, by.name[:120], at
    paper.save()


def _about(paper: Digitised) -> dict[str, str]:
    return {
        "paper": str(paper.uuid),
        "case": paper.batch.case_code,
        "component": paper.component_key,
        "sha256": paper.file.sha256 if paper.file else "",
    }


def _note(paper: Digitised, fact: Fact, *, by: Actor, at: datetime) -> None:
    ledger.record(
        fact,
        stream=f"digitised:{paper.uuid}",
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )


def _with_words(paper: Digitised, component_name: str, *, by: Actor, at: datetime) -> File:
    """Return a new version of the PDF that says what R11 wants known of it."""
    if paper.file is None:
        raise FileMissing(_("Giấy tờ chưa có tệp PDF."))
    about = assembling.About(
        title=paper.title or component_name,
        kind=paper.kind,
        owner=paper.owner,
        number=paper.number,
        abstract=paper.abstract,
        issuer=paper.issuer,
        issued_on=paper.issued_on,
        valid_from=paper.valid_from,
        valid_until=paper.valid_until,
        scope=paper.scope,
        dossier=paper.batch.case_code,
        component=component_name,
    )
    out = io.BytesIO()
    with keeping.open_file(paper.file) as before:
        assembling.retitle(before, out, about=about, at=timezone.localtime(at))
    out.seek(0)
    return receiving.store(
        out,
        name=f"{paper.title or component_name or paper.file.name}.pdf"[:140],
        by_key=by.key,
        at=at,
        case_id=paper.case_id,
        component_key=paper.component_key,
        kind=paper.kind,
        source="system",
        replaces=paper.file,
    )
