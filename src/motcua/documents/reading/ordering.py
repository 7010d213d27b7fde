"""Words in the order in which a person reads: columns of head and foot one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from motcua.documents.reading.words import Word
from motcua.kernel.text import fold

# A gap wider than so many heights of a word parts two columns or two cells.
_GUTTER = 1.6
_HEAD_LINES = 9
_HEAD_SHARE = 0.45
_STATE = ("cong", "hoa", "xa", "hoi")
_RECIPIENTS = ("noi", "nhan")


@dataclass(frozen=True)
class _Line:
    """Words that Tesseract saw in one line."""

    words: tuple[Word, ...]

    @property
    def top(self) -> int:
        return min(word.box.y for word in self.words)

    @property
    def height(self) -> float:
        return float(median(word.box.h for word in self.words))

    def starts(self, *said: str) -> int | None:
        """Return where in the line these words stand, folded; None when they do not."""
        found = [fold(word.text).strip(" :.;,") for word in self.words]
        for index in range(len(found) - len(said) + 1):
            if tuple(found[index : index + len(said)]) == said:
                return index
        return None


def in_reading_order(words: Sequence[Word], *, page_height: int) -> tuple[Word, ...]:
    """Return the words with the two columns of head and foot read one after the other."""
    lines = _lines(words)
    for index, line in enumerate(lines):
        at = line.starts(*_STATE)
        if at is not None and line.top < _HEAD_SHARE * page_height:
            lines = _parted(lines, index, _before(line, at), most=_HEAD_LINES)
            break
    for index, line in enumerate(lines):
        if line.starts(*_RECIPIENTS) == 0:
            edge = _right_column(lines[index:])
            if edge is not None:
                lines = _parted(lines, index, edge, most=len(lines))
            break
    return _numbered(lines)


def is_after_gap(before: Word, word: Word) -> bool:
    """Tell whether a gutter or the edge of a cell lies between two words of one line."""
    return word.box.x - (before.box.x + before.box.w) > _GUTTER * max(word.box.h, before.box.h)


def _lines(words: Sequence[Word]) -> list[_Line]:
    grouped: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        grouped.setdefault((word.block, word.line), []).append(word)
    return [_Line(tuple(line)) for line in grouped.values()]


def _before(line: _Line, at: int) -> float:
    """Return the edge between what stands left of a word and the word."""
    start = line.words[at].box.x
    if at == 0:
        return start - line.height
    left = line.words[at - 1].box
    return (left.x + left.w + start) / 2


def _right_column(lines: Sequence[_Line]) -> float | None:
    """Return the edge left of the signer's column, None when there is none."""
    starts = [
        (word.box.x + before.box.x + before.box.w) / 2
        for line in lines
        for before, word in zip(line.words, line.words[1:], strict=False)
        if is_after_gap(before, word)
    ]
    return float(median(starts)) if starts else None


def _parted(lines: list[_Line], start: int, edge: float, *, most: int) -> list[_Line]:
    """Return the lines with those from `start` that keep clear of the edge put left, then right."""
    left: list[_Line] = []
    right: list[_Line] = []
    end = start
    is_dated = False
    for line in lines[start : start + most]:
        sides = _sides(line, edge)
        if sides is None or (is_dated and most == _HEAD_LINES and _is_apart(lines[end - 1], line)):
            break
        is_dated = is_dated or line.starts("thang") is not None
        end += 1
        left += [sides[0]] if sides[0].words else []
        right += [sides[1]] if sides[1].words else []
    if not left or not right:
        return lines
    right.sort(key=lambda line: line.top)
    return lines[:start] + _as_block(left, -2) + _as_block(right, -3) + lines[end:]


def _is_apart(before: _Line, line: _Line) -> bool:
    """Tell whether more than a line's space lies between two lines: a title follows the head."""
    bottom = max(word.box.y + word.box.h for word in before.words)
    return line.top - bottom > 0.7 * line.height


def _sides(line: _Line, edge: float) -> tuple[_Line, _Line] | None:
    """Return what of the line lies left and right of the edge; None when a word or sentence crosses."""
    left = tuple(word for word in line.words if word.box.x + word.box.w / 2 < edge)
    right = tuple(word for word in line.words if word.box.x + word.box.w / 2 >= edge)
    if any(word.box.x < edge - word.box.h and word.box.x + word.box.w > edge + word.box.h
           for word in line.words):  # fmt: skip
        return None
    if left and right and right[0].box.x - (left[-1].box.x + left[-1].box.w) < 0.9 * line.height:
        return None
    return _Line(left), _Line(right)


def _as_block(lines: Sequence[_Line], block: int) -> list[_Line]:
    return [_Line(tuple(replace(word, block=block) for word in line.words)) for line in lines]


def _numbered(lines: Sequence[_Line]) -> tuple[Word, ...]:
    result: list[Word] = []
    block, before = -1, None
    for number, line in enumerate(lines):
        if line.words[0].block != before:
            block, before = block + 1, line.words[0].block
        result += [replace(word, line=number, block=block) for word in line.words]
    return tuple(result)
