"""The words people use, beside the words of the law: abbreviations, synonyms, whole questions."""

import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from motcua.kernel.text import fold, words

Tokens = tuple[str, ...]
_KIN_MOST = 4


@dataclass(frozen=True)
class Sense:
    """One meaning of a phrase: the phrase as written (with marks), what it stands for, and its kin.

    kin: the shortest of the other everyday words for the same thing.
    """

    written: Tokens
    means: tuple[Tokens, ...]
    kin: tuple[Tokens, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Everything that `lexicon.toml` says; keys are folded.

    leads: what is asked for whatever its object is ("sao y …"). purposes: words after which a
    reason or a purpose follows ("… để mua nhà"), which matters less.
    """

    senses: dict[Tokens, tuple[Sense, ...]] = field(default_factory=dict)
    asks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: dict[str, tuple[Tokens, ...]] = field(default_factory=dict)
    fillers: frozenset[Tokens] = frozenset()
    actions: dict[Tokens, str] = field(default_factory=dict)
    special: tuple[Tokens, ...] = ()
    leads: frozenset[Tokens] = frozenset()
    purposes: frozenset[Tokens] = frozenset()
    longest: int = 1


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the catalogue."""
    raw = tomllib.loads(
        resources.files("motcua.catalog.data").joinpath("lexicon.toml").read_text("utf-8")
    )
    return build(raw)


def build(raw: dict[str, dict[str, list[str]]]) -> Lexicon:
    """Return the lexicon of a parsed TOML file."""
    abbreviations = {
        fold(short): tuple(tuple(words(m)) for m in means)
        for short, means in raw["abbreviations"].items()
    }
    senses: dict[Tokens, list[Sense]] = {}
    pairs = [*raw["synonyms"].items(), *raw["abbreviations"].items()]
    for said, means in pairs:
        phrases = [tuple(words(phrase)) for phrase in said.split("|")]
        kin = tuple(sorted((p for p in phrases if len(p) > 1), key=len)[:_KIN_MOST])
        for written in phrases:
            sense = Sense(written, tuple(tuple(words(m)) for m in means), kin)
            senses.setdefault(folded(written), []).append(sense)
    actions = {
        folded(tuple(words(phrase))): action
        for action, phrases in raw["actions"].items()
        for phrase in phrases
    }
    return Lexicon(
        senses={key: tuple(found) for key, found in senses.items()},
        asks={code: tuple(said) for code, said in raw["asks"].items()},
        abbreviations=abbreviations,
        fillers=_phrases(raw["fillers"]["say"]),
        actions=actions,
        leads=_phrases(raw["leads"]["say"]),
        purposes=_phrases(raw["purposes"]["say"]),
        special=tuple(folded(tuple(words(phrase))) for phrase in raw["special"]["say"]),
        longest=max(len(key) for key in [*senses, *actions]),
    )


def _phrases(said: list[str]) -> frozenset[Tokens]:
    return frozenset(folded(tuple(words(phrase))) for phrase in said)


def folded(tokens: Tokens) -> Tokens:
    """Return the tokens without marks."""
    return tuple(_folded(token) for token in tokens)


_folded = lru_cache(maxsize=50_000)(fold)


def is_said(written: Tokens, typed: Tokens) -> bool:
    """Return whether typed tokens can mean the written ones: every mark that was typed must agree."""
    return all(t == w or t.isascii() for w, t in zip(written, typed, strict=True))
