"""Reading is a fact too; so is guidance that was given."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Guidance
from motcua.dossiers.services import core
from motcua.ledger import services as ledger


def note_read(*, dossier: Dossier, part: str, by: Actor, at: datetime) -> None:
    """Record that somebody opened a dossier (its page, a file, a form).

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d; Luật 91/2025/QH15.
    """
    ledger.record_alone(
        events.DossierRead(code=dossier.code, part=part),
        stream=f"read:{dossier.stream}",
        at=at,
        actor=by.key,
        actor_name=by.name,
        post=by.describe(),
    )


@core.act
def guide(
    *, procedure: str, case: str, channel: str, text: str, agency: str, by: Actor, at: datetime
) -> Guidance:
    """Keep what somebody was told about a procedure, with the version it was told from (R1).

    Raises NotOffered: no version of the procedure is in force.
    Source: 118/2025/NĐ-CP Điều 16.
    """
    version = catalog.version_in_force(procedure, on=timezone.localdate(at))
    if version is None:
        raise refusals.NotOffered(_("Thủ tục này không còn hoặc chưa được giải quyết tại tỉnh."))
    card = cards.card_by_code(agency) if agency else None
    row = Guidance.objects.create(
        procedure_code=procedure,
        version_id=version.pk,
        case_key=case,
        channel=channel,
        agency_id=card.id if card else None,
        text=text,
        given_at=at,
        given_by=by.name,
    )
    fact = events.GuidanceGiven(guidance_id=row.pk, procedure=procedure, channel=channel)
    ledger.record_alone(
        fact, stream=f"guidance:{procedure}", at=at, actor=by.key, actor_name=by.name
    )
    return row
