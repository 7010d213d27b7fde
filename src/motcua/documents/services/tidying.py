"""Scans made fit to be kept without a stack: straightened, cleaned, PDF/A; every page stays."""

import io
from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.documents import assembling
from motcua.documents import queries as stored
from motcua.documents.assembling.stack import sheets_of
from motcua.documents.models import File
from motcua.documents.scanning.sheets import is_pictures
from motcua.documents.services import receiving
from motcua.documents.services.digitising.working import local_copy

JOB = "motcua.documents.jobs.tidy_scan"
# More pages than these, of one file or of all that came together, are left to the worker: nobody
# waits for them at the counter.
AT_ONCE, AT_ONCE_TOGETHER = 5, 20


def tidy(*, file: File, at: datetime, before: int = 0) -> File:
    """Return a scan as straight, clean PDF/A: at once when it is small, else as it is for now.

    before: how many pages came with it and were made already.

    What is no picture of a paper (a PDF with text, a signed one) stays as it is. The scan itself
    is kept as the earlier version.
    Raises Unreadable: it is damaged inside.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    if file.pages <= AT_ONCE and before + file.pages <= AT_ONCE_TOGETHER:
        return make(file=file, at=at)
    app.configure_task(JOB, lock=f"scan:{file.pk}").defer(file=file.pk)
    return file


def make(*, file: File, at: datetime) -> File:
    """Make the PDF/A of a scan now; return it, or the file itself where nothing is to be made.

    Raises Unreadable: it is damaged inside.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    newest = stored.versions_of(file)[0]
    if newest.pk != file.pk or not file.may_be_opened_by(""):
        return newest
    with local_copy(file) as path:
        if not is_pictures(path, file.content_type):
            return file
        out = io.BytesIO()  # compressed already: some tens of kilobytes a page
        title = PurePath(file.name).stem
        about = assembling.About(title=title)
        writer = assembling.PdfaWriter(out, about=about, at=timezone.localtime(at))
        for sheet in sheets_of(path, file.content_type):
            writer.add(assembling.picture_of(sheet.straight.image, dpi=sheet.dpi), None)
        writer.finish()
    out.seek(0)
    return _kept(out, file, f"{title}.pdf", at)


@transaction.atomic
def _kept(out: io.BytesIO, file: File, name: str, at: datetime) -> File:
    """Keep what was made as the newer version, unless the scan went to its dossier meanwhile."""
    older = File.objects.select_for_update().get(pk=file.pk)
    if older.case_id != file.case_id or File.objects.filter(replaces=older).exists():
        return stored.versions_of(older)[0]
    return receiving.store(
        out,
        name=name,
        by_key=older.uploaded_by,
        at=at,
        case_id=older.case_id,
        party_id=older.party_id,
        component_key=older.component_key,
        source=File.Source.SYSTEM,
        draft_key=older.draft_key,
        replaces=older,
    )
