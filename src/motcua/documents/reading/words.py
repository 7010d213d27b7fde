"""What was read: words with places and confidences."""

from dataclasses import dataclass

from motcua.documents.scanning import Code


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the straightened page; x and y are its top left corner."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True)
class Word:
    """One word between blanks.

    confidence: 0 to 1, about the share of such words that are right. line, block: running
    numbers on the page, so that words of one line and of one paragraph are known. others: what
    else was read there.
    """

    text: str
    confidence: float
    box: Box
    line: int = 0
    block: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageRead:
    """One page as read; number starts at 1, width and height are those of the straightened page."""

    number: int
    width: int
    height: int
    words: tuple[Word, ...] = ()
    text: str = ""
    confidence: float = 0.0
    codes: tuple[Code, ...] = ()
    angle: float = 0.0


def text_of(words: tuple[Word, ...]) -> str:
    """Return the words as lines, with an empty line between blocks."""
    pieces: list[str] = []
    before: Word | None = None
    for word in words:
        if before is not None:
            pieces.append(_gap(before, word))
        pieces.append(word.text)
        before = word
    return "".join(pieces)


def _gap(before: Word, after: Word) -> str:
    if after.block != before.block:
        return "\n\n"
    return "\n" if after.line != before.line else " "


def confidence_of(words: tuple[Word, ...]) -> float:
    """Return the mean over letters, so that a speck read as a dot does not weigh like a name."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return 0.0
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 4)
