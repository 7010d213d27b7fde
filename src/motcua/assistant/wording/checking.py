"""Checking: is a sentence that a model wrote borne out by the claim it was made from? Pure."""

import re
from itertools import pairwise

from motcua.assistant.wording.anchors import Read, read, same, words

# Rules of the house. One strange word can turn a sentence ("at home", "an envelope"): none is let in.
LEAST_SUPPORTED = 1.0  # of a sentence's content words, in the claim itself or alike
LEAST_KEPT = 0.6  # of the claim's content words, in what came of it
LEAST_IN_ORDER = 0.6  # of a sentence's content words, in the claim's order

_NO_TEXT = re.compile(
    r"[<>{}|`*#\\_\[\]]|https?:|www\.|@|//|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
_MARK = re.compile(r"\[[A-ZĐÀ-Ỵ_]+_\d+\]")
_ENDS = re.compile(r"(?<=[.!?…])\s+")


def supported(text: str, claim: str, language: str) -> str:
    """Return those sentences of a text that the claim bears out, "" when they are not all of it."""
    source = read(claim)
    kept = [s for s in _ENDS.split(text.strip()) if not fault(s, source, language)]
    whole = " ".join(kept)
    return whole if whole and not lacking(whole, source, language) else ""


def fault(sentence: str, source: Read, language: str) -> str:
    """Return what a sentence says that the claim does not: form, anchor, name, word or order."""
    if _NO_TEXT.search(_MARK.sub("", sentence)) or not sentence.isprintable():
        return "form"
    said = read(sentence)
    if not _is_within(said.anchors, source.anchors):
        return "anchor"
    if not said.names <= source.names | _begun(source):
        return "name"
    content, known = _content(said, language), _content(source, language)
    own = [word for word in content if word in set(known)]
    if len(own) < LEAST_SUPPORTED * len(content):
        return "word"
    if own and _common_length(own, known) < LEAST_IN_ORDER * len(own):
        return "order"
    return ""


def lacking(text: str, source: Read, language: str) -> str:
    """Return what of the claim is missing in all that came of it: "anchor", "name" or "word"."""
    said = read(text)
    if said.anchors != source.anchors:
        return "anchor"
    if not source.names <= said.names | set(said.words) | set(said.anchors):
        return "name"
    wanted = set(_content(source, language))
    if wanted and len(wanted & set(_content(said, language))) < LEAST_KEPT * len(wanted):
        return "word"
    return ""


def _begun(source: Read) -> frozenset[str]:
    """The claim's first word may be a name too; where it stands nobody can tell."""
    return frozenset(source.words[:2])


def _content(said: Read, language: str) -> list[str]:
    """The words that say something, those of one meaning made the same."""
    free, alike = words("free", language), same(language)
    return [alike.get(word, word) for word in said.words if (word,) not in free]


def _is_within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the anchors stand in the claim in the same order."""
    left = iter(whole)
    return all(anchor in left for anchor in part)


def _common_length(one: list[str], other: list[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for word in one:
        row = _next_row(word, other, row)
    return row[-1]


def _next_row(word: str, other: list[str], row: list[int]) -> list[int]:
    following = [0]
    for theirs, (corner, above) in zip(other, pairwise(row), strict=True):
        following.append(corner + 1 if theirs == word else max(above, following[-1]))
    return following
