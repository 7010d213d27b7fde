"""Reading files. Who may read a case may read its files: callers pass the cases."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.http import content_disposition_header

from motcua.documents.models import File, Upload

# Nothing in a stored file may run, load or be framed elsewhere, whatever a browser makes of it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def readable(
    *,
    case_ids: Iterable[int] | QuerySet[Any, Any] = (),
    party_id: int | None = None,
    draft_key: str = "",
) -> QuerySet[File]:
    """Return the files that may be read: THE predicate, through which every read goes.

    case_ids: the cases that the reader may see (`dossiers.queries.visible_to`). party_id: the
    reader's own files that belong to no case. draft_key: the draft that the reader is filling in.
    What was refused into quarantine belongs to none of them. Whether the bytes may be handed out
    as well, `open_file` decides.
    """
    may = Q(case_id__in=case_ids)
    if party_id is not None:
        may |= Q(party_id=party_id, case_id=None, draft_key="")
    if draft_key:
        may |= Q(draft_key=draft_key, case_id=None)
    return File.objects.filter(may)


def file_within(*, uuid: UUID, case_ids: Iterable[int] | QuerySet[Any, Any]) -> File | None:
    """Return the file if its case is among these (a list of keys, or a query of them)."""
    return readable(case_ids=case_ids).filter(uuid=uuid).first()


def file_of_party(*, uuid: UUID, party_id: int) -> File | None:
    """Return the file if this person or organisation owns it and it belongs to no case."""
    return readable(party_id=party_id).filter(uuid=uuid).first()


def file_of_draft(*, uuid: UUID, draft_key: str) -> File | None:
    """Return the file if it belongs to this draft and to no case yet."""
    return readable(draft_key=draft_key).filter(uuid=uuid).first()


def files_of_case(*, case_id: int) -> list[File]:
    """Return the files of a case with what is known of their reading, oldest first (one query)."""
    found = readable(case_ids=[case_id]).select_related("reading").defer("reading__text")
    return list(found.order_by("id"))


def files_of_draft(*, draft_key: str) -> list[File]:
    """Return the files of a draft that is not filed yet, oldest first."""
    return list(readable(draft_key=draft_key).order_by("id")) if draft_key else []


def versions_of(file: File) -> list[File]:
    """Return every version of the file, the newest first; whoever reads one may read them all."""
    found = [file]
    while newer := File.objects.filter(replaces=found[0]).first():
        found.insert(0, newer)
    while found[-1].replaces_id:
        found.append(File.objects.get(pk=found[-1].replaces_id))
    return found


def upload_of(*, uuid: UUID, by_key: str) -> Upload | None:
    """Return the upload if this sender began it."""
    return Upload.objects.filter(uuid=uuid, by_key=by_key).first() if by_key else None


def unfinished_uploads(*, scope: str, by_key: str) -> list[Upload]:
    """Return what this sender began to send there and did not finish, oldest first."""
    found = Upload.objects.filter(by_key=by_key, scope=scope[:120], file=None) if by_key else ()
    return sorted(found, key=lambda upload: upload.pk)


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
