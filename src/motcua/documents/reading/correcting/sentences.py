"""The likeliest words of a page, by what was read and by the language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.documents.reading.correcting.confusions import forms
from motcua.documents.reading.correcting.model import (
    BREAK,
    NUMBER,
    OTHER,
    START,
    Model,
    model,
)
from motcua.documents.reading.correcting.syllables import key_of, written

_WORD = re.compile(r"^([^\w]*)([^\W\d_]+)([^\w]*)$")
_ENDS = frozenset(".;:!?")
_NAME_COST = 8.0
_CAPITAL_COST = 3.0
_SHORTEST_PAIR, _OFTEN_MET = 4, 30
_SEEN_COST = 2.0


@dataclass(frozen=True)
class Doubt:
    """One word as read, how sure the machine was (0 to 1), and what other looks at it gave."""

    text: str
    confidence: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Where one word stands: marks around it, and its possible keys with their costs."""

    before: str
    core: str
    after: str
    keys: dict[str, float]


def settle(words: Sequence[Doubt]) -> list[str]:
    """Return the words with what was surely misread put right; numbers and codes are never touched."""
    language = model()
    places = [_place(word, index, words, language) for index, word in enumerate(words)]
    chosen = _likeliest(places, language)
    before = ["", *(word.text for word in words)]
    return [
        _unit(word.text, after)
        if not place.core or key == key_of(place.core)
        else place.before + written(key, place.core) + place.after
        for word, after, place, key in zip(words, before, places, chosen, strict=False)
    ]


def _unit(text: str, after: str) -> str:
    """Return "m?" after a number as what it is; no other sign is guessed at."""
    is_square = text.startswith("m?") and after[-1:].isdigit()
    return "m²" + text[2:] if is_square else text


def is_known(text: str) -> bool:
    """Tell whether the text is a word of the language within marks, or holds a number."""
    match = _WORD.match(text)
    if match is None:
        return any(char.isdigit() for char in text)
    return model().knows(key_of(match[2]))


def best_split(text: str) -> int | None:
    """Return where the text falls into two syllables that often meet; None where it is one word."""
    match = _WORD.match(text)
    if match is None or len(match[2]) < _SHORTEST_PAIR or is_known(text):
        return None
    start, core, language = len(match[1]), match[2], model()
    found = [
        (language.pairs.get((key_of(core[:at]), key_of(core[at:])), 0), at)
        for at in range(1, len(core))
    ]
    often, at = max(found)
    return start + at if often >= _OFTEN_MET else None


def _place(word: Doubt, index: int, words: Sequence[Doubt], language: Model) -> _Place:
    match = _WORD.match(word.text)
    if match is None:
        is_number = any(char.isdigit() for char in word.text)
        sign = NUMBER if is_number else (OTHER if any(c.isalpha() for c in word.text) else BREAK)
        return _Place("", "", word.text, {sign: 0.0})
    before, core, after = match.groups()
    keys = {key_of(core): 0.0}
    if len(core) > 1 or core.lower() in "yỷýỳ":
        ease = 0.45 + 0.85 * word.confidence
        wary = _wariness(core, index, words) if language.knows(key_of(core)) else 0.0
        after_key = _key_after(index, words) if wary else ""
        for key, cost in forms(core, language).items():
            if cost:
                is_term = wary and language.prefers(key, key_of(core), after_key)
                keys[key] = cost * ease + (0.0 if is_term else wary)
    for other in word.others:
        seen = _WORD.match(other)
        if seen:
            keys[key_of(seen[2])] = min(keys.get(key_of(seen[2]), 9.0), _SEEN_COST)
    return _Place(before, core, after, keys)


def _key_after(index: int, words: Sequence[Doubt]) -> str:
    match = _WORD.match(words[index + 1].text) if index + 1 < len(words) else None
    return key_of(match[2]) if match and not match[1] else ""


def _wariness(core: str, index: int, words: Sequence[Doubt]) -> float:
    """Return how much surer a change must be where a name may stand: a capital within a sentence."""
    if not _is_capital(core):
        return 0.0
    is_after = index > 0 and words[index - 1].text[-1:] not in _ENDS
    follows = is_after and _is_capital(words[index - 1].text)
    leads = index + 1 < len(words) and _is_capital(words[index + 1].text)
    if follows or leads:
        return _NAME_COST
    return _CAPITAL_COST if is_after else 0.0


def _is_capital(text: str) -> bool:
    letters = text.strip("“”\"'(),.;:")
    return letters[:1].isupper() and not (letters.isupper() and len(letters) > 1)


def _likeliest(places: Sequence[_Place], language: Model) -> list[str]:
    """Return the key at each place on the path of least cost (Viterbi)."""
    costs: dict[str, float] = {START: 0.0}
    came_from: list[dict[str, str]] = []
    marks = ""
    for place in places:
        between = _sign(marks + place.before)
        reached: dict[str, float] = {}
        origin: dict[str, str] = {}
        for key, own in place.keys.items():
            steps = {a: cost + _step(a, between, key, language) for a, cost in costs.items()}
            origin[key] = min(steps, key=steps.__getitem__)
            reached[key] = steps[origin[key]] + own
        came_from.append(origin)
        costs, marks = reached, place.after
    chosen = [min(costs, key=costs.__getitem__)]
    for origin in reversed(came_from[1:]):
        chosen.append(origin[chosen[-1]])
    return chosen[::-1] if places else []


def _sign(marks: str) -> str:
    if not marks:
        return ""
    return START if _ENDS & set(marks) else BREAK


def _step(before: str, between: str, key: str, language: Model) -> float:
    if not between:
        return -language.chance(before, key)
    return -language.chance(before, between) - language.chance(between, key)
