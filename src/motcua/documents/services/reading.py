"""Stored files are read in the background; people confirm what the machine was not sure of."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from motcua.directory.actor import Actor
from motcua.documents.models import BatchFile, File, Reading, ReadValue
from motcua.documents.scanning import Unreadable
from motcua.documents.services import keeping, machine
from motcua.documents.understanding import kinds
from motcua.documents.understanding.shapes import normal
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze

JOB = "motcua.documents.jobs.read_file"
MOST_ATTEMPTS = 3
# A worker that died left its reading running; nothing takes longer than this.
_LOST_AFTER = timedelta(minutes=15)
# A job may be gone before its row was to be seen; what nobody took up by then is queued again.
_FORGOTTEN_AFTER = timedelta(minutes=5)
_WAITS = (timedelta(minutes=1), timedelta(minutes=10))
_FRESH, _AT_ONCE = timedelta(days=14), 20
_READ_SOURCES = (
    File.Source.SCAN, File.Source.UPLOAD, File.Source.PORTAL, File.Source.EXTERNAL,
)  # fmt: skip


class NotRead(Refused):
    """The machine has not read the file yet, so there is nothing to confirm."""


class BeingRead(Refused):
    """The file is being read at this moment."""


class NoSuchValue(Refused):
    """The paper has no such field."""


class NoSuchKind(Refused):
    """There is no such kind of paper."""


class ValueMalformed(Refused):
    """What was typed is no value of the field's shape."""


class StillOpen(Refused):
    """Values wait for a person."""


def request(*, file: File, at: datetime) -> Reading:
    """Queue the reading of a stored file; a file is read once unless somebody asks again.

    A worker queues over a connection of its own, so the row stands before its job does.
    """
    row, is_new = Reading.objects.get_or_create(
        file=file, defaults={"queued_at": at, "not_before": at}
    )
    if is_new:
        _defer(row)
    return row


@transaction.atomic
def again(*, uuid: UUID, at: datetime, kind: str = "") -> Reading:
    """Queue a reading once more, as the kind of paper that a person named, when one is named.

    What people confirmed before is read anew: the paper is another one than was thought.
    Raises BeingRead, NoSuchKind.
    """
    row = Reading.objects.select_for_update().get(uuid=uuid)
    if row.state == Reading.State.RUNNING and at - row.not_before < _LOST_AFTER:
        raise BeingRead(_("Máy đang đọc giấy này. Hãy đợi ít giây rồi tải lại trang."))
    if kind and kind not in kinds():
        raise NoSuchKind(_("Không có loại giấy đó."), field="kind")
    row.state, row.attempts, row.reason = Reading.State.QUEUED, 0, ""
    row.kind, row.not_before = kind or row.kind_named, at
    row.kind_named = kind or row.kind_named
    row.confirmed_at, row.confirmed_by, row.confirmed_by_name = None, "", ""
    row.save()
    _defer(row)
    return row


def _defer(row: Reading) -> None:
    app.configure_task(JOB, lock=f"reading:{row.pk}").defer(reading=row.pk)


def read(*, reading_id: int, at: datetime) -> Reading | None:
    """Read a queued file and keep what stands on it; None where nothing waits under that key.

    A fault leaves the file and its dossier as they were: the reading waits for another try, after
    the third it has failed, with the reason in words.
    """
    row = _begin(reading_id, at)
    if row is None:
        return None
    try:
        with _on_disk(row.file) as path:
            made = machine.read(
                path, content_type=row.file.content_type, kind=row.kind_named, engine=row.engine
            )
    except keeping.HeldBack as refusal:
        if row.file.safety == File.Safety.WAITING:  # the scanner is late; no try is spent on it
            row.attempts = min(row.attempts, MOST_ATTEMPTS - 1)
        return _put_off(row, str(refusal), at, is_final=row.file.safety == File.Safety.INFECTED)
    except Refused as refusal:
        is_final = isinstance(refusal, (Unreadable, keeping.Lost))
        return _put_off(row, str(refusal), at, is_final=is_final)
    except Exception as fault:  # noqa: BLE001  whatever breaks in the machine, the work stays visible
        return _put_off(row, _("Máy đọc gặp lỗi: %s") % repr(fault)[:200], at, is_final=False)
    return _keep(row, made, at)


@transaction.atomic
def _begin(reading_id: int, at: datetime) -> Reading | None:
    found = Reading.objects.select_for_update(of=("self",)).select_related("file")
    row = found.filter(pk=reading_id, not_before__lte=at).first()
    if row is None or row.state not in {Reading.State.QUEUED, Reading.State.RUNNING}:
        return None
    if row.state == Reading.State.RUNNING and at - row.not_before < _LOST_AFTER:
        return None
    row.state, row.attempts, row.not_before = Reading.State.RUNNING, row.attempts + 1, at
    row.save(update_fields=["state", "attempts", "not_before"])
    return row


