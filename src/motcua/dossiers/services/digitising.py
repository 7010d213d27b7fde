"""Papers of a dossier from the scanner to the store. Called as `digitising.sign(…)`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor, PostRef
from motcua.documents.models import Batch, Digitised, File
from motcua.documents.queries import digitising as stacks
from motcua.documents.rules import digitising as steps
from motcua.documents.rules.digitising import PaperState
from motcua.documents.services import digitising as desk
from motcua.dossiers import refusals
from motcua.dossiers import scan_events as events
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.queries import digitising as scans
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.rules import digitising as rules
from motcua.dossiers.services import core, rows
from motcua.dossiers.services.scan_keeping import (
    Done,
    MetadataMissing,
    SomebodyElses,
    keep,
    keep_signed,
    note_reuse,
    paper_of,
)
from motcua.kernel.refused import Refused
from motcua.signing import services as signing
from motcua.signing.models import Signature

__all__ = [
    "Done",
    "MetadataMissing",
    "NotYoursToSign",
    "NothingToDo",
    "SomebodyElses",
    "Unassigned",
    "certify",
    "compare",
    "keep",
    "note_reuse",
    "note_signature",
    "open_stack",
    "reopen",
    "sign",
]  # fmt: skip

R26 = "118/2025/NĐ-CP Điều 17 khoản 1 điểm c"
R12 = "118/2025/NĐ-CP Điều 19 khoản 2"


class NotYoursToSign(Refused):
    """A scan is signed by the officer who made it."""

    law = R26


class Unassigned(Refused):
    """Nobody said which component of the dossier a paper is."""

    field = "component"


class NothingToDo(Refused):
    """No paper of the dossier waits for this."""


def open_stack(*, code: str, scans: Sequence[desk.Scan], by: Actor, at: datetime) -> Batch:
    """Lay down a stack of scans for a dossier.

    Raises NotFound, NotAllowed; raises what `documents.store` raises, then nothing is kept.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    dossier = visible_to(by).filter(code=code).first()
    _need_post(dossier, code, by)
    return desk.open_batch(
        case_id=dossier.pk if dossier else 0, case_code=code, scans=scans, by=by, at=at
    )


@core.act
def compare(*, code: str, paper: UUID, said: desk.Described, by: Actor, at: datetime) -> Digitised:
    """Note that an officer compared a scan with its original; the scan stands in the dossier.

    Raises NotFound, NotAllowed, Unassigned, NotInOrder, FileMissing.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c, Điều 19 khoản 2.
    """
    dossier, _post = _locked(code, by)
    row = paper_of(dossier, key=paper)
    component = _component(dossier, row)
    desk.describe(paper=row, said=said)
    done = desk.compare(
        paper=row,
        component_name=component.name,
        needs_agency=steps.needs_agency(said.kind, on=timezone.localdate(at)),
        by=by,
        at=at,
    )
    _link(component, done)
    fact = events.PapersDigitised(
        code=dossier.code, components=(component.name[:120],), papers=(str(done.uuid),)
    )
    core.finish(dossier, fact, by=by, at=at)
    return done


@core.act
def reopen(*, code: str, paper: UUID, by: Actor, at: datetime) -> Digitised:
    """Take back that a scan was compared, to mend its sheets; it leaves the dossier until then.

    Raises NotFound, NotAllowed, NotInOrder.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    dossier, _post = _locked(code, by)
    row = paper_of(dossier, key=paper)
    done = desk.reopen(paper=row, by=by, at=at)
    component = _component(dossier, row)
    component.files = [key for key in component.files if key != str(row.linked)]
    component.save(update_fields=["files"])
    fact = events.PapersReopened(
        code=code, components=(component.name[:120],), papers=(str(done.uuid),)
    )
    core.finish(dossier, fact, by=by, at=at)
    return done


def sign(*, code: str, papers: Sequence[UUID], pin: str, by: Actor, at: datetime) -> list[Done]:
    """Sign compared scans of a dossier with one PIN; what is complete goes into the owner's store.

    papers: which; none means all that this officer scanned. A refusal of one stops no other.
    Raises NotFound, NotAllowed, NothingToDo, NotYoursToSign; raises what `signing.sign_many`
    raises (no key, wrong PIN, no token): then nothing was signed and all stays compared.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    dossier, post = _found(code, by)
    waiting = _chosen(dossier, papers, PaperState.COMPARED)
    mine = [p for p in waiting if rules.may_sign(scanned_by=p.scanned_by, by=by)]
    if waiting and not mine:
        raise NotYoursToSign(
            _("Bản quét do %(name)s thực hiện; người quét ký số và chịu trách nhiệm về bản quét.")
            % {"name": waiting[0].batch.opened_by_name}
        )
    if not mine:
        raise NothingToDo(_("Không có giấy tờ nào đã đối chiếu mà chờ ký số."))
    done = _signed(dossier.code, mine, "personal", post.agency_id, pin, by, at)
    return keep_signed(code=dossier.code, done=done, by=by, at=at)


