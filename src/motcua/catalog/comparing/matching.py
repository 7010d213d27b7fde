"""Which of our procedures a line without a code means: by its name, and only when that is plain."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from motcua.catalog.comparing.values import plain

SURE, POSSIBLE, APART, SHOWN = 94.0, 80.0, 4.0, 3


@dataclass(frozen=True)
class Match:
    """The code that is meant, "" when nobody can tell; then `candidates` are for a person."""

    code: str = ""
    candidates: tuple[str, ...] = ()


class Names:
    """Our procedures by name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the names by code."""
        self._names = {code: plain(name) for code, name in names.items()}
        self._same: dict[str, list[str]] = defaultdict(list)
        for code, name in self._names.items():
            self._same[name].append(code)

    def means(self, name: str) -> str:
        """Return the one code whose name has the same words, "" when there is none or several."""
        same = self._same.get(plain(name), [])
        return same[0] if len(same) == 1 else ""

    def match(self, name: str) -> Match:
        """Return what a name means: the same words, or nearly and nothing else as near."""
        wanted = plain(name)
        same = self._same.get(wanted, [])
        if len(same) == 1:
            return Match(same[0])
        if same:
            return Match(candidates=tuple(same[:SHOWN]))
        near = process.extract(
            wanted, self._names, scorer=fuzz.token_sort_ratio, score_cutoff=POSSIBLE, limit=SHOWN
        )
        if not near:
            return Match()
        best = near[0]
        is_alone = len(near) == 1 or best[1] - near[1][1] >= APART
        if best[1] >= SURE and is_alone and not _differs_in_number(wanted, best[0]):
            return Match(best[2])
        return Match(candidates=tuple(code for _name, _score, code in near))


def _differs_in_number(one: str, other: str) -> bool:
    """Numbers and negations make another procedure, however alike the rest is."""
    telling = {"không", "chưa", "lại", "đổi", "cấp", "thu", "hồi", "gia", "hạn"}

    def kept(text: str) -> set[str]:
        return {word for word in text.split() if word.isdecimal() or word in telling}

    return kept(one) != kept(other)
