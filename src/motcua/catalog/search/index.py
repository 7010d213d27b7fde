"""The index: titles by their syllables, bodies by theirs, and what is common or telling among them."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from motcua.catalog.national.scope import family_of
from motcua.catalog.search.entries import Entry, Family, families, heads
from motcua.catalog.search.lexicon import Lexicon, Tokens, folded
from motcua.catalog.search.spelling import Speller
from motcua.kernel.text import fold, words

_COMMON = 0.3  # share of titles above which a syllable does not propose candidates by itself
_UNKNOWN_IDF = 5.0
_OPENING = 9  # syllables of a title within which its act is named
_NO_ACTION = "none"  # phrases that only look like one ("vừa mất" is a death)


@dataclass(slots=True)
class Title:
    """One way to call a family: its name, the head of its name, or what people say."""

    family: int
    tokens: dict[str, tuple[str, ...]]  # folded → as written
    pairs: frozenset[tuple[str, str]]
    mass: float = 0.0
    is_said: bool = False


@dataclass(slots=True)
class Index:
    """Everything in memory that a search needs."""

    families: list[Family]
    by_code: dict[str, int]
    by_name: dict[str, int] = field(default_factory=dict)
    titles: list[Title] = field(default_factory=list)
    titles_by_family: list[array[int]] = field(default_factory=list)
    titles_of: dict[str, array[int]] = field(default_factory=dict)
    pair_weights: dict[tuple[str, str], float] = field(default_factory=dict)
    pairs_of: dict[tuple[str, str], array[int]] = field(default_factory=dict)
    brevity: list[float] = field(default_factory=list)
    bodies_of: dict[str, array[int]] = field(default_factory=dict)
    results: list[frozenset[str]] = field(default_factory=list)
    fields: list[frozenset[str]] = field(default_factory=list)
    actions: list[frozenset[str]] = field(default_factory=list)
    special: list[tuple[Tokens, ...]] = field(default_factory=list)
    idf: dict[str, float] = field(default_factory=dict)
    speller: Speller = field(default_factory=lambda: Speller({}, {}))

    def weight(self, token: str) -> float:
        """Return how telling a folded syllable is."""
        return self.idf.get(token, _UNKNOWN_IDF)

    def pair_weight(self, pair: tuple[str, str]) -> float:
        """Return how telling two neighbouring folded syllables are."""
        return self.pair_weights.get(pair, _UNKNOWN_IDF)

    def bond(self, left: str, right: str) -> float:
        """Return how much more often two syllables are neighbours than chance would have it."""
        together = self.speller.pairs.get((left, right), 0)
        if not together:
            return 0.0
        apart = self.speller.counts[left] * self.speller.counts[right]
        return math.log(together * len(self.titles) / apart)

    def is_common(self, token: str) -> bool:
        """Return whether too many titles have the syllable for it to propose candidates."""
        return len(self.titles_of.get(token, ())) > _COMMON * len(self.titles)

    def in_body(self, token: str, family: int) -> bool:
        """Return whether the family's papers or cases speak of the syllable."""
        found = self.bodies_of.get(token)
        if found is None:
            return False
        at = bisect_left(found, family)
        return at < len(found) and found[at] == family


def build(entries: list[Entry], lexicon: Lexicon) -> Index:
    """Return the index of the entries."""
    index = Index(families(entries), {})
    fields: dict[str, frozenset[str]] = {}
    bodies: dict[str, list[int]] = {}
    for number, family in enumerate(index.families):
        main = family.main
        for variant in family.variants:
            index.by_code[variant.code] = number
            index.by_name.setdefault(family_of(variant.name), number)
        done = set[str]()
        for text, said in _sayings(family, lexicon):
            _add_title(index, number, text, said=said, lexicon=lexicon)
            done |= actions_in(_folded_words(text)[:_OPENING], lexicon)
        if main.field not in fields:
            fields[main.field] = frozenset(_folded_words(main.field))
        index.fields.append(fields[main.field])
        index.results.append(frozenset(t for text in main.results for t in _folded_words(text)))
        for token in set(_folded_words(main.body)):
            bodies.setdefault(token, []).append(number)
        opening = _folded_words(main.name)
        index.actions.append(frozenset(done))
        line = f" {' '.join(opening)} "
        index.special.append(
            tuple(phrase for phrase in lexicon.special if _contains(line, phrase))
        )
    index.bodies_of = {token: array("I", found) for token, found in bodies.items()}
    _weigh(index)
    return index


def _sayings(family: Family, lexicon: Lexicon) -> list[tuple[str, bool]]:
    found: dict[str, bool] = dict.fromkeys(heads(family.main.name), False)
    for variant in family.variants:
        for text in (*variant.aliases, *lexicon.asks.get(variant.code, ())):
            found.setdefault(text, True)
    return list(found.items())


def _add_title(index: Index, family: int, text: str, *, said: bool, lexicon: Lexicon) -> None:
    written = tuple(words(text))
    for tokens in {written, expanded(written, lexicon)}:
        bare = folded(tokens)
        forms: dict[str, tuple[str, ...]] = {}
        for plain, form in zip(bare, tokens, strict=True):
            if form not in forms.get(plain, ()):
                forms[plain] = (*forms.get(plain, ()), form)
        index.titles.append(Title(family, forms, frozenset(pairwise(bare)), is_said=said))


def expanded(written: Tokens, lexicon: Lexicon) -> Tokens:
    """Return the tokens with abbreviations written out ("BHYT" → "bảo hiểm y tế")."""
    spelled: list[str] = []
    for token in written:
        means = lexicon.abbreviations.get(token)
        spelled.extend(means[0] if means else (token,))
    return tuple(spelled)


def actions_in(tokens: Tokens | list[str], lexicon: Lexicon) -> frozenset[str]:
    """Return what the folded tokens ask to be done ("again", "exchange", "end", …)."""
    found, at = set(), 0
    while at < len(tokens):
        for length in range(min(lexicon.longest, len(tokens) - at), 0, -1):
            action = lexicon.actions.get(tuple(tokens[at : at + length]))
            if action:
                found.update({action} - {_NO_ACTION})
                at += length - 1
                break
        at += 1
    return frozenset(found)


def _weigh(index: Index) -> None:
    counts: Counter[str] = Counter()
    pairs: dict[tuple[str, str], list[int]] = {}
    postings: dict[str, list[int]] = {}
    for number, title in enumerate(index.titles):
        counts.update(title.tokens.keys())
        for pair in title.pairs:
            pairs.setdefault(pair, []).append(number)
        for token in title.tokens:
            postings.setdefault(token, []).append(number)
    index.titles_by_family = [array("I") for _family in index.families]
    for number, title in enumerate(index.titles):
        index.titles_by_family[title.family].append(number)
    total = len(index.titles)
    index.titles_of = {token: array("I", found) for token, found in postings.items()}
    index.idf = {token: math.log(1 + total / n) for token, n in counts.items()}
    for title in index.titles:
        title.mass = sum(index.idf[token] for token in title.tokens)
    index.pairs_of = {pair: array("I", found) for pair, found in pairs.items()}
    index.pair_weights = {pair: math.log(1 + total / len(n)) for pair, n in pairs.items()}
    index.brevity = [(8.0 + title.mass) ** -0.25 for title in index.titles]
    index.speller = Speller(dict(counts), {pair: len(found) for pair, found in pairs.items()})


def _folded_words(text: str) -> list[str]:
    return [_folded(word) for word in words(text)]


_folded = lru_cache(maxsize=50_000)(fold)


def _contains(line: str, phrase: Tokens) -> bool:
    return f" {' '.join(phrase)} " in line
