"""Paper dossiers between agencies: slips, and until when they must have left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, HandOver, HandOverItem
from motcua.dossiers.rules import guards
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import core
from motcua.kernel.refused import Refused


@dataclass(frozen=True)
class Handed:
    """A slip and the dossiers that could not go on it, each with the reason."""

    slip: HandOver
    refused: tuple[tuple[str, str], ...] = ()


@core.act
def hand_over(
    *, codes: Sequence[str], sender: str, receiver: str, carrier: str, by: Actor, at: datetime
) -> Handed:
    """Write a slip for paper dossiers that leave the centre for one agency.

    Raises WrongState: none of the dossiers can go. Raises NotAllowed: not one's own centre.
    Source: 118/2025/NĐ-CP Điều 18 khoản 2, Điều 20 khoản 1 điểm a.
    """
    here, there = cards.card_by_code(sender), cards.card_by_code(receiver)
    if here is None or there is None:
        raise refusals.NotOffered(_("Không có cơ quan mang mã này."), field="receiver")
    if by.kind != "system" and not by.has_role("receptionist", "centre_lead", agency_id=here.id):
        raise refusals.NotAllowed(_("Bạn không trực quầy của nơi giao."))
    chosen, failed = _lock_all(codes, there.id, by)
    if not chosen:
        reasons = "; ".join(f"{code}: {why}" for code, why in failed)
        raise refusals.WrongState(reasons or _("Chưa chọn hồ sơ nào."))
    crosses = here.level != there.level
    calendar = calendar_for(here.calendar_key)
    due_at = min(
        guards.hand_over_by(calendar, d.accepted_at or at, crosses_levels=crosses) for d in chosen
    )
    slip = HandOver.objects.create(
        number=_slip_number(here.code, at),
        sender_id=here.id,
        receiver_id=there.id,
        made_at=at,
        made_by=by.name,
        carrier=carrier.strip()[:120],
        due_at=due_at,
    )
    HandOverItem.objects.bulk_create([HandOverItem(slip=slip, dossier=d) for d in chosen])
    for dossier in chosen:
        fact = events.PapersHandedOver(
            code=dossier.code, slip=slip.number, to=there.name, due_at=due_at
        )
        core.finish(dossier, fact, by=by, at=at, agency_id=here.id)
    return Handed(slip, tuple(failed))


def _lock_all(
    codes: Sequence[str], receiver_id: int, by: Actor
) -> tuple[list[Dossier], list[tuple[str, str]]]:
    chosen: list[Dossier] = []
    failed: list[tuple[str, str]] = []
    for code in sorted(set(codes)):
        try:
            dossier = core.locked(code, Act.HAND_OVER, by=by)
        except Refused as refusal:
            failed.append((code, str(refusal)))
            continue
        if dossier.competent_id != receiver_id:
            failed.append((code, _("thuộc thẩm quyền cơ quan khác")))
        elif HandOverItem.objects.filter(dossier=dossier, slip__received_at=None).exists():
            failed.append((code, _("đang trên một phiếu bàn giao khác")))
        else:
            chosen.append(dossier)
    return chosen, failed


def _slip_number(agency_code: str, at: datetime) -> str:
    day = timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_numbercounter AS c (agency_code, kind, year, last) "
            "VALUES (%s, 'BG', %s, 1) "
            "ON CONFLICT (agency_code, kind, year) DO UPDATE SET last = c.last + 1 RETURNING last",
            [agency_code, day.year],
        )
        return f"{int(cursor.fetchone()[0])}/{day.year}/BG-{agency_code}"


@core.act
def take_over(*, number: str, by: Actor, at: datetime) -> HandOver:
    """Confirm that the papers on a slip arrived.

    Raises NotFound: no such slip. Raises WrongState: taken over already. Raises NotAllowed.
    Source: 118/2025/NĐ-CP Điều 18 khoản 2.
    """
    slip = HandOver.objects.select_for_update(of=("self",)).filter(number=number).first()
    if slip is None:
        raise refusals.NotFound(_("Không có phiếu bàn giao %s.") % number)
    if by.kind != "system" and slip.receiver_id not in by.agency_ids():
        raise refusals.NotAllowed(_("Phiếu này giao cho cơ quan khác."))
    if slip.received_at is not None:
        raise refusals.WrongState(_("Phiếu này đã được ký nhận."))
    slip.received_at, slip.received_by = at, by.name
    slip.save(update_fields=["received_at", "received_by"])
    keys = HandOverItem.objects.filter(slip=slip).values_list("dossier_id", flat=True)
    found = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    for dossier in found.order_by("code"):  # as `_lock_all` does, so that nobody deadlocks
        fact = events.PapersTakenOver(
            code=dossier.code, slip=slip.number, is_late=at > slip.due_at
        )
        core.finish(dossier, fact, by=by, at=at, agency_id=slip.receiver_id)
    return slip
