"""What the machine read on a dossier's papers is confirmed by an officer; that is a fact."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents.queries import reading as papers
from motcua.documents.services import reading as documents
from motcua.dossiers import refusals, scan_events
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.services import core, rows


@core.act
def confirm_reading(*, uuid: UUID, by: Actor, at: datetime) -> Dossier:
    """Close the confirming of a paper of a dossier; the trail says who did, and what was changed.

    The fact names the fields, never what stands in them.
    Raises NotFound: the paper is of no dossier that this person may read. Raises NotRead,
    StillOpen: see there.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    reading = papers.reading_within(uuid=uuid, case_ids=visible_to(by).order_by().values("pk"))
    case = visible_to(by).filter(pk=reading.file.case_id or 0).first() if reading else None
    found = rows.lock(code=case.code, by=by) if case else None
    if found is None:
        raise refusals.NotFound(_("Không tìm thấy giấy này trong phạm vi của bạn."))
    row = documents.finish(uuid=uuid, by=by, at=at)
    values = list(row.values.defer("crop"))
    fact = scan_events.ReadingConfirmed(
        code=found.code,
        paper=row.kind,
        component=row.file.component_key,
        looked_at=sum(1 for one in values if one.confirmed_at),
        changed=tuple(one.label for one in values if one.is_changed),
    )
    core.finish(found, fact, by=by, at=at)
    return found
