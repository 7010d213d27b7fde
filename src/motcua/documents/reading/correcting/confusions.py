"""What a reading machine takes for what: a syllable's possible true forms, and how unlikely each is."""

from collections.abc import Iterator

from motcua.documents.reading.correcting.model import Model
from motcua.documents.reading.correcting.syllables import key_of, skeleton

# Costs are negative logarithms of chances, roughly as counted on worn pages.
_SAME_FAMILY_OF_TONES = 5.0  # hook, tilde and acute; grave and none
_OTHER_TONE = 6.5
_MARK = 6.0  # a hat or horn
_BAR = 6.5  # đ for d
_LETTER = 6.5
_FAMILIES = ({"r", "x", "s"}, {"", "r", "s", "x"}, {"", "f"}, {"", "j"})
_ALIKE_PAIRS = (
    "l>i i>l t>l l>t i>t e>c c>e n>u u>n h>b b>h o>c c>o v>y y>v rn>m m>rn ri>n n>ri g>q q>g "
    "a>o o>a e>o r>t t>r t>c 1>l 0>o f>t ii>u li>h d>đ a>e s>a"
)
_ALIKE = tuple(tuple(pair.split(">")) for pair in _ALIKE_PAIRS.split())


def forms(word: str, model: Model) -> dict[str, float]:
    """Return keys the word may truly be, each with its cost; the word's own key costs nothing."""
    own = key_of(word)
    found = {own: 0.0}
    for key in model.by_skeleton.get(skeleton(word), ()):
        found.setdefault(key, difference(own, key))
    if not model.knows(own):
        for other in _misread(skeleton(word)):
            for key in model.by_skeleton.get(other, ()):
                cost = _LETTER + difference(own, key)
                found[key] = min(found.get(key, cost), cost)
    return found


def difference(own: str, other: str) -> float:
    """Return the cost of the marks in which two syllables of the same letters differ."""
    (letters, tone), (letters_2, tone_2) = _parts(own), _parts(other)
    cost = 0.0
    if tone != tone_2:
        is_near = any({tone, tone_2} <= family for family in _FAMILIES)
        cost += _SAME_FAMILY_OF_TONES if is_near else _OTHER_TONE
    for a, b in zip(letters, letters_2, strict=False):
        if a != b:
            cost += _BAR if {a, b} == {"d", "đ"} else _MARK
    return cost


def _parts(key: str) -> tuple[str, str]:
    return (key[:-1], key[-1].lower()) if key[-1:].isupper() else (key, "")


def _misread(bare: str) -> Iterator[str]:
    """Iterate over the spellings that one look-alike exchange, or one stray letter less, gives."""
    for wrong, right in _ALIKE:
        start = bare.find(wrong)
        while start >= 0:
            yield bare[:start] + right + bare[start + len(wrong) :]
            start = bare.find(wrong, start + 1)
    if len(bare) > 3:
        yield bare[1:]
        yield bare[:-1]
