"""Typing errors: raw keystrokes, missing spaces, slipped keys, judged by the words of titles."""

from collections.abc import Iterator
from functools import lru_cache

from motcua.kernel.text import fold, from_keystrokes

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghiklmnopqrstuvxy"


def _neighbours() -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for at, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            around = row[max(0, place - 1) : place + 2]
            for other in (
                _ROWS[at - 1] if at else "",
                _ROWS[at + 1] if at + 1 < len(_ROWS) else "",
            ):
                around += other[max(0, place - 1) : place + 2]
            near[key] = set(around) - {key}
    return near


_NEAR = _neighbours()
_CONFUSED = (
    ("s", "x"),
    ("ch", "tr"),
    ("d", "gi"),
    ("l", "n"),
    ("n", "ng"),
    ("c", "t"),
    ("i", "y"),
    ("r", "d"),
    ("r", "g"),
    ("v", "d"),
)


class Speller:
    """Corrects folded syllables towards the ones that titles use."""

    def __init__(self, counts: dict[str, int], pairs: dict[tuple[str, str], int]) -> None:
        self.counts = counts
        self.pairs = pairs
        self._candidates = lru_cache(maxsize=4000)(self._all_candidates)

    def knows(self, syllable: str) -> bool:
        """Return whether the syllable occurs in a title."""
        return syllable in self.counts

    def candidates(self, typed: str, before: str, after: str) -> list[tuple[str, float]]:
        """Return up to three likely syllables with how far each is to be trusted, best first."""
        found = self._candidates(typed)
        scored = []
        for word, trust in found:
            context = self.pairs.get((before, word), 0) + self.pairs.get((word, after), 0)
            scored.append((trust * (1.0 if context else 0.75), context, self.counts[word], word))
        scored.sort(reverse=True)
        return [(word, trust) for trust, _, _, word in scored[:3]]

    def fits(self, typed: str, before: str, after: str) -> bool:
        """Return whether titles have the syllable beside one of its neighbours."""
        return (before, typed) in self.pairs or (typed, after) in self.pairs

    def _all_candidates(self, typed: str) -> list[tuple[str, float]]:
        found: dict[str, float] = {}
        decoded = fold(from_keystrokes(typed))
        if decoded and decoded in self.counts:
            found[decoded] = 0.97
        for word, trust in _edits(typed):
            if word in self.counts and word != typed:
                found[word] = max(found.get(word, 0.0), trust)
        return list(found.items())

    def split(self, typed: str) -> tuple[str, ...]:
        """Return syllables that were typed without spaces ("hokhau" → "ho khau"), () when none."""
        best: list[tuple[float, tuple[str, ...]] | None] = [None] * (len(typed) + 1)
        best[0] = (0.0, ())
        for end in range(1, len(typed) + 1):
            for start in range(max(0, end - 7), end):
                before = best[start]
                piece = typed[start:end]
                if before is None or len(piece) < 2 or self.counts.get(piece, 0) < 3:
                    continue
                last = before[1][-1] if before[1] else ""
                gain = before[0] + 1.0 - (0.6 if not last or (last, piece) in self.pairs else 0.0)
                kept = best[end]
                if kept is None or gain < kept[0]:
                    best[end] = (gain, (*before[1], piece))
        whole = best[len(typed)]
        return whole[1] if whole is not None and len(whole[1]) > 1 else ()


def _edits(typed: str) -> Iterator[tuple[str, float]]:
    """Every string one slip away, with how likely that slip is."""
    yield from _slips(typed)
    for at in range(len(typed) + 1):
        for key in _LETTERS:
            yield typed[:at] + key + typed[at:], 0.72
    for left, right in (*_CONFUSED, *((b, a) for a, b in _CONFUSED)):
        if left in typed:
            yield typed.replace(left, right, 1), 0.85


def _slips(typed: str) -> Iterator[tuple[str, float]]:
    """A key too many, two keys swapped, another key hit."""
    for at, key in enumerate(typed):
        doubled = at > 0 and typed[at - 1] == key
        yield typed[:at] + typed[at + 1 :], 0.82 if doubled else 0.7
        if at + 1 < len(typed):
            yield typed[:at] + typed[at + 1] + key + typed[at + 2 :], 0.88
        near = _NEAR.get(key, ())
        for other in _LETTERS:
            if other != key:
                yield typed[:at] + other + typed[at + 1 :], 0.8 if other in near else 0.62
