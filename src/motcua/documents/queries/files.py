"""Reading files. Who may read a case may read its files: callers pass the cases."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.http import content_disposition_header

from motcua.documents.models import File

# Nothing in a stored file may run, load or be framed elsewhere, whatever a browser makes of it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def file_within(*, uuid: UUID, case_ids: Iterable[int] | QuerySet[Any, Any]) -> File | None:
    """Return the file if its case is among these (a list of keys, or a query of them)."""
    return File.objects.filter(uuid=uuid, case_id__in=case_ids).first()


def file_of_draft(*, uuid: UUID, draft_key: str) -> File | None:
    """Return the file if it belongs to this draft and to no case yet."""
    if not draft_key:
        return None
    return File.objects.filter(uuid=uuid, draft_key=draft_key, case_id=None).first()


def files_of_case(*, case_id: int) -> list[File]:
    """Return the files of a case, oldest first."""
    return list(File.objects.filter(case_id=case_id).order_by("id"))


def files_of_draft(*, draft_key: str) -> list[File]:
    """Return the files of a draft that is not filed yet, oldest first."""
    if not draft_key:
        return []
    return list(File.objects.filter(draft_key=draft_key, case_id=None).order_by("id"))


def download_headers(*, file: File) -> dict[str, str]:
    """Return the headers with which the file is handed out to be saved."""
    return _headers(file, content_disposition_header(True, file.name) or "attachment")  # noqa: FBT003 (Django's signature)


def viewing_headers(*, file: File) -> dict[str, str]:
    """Return the headers with which the file is shown beside a dossier."""
    return _headers(file, content_disposition_header(False, file.name) or "inline")  # noqa: FBT003 (Django's signature)


def _headers(file: File, disposition: str) -> dict[str, str]:
    return {
        "Content-Type": file.content_type,
        "Content-Length": str(file.size_bytes),
        "Content-Disposition": disposition,
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
