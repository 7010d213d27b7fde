"""Originals go back to their owner also where no result ever comes."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import core

LAW = "118/2025/NĐ-CP Điều 22 khoản 2"


@core.act
def return_originals(
    *,
    code: str,
    receiver: str,
    by: Actor,
    at: datetime,
    proof: str = "",
    expected: int | None = None,
) -> Dossier:
    """Give the originals of a withdrawn, closed or refused dossier back, all of them (R20).

    `proof`: what shows it (signature, parcel number).
    Raises WrongState: the dossier goes on, or no original is held. Raises ReceiverMissing.
    Source: 118/2025/NĐ-CP Điều 22 khoản 2.
    """
    dossier = core.locked(code, Act.RETURN_ORIGINALS, by=by, expected=expected)
    if not dossier.originals_held:
        raise refusals.WrongState(_("Không giữ bản chính nào của hồ sơ này."), law=LAW)
    if len(receiver.strip()) < 2:
        raise refusals.ReceiverMissing(_("Ghi họ tên người nhận lại bản chính."))
    fact = events.OriginalsReturned(
        code=code,
        originals=dossier.originals_held,
        receiver=receiver.strip()[:120],
        proof=proof.strip()[:200],
    )
    dossier.originals_held = 0
    changed = ["originals_held"]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier
