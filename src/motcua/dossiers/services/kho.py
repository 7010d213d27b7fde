"""The store of papers in a dossier's life: taken from it, kept in it, never asked for again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor
from motcua.documents.models import Digitised, StoredPaper
from motcua.documents.queries import kho as stored
from motcua.documents.rules import kho as rules
from motcua.documents.services import digitising
from motcua.documents.services import kho as store
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Paper, Result
from motcua.dossiers.queries import kho as queries
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import copy_register, core
from motcua.notifications import services as notifications

LAW = "118/2025/NĐ-CP Điều 17 khoản 1 điểm b"


@core.act
def attach_stored(
    *,
    code: str,
    component: str,
    paper: UUID,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Dossier:
    """Let a paper of the owner's store stand for a component, instead of asking for it.

    Raises NotPublished: the dossier has no such component. Raises NotInStore: the store has no such
    paper, or it does not fit or count today.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b; 309/2026/NĐ-CP Điều 2 khoản 1.
    """
    dossier = core.locked(code, Act.REQUEST_SUPPLEMENT, by=by, expected=expected)
    row = Paper.objects.filter(dossier=dossier, component_key=component).first()
    if row is None:
        raise refusals.NotPublished(_("Hồ sơ không có giấy tờ này."), field="component")
    fit = _take(dossier, row, paper, by, at)
    row.save(update_fields=["state", "files", "note"])
    fact = events.PaperFromStore(
        code=code, component=row.name[:200], level=fit.held.level, replaces=_replaces(fit)
    )
    core.finish(dossier, fact, by=by, at=at)
    return dossier


def take_filed(
    *,
    dossier: Dossier,
    papers: Sequence[Paper],
    wanted: Mapping[str, Collection[str]],
    by: Actor,
    at: datetime,
) -> None:
    """Let papers of the owner's store stand in a dossier that is being filed (R3).

    `wanted`: component → keys of stored papers. The rows were saved by the caller, in the same act.
    Raises NotInStore: the store has no such paper, or it does not fit or count today.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    changed = []
    for row in papers:
        for key in wanted.get(row.component_key, ()):
            _take(dossier, row, _key(key), by, at)
            changed.append(row)
    if changed:
        Paper.objects.bulk_update(changed, ["state", "files", "note"])


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise refusals.NotInStore(_("Kho không có giấy tờ này."), field="papers") from None


def _take(dossier: Dossier, row: Paper, key: UUID, by: Actor, at: datetime) -> rules.Fit:
    """Set the component's row and record the use; the caller saves the row."""
    paper = stored.paper_of(owner_id=dossier.owner_id, uuid=key)
    if paper is None or (by.is_citizen and by.party_id != dossier.owner_id):
        raise refusals.NotInStore(_("Kho của chủ hồ sơ không có giấy tờ này."), field="papers")
    fit = queries.fit_of(dossier=dossier, component=row, paper=paper, on=timezone.localdate(at))
    if fit is None:
        raise refusals.NotInStore(
            _("“%(paper)s” trong kho không dùng được cho “%(component)s” vào hôm nay.")
            % {"paper": paper.name, "component": row.name},
            field="papers",
        )
    if paper.file is not None and str(paper.file.uuid) not in row.files:
        row.files = [*row.files, str(paper.file.uuid)]
    if _replaces(fit):
        row.state = Paper.State.FROM_STORE
        row.note = paper.name[:300]
    elif _is_upload_enough(dossier, row, paper):
        row.state = Paper.State.PRESENT
    place = store.Place(
        case_id=dossier.pk,
        case_code=dossier.code,
        component_key=row.component_key,
        component=row.name,
        procedure=dossier.procedure_name,
    )
    store.use(paper=paper, place=place, replaces=_replaces(fit), by=by, at=at)
    _note_reuse(paper, dossier, by, at)
    return fit


def _note_reuse(paper: StoredPaper, dossier: Dossier, by: Actor, at: datetime) -> None:
    """Let the digitised paper that the store has it from know that it was used again."""
    kind, _colon, key = paper.origin.partition(":")
    if kind != "digitised" or paper.case_id == dossier.pk:
        return
    scan = Digitised.objects.filter(uuid=key).first()
    if scan is not None and scan.state in (Digitised.State.STORED, Digitised.State.REUSED):
        digitising.reused(paper=scan, in_case=dossier.code, by=by, at=at)


def _replaces(fit: rules.Fit) -> bool:
    return fit.use is rules.Use.REPLACES


def _is_upload_enough(dossier: Dossier, row: Paper, paper: StoredPaper) -> bool:
    """Online a copy from one's own store is what an upload is; at the counter the paper is shown."""
    return (
        row.state in (Paper.State.MISSING, Paper.State.NOT_NEEDED)
        and dossier.channel == Dossier.Channel.ONLINE
        and paper.file is not None
    )


