"""Which kind of paper a page is: by its title line first, then by words that tell it."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from motcua.documents.understanding.layout import Run, Sheet, bare
from motcua.documents.understanding.spec import OTHER, Kind, kinds
from motcua.kernel.text import fold

_TITLE, _TELLS, _LEAST = 0.7, 0.3, 0.35


def kind_of(sheets: Sequence[Sheet]) -> tuple[str, float]:
    """Return the kind and how sure it is: its own weight, less what comes second."""
    scores = sorted(((_score(kind, sheets), key) for key, kind in kinds().items()), reverse=True)
    (first, key), (second, _other) = scores[0], scores[1]
    if first < _LEAST:
        return OTHER, 0.0
    return key, round(min(1.0, first * (1 - 0.5 * max(0.0, second - 0.3) / first)), 4)


def _score(kind: Kind, sheets: Sequence[Sheet]) -> float:
    runs = [run for sheet in sheets for run in sheet.runs]
    title = max((_as_title(kind, run, place) for place, run in enumerate(runs)), default=0.0)
    said = " ".join(fold(run.text) for run in runs)
    joined = bare(said)
    told = sum(1 for words in kind.tells if bare(words) in joined)
    return _TITLE * title + _TELLS * min(1.0, told / 2)


def _as_title(kind: Kind, run: Run, place: int) -> float:
    seen = bare(run.text)
    if place > 40 or not seen:
        return 0.0
    best = 0.0
    for title in kind.titles:
        wanted = bare(title)
        likeness = fuzz.ratio(seen[: len(wanted)], wanted) / 100
        if likeness < 0.86:
            continue
        loud = 1.0 if run.text.isupper() or run.text[:12].isupper() else 0.35
        # The longer title fits better: "giấy chứng nhận kết hôn" before "giấy chứng nhận".
        best = max(best, likeness * loud * (0.9 + 0.1 * min(1.0, len(wanted) / 24)))
    return best
