"""A stack from when it is laid down until the machine makes its papers: every step can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from motcua.directory.actor import Actor
from motcua.documents import events
from motcua.documents.models import Batch, BatchFile, Digitised
from motcua.documents.rules import digitising as rules
from motcua.documents.rules.digitising import Arrangement
from motcua.documents.services import disk, receiving
from motcua.documents.services.digitising import advancing
from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger

JOB = "motcua.documents.jobs.work_on_batch"
MOST_FILES = 50


class ChangedMeanwhile(Refused):
    """The stack was changed since this page was opened."""


class StackBusy(Refused):
    """The machine works on the stack."""


class SheetsFixed(Refused):
    """A sheet of a paper that was compared or signed is not moved."""

    law = "118/2025/NĐ-CP Điều 17 khoản 1 điểm c"


class NoSuchSheet(Refused):
    """The stack has no such sheet or paper."""


class StackTooLarge(Refused):
    """More files than one stack takes."""

    field = "files"


class NothingThere(Refused):
    """Nothing was sent, or every sheet is left out."""

    field = "files"


@dataclass(frozen=True)
class Scan:
    """A file as it comes from the scanner or the telephone."""

    stream: disk.Readable
    name: str


def open_batch(
    *, case_id: int, case_code: str, scans: Sequence[Scan], by: Actor, at: datetime
) -> Batch:
    """Lay down a stack for a case; the machine finds, straightens and parts its sheets.

    Raises NothingThere, StackTooLarge; raises what `store` raises: then nothing is kept.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    _check_count(scans, 0)
    with transaction.atomic():
        batch = Batch.objects.create(
            case_id=case_id,
            case_code=case_code,
            opened_by=by.key,
            opened_by_name=by.name[:120],
            opened_at=at,
            changed_at=at,
        )
        _take(batch, scans, first=0, by=by, at=at)
        queue(batch, stage=Batch.Stage.PREPARE, at=at)
    return batch


def add_files(*, uuid: UUID, scans: Sequence[Scan], by: Actor, at: datetime) -> Batch:
    """Lay more files on a stack; they become papers of their own behind the others.

    Raises StackBusy, NothingThere, StackTooLarge; raises what `store` raises.
    """
    with transaction.atomic():
        batch = _idle(uuid)
        count = batch.sources.count()
        _check_count(scans, count)
        _take(batch, scans, first=count, by=by, at=at)
        queue(batch, stage=Batch.Stage.PREPARE, at=at)
    return batch


def _check_count(scans: Sequence[Scan], present: int) -> None:
    if not scans:
        raise NothingThere(_("Hãy chọn ít nhất một tệp quét hoặc ảnh chụp."))
    if present + len(scans) > MOST_FILES:
        raise StackTooLarge(
            _("Mỗi chồng nhận tối đa %d tệp. Hãy lập chồng mới cho phần còn lại.") % MOST_FILES
        )


def _take(batch: Batch, scans: Sequence[Scan], *, first: int, by: Actor, at: datetime) -> None:
    for number, scan in enumerate(scans, start=first):
        file = receiving.store(
            scan.stream,
            name=scan.name,
            by_key=by.key,
            at=at,
            case_id=batch.case_id,
            source="scan",
        )
        BatchFile.objects.create(batch=batch, file=file, number=number)
    fact = events.StackScanned(batch=str(batch.uuid), case=batch.case_code, files=len(scans))
    ledger.record(
        fact,
        stream=f"stack:{batch.uuid}",
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )


def queue(batch: Batch, *, stage: str, at: datetime) -> None:
    """Give the stack to the machine, in the caller's transaction."""
    batch.stage, batch.state, batch.problem = stage, Batch.State.QUEUED, ""
    batch.done = batch.whole = 0
    batch.changed_at = at
    batch.save(update_fields=["stage", "state", "problem", "done", "whole", "changed_at"])
    app.configure_task(JOB, lock=f"batch:{batch.pk}").defer(batch=batch.pk)


