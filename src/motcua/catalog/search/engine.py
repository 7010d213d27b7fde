"""Ranks procedures for a question."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from motcua.catalog.national.scope import family_of
from motcua.catalog.search.codes import code_hits
from motcua.catalog.search.entries import Entry
from motcua.catalog.search.index import Index, Title
from motcua.catalog.search.lexicon import Lexicon
from motcua.catalog.search.query import Concept, Query, Way, read

_CANDIDATES = 130
_CANDIDATES_OF_LONG = 70  # a long question tells its candidates apart by itself
_COMMON_PAIR = 0.08
_WHOLE = 0.999
_LONG = 9
_MET = 0.35
_TELLING = 2.0
_COMMUNE_WORDS = frozenset({"xa", "phuong", "thon"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; learned on one half of the gold questions, checked on the other."""

    power: float = 1.1
    loose: float = 0.25
    base: float = 0.55
    precision: float = 0.25
    nearness: float = 0.20
    accent: float = 0.6
    field: float = 0.55
    result: float = 0.45
    body: float = 0.25
    said: float = 1.12
    action_match: float = 1.08
    action_clash: float = 0.7
    action_missed: float = 0.96
    action_unasked: float = 0.88
    special_unasked: float = 0.86
    ministry: float = 0.93
    unoffered: float = 0.62
    commune: float = 1.03
    usage: float = 0.10
    covered: float = 0.15
    named: float = 0.1
    abroad: float = 0.84
    at_commune: float = 1.06


@dataclass(frozen=True, slots=True)
class Found:
    """One family that answers the question, by the variant that fits it."""

    entry: Entry
    score: float
    variants: int


WEIGHTS = Weights()


def search(
    text: str,
    index: Index,
    lexicon: Lexicon,
    *,
    limit: int = 10,
    level: str = "",
    weights: Weights = WEIGHTS,
) -> list[Found]:
    """Return the families that answer the text, best first, one hit per family.

    level: "province" or "commune" keeps only what is settled there.
    """
    exact = [Found(entry, score, 1) for entry, score in code_hits(text, index)]
    if exact:
        return [found for found in exact if _at_level(found.entry, level)][:limit]
    query = read(text, index, lexicon)
    if not query.mass:
        return []
    best: dict[int, float] = {}
    for number in _candidates(query, index):
        title = index.titles[number]
        score = _score(query, title, index, weights)
        if score > best.get(title.family, 0.0):
            best[title.family] = score
    named = index.by_name.get(family_of(text))
    if named is not None:
        best[named] = max(best.values(), default=0.0) + weights.named
    found = []
    for family, score in nlargest(limit * 3 + 20, best.items(), key=lambda item: item[1]):
        entry = _variant(query, index, family, level)
        if entry is not None:
            found.append(Found(entry, round(score, 4), len(index.families[family].variants)))
    return found[:limit]


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of a question a procedure answers: 0 to 1, and the telling words left over.

    mass: how much telling there is in the question at all.
    """

    share: float
    mass: float
    left: tuple[str, ...]


def fits(
    text: str,
    codes: Iterable[str],
    index: Index,
    lexicon: Lexicon,
    *,
    weights: Weights = WEIGHTS,
) -> dict[str, Fit]:
    """Return how much of the question each procedure's best title, papers and results answer."""
    query = read(text, index, lexicon)
    none = Fit(0.0, query.mass, query.tokens)
    found = {}
    for code in codes:
        family = index.by_code.get(code)
        titles = index.titles_by_family[family] if family is not None else ()
        rated = [_fit(query, index.titles[n], index, weights) for n in titles if query.mass]
        found[code] = max(rated, key=lambda one: one.share, default=none)
    return found


def _fit(query: Query, title: Title, index: Index, w: Weights) -> Fit:
    gained, left = 0.0, []
    for concept in query.concepts:
        share, _way = _best_way(concept, title, index, w)
        gained += concept.mass * share
        if share < _MET and concept.mass > _TELLING:
            left.append(" ".join(concept.ways[0].tokens))
    return Fit(gained / query.mass, query.mass, tuple(left))


def _candidates(query: Query, index: Index) -> list[int]:
    """Titles that share telling syllables with the question, the most promising first."""
    sums: defaultdict[int, float] = defaultdict(float)
    for skip_common in (True, False):
        for concept in query.concepts:
            for way in concept.ways:
                _propose(way, concept.mass, index, sums, skip_common=skip_common)
        if len(sums) >= 5:
            break
    _propose_pairs(query, index, sums)
    brevity = index.brevity
    many = _CANDIDATES if len(query.tokens) <= _LONG else _CANDIDATES_OF_LONG
    best = nlargest(many, ((total * brevity[n], n) for n, total in sums.items()))
    return [number for _, number in best]


def _propose(
    way: Way, mass: float, index: Index, sums: dict[int, float], *, skip_common: bool
) -> None:
    for token, weight in set(zip(way.tokens, way.weights, strict=True)):
        if skip_common and index.is_common(token):
            continue
        share = mass * way.trust * weight / (way.whole or 1.0)
        for number in index.titles_of.get(token, array("I")):
            sums[number] += share


def _propose_pairs(query: Query, index: Index, sums: dict[int, float]) -> None:
    said = set(zip(query.tokens, query.tokens[1:], strict=False))
    for concept in query.concepts:
        for way in concept.ways:
            said.update(zip(way.tokens, way.tokens[1:], strict=False))
    for pair in said:
        found = index.pairs_of.get(pair)
        if found is not None and len(found) < _COMMON_PAIR * len(index.titles):
            weight = index.pair_weight(pair)
            for number in found:
                sums[number] += weight


def _score(query: Query, title: Title, index: Index, w: Weights) -> float:
    gained, matched, line = 0.0, set[str](), list[str]()
    for concept in query.concepts:
        share, way = _best_way(concept, title, index, w)
        gained += concept.mass * share
        if way is not None:
            matched.update(token for token in way.tokens if token in title.tokens)
            line.extend(way.tokens)
    recall: float = (gained / query.mass) ** w.power
    precision = sum(index.weight(token) for token in matched) / (title.mass or 1.0)
    score = recall * (
        w.base + w.precision * precision + w.nearness * _nearness(line, title, index)
    )
    clash = query.asked and not query.asked & index.actions[title.family]
    whole = precision > _WHOLE and bool(title.pairs) and title.pairs <= set(pairwise(line))
    if whole and not clash:
        score += (
            w.covered * recall * min(1.0, title.mass / 14.0)
        )  # the question holds the whole title
    return score * _standing(query, title.family, index, w) * (w.said if title.is_said else 1.0)


def _best_way(
    concept: Concept, title: Title, index: Index, w: Weights
) -> tuple[float, Way | None]:
    """The way of saying the concept that the title, and what stands behind it, answers best.

    Only the person's own words are looked for in papers and cases; for meanings that is too loose.
    """
    best, chosen = 0.0, None
    own = concept.ways[0]
    for way in concept.ways:
        if way.trust <= best:
            continue
        gained = 0.0
        for token, typed, weight in zip(way.tokens, way.written, way.weights, strict=True):
            forms = title.tokens.get(token)
            if forms is not None:
                gained += weight if typed in forms or typed == token else weight * w.accent
            else:
                gained += weight * _behind(token, title.family, index, w, deep=way is own)
        if not gained:
            continue
        share = way.trust * gained / way.whole
        if way.pairs:
            near = sum(pair in title.pairs for pair in way.pairs) / len(way.pairs)
            share *= 1.0 - w.loose * (1.0 - near)
        if share > best:
            best, chosen = share, way
    return best, chosen


def _behind(token: str, family: int, index: Index, w: Weights, *, deep: bool) -> float:
    """How far the syllable is answered by the family's field, results, papers or cases."""
    if token in index.fields[family]:
        return w.field
    if token in index.results[family]:
        return w.result
    return w.body if deep and index.in_body(token, family) else 0.0


def _nearness(line: list[str], title: Title, index: Index) -> float:
    """How far the question's neighbours are neighbours in the title."""
    whole = gained = 0.0
    for pair in pairwise(line):
        weight = index.pair_weight(pair)
        whole += weight
        if pair in title.pairs:
            gained += weight
    if whole:
        return gained / whole
    return 1.0 if line and line[0] in title.tokens else 0.0


def _standing(query: Query, family: int, index: Index, w: Weights) -> float:
    """What is settled here, often, and in the plain way comes before what is not."""
    main = index.families[family].main
    factor = 1.0 + w.usage * min(main.usage, 100) / 100
    if not main.is_offered:
        factor *= _afar(main, w)
    elif main.level_commune:
        factor *= w.commune
    done = index.actions[family]
    if query.asked:
        factor *= w.action_match if done & query.asked else w.action_clash
    elif query.meant:
        factor *= 1.0 if done & query.meant else w.action_missed
    elif done and "new" not in done:
        factor *= w.action_unasked
    if main.level_commune and not _COMMUNE_WORDS.isdisjoint(query.tokens):
        factor *= w.at_commune
    unasked = [phrase for phrase in index.special[family] if " ".join(phrase) not in query.text]
    return factor * w.special_unasked if unasked else factor


def _afar(entry: Entry, w: Weights) -> float:
    """What is not received here: of a ministry, of our missions abroad, withdrawn or of others."""
    if entry.scope != "national" or entry.state != "active":
        return w.unoffered
    return w.abroad if entry.is_abroad else w.ministry


def _variant(query: Query, index: Index, family: int, level: str) -> Entry | None:
    """The variant that the question asks for by its level, else the one that stands first."""
    variants = [entry for entry in index.families[family].variants if _at_level(entry, level)]
    if not variants:
        return None
    if "cap tinh" in query.text or "tai tinh" in query.text:
        return next(
            (
                e
                for e in variants
                if e.level_province and "tinh" in e.name.lower().replace("ỉ", "i")
            ),
            variants[0],
        )
    if "trung uong" in query.text:
        return next((e for e in variants if "trung ương" in e.name.lower()), variants[0])
    return variants[0]


def _at_level(entry: Entry, level: str) -> bool:
    return level == "" or (entry.level_commune if level == "commune" else entry.level_province)
