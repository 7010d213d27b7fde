"""Filing on the portal: the draft becomes the dossier, with everything that was uploaded for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import refusals
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.services import core
from motcua.dossiers.services.filing import Filing, PaperIn, file, take_files
from motcua.dossiers.services.supplements import answer_supplement


@core.act
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
    take_files(papers=filing.papers, draft_key=draft_key, case_id=dossier.pk)
    draft.delete()
    return dossier


@core.act
def answer_online(
    *, code: str, papers: tuple[PaperIn, ...], draft_key: str, note: str, by: Actor, at: datetime
) -> Dossier:
    """Answer a supplement with uploaded files, which become the dossier's.

    Raises what `answer_supplement` raises.
    Source: 118/2025/NĐ-CP Điều 19 khoản 5.
    """
    dossier = answer_supplement(code=code, papers=papers, by=by, at=at, note=note)
    take_files(papers=papers, draft_key=draft_key, case_id=dossier.pk)
    return dossier
