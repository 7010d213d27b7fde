"""What happens to stored files: they are opened, join a case, or go."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.documents.models import INCOMING, File, UploadPiece
from motcua.documents.services import disk, uploading
from motcua.kernel.refused import Refused

log = logging.getLogger("motcua.documents")

DRAFT_FILES_KEPT = timedelta(days=30)
_STRAY_AFTER = timedelta(days=1)
_BATCH = 500


class HeldBack(Refused):
    """The file waits for the virus scanner, or stands in quarantine."""


class Destroyed(HeldBack):
    """The file was infected, and its bytes were removed for good."""


class Lost(Refused, FileNotFoundError):
    """The storage has no bytes where the row says."""


_WAITS = _("Tệp “%(name)s” đang chờ quét vi-rút. Hãy thử lại sau ít phút.")
_LOST = _("Nơi lưu trữ không còn tệp “%(name)s”. Hãy báo quản trị hệ thống, hoặc gửi lại tệp.")
_ISOLATED = _("Tệp “%(name)s” bị cách ly vì có mã độc (%(threat)s). Hãy đề nghị gửi tệp khác.")
_DESTROYED = _("Tệp “%(name)s” có mã độc (%(threat)s) và đã bị hủy. Hãy đề nghị gửi tệp khác.")


def open_file(file: File, *, by_key: str = "") -> BinaryIO:
    """Return the bytes of the file, open for reading; the caller closes it.

    by_key: who gets them; while a file waits for the virus scanner only its sender does.
    Raises HeldBack: it waits, or it is infected. Raises Lost: the storage lost it.
    """
    check_may_be_opened(file, by_key=by_key)
    try:
        return disk.opened(file.storage_path)
    except FileNotFoundError as error:
        log.error("the storage has no bytes of file %s", file.uuid)
        raise Lost(str(_LOST) % {"name": file.name}, field="file") from error


def check_may_be_opened(file: File, *, by_key: str = "") -> None:
    """Refuse what is held back from this reader; a machine that reads by itself is nobody.

    Raises HeldBack: the file waits for the virus scanner, or it is infected. Raises Destroyed.
    """
    if file.destroyed_at is not None:
        raise Destroyed(str(_DESTROYED) % {"name": file.name, "threat": file.threat}, field="file")
    if not file.may_be_opened_by(by_key):
        words = _ISOLATED if file.safety == File.Safety.INFECTED else _WAITS
        raise HeldBack(str(words) % {"name": file.name, "threat": file.threat}, field="file")


def attach(*, uuids: Iterable[UUID], draft_key: str, case_id: int) -> int:
    """Give the draft's files to the case that the draft became; return how many."""
    drafted = File.objects.filter(uuid__in=list(uuids), draft_key=draft_key, case_id=None)
    return drafted.update(case_id=case_id) if draft_key else 0


@transaction.atomic
def discard(*, uuid: UUID, draft_key: str) -> bool:
    """Remove a file from a draft, with what replaced it; tell whether there was one.

    A case's files are never removed.
    """
    drafted = File.objects.filter(draft_key=draft_key, case_id=None)
    file = drafted.filter(uuid=uuid).first() if draft_key else None
    if file is None:
        return False
    going = [file]
    while newer := drafted.filter(replaces=going[-1]).first():
        going.append(newer)
    _forget(going)
    return True


def sweep(*, at: datetime) -> int:
    """Remove files of drafts and uploads long forgotten, and bytes that no row knows; return how many.

    Bytes without a row are left by a process killed between writing and committing.
    """
    border = at - _STRAY_AFTER
    gone = _forget_drafts(at) + uploading.sweep_uploads(at=at)
    for path in strays(older_than=border):
        disk.remove(path)
        gone += 1
    if disk.local(INCOMING) is None:
        gone += disk.forget_aside(border)
    return gone


def strays(*, older_than: datetime) -> Iterator[str]:
    """Yield the places of bytes that no row names and that nobody is just writing."""
    places = disk.listed()
    while batch := set(islice(places, _BATCH)):
        for named in _named():
            batch -= set(
                named.filter(storage_path__in=batch).values_list("storage_path", flat=True)
            )
        yield from (path for path in sorted(batch) if disk.is_older(path, older_than))


def _named() -> tuple[QuerySet[File], QuerySet[UploadPiece]]:
    """Return every row that names stored bytes; what none of them names is swept."""
    return File.objects.filter(destroyed_at=None), UploadPiece.objects.all()


@transaction.atomic
def _forget_drafts(at: datetime) -> int:
    old = Q(case_id=None, at__lt=at - DRAFT_FILES_KEPT) & ~Q(draft_key="")
    forgotten = list(File.objects.filter(old))
    _forget(forgotten)
    return len(forgotten)


def _forget(files: Iterable[File]) -> None:
    for file in files:
        disk.remove_after_commit(file.storage_path)
    File.objects.filter(pk__in=[file.pk for file in files]).delete()
