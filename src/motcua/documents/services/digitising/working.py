"""What the machine does with a stack: parts it into sheets, reads them, makes PDFs."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM
from motcua.documents import assembling
from motcua.documents.assembling.stack import Reader, Scanned, sheets_of, turned
from motcua.documents.models import Batch, BatchFile, Digitised, File, Sheet
from motcua.documents.reading import Box, PageRead, Word
from motcua.documents.rules import digitising as rules
from motcua.documents.rules.digitising import Arrangement, Piece
from motcua.documents.scanning import Unreadable
from motcua.documents.services import disk, keeping, reading, receiving
from motcua.documents.services.digitising import advancing, stacks
from motcua.kernel.refused import Refused

_THUMBNAIL, _PREVIEW = 260, 1400
# A worker that died leaves its stack running; after this long somebody else takes it up.
_LEFT_BEHIND = timedelta(minutes=10)
_PICTURES_KEPT = timedelta(days=180)


def work(*, batch_id: int, at: datetime) -> None:
    """Do what the stack waits for; what goes wrong stands in words with the stack.

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    batch = _begun(batch_id, at)
    if batch is None:
        return
    try:
        if batch.stage == Batch.Stage.PREPARE:
            _prepare(batch)
        else:
            _assemble(batch)
    except Refused as refusal:
        _end(batch, problem=str(refusal))
    except Exception:
        words = _("Máy gặp lỗi ngoài dự tính. Các tờ đã quét còn nguyên: hãy bấm Thử lại.")
        _end(batch, problem=words)
        raise
    else:
        _end(batch, problem="")


def resume(*, at: datetime) -> int:
    """Queue again what a dead worker left behind; return how many."""
    left = Batch.objects.filter(
        state__in=[Batch.State.QUEUED, Batch.State.RUNNING], changed_at__lt=at - _LEFT_BEHIND
    )
    found = 0
    for key in left.values_list("pk", flat=True):
        with transaction.atomic():
            batch = Batch.objects.select_for_update().get(pk=key)
            if batch.is_busy and batch.changed_at < at - _LEFT_BEHIND:
                stacks.queue(batch, stage=batch.stage, at=at)
                found += 1
    return found


def forget_pictures(*, at: datetime) -> int:
    """Drop the large pictures and the words of stacks long finished; return of how many sheets.

    The PDFs made of them and the scans themselves stay.
    """
    old = Sheet.objects.filter(
        batch__state=Batch.State.READY,
        batch__changed_at__lt=at - _PICTURES_KEPT,
        preview__isnull=False,
    )
    return old.update(preview=None, words=None, read_turn=None)


def _begun(batch_id: int, at: datetime) -> Batch | None:
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
        if batch is None or batch.state != Batch.State.QUEUED:
            return None
        batch.state, batch.changed_at = Batch.State.RUNNING, at
        batch.save(update_fields=["state", "changed_at"])
        return batch


def _end(batch: Batch, *, problem: str) -> None:
    batch.state = Batch.State.FAILED if problem else Batch.State.READY
    batch.problem, batch.changed_at = problem[:400], timezone.now()
    batch.save(update_fields=["state", "problem", "changed_at"])


def _progress(batch: Batch, *, done: int, whole: int | None = None) -> None:
    batch.done, batch.changed_at = done, timezone.now()
    batch.whole = batch.whole if whole is None else whole
    batch.save(update_fields=["done", "whole", "changed_at"])


def _prepare(batch: Batch) -> None:
    """Find the sheets of the files that have none yet, and lay them out behind the others."""
    _forget_halves(batch)
    waiting = [s for s in batch.sources.select_related("file") if not s.sheets.exists()]
    _progress(batch, done=0, whole=sum(source.file.pages for source in waiting))
    number = batch.sheets.count()
    seen: list[rules.Seen] = []
    for source in waiting:
        for sheet in _sheets_from(batch, source, first=number):
            seen.append(rules.Seen(sheet.pk, sheet.is_blank, tuple(sheet.codes)))
            number += 1
            _progress(batch, done=len(seen))
        if number > rules.MOST_SHEETS:
            raise Unreadable(_("Chồng này quá dày: tối đa %d tờ.") % rules.MOST_SHEETS)
    if not number:
        raise Unreadable(_first_problem(waiting))
    laid = rules.laid_out(seen, code=batch.case_code, onto=Arrangement.of(batch.arrangement))
    batch.arrangement, batch.revision = laid.as_json(), batch.revision + 1
    batch.save(update_fields=["arrangement", "revision"])


