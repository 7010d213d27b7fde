"""Signed scans into their owner's store, and back out of it. Called through `digitising`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from motcua.directory.actor import Actor
from motcua.directory.queries.parties import identity_number
from motcua.documents.models import Digitised, StoredPaper
from motcua.documents.queries import digitising as stacks
from motcua.documents.rules import digitising as steps
from motcua.documents.rules.digitising import PaperState
from motcua.documents.services import digitising as desk
from motcua.documents.services import kho
from motcua.dossiers import refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import core, rows
from motcua.kernel.refused import Refused
from motcua.kernel.text import fold

R11 = "118/2025/NĐ-CP Điều 19 khoản 2"
_ORIGIN = "digitised:"
# Of a hundred: a letter that was misread is borne, another name is not.
_SAME_NAME = 90


class MetadataMissing(Refused):
    """What R11 wants known of a paper is not all there."""

    law = R11


class SomebodyElses(Refused):
    """The paper names an owner who is neither the dossier's owner nor who filed it."""

    field = "owner"


@dataclass(frozen=True)
class Done:
    """What became of one paper: `refused` says why not, "" when it went through."""

    paper: Digitised
    refused: str = ""


@core.act
def keep(*, code: str, paper: UUID, by: Actor, at: datetime) -> Digitised:
    """Put a signed scan into its owner's store: level 1, or 2 with the agency's signature.

    Raises NotFound, NotInOrder, MetadataMissing, SomebodyElses; raises what `kho.keep` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2, Điều 22 khoản 4.
    """
    dossier = rows.lock(code=code, by=by)
    if dossier is None:
        raise refusals.NotFound(_("Không tìm thấy hồ sơ %s trong phạm vi của bạn.") % code)
    row = paper_of(dossier, key=paper)
    _check_metadata(row)
    if _owner_of(dossier, row) is None:
        raise SomebodyElses(
            _("Giấy này ghi chủ là “%s”, không phải người của hồ sơ này, nên không lưu vào Kho.")
            % row.owner
        )
    level = 2 if row.state == PaperState.CERTIFIED else 1
    done = desk.stored(paper=row, by=by, at=at)
    kho.keep(paper=_to_keep(dossier, done, level), by=by, at=at)
    return done


def keep_signed(*, code: str, done: list[Done], by: Actor, at: datetime) -> list[Done]:
    """Store what was signed; what is not complete yet stays signed and is stored by hand later."""
    for one in done:
        one.paper.refresh_from_db()
        waits = one.paper.needs_agency and one.paper.state == PaperState.SIGNED
        if one.refused or waits or _missing(one.paper) or not _is_theirs(code, one.paper):
            continue
        with transaction.atomic():
            keep(code=code, paper=one.paper.uuid, by=by, at=at)
        one.paper.refresh_from_db()
    return done


@transaction.atomic
def note_reuse(*, stored: UUID, in_case: str, by: Actor, at: datetime) -> bool:
    """Note that a scan in its owner's store stood for a component elsewhere; tell whether one did.

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    paper = StoredPaper.objects.filter(uuid=stored, origin__startswith=_ORIGIN).first()
    row = stacks.paper_named(uuid=paper.origin.removeprefix(_ORIGIN)) if paper else None
    if row is None or row.batch.case_code == in_case:
        return False
    desk.reused(paper=row, in_case=in_case, by=by, at=at)
    return True


def paper_of(dossier: Dossier, *, key: UUID) -> Digitised:
    """Return one scan of the dossier. Raises NotFound: it has no such."""
    row = stacks.paper_within(uuid=key, case_ids=[dossier.pk])
    if row is None:
        raise refusals.NotFound(_("Hồ sơ không có bản số hóa này."))
    return row


def _is_theirs(code: str, row: Digitised) -> bool:
    dossier = Dossier.objects.select_related("owner", "applicant").get(code=code)
    return _owner_of(dossier, row) is not None


def _owner_of(dossier: Dossier, row: Digitised) -> int | None:
    """Return whose paper it is among the people of the dossier; None: somebody else's."""
    if row.owner_party_id:
        return row.owner_party_id
    said = fold(row.owner)
    for party in (dossier.owner, dossier.applicant):
        if fuzz.partial_ratio(fold(party.name), said) >= _SAME_NAME:
            return party.pk
        number = identity_number(party)
        if number and number in row.owner:
            return party.pk
    return None


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
        owner_id=_owner_of(dossier, row) or dossier.owner_id,
        kind=row.kind,
        name=row.title,
        level=level,
        source="dossier",
        origin=f"{_ORIGIN}{row.uuid}",
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
