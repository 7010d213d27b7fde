"""Reads of the digitisation desk. Who may read a case may see its stacks: callers pass the cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from motcua.documents.models import Batch, BatchFile, Digitised, Sheet
from motcua.documents.rules.digitising import Arrangement, Leaf, Piece, is_fixed

Cases = Iterable[int] | QuerySet[Any, Any]


@dataclass(frozen=True)
class LaidSheet:
    """A sheet as it lies: turned by degrees clockwise; `place` counts from 1 in its paper."""

    sheet: Sheet
    turn: int
    place: int = 0


@dataclass(frozen=True)
class LaidPaper:
    """A paper of the arrangement, with what was made of it; `is_fixed`: not touched any more."""

    piece: Piece
    number: int
    sheets: list[LaidSheet]
    paper: Digitised | None

    @property
    def is_fixed(self) -> bool:
        """Tell whether it was compared or signed, so that its sheets stay."""
        return self.paper is not None and is_fixed(self.paper.state)

    @property
    def is_made(self) -> bool:
        """Tell whether its PDF is of these sheets as they lie."""
        if self.paper is None or self.paper.file_id is None:
            return False
        return bool(self.paper.sheets == [[x.sheet, x.turn] for x in self.piece.leaves])


@dataclass(frozen=True)
class Stack:
    """A whole stack for its page (four queries)."""

    batch: Batch
    papers: list[LaidPaper]
    dropped: list[LaidSheet]
    sources: list[BatchFile]

    @property
    def unmade(self) -> int:
        """How many papers wait for their PDF."""
        return sum(1 for paper in self.papers if not paper.is_made)

    @property
    def troubles(self) -> list[BatchFile]:
        """The files of which something cannot be read."""
        return [source for source in self.sources if source.problem]


def batch_within(*, uuid: UUID, case_ids: Cases) -> Batch | None:
    """Return the stack if its case is among these."""
    return Batch.objects.filter(uuid=uuid, case_id__in=case_ids).first()


def stack_of(*, batch: Batch) -> Stack:
    """Return the stack as it lies."""
    sheets = {row.pk: row for row in batch.sheets.defer("thumbnail", "preview", "words")}
    made = {row.piece: row for row in batch.papers.select_related("file")}
    laid = Arrangement.of(batch.arrangement)

    def lie(leaves: Iterable[Leaf]) -> list[LaidSheet]:
        known = [leaf for leaf in leaves if leaf.sheet in sheets]
        return [LaidSheet(sheets[x.sheet], x.turn, n) for n, x in enumerate(known, start=1)]

    papers = [
        LaidPaper(piece, number, lie(piece.leaves), made.get(piece.key))
        for number, piece in enumerate(laid.pieces, start=1)
    ]
    sources = list(batch.sources.select_related("file"))
    return Stack(batch, papers, lie(laid.dropped), sources)


def picture_of_sheet(*, batch: Batch, key: int, is_large: bool) -> bytes | None:
    """Return the small or the large picture of a sheet as JPEG."""
    fields = ("preview", "thumbnail") if is_large else ("thumbnail",)
    found = Sheet.objects.filter(batch=batch, pk=key).values_list(*fields).first() or ()
    return next((bytes(picture) for picture in found if picture), None)


def batches_of_case(*, case_id: int) -> list[Batch]:
    """Return the stacks of a case, newest first, with how many papers were made of each."""
    rows = Batch.objects.filter(case_id=case_id).annotate(count=Count("papers"))
    return list(rows.order_by("-pk"))


def unfinished(*, case_ids: Cases, limit: int = 100) -> list[Batch]:
    """Return the stacks of which no files were made yet among these cases, the latest touched first.

    The machine has them, or failed, or they wait for an officer to lay them out.
    """
    rows = Batch.objects.filter(case_id__in=case_ids)
    rows = rows.exclude(state=Batch.State.READY, stage=Batch.Stage.ASSEMBLE)
    return list(rows.order_by("-changed_at")[:limit])


def papers_in_work(*, case_ids: Cases, limit: int = 200) -> list[Digitised]:
    """Return the papers that are not signed yet among these cases."""
    rows = Digitised.objects.filter(
        case_id__in=case_ids, state__in=["scanned", "read", "compared"]
    )
    return list(rows.select_related("batch").order_by("-pk")[:limit])


def papers_of_case(*, case_id: int) -> list[Digitised]:
    """Return the digitised papers of a case in the order of scanning."""
    rows = Digitised.objects.filter(case_id=case_id, file__isnull=False)
    return list(rows.select_related("file", "batch").order_by("pk"))


def paper_within(*, uuid: UUID, case_ids: Cases) -> Digitised | None:
    """Return the digitised paper if its case is among these."""
    rows = Digitised.objects.filter(uuid=uuid, case_id__in=case_ids)
    return rows.select_related("file", "batch").first()


def paper_of_file(*, file_id: int) -> Digitised | None:
    """Return the digitised paper whose present file it is."""
    return Digitised.objects.filter(file_id=file_id).select_related("batch", "file").first()


def paper_named(*, uuid: str) -> Digitised | None:
    """Return the digitised paper of that key, for the system itself."""
    return Digitised.objects.filter(uuid=uuid).select_related("batch", "file").first()


def sheets_of_paper(*, paper: Digitised) -> list[LaidSheet]:
    """Return the sheets that a paper was made of."""
    keys = [key for key, _turn in paper.sheets]
    rows = Sheet.objects.filter(batch_id=paper.batch_id, pk__in=keys)
    found = {row.pk: row for row in rows.defer("thumbnail", "preview", "words")}
    return [
        LaidSheet(found[key], turn, place)
        for place, (key, turn) in enumerate(paper.sheets, start=1)
        if key in found
    ]