def _forget_halves(batch: Batch) -> None:
    """Remove sheets that a worker made and did not live to lay out."""
    laid = Arrangement.of(batch.arrangement)
    known = [x.sheet for x in (*laid.dropped, *(x for p in laid.pieces for x in p.leaves))]
    batch.sheets.exclude(pk__in=known).delete()


def _first_problem(sources: Sequence[BatchFile]) -> str:
    said = next((s.problem for s in sources if s.problem), "")
    return said or _("Không đọc được tờ nào. Hãy quét lại.")


def _sheets_from(batch: Batch, source: BatchFile, *, first: int) -> Iterator[Sheet]:
    """Make the sheets of one file; what cannot be read of it is said with the file."""
    try:
        with local_copy(source.file) as path:
            for found in sheets_of(path, source.file.content_type):
                yield _sheet(batch, source, found, first + found.page)
    except Refused as refusal:
        source.problem = str(refusal)[:300]
        source.save(update_fields=["problem"])


def _sheet(batch: Batch, source: BatchFile, found: Scanned, number: int) -> Sheet:
    image = found.straight.image
    seen = assembling.preview_of(image, longest=_PREVIEW)
    return Sheet.objects.create(
        batch=batch,
        source=source,
        number=number,
        page=found.page,
        height=image.shape[0],
        width=image.shape[1],
        angle=round(found.straight.angle, 2),
        is_blank=found.is_blank,
        codes=[text[:300] for text in found.codes][:20],
        thumbnail=assembling.thumbnail_of(seen, longest=_THUMBNAIL),
        preview=assembling.thumbnail_of(seen, longest=_PREVIEW, quality=45),
    )


@contextmanager
def local_copy(file: File) -> Iterator[Path]:
    """Give a path of the file on this machine; what had to be copied is taken away again.

    Nobody's key is named: what is made of the file is our own, and not scanned again.
    Raises HeldBack, Lost.
    """
    keeping.check_may_be_opened(file)
    path = disk.local(file.storage_path)
    if path is not None and path.exists():
        yield path
        return
    with keeping.open_file(file) as stored:
        received = disk.write(disk.chunks(stored))
    try:
        yield received.path
    finally:
        received.path.unlink(missing_ok=True)


@dataclass
class _Made:
    """Pages that are ready, until the papers that they belong to are written."""

    pages: dict[int, tuple[assembling.Picture, PageRead | None]] = field(default_factory=dict)


def _assemble(batch: Batch) -> None:
    """Make the PDF of every paper that changed; a paper is written when its last sheet is there."""
    papers = _changed_papers(batch)
    turns = {leaf.sheet: leaf.turn for piece, _paper in papers for leaf in piece.leaves}
    _progress(batch, done=0, whole=len(turns))
    reader, made = Reader(), _Made()
    sheets = Sheet.objects.filter(pk__in=turns).defer("thumbnail", "preview")
    by_source: dict[int, list[Sheet]] = {}
    for sheet in sheets.select_related("source__file"):
        by_source.setdefault(sheet.source_id, []).append(sheet)
    done = 0
    for wanted in by_source.values():
        for sheet, found in _pages_again(wanted):
            turn = turns[sheet.pk]
            made.pages[sheet.pk] = _page(sheet, found, turn, reader)
            done += 1
            _progress(batch, done=done)
        papers = _write_ready(batch, papers, made, reader)
    if papers:
        raise Unreadable(
            _("Có trang không mở lại được nên chưa lập đủ tệp. Hãy quét lại các trang đó.")
        )


def _changed_papers(batch: Batch) -> list[tuple[Piece, Digitised | None]]:
    """Return what is to be made; papers whose sheets are all gone from the stack go with them."""
    known = {paper.piece: paper for paper in batch.papers.all()}
    pieces = Arrangement.of(batch.arrangement).pieces
    gone = [p for key, p in known.items() if key not in {one.key for one in pieces}]
    advancing.forget(papers=gone)
    changed: list[tuple[Piece, Digitised | None]] = []
    for piece in pieces:
        paper = known.get(piece.key)
        if paper is not None and rules.is_fixed(paper.state):
            continue
        is_made = paper is not None and paper.file_id and paper.sheets == _leaves(piece)
        if paper is None or not is_made or not paper.has_text:
            changed.append((piece, paper))
    return changed


