"""From labels to values: beside the label, right of it, under it; in the part of the paper it names."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.documents.reading.words import Box, Word
from motcua.documents.understanding import places
from motcua.documents.understanding.labels import Hit, hits_on
from motcua.documents.understanding.layout import Run, Sheet, box_of
from motcua.documents.understanding.shapes import Shaped, shaped
from motcua.documents.understanding.spec import Field, Kind

_FLOWING = {"text", "address", "office", "title", "name"}
_BESIDE, _RIGHT, _UNDER = 1.0, 0.97, 0.93


@dataclass(frozen=True)
class Candidate:
    """A value that may be the field's, with how sure its words, its label and its place make it."""

    shaped: Shaped
    page: int
    score: float

    @property
    def box(self) -> Box:
        """Where the value stands."""
        return box_of(self.shaped.words)


def candidates(sheet: Sheet, kind: Kind, field: Field) -> Iterator[Candidate]:
    """Yield what the field may say on this page, in reading order, labels before special places."""
    hits = hits_on(sheet, kind)
    anchors = _Anchors(hits, kind)
    for hit in hits:
        if hit.phrase in field.labels and anchors.lets(hit, field):
            for words, place in _values(sheet, hits, hit, anchors.column(hit, field), field):
                found = shaped(words, field)
                if found:
                    yield _candidate(found, sheet, hit.score * place)
                    break
    for name in field.where:
        for words in places.PLACES[name](sheet, kind, field):
            found = shaped(words, field)
            if found:
                yield _candidate(found, sheet, 0.95)


def _candidate(found: Shaped, sheet: Sheet, score: float) -> Candidate:
    sure = [word.confidence for word in found.words]
    words = 0.5 * min(sure) + 0.5 * sum(sure) / len(sure)
    return Candidate(found, sheet.number, score * found.fit * words)


class _Anchors:
    """The parts of a paper: which one a label stands in, by what stands above or left of it."""

    def __init__(self, hits: list[Hit], kind: Kind) -> None:
        self._of = {phrase: key for key, said in kind.anchors.items() for phrase in said}
        self._hits = [hit for hit in hits if hit.phrase in self._of]

    def lets(self, hit: Hit, field: Field) -> bool:
        """Tell whether the label stands in the part that the field asks for."""
        if not field.after:
            return True
        row = self._row_above(hit)
        if not row:
            return field.after == next(iter(self._of.values()), "")
        left = [one for one in row if _left(one) <= _left(hit) + hit.run.box.h]
        if left:
            return self._of[left[-1].phrase] == field.after
        return any(self._of[one.phrase] == field.after for one in row)

    def column(self, hit: Hit, field: Field) -> Hit | None:
        """Return the head of the column in which the value stands, where a table has heads."""
        row = self._row_above(hit) if field.after else []
        if any(_left(one) <= _left(hit) + hit.run.box.h for one in row):
            return None
        return next((one for one in row if self._of[one.phrase] == field.after), None)

    def _row_above(self, hit: Hit) -> list[Hit]:
        above = [
            one for one in self._hits if (one.run.row, _left(one)) <= (hit.run.row, _left(hit) + 1)
        ]
        if not above:
            return []
        return [one for one in self._hits if one.run.row == above[-1].run.row]


def _left(hit: Hit) -> int:
    return hit.run.tokens[hit.start].word.box.x


def _values(
    sheet: Sheet, hits: list[Hit], hit: Hit, column: Hit | None, field: Field
) -> Iterator[tuple[list[Word], float]]:
    """Yield the words that may be the label's value: beside it, right of it, under it."""
    flows = field.shape in _FLOWING
    beside = _rest(hits, hit)
    if any(token.bare for token in hit.run.tokens[hit.end :]) and beside:
        yield (
            beside + (_further(sheet, hits, hit.run) if flows and _is_last(hits, hit) else []),
            _BESIDE,
        )
    row = sheet.rows[hit.run.row]
    right = [run for run in row if run.box.x > hit.run.box.x and not _opens(hits, run)]
    if column is not None:
        right = [
            run for run in right if run.right > _left(column) and run.box.x < column.run.right
        ]
    for run in right[:1]:
        yield _words(hits, run) + (_further(sheet, hits, run) if flows else []), _RIGHT
    for run in _under(sheet, hits, hit):
        yield _words(hits, run) + (_further(sheet, hits, run) if flows else []), _UNDER


def _rest(hits: list[Hit], hit: Hit) -> list[Word]:
    """Return the words after a label, up to the next label of its run."""
    ends = [one.start for one in hits if one.run is hit.run and one.start >= hit.end]
    end = min(ends, default=len(hit.run.tokens))
    return [token.word for token in hit.run.tokens[hit.end : end]]


def _is_last(hits: list[Hit], hit: Hit) -> bool:
    return not any(one.run is hit.run and one.start >= hit.end for one in hits)


def _words(hits: list[Hit], run: Run) -> list[Word]:
    end = min((one.start for one in hits if one.run is run), default=len(run.tokens))
    return [token.word for token in run.tokens[:end]]


def _opens(hits: list[Hit], run: Run) -> bool:
    """Whether a run begins with a label (a number before it does not count)."""
    return any(
        one.run is run and (one.start <= 1 or (one.start <= 4 and one.is_closed)) for one in hits
    )


def _under(sheet: Sheet, hits: list[Hit], hit: Hit) -> Iterator[Run]:
    """Yield the run under a label: in a table the cell, on a card the line."""
    left, right = _left(hit), hit.run.right
    for run in sheet.runs:
        gap = run.box.y - hit.run.bottom
        overlaps = run.box.x < right and run.right > left - sheet.height
        if run.row > hit.run.row and gap < 2.2 * sheet.height and overlaps:
            if not _opens(hits, run):
                yield run
            return


def _further(sheet: Sheet, hits: list[Hit], run: Run) -> list[Word]:
    """Return the words of the lines over which a value runs on: a full line was above them."""
    words: list[Word] = []
    above, edge = run, _edge(sheet, run)
    for below in sheet.runs:
        if below.row <= above.row or below.right < run.box.x or below.box.x > run.right:
            continue
        gap = below.box.y - above.bottom
        first = below.tokens[0].word.box.w
        is_full = above.right + first + 0.4 * sheet.height > edge
        is_loud = below.text.isupper() and not above.tokens[-1].text.isupper()
        if (
            gap > 1.1 * sheet.height
            or not is_full
            or is_loud
            or _opens(hits, below)
            or _is_item(below)
        ):
            break
        words += [token.word for token in below.tokens]
        above = below
    return words


def _edge(sheet: Sheet, run: Run) -> int:
    """Return where full lines end in the run's column."""
    near = [one for one in sheet.runs if abs(one.row - run.row) < 12 and one.box.x < run.right]
    same = [one.right for one in near if abs(one.box.x - run.box.x) < 8 * sheet.height]
    beyond = [one.box.x for one in sheet.rows[run.row] if one.box.x > run.right]
    return min(
        [max(same, default=sheet.right), *(x - int(2.4 * sheet.height) for x in beyond[:1])]
    )


def _is_item(run: Run) -> bool:
    """Whether a run begins a numbered line."""
    first = run.tokens[0].text
    return first[:-1].isdigit() and first.endswith((".", ")"))