@contextmanager
def _on_disk(file: File) -> Iterator[str]:
    """Give the stored bytes a path for as long as they are read; the store may be elsewhere."""
    with tempfile.NamedTemporaryFile(prefix="motcua-read-") as copy:
        with keeping.open_file(file) as stored:
            shutil.copyfileobj(stored, copy, 256 * 1024)
        copy.flush()
        yield copy.name


@transaction.atomic
def _put_off(row: Reading, reason: str, at: datetime, *, is_final: bool) -> Reading:
    row.reason = reason[:300]
    if is_final or row.attempts >= MOST_ATTEMPTS:
        row.state = Reading.State.FAILED
    else:
        row.state = Reading.State.QUEUED
        row.not_before = at + _WAITS[min(row.attempts, len(_WAITS)) - 1]
    row.save(update_fields=["state", "attempts", "reason", "not_before"])
    return row


@transaction.atomic
def _keep(row: Reading, made: machine.Made, at: datetime) -> Reading:
    understood = made.understood
    row.state, row.reason, row.read_at = Reading.State.DONE, "", at
    row.kind, row.kind_confidence = understood.kind, understood.confidence
    row.dossier_code, row.text, row.pages = understood.dossier_code, made.text, made.pages
    row.save()
    ReadValue.objects.filter(reading=row).delete()
    ReadValue.objects.bulk_create(
        ReadValue(reading=row, position=place, **value) for place, value in enumerate(made.values)
    )
    return row


def read_waiting(*, at: datetime) -> int:
    """Queue files of dossiers that nobody has read yet, and take up what a dead worker left.

    Return how many were queued; at most a few at once, the rest next time.
    """
    queued = 0
    unread = File.objects.filter(
        reading=None, case_id__isnull=False, source__in=_READ_SOURCES, at__gte=at - _FRESH
    ).exclude(safety=File.Safety.INFECTED)
    # A stack is parted first; its papers are read then, each by itself.
    unread = unread.exclude(pk__in=BatchFile.objects.values("file"))
    for file in unread.order_by("id")[:_AT_ONCE]:
        request(file=file, at=at)
        queued += 1
    queue = Reading.objects.filter(state=Reading.State.QUEUED)
    again_now = Q(attempts__gt=0, not_before__lte=at)
    waiting = queue.filter(again_now | Q(not_before__lte=at - _FORGOTTEN_AFTER)).order_by("id")
    lost = Reading.objects.filter(state=Reading.State.RUNNING, not_before__lt=at - _LOST_AFTER)
    for row in [*waiting[:_AT_ONCE], *lost[:_AT_ONCE]]:
        _defer(row)
        queued += 1
    return queued


@transaction.atomic
def confirm(*, uuid: UUID, key: str, value: str, by: Actor, at: datetime) -> ReadValue:
    """Keep a value as a person left it: as read, or corrected; what the machine read stays beside.

    Raises NotRead, NoSuchValue. Raises ValueMalformed: a day that is none, a number with letters.
    """
    row = Reading.objects.select_for_update().get(uuid=uuid)
    if not row.is_done:
        raise NotRead(_("Máy chưa đọc xong giấy này."))
    one = ReadValue.objects.filter(reading=row, key=key).first()
    if one is None:
        raise NoSuchValue(_("Giấy này không có mục đó."), field=key)
    kind = kinds().get(row.kind)
    field = kind.field_of(key) if kind else None
    said = squeeze(value)
    kept = normal(said, field.shape) if field and said else said
    if kept is None:
        raise ValueMalformed(_("“%s” không đúng dạng của mục này.") % said[:80], field=key)
    one.value, one.is_changed = kept, kept != one.read
    one.confirmed_at, one.confirmed_by = at, by.key
    one.save(update_fields=["value", "is_changed", "confirmed_at", "confirmed_by"])
    return one


@transaction.atomic
def finish(*, uuid: UUID, by: Actor, at: datetime) -> Reading:
    """Close the confirming of a paper: every value that needed a person has had one.

    The file is then known to be of that kind. Raises NotRead. Raises StillOpen: values wait.
    """
    row = Reading.objects.select_for_update(of=("self",)).select_related("file").get(uuid=uuid)
    if not row.is_done:
        raise NotRead(_("Máy chưa đọc xong giấy này."))
    waiting = [one.label for one in row.values.all() if not one.is_settled]
    if waiting:
        raise StillOpen(_("Còn mục chưa xác nhận: %s.") % ", ".join(waiting))
    row.confirmed_at, row.confirmed_by, row.confirmed_by_name = at, by.key, by.name[:120]
    row.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_by_name"])
    File.objects.filter(pk=row.file_id).update(kind=row.kind)
    return row