def check_not_in_store(
    *,
    dossier: Dossier,
    keys: Collection[str],
    wrong: Collection[str] = (),
    at: datetime,
) -> dict[str, list[rules.Fit]]:
    """Refuse to ask for papers that the owner's store has and that count today (R3).

    Returns the components for which the store has such a paper.

    `wrong`: components for which the officer recorded that the store's paper is wrong or outdated.
    Raises HeldByStore: all such papers are named.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    there = queries.replaceable(dossier=dossier, on=timezone.localdate(at))
    held = [fits[0].held.name for key, fits in there.items() if key in keys and key not in wrong]
    if held:
        raise refusals.HeldByStore(
            _("Kho giấy tờ của chủ hồ sơ đã có, còn hiệu lực, không được yêu cầu nộp lại: %s.")
            % "; ".join(held),
            law=LAW,
        )
    return there


def doubt_papers(
    *,
    dossier: Dossier,
    keys: Collection[str],
    reasons: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> None:
    """Note on the store's papers for these components why they could not be used.

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    if not keys:
        return
    there = queries.replaceable(dossier=dossier, on=timezone.localdate(at))
    for key in set(keys) & set(reasons):
        for fit in there.get(key, ()):
            paper = stored.paper_of(owner_id=dossier.owner_id, uuid=UUID(fit.held.key))
            if paper is not None:
                code, reason = dossier.code, reasons[key]
                store.doubt(paper=paper, case_code=code, reason=reason, by=by, at=at)


REMINDING, REMIND_DAYS = "reminding", 30


def remind_expiring(*, at: datetime) -> int:
    """Tell owners who allowed it which of their papers end within thirty days, once for each paper.

    Returns how many papers end so, told now or before.
    Source: Luật 91/2025/QH15 (by consent only); 224/2026/NĐ-CP Điều 16.
    """
    on = timezone.localdate(at)
    ending = stored.expiring(on=on, purpose=REMINDING, days=REMIND_DAYS)
    return sum(1 for paper, last in ending if _remind(paper, last, at))


def _remind(paper: StoredPaper, last: date, at: datetime) -> int:
    notice = notifications.Notice(
        key=f"kho:{paper.uuid}:{last:%Y%m%d}",
        template="paper-expiring",
        context={
            "paper": paper.name,
            "day": f"{last:%d/%m/%Y}",
            "agency": _("Kho giấy tờ"),
            "at": at.isoformat(),
        },
        about=paper.case_code,
        at=at,
    )
    return notifications.tell_person(
        notice=notice,
        party_id=paper.owner_id,
        email=paper.owner.email,
        phone=paper.owner.phone,
    )


_LEVELS = {"full": StoredPaper.Level.ORIGINAL, "personal": StoredPaper.Level.CHECKED}


def keep_results(*, case_id: int, at: datetime) -> list[StoredPaper]:
    """Keep the granted results of a dossier in its owner's store, as their signatures are worth.

    Called again after a correction or revocation it brings the store up to date.
    Source: 118/2025/NĐ-CP Điều 22 khoản 4; 01/2023/TT-VPCP Điều 24.
    """
    dossier = Dossier.objects.select_related("competent", "owner").get(pk=case_id)
    results = Result.objects.filter(dossier=dossier, outcome=Dossier.Outcome.GRANTED)
    kept = {
        result.pk: _keep_result(dossier, result, at) for result in results.select_related("file")
    }
    for result in results:
        paper = kept[result.pk]
        if result.replaces_id in kept:
            store.replace(
                paper=kept[result.replaces_id], newer=paper, reason=result.correction_reason,
                by=SYSTEM, at=at,
            )  # fmt: skip
        if result.state == Result.State.REVOKED:
            store.revoke(paper=paper, reason=result.revoked_reason, by=SYSTEM, at=at)
    return list(kept.values())


def _level(result: Result) -> StoredPaper.Level:
    """A copy that the agency signed is a true copy: the original is another's."""
    level = _LEVELS.get(result.signed, StoredPaper.Level.CHECKED)
    is_copy = copy_register.is_certified_copy(result)
    return min(level, StoredPaper.Level.COPIED) if is_copy else level


def _keep_result(dossier: Dossier, result: Result, at: datetime) -> StoredPaper:
    return store.keep(
        paper=store.ToKeep(
            owner_id=dossier.owner_id,
            kind=rules.kind_of(result.title),
            name=result.title,
            level=_level(result),
            source=StoredPaper.Source.RESULT,
            origin=f"result:{result.pk}",
            file=result.file,
            national_kind=result.kind_code,
            number=result.number,
            issuer=dossier.competent.name,
            signer=result.signer,
            issued_on=timezone.localdate(result.issued_at),
            abstract=_("%(title)s của %(owner)s")
            % {"title": result.title, "owner": dossier.owner.name},
            case_id=dossier.pk,
            case_code=dossier.code,
            agency_id=dossier.competent_id,
        ),
        by=SYSTEM,
        at=at,
    )
