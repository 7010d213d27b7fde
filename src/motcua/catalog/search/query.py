"""What a person typed, read into concepts that each may be said in several ways."""

from dataclasses import dataclass
from itertools import pairwise

from motcua.catalog.search.index import Index, actions_in
from motcua.catalog.search.lexicon import Lexicon, Tokens, folded, is_said
from motcua.kernel.text import fold, from_keystrokes, words

_FILLER = 0.06
_MEANT = 0.97  # a synonym counts nearly as much as the word itself
_KIN = 0.95  # other everyday words for the same thing
_MEANT_BY_ONE = 0.8  # less when one syllable alone is to mean it
_MAX_TOKENS = 18
_BOND = 2.5
_LEAD = 22.0  # more than any object of the request weighs
_PURPOSE = 0.5
_REQUEST = 6.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a concept: folded syllables, the same as typed, and how far it is trusted.

    weights: how telling each syllable is; whole: their sum; pairs: the neighbours among them.
    """

    tokens: Tokens
    written: Tokens
    trust: float
    weights: tuple[float, ...]
    whole: float
    pairs: tuple[tuple[str, str], ...]


def _way(tokens: Tokens, written: Tokens, trust: float, index: Index) -> Way:
    weights = tuple(index.weight(token) for token in tokens)
    pairs = tuple(pairwise(tokens))
    return Way(tokens, written, trust, weights, sum(weights), pairs)


@dataclass(frozen=True, slots=True)
class Concept:
    """A stretch of the question with the ways to say it and its share of the question."""

    ways: tuple[Way, ...]
    mass: float


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read. asked: what it says is to be done; meant: what its synonyms say.

    text: the folded words and what they may mean, in one line.
    """

    concepts: tuple[Concept, ...]
    tokens: Tokens
    asked: frozenset[str]
    meant: frozenset[str]
    text: str

    @property
    def mass(self) -> float:
        """The sum of the shares."""
        return sum(concept.mass for concept in self.concepts)


def read(text: str, index: Index, lexicon: Lexicon) -> Query:
    """Return the question as concepts."""
    typed = _spelled(tuple(words(text))[:_MAX_TOKENS], index, lexicon)
    bare = folded(typed)
    concepts: list[Concept] = []
    at, stress = 0, 1.0
    while at < len(typed):
        length, concept = _concept_at(typed, bare, at, index, lexicon)
        if bare[at : at + 1] in lexicon.purposes and _says_enough(concepts):
            stress = _PURPOSE
        leads = bare[at : at + length] in lexicon.leads
        mass = max(concept.mass, _LEAD) if leads else concept.mass
        concepts.append(Concept(concept.ways, mass * stress))
        at += length
    meant = [token for concept in concepts for way in concept.ways for token in (*way.tokens, "|")]
    asked = actions_in(bare, lexicon) - {"new"}
    line = " ".join((*bare, "|", *meant))
    return Query(tuple(concepts), bare, asked, actions_in(meant, lexicon) - {"new"}, line)


def spelled(text: str, index: Index, lexicon: Lexicon) -> str:
    """Return the text with unknown syllables corrected and missing spaces put in."""
    typed = _spelled(tuple(words(text)), index, lexicon)
    bare = folded(typed)
    found = []
    for at, token in enumerate(typed):
        known = index.speller.knows(bare[at]) or (bare[at],) in lexicon.senses
        if known or (bare[at],) in lexicon.fillers or not bare[at].isalpha():
            found.append(token)
            continue
        before = bare[at - 1] if at else ""
        after = bare[at + 1] if at + 1 < len(bare) else ""
        ways = _corrections(bare[at], before, after, index)
        found.append(ways[0].tokens[0] if ways else token)
    return " ".join(found)


def _concept_at(
    typed: Tokens, bare: Tokens, at: int, index: Index, lexicon: Lexicon
) -> tuple[int, Concept]:
    """The concept that starts here and how many syllables it takes."""
    length = _filler_at(bare, at, lexicon)
    ways, said = _senses_at(typed, bare, at, index, lexicon)
    if length and length >= said:
        return length, _plain(typed[at : at + length], bare, at, index, _FILLER)
    if said:
        return said, _sense(typed[at : at + said], ways, index)
    length = 2 if _is_compound(typed, bare, at, index, lexicon) else 1
    return length, _plain(typed[at : at + length], bare, at, index, 1.0)


def _says_enough(concepts: list[Concept]) -> bool:
    """Whether what was said so far can be the request, so that the rest is its purpose."""
    return sum(concept.mass for concept in concepts) > _REQUEST