def arrange(*, uuid: UUID, step: str, expected: int, at: datetime, **what: int | str) -> Batch:
    """Do one step on the arrangement: turn, drop, restore, shift, move, split, merge or assign.

    expected: the revision that the person saw. what: what the step of `rules.STEPS` takes.
    Raises ChangedMeanwhile, StackBusy, NoSuchSheet. Raises SheetsFixed: it touches what was
    compared or signed.
    """
    with transaction.atomic():
        batch = _idle(uuid, expected=expected)
        before = Arrangement.of(batch.arrangement)
        try:
            after = rules.STEPS[step](before, **what)
        except (rules.NoSuchSheet, KeyError, TypeError):
            raise NoSuchSheet(_("Không có tờ hoặc giấy tờ đó trong chồng này.")) from None
        if after == before:
            return batch
        _check_fixed(batch, before, after)
        past = [*batch.past, batch.arrangement][-rules.MOST_STEPS :]
        return _keep(batch, after, past=past, future=[], at=at)


def undo(*, uuid: UUID, expected: int, at: datetime) -> Batch:
    """Go back one step. Raises what `arrange` raises."""
    with transaction.atomic():
        batch = _idle(uuid, expected=expected)
        if not batch.past:
            return batch
        *past, back = batch.past
        after = Arrangement.of(back)
        _check_fixed(batch, Arrangement.of(batch.arrangement), after)
        return _keep(batch, after, past=past, future=[*batch.future, batch.arrangement], at=at)


def redo(*, uuid: UUID, expected: int, at: datetime) -> Batch:
    """Do again what was undone last. Raises what `arrange` raises."""
    with transaction.atomic():
        batch = _idle(uuid, expected=expected)
        if not batch.future:
            return batch
        *future, forth = batch.future
        after = Arrangement.of(forth)
        _check_fixed(batch, Arrangement.of(batch.arrangement), after)
        return _keep(batch, after, past=[*batch.past, batch.arrangement], future=future, at=at)


def assemble(*, uuid: UUID, expected: int, at: datetime) -> Batch:
    """Let the machine read the papers and make their PDFs. Raises NothingThere, StackBusy."""
    with transaction.atomic():
        batch = _idle(uuid, expected=expected)
        if not Arrangement.of(batch.arrangement).pieces:
            raise NothingThere(_("Chồng này không còn tờ nào để lập tệp."))
        queue(batch, stage=Batch.Stage.ASSEMBLE, at=at)
        return batch


def retry(*, uuid: UUID, at: datetime) -> Batch:
    """Let the machine try again what failed. Raises StackBusy: it is at it already."""
    with transaction.atomic():
        batch = _idle(uuid)
        queue(batch, stage=batch.stage, at=at)
        return batch


def _idle(uuid: UUID, *, expected: int | None = None) -> Batch:
    batch = Batch.objects.select_for_update().get(uuid=uuid)
    if batch.is_busy:
        raise StackBusy(_("Máy đang làm chồng này. Hãy đợi xong rồi sửa tiếp."))
    if expected is not None and expected != batch.revision:
        raise ChangedMeanwhile(
            _(
                "Chồng đã được sửa ở cửa sổ khác. Trang này vừa được tải lại; hãy làm lại bước vừa rồi."
            )
        )
    return batch


def _check_fixed(batch: Batch, before: Arrangement, after: Arrangement) -> None:
    touched = rules.touched(before, after)
    fixed = Digitised.objects.filter(batch=batch, piece__in=touched)
    if any(rules.is_fixed(paper.state) for paper in fixed):
        raise SheetsFixed(
            _(
                "Giấy tờ này đã đối chiếu hoặc ký số nên không sửa trang được. Hãy mở lại để sửa;"
                " đã ký số thì quét lại thành chồng mới."
            )
        )


def _keep(
    batch: Batch,
    after: Arrangement,
    *,
    past: list[object],
    future: list[object],
    at: datetime,
) -> Batch:
    batch.arrangement, batch.past, batch.future = after.as_json(), past, future
    batch.revision += 1
    batch.changed_at = at
    batch.save(update_fields=["arrangement", "past", "future", "revision", "changed_at"])
    _name_anew(batch, after)
    return batch


def _name_anew(batch: Batch, after: Arrangement) -> None:
    """Let papers whose PDF is there already be what the arrangement says now."""
    for paper in batch.papers.filter(state__in=["scanned", "read"]):
        piece = after.piece(paper.piece)
        if piece is not None and piece.component != paper.component_key:
            advancing.reassign(paper=paper, component=piece.component)
