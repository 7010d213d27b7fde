"""Where the printed words stand that name a value."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from motcua.documents.understanding.layout import Run, Sheet
from motcua.documents.understanding.spec import Kind

_ENOUGH, _SHORT = 84.0, 5
_MARK = re.compile(r"^(\d{1,2}|[a-zđ]|[ivx]+)[.)]$", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """A label found: the tokens from `start` to `end` of a run, and how well they fit."""

    run: Run
    start: int
    end: int
    phrase: str
    score: float

    @property
    def is_closed(self) -> bool:
        """Whether a colon follows, as after most labels."""
        after = self.run.tokens[self.end : self.end + 1]
        last = self.run.tokens[self.end - 1].text
        return last.endswith(":") or bool(after and after[0].text.startswith(":"))


def hits_on(sheet: Sheet, kind: Kind) -> list[Hit]:
    """Return the labels of a kind on a page in reading order."""
    phrases = _phrases(kind)
    return [hit for run in sheet.runs for hit in _hits(run, phrases)]


def _phrases(kind: Kind) -> list[tuple[str, str, int]]:
    said = {label for field in kind.fields for label in field.labels} | set(kind.stops)
    said |= {phrase for anchor in kind.anchors.values() for phrase in anchor}
    return [(phrase, phrase.replace(" ", ""), len(phrase.split())) for phrase in sorted(said)]


def _hits(run: Run, phrases: list[tuple[str, str, int]]) -> list[Hit]:
    hits: list[Hit] = []
    at = 0
    while at < len(run.tokens):
        found = _best(run, at, phrases)
        if found:
            hits.append(found)
        at = found.end if found else at + 1
    return hits


def _best(run: Run, at: int, phrases: list[tuple[str, str, int]]) -> Hit | None:
    """Return the label that fits best here; of two that fit as well the longer one."""
    best, most = None, 0.0
    for phrase, joined, count in phrases:
        for width in (count, count + 1, count - 1):
            hit = _fit(run, at, at + width, phrase, joined)
            weight = hit.score**2 * len(joined) ** 0.5 if hit else 0.0
            if weight > most:
                best, most = hit, weight
    return best


def _fit(run: Run, start: int, end: int, phrase: str, joined: str) -> Hit | None:
    if end <= start or end > len(run.tokens) or not run.tokens[start].bare:
        return None
    seen = "".join(token.bare for token in run.tokens[start:end])
    if abs(len(seen) - len(joined)) > max(1, len(joined) // 5):
        return None
    score = fuzz.ratio(seen, joined)
    if score < (100.0 if len(joined) <= _SHORT else _ENOUGH):
        return None
    hit = Hit(run, start, end, phrase, score / 100)
    return hit if _stands_as_label(hit) else None


def _stands_as_label(hit: Hit) -> bool:
    """A label opens its run (after a number), a colon closes it, or a comma stands before it."""
    before = hit.run.tokens[: hit.start]
    opens = all(_MARK.match(token.text) or not token.bare for token in before)
    ends = (",", ";", ":") if hit.score == 1 else (",", ";")
    inside = bool(before) and before[-1].text.endswith(ends)
    words = len(hit.phrase.split())
    if words == 1:
        return hit.is_closed or (opens and _follows(hit))
    return opens or hit.is_closed or (inside and words >= 2)


def _follows(hit: Hit) -> bool:
    """One word without a colon is a label only where nothing else or one value stands behind it."""
    return len(hit.run.tokens) - hit.end <= 6