def certify(*, code: str, papers: Sequence[UUID], pin: str, by: Actor, at: datetime) -> list[Done]:
    """Sign scans with the agency's key as true copies, and store them (R12).

    Raises NotFound, NotAllowed, NothingToDo; raises what `signing.sign_many` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2; 30/2020/NĐ-CP Điều 32.
    """
    dossier = visible_to(by).filter(code=code).first()
    agency_id = scans.sealing_agency(dossier, by=by) if dossier else None
    if dossier is None or agency_id is None:
        raise refusals.NotAllowed(
            _("Ký số cơ quan vào bản sao y do người giữ khóa của cơ quan thực hiện."), law=R12
        )
    waiting = [p for p in _chosen(dossier, papers, PaperState.SIGNED) if p.needs_agency]
    if not waiting:
        raise NothingToDo(_("Không có bản sao y nào chờ chữ ký số của cơ quan."))
    done = _signed(dossier.code, waiting, "copy", agency_id, pin, by, at)
    return keep_signed(code=dossier.code, done=done, by=by, at=at)


def _need_post(dossier: Dossier | None, code: str, by: Actor) -> PostRef:
    if dossier is None:
        raise refusals.NotFound(_("Không tìm thấy hồ sơ %s trong phạm vi của bạn.") % code)
    post = rules.post_to_digitise(dossier, by=by)
    if post is None:
        raise refusals.NotAllowed(
            _("Số hóa do nơi tiếp nhận hoặc cơ quan giải quyết thực hiện, khi hồ sơ còn mở."),
            law=R26,
        )
    return post


def _found(code: str, by: Actor) -> tuple[Dossier, PostRef]:
    dossier = visible_to(by).filter(code=code).first()
    post = _need_post(dossier, code, by)
    if dossier is None:
        raise refusals.NotFound(code)
    return dossier, post


def _locked(code: str, by: Actor) -> tuple[Dossier, PostRef]:
    dossier = rows.lock(code=code, by=by)
    post = _need_post(dossier, code, by)
    if dossier is None:
        raise refusals.NotFound(code)
    return dossier, post


def _component(dossier: Dossier, row: Digitised) -> Paper:
    found = Paper.objects.filter(dossier=dossier, component_key=row.component_key).first()
    if found is None:
        raise Unassigned(_("Hãy chọn bản quét này là giấy tờ nào của hồ sơ."))
    return found


def _chosen(dossier: Dossier, papers: Iterable[UUID], state: PaperState) -> list[Digitised]:
    wanted = set(papers)
    rows_ = stacks.papers_of_case(case_id=dossier.pk)
    return [p for p in rows_ if p.state == state and (not wanted or p.uuid in wanted)]


def _signed(
    code: str,
    papers: list[Digitised],
    kind: str,
    agency_id: int,
    pin: str,
    by: Actor,
    at: datetime,
) -> list[Done]:
    """Sign each; what is noted of it is noted in the transaction of its signature."""
    is_copy = kind == "copy"
    items = [
        signing.Item(
            file=_file_of(paper),
            then=partial(
                _note_signed, code, paper, agency_id=agency_id, is_copy=is_copy, by=by, at=at
            ),
        )
        for paper in papers
    ]
    outcomes = signing.sign_many(
        items=items, kind=kind, by=by, agency_id=agency_id, pin=pin, at=at
    )
    return [
        Done(paper, str(outcome.refused) if outcome.refused else "")
        for paper, outcome in zip(papers, outcomes, strict=True)
    ]


def _file_of(paper: Digitised) -> File:
    if paper.file is None:
        raise desk.FileMissing(_("Giấy tờ chưa có tệp PDF."))
    return paper.file


def _note_signed(
    code: str,
    paper: Digitised,
    signed: signing.SignedFile,
    *,
    agency_id: int,
    is_copy: bool,
    by: Actor,
    at: datetime,
) -> None:
    dossier = rows.lock(code=code, by=SYSTEM)
    if dossier is None:
        raise refusals.NotFound(code)
    component = _component(dossier, paper)
    advance = desk.certified if is_copy else desk.signed
    row = advance(paper=paper, file=signed.file, by=by, at=at)
    _link(component, row)
    kind = events.PapersCertified if is_copy else events.PapersSigned
    fact = kind(code=code, components=(component.name[:120],), papers=(str(row.uuid),))
    core.finish(dossier, fact, by=by, at=at)
    if row.needs_agency and not is_copy:
        signing.ask(
            file=signed.file,
            kind="copy",
            agency_id=agency_id,
            by=by,
            at=at,
            about=f"{row.title or component.name}, {code}",
        )


@transaction.atomic
def note_signature(*, signature: Signature, by: Actor, at: datetime) -> bool:
    """Take in a signature that was made at the signing desk; tell whether a scan waited for it.

    A signature that is known already changes nothing.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c, Điều 19 khoản 2.
    """
    row = stacks.paper_of_file(file_id=signature.before_id)
    is_copy = signature.kind == "copy"
    wanted = PaperState.CERTIFIED if is_copy else PaperState.SIGNED
    if row is None or signature.kind not in ("copy", "personal"):
        return False
    if not steps.may_become(row.state, wanted, needs_agency=row.needs_agency):
        return False
    if not is_copy and not rules.may_sign(scanned_by=row.scanned_by, by=by):
        return False
    _note_signed(
        row.batch.case_code,
        row,
        signing.SignedFile(file=signature.file, signature=signature),
        agency_id=signature.agency_id or 0,
        is_copy=is_copy,
        by=by,
        at=at,
    )
    return True


def _link(component: Paper, row: Digitised) -> None:
    """Let the newest version of the scan stand in the dossier, in the place of its older one."""
    if row.file is None:
        return
    component.files = [key for key in component.files if key != str(row.linked)]
    component.files.append(str(row.file.uuid))
    if component.state in (Paper.State.MISSING, Paper.State.NOT_NEEDED):
        component.state = Paper.State.PRESENT
    component.save(update_fields=["files", "state"])
    desk.linked(paper=row)
