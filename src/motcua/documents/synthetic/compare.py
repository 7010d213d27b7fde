"""How much of a truth was read: character errors."""

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

# Marks that look alike in print and mean the same; neither contender is charged for them.
_ALIKE = str.maketrans("“”„‟‘’‚–—−…", '""""' + "'''" + "---" + ".")


def normal(text: str) -> str:
    """Return the text in one form: composed letters, one blank between words, plain quotes."""
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return re.sub(r"\s+", " ", text).strip()


def errors(truth: str, read: str) -> int:
    """Return the fewest characters to change, add or drop so that `truth` stands within `read`.

    What stands before and after (a letterhead, a list of recipients) is not counted, so that
    the body of a page is compared, in whatever order its surroundings were read.
    """
    wanted, found = _letters(normal(truth)), _letters(normal(read))
    steps = np.arange(len(found) + 1)
    row = np.zeros(len(found) + 1, dtype=np.int64)
    for turn, letter in enumerate(wanted, start=1):
        stay = row + 1
        stay[1:] = np.minimum(stay[1:], row[:-1] + (found != letter))
        stay[0] = turn
        row = np.minimum.accumulate(stay - steps) + steps
    return int(row.min())


def error_rate(truth: str, read: str) -> float:
    """Return errors per character of the truth."""
    return errors(truth, read) / max(len(normal(truth)), 1)


def _letters(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
