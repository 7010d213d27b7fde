"""Papers of a dossier from the scanner to the store. Called as `digitising.sign(…)`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor, PostRef
from motcua.documents.models import Batch, Digitised, File
from motcua.documents.queries import digitising as stacks
from motcua.documents.rules import digitising as steps
from motcua.documents.rules.digitising import PaperState
from motcua.documents.services import digitising as desk
from motcua.documents.services import kho
from motcua.dossiers import refusals
from motcua.dossiers import scan_events as events
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.rules import digitising as rules
from motcua.dossiers.services import core, rows
from motcua.kernel.refused import Refused
from motcua.signing import services as signing

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


class MetadataMissing(Refused):
    """What R11 wants known of a paper is not all there."""

    law = R12


@dataclass(frozen=True)
class Done:
    """What became of one paper: `refused` says why not, "" when it went through."""

    paper: Digitised
    refused: str = ""


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
    row = _paper(dossier, paper)
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
    row = _paper(dossier, paper)
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
    done = _signed(dossier.code, mine, "personal", post, pin, by, at)
    return _kept(dossier.code, done, by, at)


def certify(*, code: str, papers: Sequence[UUID], pin: str, by: Actor, at: datetime) -> list[Done]:
    """Sign scans with the agency's key as true copies, and store them (R12).

    Raises NotFound, NotAllowed, NothingToDo; raises what `signing.sign_many` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2; 30/2020/NĐ-CP Điều 32.
    """
    dossier = visible_to(by).filter(code=code).first()
    post = rules.post_to_certify(dossier, by=by) if dossier else None
    if dossier is None or post is None:
        raise refusals.NotAllowed(_("Ký số cơ quan vào bản sao y do văn thư thực hiện."), law=R12)
    waiting = [p for p in _chosen(dossier, papers, PaperState.SIGNED) if p.needs_agency]
    if not waiting:
        raise NothingToDo(_("Không có bản sao y nào chờ chữ ký số của cơ quan."))
    done = _signed(dossier.code, waiting, "copy", post, pin, by, at)
    return _kept(dossier.code, done, by, at)


@core.act
def keep(*, code: str, paper: UUID, by: Actor, at: datetime) -> Digitised:
    """Put a signed scan into its owner's store: level 1, or 2 with the agency's signature.

    Raises NotFound, NotInOrder, MetadataMissing; raises what `kho.keep` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2, Điều 22 khoản 4.
    """
    dossier = rows.lock(code=code, by=by)
    if dossier is None:
        raise refusals.NotFound(_("Không tìm thấy hồ sơ %s trong phạm vi của bạn.") % code)
    row = _paper(dossier, paper)
    _check_metadata(row)
    level = 2 if row.state == PaperState.CERTIFIED else 1
    done = desk.stored(paper=row, by=by, at=at)
    kho.keep(paper=_to_keep(dossier, done, level), by=by, at=at)
    return done


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


def _paper(dossier: Dossier, key: UUID) -> Digitised:
    row = stacks.paper_within(uuid=key, case_ids=[dossier.pk])
    if row is None:
        raise refusals.NotFound(_("Hồ sơ không có bản số hóa này."))
    return row


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
    post: PostRef,
    pin: str,
    by: Actor,
    at: datetime,
) -> list[Done]:
    """Sign each; what is noted of it is noted in the transaction of its signature."""
    items = [
        signing.Item(
            file=_file_of(paper),
            then=partial(_note_signed, code, paper, is_copy=kind == "copy", by=by, at=at),
        )
        for paper in papers
    ]
    outcomes = signing.sign_many(
        items=items, kind=kind, by=by, agency_id=post.agency_id, pin=pin, at=at
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
    is_copy: bool,
    by: Actor,
    at: datetime,
) -> None:
    dossier = rows.lock(code=code, by=by)
    if dossier is None:
        raise refusals.NotFound(code)
    component = _component(dossier, paper)
    advance = desk.certified if is_copy else desk.signed
    row = advance(paper=paper, file=signed.file, by=by, at=at)
    _link(component, row)
    kind = events.PapersCertified if is_copy else events.PapersSigned
    fact = kind(code=code, components=(component.name[:120],), papers=(str(row.uuid),))
    core.finish(dossier, fact, by=by, at=at)


def _kept(code: str, done: list[Done], by: Actor, at: datetime) -> list[Done]:
    """Store what was signed; what is not complete yet stays signed and is stored by hand later."""
    for one in done:
        one.paper.refresh_from_db()
        waits = one.paper.needs_agency and one.paper.state == PaperState.SIGNED
        if one.refused or waits or _missing(one.paper):
            continue
        with transaction.atomic():
            keep(code=code, paper=one.paper.uuid, by=by, at=at)
        one.paper.refresh_from_db()
    return done


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


def _missing(row: Digitised) -> tuple[str, ...]:
    said = {
        "kind": "" if row.kind == "other" and not row.title else row.kind,
        "owner": row.owner,
        "title": row.title,
        "abstract": row.abstract,
        "valid_until": row.valid_until,
        "is_unlimited": row.is_unlimited,
    }
    return steps.missing_metadata(said)


def _check_metadata(row: Digitised) -> None:
    words = {
        "kind": _("loại giấy tờ"),
        "owner": _("chủ sở hữu"),
        "title": _("tên giấy tờ"),
        "abstract": _("trích yếu"),
        "valid_until": _("thời hạn hiệu lực"),
    }
    if missing := _missing(row):
        raise MetadataMissing(
            _("Chưa lưu Kho được: bản số hóa còn thiếu %s.")
            % ", ".join(words[key] for key in missing),
            field=missing[0],
        )


def _to_keep(dossier: Dossier, row: Digitised, level: int) -> kho.ToKeep:
    return kho.ToKeep(
        owner_id=row.owner_party_id or dossier.owner_id,
        kind=row.kind,
        name=row.title,
        level=level,
        source="dossier",
        origin=f"digitised:{row.uuid}",
        file=row.file,
        number=row.number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        scope=row.scope,
        abstract=row.abstract,
        case_id=dossier.pk,
        case_code=dossier.code,
        agency_id=dossier.receiving_id,
    )
