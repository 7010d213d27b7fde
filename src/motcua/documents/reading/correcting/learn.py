"""Counts of syllables and pairs from text, for the model that corrects.

    python -m motcua.documents.reading.correcting.learn OUT.npz TEXT…

TEXT is plain text or JSON lines (every string in them is taken), plain or .xz. What is written is
nothing but how often a syllable follows another, and only where that is often: no sentence can be
got back from it.
"""

import itertools
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np

from motcua.documents.reading.correcting.model import BREAK, NUMBER, OTHER, START, tokens
from motcua.documents.reading.correcting.syllables import legal_keys, skeleton

ABOUT = (
    "Counts of Vietnamese syllables and of pairs of neighbours, by motcua.documents.reading."
    "correcting.learn, from texts of law and published procedures of the Socialist Republic of "
    "Viet Nam, which no copyright covers (Law on Intellectual Property, art. 15). Pairs seen less "
    "often than {pairs} times and words that are no Vietnamese syllable and were seen less often "
    "than {words} times are left out, and so is what misprints "
    "explain. Aggregated counts only: no text is contained."
)
_LEAST_PAIRS = 4
_LEAST_FOREIGN = 300
_MISPRINTS = 0.001


def main(words: list[str]) -> None:
    """Count the files and write the model."""
    target, *sources = words
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in _texts(sources):
        for line in text.splitlines():
            keys = [START, *tokens(line)]
            single.update(keys)
            pairs.update(f"{a} {b}" for a, b in itertools.pairwise(keys))
    _write(Path(target), sifted(single, _MISPRINTS), sifted(pairs, 2 * _MISPRINTS))


def _texts(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        is_json = ".json" in source
        for line in _lines(source):
            yield "\n".join(_strings(json.loads(line))) if is_json else line


def _lines(source: str) -> Iterator[str]:
    if source.endswith(".xz"):
        with lzma.open(source, "rt") as packed:
            yield from packed
    else:
        with Path(source).open() as plain:
            yield from plain


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _strings(child)


def sifted(counts: "Counter[str]", share: float) -> "Counter[str]":
    """Return the counts less what misprints of a far commoner likeness explain.

    Published texts hold misread marks too: a word seen once for each thousand sightings of one
    with the same bare letters is that one, misspelt.
    """
    commonest: dict[str, int] = {}
    for words, count in counts.items():
        bare = _bare(words)
        commonest[bare] = max(commonest.get(bare, 0), count)
    left = {words: n - round(share * commonest[_bare(words)]) for words, n in counts.items()}
    return Counter({words: n for words, n in left.items() if n > 0})


def _bare(words: str) -> str:
    return " ".join(_bare_word(word) for word in words.split(" "))


@cache
def _bare_word(word: str) -> str:
    return skeleton(word.rstrip("FSXRJ"))


def _write(target: Path, single: "Counter[str]", pairs: "Counter[str]") -> None:
    legal = legal_keys()
    special = [START, BREAK, NUMBER, OTHER]
    kept = sorted(
        key
        for key, count in single.items()
        if key not in special and (key in legal or (count >= _LEAST_FOREIGN and key.isalpha()))
    )
    names = special + kept
    place = {name: index for index, name in enumerate(names)}
    rows = [
        (place[a] * len(names) + place[b], count)
        for (a, b), count in ((pair.split(" "), count) for pair, count in pairs.items())
        if count >= _LEAST_PAIRS and a in place and b in place
    ]
    rows.sort()
    np.savez_compressed(
        target,
        about=np.array(ABOUT.format(pairs=_LEAST_PAIRS, words=_LEAST_FOREIGN)),
        names=np.array("\n".join(names)),
        single=np.array([single[name] for name in names], dtype=np.uint32),
        pairs=np.array([row[0] for row in rows], dtype=np.uint32),
        counts=np.array([row[1] for row in rows], dtype=np.uint32),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