def _spelled(typed: Tokens, index: Index, lexicon: Lexicon) -> Tokens:
    """Keystrokes read and missing spaces put in, where only the result is known."""
    found: list[str] = []
    for token in typed:
        bare = fold(token)
        if (
            index.speller.knows(bare)
            or (bare,) in lexicon.senses
            or (bare,) in lexicon.fillers
            or bare.isdigit()
        ):
            found.append(token)
            continue
        decoded = from_keystrokes(token)
        if decoded and index.speller.knows(fold(decoded)):
            found.append(decoded)
            continue
        pieces = index.speller.split(bare) if len(bare) > 4 else ()
        found.extend(pieces or (token,))
    return tuple(found)


def _is_compound(typed: Tokens, bare: Tokens, at: int, index: Index, lexicon: Lexicon) -> bool:
    """Whether two syllables that nothing else explains belong together more than with the third."""
    if at + 1 >= len(bare) or _is_explained(typed, bare, at + 1, index, lexicon):
        return False
    bond = index.bond(bare[at], bare[at + 1])
    if bond < _BOND:
        return False
    free = at + 2 < len(bare) and not _is_explained(typed, bare, at + 2, index, lexicon)
    return not free or bond >= index.bond(bare[at + 1], bare[at + 2])


def _is_explained(typed: Tokens, bare: Tokens, at: int, index: Index, lexicon: Lexicon) -> bool:
    return bool(_filler_at(bare, at, lexicon) or _senses_at(typed, bare, at, index, lexicon)[1])


def _filler_at(bare: Tokens, at: int, lexicon: Lexicon) -> int:
    for length in range(min(5, len(bare) - at), 0, -1):
        if bare[at : at + length] in lexicon.fillers:
            return length
    return 0


def _senses_at(
    typed: Tokens, bare: Tokens, at: int, index: Index, lexicon: Lexicon
) -> tuple[list[Way], int]:
    """The meanings of the longest known phrase that starts here."""
    for length in range(min(lexicon.longest, len(bare) - at), 0, -1):
        key = bare[at : at + length]
        here = typed[at : at + length]
        senses = [s for s in lexicon.senses.get(key, ()) if is_said(s.written, here)]
        if senses:
            ways = [_way(key, here, 1.0, index)]
            known = length > 1 or key[0] in lexicon.abbreviations
            trust = _MEANT if known else _MEANT_BY_ONE
            ways += [_way(folded(m), m, trust, index) for sense in senses for m in sense.means]
            kin = {k for sense in senses for k in sense.kin if k != here}
            ways += [_way(folded(k), k, trust * _KIN, index) for k in sorted(kin)]
            return ways, length
    return [], 0


def _sense(typed: Tokens, ways: list[Way], index: Index) -> Concept:
    """A phrase weighs what its syllables weigh; an abbreviation, what it stands for."""
    mass = max(ways[0].whole, _pair_mass(ways[0].tokens, index))
    if len(typed) == 1 and not index.speller.knows(fold(typed[0])):
        mass = max(way.whole for way in ways[1:])
    return Concept(tuple(ways), min(mass, 14.0))


def _plain(typed: Tokens, bare: Tokens, at: int, index: Index, share: float) -> Concept:
    here = bare[at : at + len(typed)]
    ways = [_way(here, typed, 1.0, index)]
    if len(typed) == 1 and share == 1.0:
        before = bare[at - 1] if at else ""
        after = bare[at + 1] if at + 1 < len(bare) else ""
        ways += _corrections(here[0], before, after, index)
    mass = max(ways[0].whole, _pair_mass(here, index)) if share == 1.0 else ways[0].whole
    return Concept(tuple(ways), share * mass)


def _pair_mass(tokens: Tokens, index: Index) -> float:
    """How telling a phrase is by its neighbouring syllables ("hoàn công" is rarer than "công")."""
    return sum(index.pair_weight(pair) for pair in pairwise(tokens))


def _corrections(typed: str, before: str, after: str, index: Index) -> list[Way]:
    """Other syllables that may have been meant: always for unknown ones, by context for known ones."""
    speller = index.speller
    if typed.isdigit() or len(typed) < 2:
        return []
    known = speller.knows(typed)
    if known and (speller.fits(typed, before, after) or not (before or after)):
        return []
    found = speller.candidates(typed, before, after)
    if known:
        found = [(w, t * 0.9) for w, t in found if speller.fits(w, before, after)][:2]
    return [_way((word,), (word,), trust, index) for word, trust in found]
