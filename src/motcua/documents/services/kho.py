"""The store of papers: what goes in, what happens to it, who looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.identity import index_of
from motcua.directory.models import Party
from motcua.directory.queries.parties import identity_number
from motcua.documents import events
from motcua.documents.models import File, PaperUse, StoredPaper
from motcua.documents.queries.kho import INDEX_KIND
from motcua.documents.rules import kho as rules
from motcua.documents.services import disk, receiving
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger
from motcua.ledger.rules import discreet

R11 = "118/2025/NĐ-CP Điều 19 khoản 2"
MOST_OWN = 200
_LONGEST_REASON = 300


class MetadataMissing(Refused):
    """A paper lacks what every digitised paper must carry."""


class ImpossibleValidity(Refused):
    """A paper would end before it begins, or was issued in the future."""

    field = "valid_until"


class NotYours(Refused):
    """Only the owner does this with a paper."""


class StillUsed(Refused):
    """A paper that stands in a dossier is not removed."""


class StoredAlready(Refused):
    """The very same file lies in the owner's store under the same kind."""

    field = "file"


class StoreFull(Refused):
    """More papers were uploaded than one store takes."""

    field = "file"


@dataclass(frozen=True)
class ToKeep:
    """A paper on its way into the store, with the metadata of R11.

    `origin` names what it came from ("file:<uuid>", "result:<key>"): kept again under the same
    origin it is the same paper. `file`: its bytes, None for a record that lives in a database.
    """

    owner_id: int
    kind: str
    name: str
    level: int
    source: str
    origin: str
    file: File | None = None
    national_kind: str = ""
    number: str = ""
    issuer: str = ""
    signer: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    scope: str = ""
    abstract: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    case_id: int | None = None
    case_code: str = ""
    agency_id: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a stored paper is used: a component of a case, and for what."""

    case_id: int
    case_code: str
    component_key: str
    component: str
    procedure: str


@transaction.atomic
def keep(*, paper: ToKeep, by: Actor, at: datetime) -> StoredPaper:
    """Put a paper into its owner's store; kept again under its origin it only rises in level.

    Raises MetadataMissing: kind, owner, name or abstract is not given (R11).
    Raises ImpossibleValidity: its days cannot be.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c, Điều 19 khoản 2, Điều 22 khoản 4.
    """
    _check(paper, timezone.localdate(at))
    known = StoredPaper.objects.select_for_update().filter(origin=paper.origin).first()
    if known is not None and paper.level <= known.level:
        return known
    row = known or StoredPaper(origin=paper.origin, source=paper.source, at=at, kept_by=by.key)
    _fill(row, paper)
    row.save()
    fact = events.PaperKept(
        paper=str(row.uuid), name=row.name, paper_kind=row.kind, level=row.level,
        source=row.source, case=row.case_code,
    )  # fmt: skip
    _note(row.owner_id, fact, by=by, at=at)
    return row


def _check(paper: ToKeep, today: date) -> None:
    lacking = rules.lacking_metadata(
        kind=paper.kind,
        has_owner=bool(paper.owner_id),
        name=paper.name,
        abstract=paper.abstract,
        level=paper.level,
    )
    if lacking:
        words = {"kind": _("loại giấy tờ"), "owner": _("chủ giấy tờ"), "name": _("tên giấy tờ"),
                 "abstract": _("trích yếu")}  # fmt: skip
        raise MetadataMissing(
            _("Giấy tờ đưa vào kho còn thiếu: %s.") % ", ".join(words[what] for what in lacking),
            field=lacking[0],
            law=R11,
        )
    if paper.valid_from and paper.valid_until and paper.valid_until < paper.valid_from:
        raise ImpossibleValidity(_("Ngày hết hiệu lực phải sau ngày bắt đầu."))
    if paper.issued_on and paper.issued_on > today:
        raise ImpossibleValidity(_("Ngày cấp không thể ở tương lai."), field="issued_on")


def _fill(row: StoredPaper, paper: ToKeep) -> None:
    """Set what the paper says; identity numbers in its words are masked, as everywhere at rest."""
    row.owner_id, row.kind, row.level = paper.owner_id, paper.kind, paper.level
    row.national_kind = paper.national_kind[:60]
    row.name = discreet(squeeze(paper.name))[:300]
    row.number = discreet(squeeze(paper.number))[:80]
    row.issuer, row.signer = squeeze(paper.issuer)[:200], squeeze(paper.signer)[:120]
    row.issued_on = paper.issued_on
    row.valid_from, row.valid_until = paper.valid_from, paper.valid_until
    row.scope = squeeze(paper.scope)[:300]
    row.abstract = discreet(squeeze(paper.abstract))[:500]
    row.said = dict(paper.said)
    row.file = paper.file
    row.case_id, row.case_code = paper.case_id, paper.case_code
    row.agency_id = paper.agency_id
    number = rules.paper_number(
        owner_id=identity_number(Party.objects.get(pk=paper.owner_id)),
        kind_code=row.national_kind or row.kind,
    )
    row.number_index = index_of(INDEX_KIND, number)


def upload(
    *, stream: disk.Readable, file_name: str, paper: ToKeep, by: Actor, at: datetime
) -> StoredPaper:
    """Keep what an owner uploads to their own store: level 0, nobody vouches for it.

    The paper's owner, level, source, origin and file are set here.
    Raises NotYours, StoreFull, StoredAlready, MetadataMissing, ImpossibleValidity; and what `store`
    raises.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b; Luật 91/2025/QH15.
    """
    if not by.is_citizen or not by.party_id:
        raise NotYours(_("Chỉ chủ giấy tờ tự đưa giấy tờ vào kho của mình."))
    own = StoredPaper.objects.filter(owner_id=by.party_id, source=StoredPaper.Source.UPLOAD)
    if own.count() >= MOST_OWN:
        raise StoreFull(_("Kho nhận tối đa %d giấy tờ tự tải lên.") % MOST_OWN)
    values = {**vars(paper), "owner_id": by.party_id, "level": 0, "source": "upload"}
    _check(ToKeep(**values), timezone.localdate(at))
    with transaction.atomic():
        file = receiving.store(
            stream, name=file_name, by_key=by.key, at=at, party_id=by.party_id, source="portal"
        )
        same = own.filter(kind=paper.kind, file__sha256=file.sha256).first()
        if same is not None:  # sent twice, by two clicks or by forgetting
            raise StoredAlready(_("Kho của bạn đã có tệp này: “%s”.") % same.name)
        values |= {"file": file, "origin": f"upload:{file.uuid}"}
        return keep(paper=ToKeep(**values), by=by, at=at)


@transaction.atomic
def remove_upload(*, paper: StoredPaper, by: Actor, at: datetime) -> None:
    """Remove what an owner uploaded themselves, with its bytes.

    Raises NotYours: it is somebody else's, or not an upload. Raises StillUsed: a dossier rests on it.
    Source: Luật 91/2025/QH15 (the right to have one's data deleted).
    """
    row = StoredPaper.objects.select_for_update().get(pk=paper.pk)
    if row.owner_id != by.party_id or row.source != StoredPaper.Source.UPLOAD:
        raise NotYours(_("Chỉ bỏ được giấy tờ do chính bạn tải lên."))
    if row.uses.exists():
        raise StillUsed(_("Giấy tờ này đã nằm trong một hồ sơ nên không bỏ được."))
    fact = events.UploadRemoved(paper=str(row.uuid), name=row.name)
    file = row.file
    row.delete()
    if file is not None:
        disk.remove_after_commit(file.storage_path)
        file.delete()
    _note(by.party_id, fact, by=by, at=at)


@transaction.atomic
def use(*, paper: StoredPaper, place: Place, replaces: bool, by: Actor, at: datetime) -> PaperUse:
    """Record that a stored paper stands in a case; a second time changes nothing.

    `replaces`: no paper has to be brought for this component.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b; 309/2026/NĐ-CP Điều 2 khoản 1.
    """
    row, is_new = PaperUse.objects.get_or_create(
        paper=paper,
        case_id=place.case_id,
        component_key=place.component_key,
        defaults={
            "case_code": place.case_code,
            "component": place.component[:300],
            "procedure": place.procedure[:300],
            "replaces": replaces,
            "by": by.key,
            "by_name": by.name[:120],
            "post": by.describe()[:200],
            "at": at,
        },
    )
    if is_new:
        fact = events.PaperUsed(
            paper=str(paper.uuid), name=paper.name, case=place.case_code,
            component=place.component[:200], replaces=replaces,
        )  # fmt: skip
        _note(paper.owner_id, fact, by=by, at=at)
    return row


@transaction.atomic
def drop_use(*, paper: StoredPaper, case_id: int, component_key: str) -> bool:
    """Take a stored paper out of a case before it was accepted; tell whether it stood there."""
    found = PaperUse.objects.filter(paper=paper, case_id=case_id, component_key=component_key)
    return bool(found.delete()[0])


@transaction.atomic
def replace(
    *, paper: StoredPaper, newer: StoredPaper, reason: str, by: Actor, at: datetime
) -> None:
    """Let a newer paper take the place of one that was wrong or ran out; both stay to be seen.

    Source: 118/2025/NĐ-CP Điều 23.
    """
    row = StoredPaper.objects.select_for_update().get(pk=paper.pk)
    if row.state != StoredPaper.State.VALID or newer.pk == row.pk:
        return
    row.state, row.replaced_by = StoredPaper.State.REPLACED, newer
    row.state_reason = discreet(squeeze(reason))[:_LONGEST_REASON]
    row.save(update_fields=["state", "replaced_by", "state_reason"])
    fact = events.PaperReplaced(
        paper=str(row.uuid), name=row.name, by=str(newer.uuid), reason=row.state_reason
    )
    _note(row.owner_id, fact, by=by, at=at)


@transaction.atomic
def revoke(*, paper: StoredPaper, reason: str, by: Actor, at: datetime) -> None:
    """Mark a paper as taken back by who issued it; it is neither offered nor counted any more.

    Source: 118/2025/NĐ-CP Điều 23.
    """
    row = StoredPaper.objects.select_for_update().get(pk=paper.pk)
    if row.state == StoredPaper.State.REVOKED:
        return
    row.state = StoredPaper.State.REVOKED
    row.state_reason = discreet(squeeze(reason))[:_LONGEST_REASON]
    row.save(update_fields=["state", "state_reason"])
    fact = events.PaperRevoked(paper=str(row.uuid), name=row.name, reason=row.state_reason)
    _note(row.owner_id, fact, by=by, at=at)


@transaction.atomic
def doubt(*, paper: StoredPaper, case_code: str, reason: str, by: Actor, at: datetime) -> None:
    """Note that an officer found a stored paper wrong or outdated: it is only proposed from now on.

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b (where paper and data differ).
    """
    row = StoredPaper.objects.select_for_update().get(pk=paper.pk)
    row.doubt, row.doubted_at = discreet(squeeze(reason))[:_LONGEST_REASON], at
    row.save(update_fields=["doubt", "doubted_at"])
    fact = events.PaperDoubted(
        paper=str(row.uuid), name=row.name, case=case_code, reason=row.doubt
    )
    _note(row.owner_id, fact, by=by, at=at)


def note_opened(*, paper: StoredPaper, about: str, by: Actor, at: datetime) -> None:
    """Record that somebody opened a stored paper; its owner sees who.

    Source: Luật 91/2025/QH15; 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d.
    """
    fact = events.PaperOpened(paper=str(paper.uuid), name=paper.name, about=about[:200])
    _read(paper.owner_id, fact, by=by, at=at)


def note_searched(*, owner_id: int, about: str, found: int, by: Actor, at: datetime) -> None:
    """Record that an officer was shown which papers of somebody fit a procedure.

    Source: Luật 91/2025/QH15; 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d.
    """
    _read(owner_id, events.StoreSearched(about=about[:200], found=found), by=by, at=at)


def _note(party_id: int, fact: Fact, *, by: Actor, at: datetime) -> None:
    _record(f"kho:{party_id}", fact, by, at)


def _read(party_id: int, fact: Fact, *, by: Actor, at: datetime) -> None:
    _record(f"read:kho:{party_id}", fact, by, at)


def _record(stream: str, fact: Fact, by: Actor, at: datetime) -> None:
    ledger.record_alone(
        fact,
        stream=stream,
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )
