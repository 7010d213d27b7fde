"""What happens to stored files: they are opened, join a case, or go."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from motcua.documents.models import File
from motcua.documents.services import disk

DRAFT_FILES_KEPT = timedelta(days=30)
_STRAY_AFTER = timedelta(days=1)
_BATCH = 500


def open_file(file: File) -> BinaryIO:
    """Return the bytes of the file, open for reading; the caller closes it.

    Raises FileNotFoundError: the storage lost it.
    """
    return cast("BinaryIO", default_storage.open(file.storage_path, "rb"))


def attach(*, uuids: Iterable[UUID], draft_key: str, case_id: int) -> int:
    """Give the draft's files to the case that the draft became; return how many."""
    drafted = File.objects.filter(uuid__in=list(uuids), draft_key=draft_key, case_id=None)
    return drafted.update(case_id=case_id) if draft_key else 0


@transaction.atomic
def discard(*, uuid: UUID, draft_key: str) -> bool:
    """Remove a file from a draft; tell whether there was one. A case's files are never removed."""
    file = File.objects.filter(uuid=uuid, draft_key=draft_key, case_id=None).first()
    if file is None or not draft_key:
        return False
    disk.remove_after_commit(file.storage_path)
    file.delete()
    return True


def sweep(*, at: datetime) -> int:
    """Remove files of drafts long forgotten, and bytes that no row knows; return how many.

    Bytes without a row are left by a process killed between writing and committing.
    """
    return _forget_drafts(at) + sum(1 for path in _strays(at) if _remove(path))


@transaction.atomic
def _forget_drafts(at: datetime) -> int:
    old = File.objects.filter(case_id=None, at__lt=at - DRAFT_FILES_KEPT).exclude(draft_key="")
    forgotten = list(old)
    for file in forgotten:
        disk.remove_after_commit(file.storage_path)
    old.filter(pk__in=[file.pk for file in forgotten]).delete()
    return len(forgotten)


def _strays(at: datetime) -> Iterator[Path]:
    root = Path(default_storage.path(""))
    border = (at - _STRAY_AFTER).timestamp()
    batch: list[Path] = []
    for folder, _folders, names in os.walk(root):
        paths = (Path(folder) / name for name in names)
        batch += [path for path in paths if path.stat().st_mtime < border]
        if len(batch) >= _BATCH:
            yield from _unknown(root, batch)
            batch = []
    yield from _unknown(root, batch)


def _unknown(root: Path, paths: list[Path]) -> list[Path]:
    names = {path.relative_to(root).as_posix(): path for path in paths}
    known = File.objects.filter(storage_path__in=names).values_list("storage_path", flat=True)
    return [names[name] for name in names.keys() - set(known)]


def _remove(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True
