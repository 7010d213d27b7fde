"""Filing on the portal: the draft becomes the dossier, with everything that was uploaded for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import services as documents
from motcua.dossiers import refusals
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.services.filing import Filing, PaperIn, file
from motcua.dossiers.services.supplements import answer_supplement


@transaction.atomic
def file_draft(*, filing: Filing, draft_key: str, by: Actor, at: datetime) -> Dossier:
    """File what a citizen prepared; the draft is gone afterwards, its files are the dossier's.

    Raises NotFound: there is no draft, so it was sent already; and what `file` raises.
    Source: 118/2025/NĐ-CP Điều 15, Điều 17 khoản 2.
    """
    draft = (
        Draft.objects.select_for_update()
        .filter(account_id=by.account_id or 0, procedure_code=filing.procedure)
        .first()
    )
    if draft is None:
        raise refusals.NotFound(_("Bản nháp này không còn: có thể hồ sơ đã được nộp."))
    dossier = file(filing=filing, by=by, at=at)
    _attach(filing.papers, draft_key, dossier.pk)
    draft.delete()
    return dossier


@transaction.atomic
def answer_online(
    *, code: str, papers: tuple[PaperIn, ...], draft_key: str, note: str, by: Actor, at: datetime
) -> Dossier:
    """Answer a supplement with uploaded files, which become the dossier's.

    Raises what `answer_supplement` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 5.
    """
    dossier = answer_supplement(code=code, papers=papers, by=by, at=at, note=note)
    _attach(papers, draft_key, dossier.pk)
    return dossier


def _attach(papers: tuple[PaperIn, ...], draft_key: str, case_id: int) -> None:
    uuids = [UUID(key) for paper in papers for key in paper.files]
    if uuids:
        documents.attach(uuids=uuids, draft_key=draft_key, case_id=case_id)