def _leaves(piece: Piece) -> list[list[int]]:
    return [[leaf.sheet, leaf.turn] for leaf in piece.leaves]


def _pages_again(wanted: list[Sheet]) -> Iterator[tuple[Sheet, Scanned]]:
    """Take the sheets of one file from it anew, in its order."""
    by_page = {sheet.page: sheet for sheet in wanted}
    source = wanted[0].source
    last = max(by_page)
    with local_copy(source.file) as path:
        for found in sheets_of(path, source.file.content_type):
            if found.page in by_page:
                yield by_page[found.page], found
            if found.page == last:
                return


def _page(
    sheet: Sheet, found: Scanned, turn: int, reader: Reader
) -> tuple[assembling.Picture, PageRead | None]:
    image = turned(found.straight.image, turn)
    read = kept_read(sheet) if sheet.read_turn == turn else None
    if read is None:
        read = reader.read(image)
        if read is not None:
            _keep_read(sheet, read, turn)
    return assembling.picture_of(image, dpi=found.dpi), read


def _keep_read(sheet: Sheet, read: PageRead, turn: int) -> None:
    words = [
        [w.text, round(w.confidence, 3), w.box.x, w.box.y, w.box.w, w.box.h, w.line, w.block]
        for w in read.words
    ]
    sheet.words = {"width": read.width, "height": read.height, "words": words}
    sheet.read_turn, sheet.confidence = turn, read.confidence
    sheet.save(update_fields=["words", "read_turn", "confidence"])


def kept_read(sheet: Sheet) -> PageRead | None:
    """Return what was read on a sheet, None when it was not read yet."""
    if not sheet.words:
        return None
    words = tuple(
        Word(text, sure, Box(x, y, w, h), line, block)
        for text, sure, x, y, w, h, line, block in sheet.words["words"]
    )
    size = sheet.words["width"], sheet.words["height"]
    return PageRead(1, *size, words, confidence=sheet.confidence or 0.0)


def _write_ready(
    batch: Batch,
    papers: list[tuple[Piece, Digitised | None]],
    made: _Made,
    reader: Reader,
) -> list[tuple[Piece, Digitised | None]]:
    """Write the papers whose sheets are all there; return those that wait."""
    waiting = []
    for piece, paper in papers:
        keys = [leaf.sheet for leaf in piece.leaves]
        if not all(key in made.pages for key in keys):
            waiting.append((piece, paper))
            continue
        _write(batch, piece, paper, [made.pages.pop(key) for key in keys], reader.problem)
    return waiting


def _write(
    batch: Batch,
    piece: Piece,
    paper: Digitised | None,
    pages: Sequence[tuple[assembling.Picture, PageRead | None]],
    problem: str,
) -> None:
    at = timezone.now()
    title = f"{_('Giấy tờ')} {piece.key[1:]} {batch.case_code}"
    out = io.BytesIO()  # compressed already: some tens of kilobytes a page
    writer = assembling.PdfaWriter(
        out,
        about=assembling.About(title=title, dossier=batch.case_code),
        at=timezone.localtime(at),
    )
    for picture, read in pages:
        writer.add(picture, read)
    writer.finish()
    out.seek(0)
    reads = [read for _picture, read in pages if read is not None]
    with transaction.atomic():
        file = receiving.store(
            out,
            name=f"{batch.case_code}-{piece.key}.pdf",
            by_key=batch.opened_by,
            at=at,
            case_id=batch.case_id,
            source="system",
            replaces=paper.file if paper else None,
        )
        row = paper or Digitised(batch=batch, piece=piece.key, case_id=batch.case_id)
        row.file, row.sheets, row.component_key = file, _leaves(piece), piece.component
        row.has_text = len(reads) == len(pages)
        row.confidence = _mean(reads)
        row.problem = "" if row.has_text else problem[:300]
        advancing.made(paper=row, by=SYSTEM, at=at)
    if row.has_text:
        reading.request(file=file, at=at)


def _mean(reads: Sequence[PageRead]) -> float | None:
    found = [read.confidence for read in reads if read.confidence]
    return round(sum(found) / len(found), 4) if found else None
