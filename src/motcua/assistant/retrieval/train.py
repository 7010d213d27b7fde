"""Train what the index brings along: `python -m motcua.assistant.retrieval.train …`.

`background --texts FOLDER --first FILE [--procedures FILE]` learns vectors of words and pairs from a
folder of legal texts and from the catalogue's lexicon and questions, and writes them to FILE.
`ranker --texts FOLDER --first FILE` tunes them with our law questions ("train"), trains the ranker
on the same questions (each seen through vectors tuned without its half) and on "dev", on which its
shape was chosen before, and writes both into the package. "test" is not read.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from motcua.assistant.retrieval import corpus, meaning, ranking, taught
from motcua.assistant.retrieval.arrays import Doubles, Floats, Longs
from motcua.assistant.retrieval.bags import Bags
from motcua.assistant.retrieval.building import text_of
from motcua.assistant.retrieval.features import NAMES
from motcua.assistant.retrieval.index import CANDIDATES, Index, top
from motcua.assistant.retrieval.learning import Lessons, learn
from motcua.assistant.retrieval.meaning import Background
from motcua.assistant.retrieval.passages import Passage
from motcua.assistant.retrieval.ranker import WEIGHTS, Ranker
from motcua.assistant.retrieval.taught import LawQuestion
from motcua.kernel.text import fold, words

DATA = Path(__file__).parent / "data"
_SHIPPED_WORDS, _SHIPPED_PAIRS = 13_000, 29_000
_STEPS, _TUNING_STEPS, _TUNING_RATE = 6_000, 800, 0.03
_OFTEN = 4  # a law question is drawn so much more often than a saying
_HALVES = 2


def main(given: Sequence[str]) -> int:
    """Train one part and write it."""
    parser = argparse.ArgumentParser(prog="motcua.assistant.retrieval.train")
    parser.add_argument("part", choices=("background", "ranker"))
    parser.add_argument("--texts", type=Path, required=True, help="folder of legal texts")
    parser.add_argument("--first", type=Path, required=True, help="vectors before tuning, .npz")
    parser.add_argument("--procedures", type=Path, help="national JSONL, for procedure names")
    parser.add_argument("--steps", type=int, default=_STEPS)
    arguments = parser.parse_args(given)
    school = School(passages(arguments.texts, full=True), written(arguments.procedures))
    if arguments.part == "background":
        school.background(arguments.steps).write(arguments.first)
    else:
        _ranker(school, Background.read(arguments.first), arguments.texts)
    return 0


def passages(folder: Path, *, full: bool) -> dict[str, str]:
    """Return the articles in force, heading and body, without the document's title."""
    found = corpus.read(folder, full=full, in_force=True)
    return {a.doc_id: f"{a.heading}\n{a.body}" if a.heading else a.body for a in found}


def written(procedures: Path | None) -> list[tuple[str, str]]:
    """Return what the catalogue knows of everyday words, official words beside them."""
    pairs = list(taught.sayings())
    if procedures is not None:
        rows = map(json.loads, procedures.read_text("utf-8").splitlines())
        pairs += taught.requests({row["code"]: row["name"] for row in rows})
    return pairs


class School:
    """The texts once read, on which vectors are learned."""

    def __init__(self, texts: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> None:
        self.texts, self._pairs = texts, pairs
        self._text = text_of(Passage(key, value) for key, value in texts.items())
        self._bags, self._kept = meaning.bags_of(self._text)
        self._names = self._text.names(self._kept)
        self._lessons = Lessons.of(self._bags, self._text.starts, self._text.headings)

    def background(self, steps: int) -> Background:
        """Learn from the texts and the catalogue's words alone."""
        vectors = meaning.from_scratch(self._bags, self._text.starts)
        return self._learned(vectors, self._pairs, steps=steps)

    def tuned(
        self,
        first: Background,
        questions: Sequence[LawQuestion],
        *,
        steps: int = _TUNING_STEPS,
    ) -> Background:
        """Learn on, with law questions among the pairs."""
        vectors = meaning.first_vectors(self._text, self._bags, self._kept, first)
        asked = [
            (question.question, self.texts[key])
            for question in questions
            for key in question.gold
            if key in self.texts
        ]
        pairs = [*asked * _OFTEN, *self._pairs]
        return self._learned(vectors, pairs, steps=steps, rate=_TUNING_RATE)

    def _learned(
        self,
        vectors: Floats,
        pairs: Sequence[tuple[str, str]],
        *,
        steps: int,
        rate: float = 0.05,
    ) -> Background:
        draw = taught.Taught(self._bags, self._names, pairs, self._lessons.draw).draw
        learn(vectors, draw, steps=steps, rate=rate)
        counts = np.concatenate([self._text.term_counts, self._text.pair_counts[self._kept]])
        kept = _common(counts, self._bags)
        return Background.of_vectors([self._names[at] for at in kept], vectors[kept])


def _common(counts: Longs, bags: Bags) -> Longs:
    single = np.argsort(-counts[: bags.words], kind="stable")[:_SHIPPED_WORDS]
    joined = np.argsort(-counts[bags.words :], kind="stable")[:_SHIPPED_PAIRS]
    return np.concatenate([single, bags.words + joined])


def _ranker(school: School, first: Background, folder: Path) -> None:
    asked = taught.law_questions("train")
    stress = stresses(school.texts, asked)
    listings: list[ranking.Listing] = []
    for half in range(_HALVES):
        inside = [q for q in asked if half_of(q) == half]
        others = [q for q in asked if half_of(q) != half]
        listings += _listed_everywhere(school.tuned(first, others), stress, folder, inside)
    last = school.tuned(first, asked)
    last.write(DATA / meaning.VECTORS)
    listings += _listed_everywhere(last, stress, folder, taught.law_questions("dev"))
    write_ranker(ranking.fit(listings), stress, DATA / WEIGHTS)


def _listed_everywhere(
    background: Background, stress: dict[str, float], folder: Path, asked: Sequence[LawQuestion]
) -> list[ranking.Listing]:
    found: list[ranking.Listing] = []
    for texts in corpora(folder):
        found += listed(built(texts, background, stress), texts, asked)
    return found


def half_of(question: LawQuestion) -> int:
    """Return the half of the training questions to which the question's document belongs."""
    return crc32(question.gold[0].split("|")[0].encode()) % _HALVES


def stresses(texts: Mapping[str, str], questions: Sequence[LawQuestion]) -> dict[str, float]:
    """Return how much more often than by chance a question's word stands in what answers it."""
    spread: dict[str, int] = {}
    for text in texts.values():
        for word in set(words(text)):
            spread[word] = spread.get(word, 0) + 1
    gains: dict[str, list[float]] = {}
    for question in questions:
        answer = {w for key in question.gold if key in texts for w in words(texts[key])}
        for word in set(words(question.question)) if answer else ():
            chance = spread.get(word, 0) / len(texts)
            gains.setdefault(word, []).append(((word in answer) - chance) / (1.0001 - chance))
    usual = float(np.mean([np.mean(found) for found in gains.values() if len(found) > 3]))
    return {
        word: round(max((sum(found) + 4 * usual) / (len(found) + 4) / usual, 0.05), 3)
        for word, found in sorted(gains.items())
        if len(found) > 3
    }


def corpora(folder: Path) -> Iterator[dict[str, str]]:
    """Return the articles three times: the whole laws asked about, a few subjects, everything."""
    core = passages(folder, full=False)
    asked = {key.split("|")[0] for q in taught.law_questions() for key in q.gold}
    asked -= {"phapdien"}
    yield {key: text for key, text in core.items() if key.split("|")[0] in asked}
    yield core
    yield passages(folder, full=True)


def built(texts: Mapping[str, str], background: Background, stress: dict[str, float]) -> Index:
    """Return the index of the texts with words stressed but nothing ranked yet."""
    found = (Passage(key, value) for key, value in texts.items())
    return Index.build(found, background=background, ranker=Ranker.unlearned(stress))


def listed(
    index: Index, texts: Mapping[str, str], questions: Sequence[LawQuestion]
) -> list[ranking.Listing]:
    """Return the candidates of every question, as it stands and without diacritics."""
    place = {key: at for at, key in enumerate(texts)}
    found = []
    for question in questions:
        gold = np.array([place[key] for key in question.gold if key in place], np.int64)
        for text in (question.question, fold(question.question)) if len(gold) else ():
            asked = index.take_apart(text)
            look = index.look(asked)
            chosen = np.union1d(top(look.total, CANDIDATES), gold)
            features = index.examine(asked, look, chosen)
            found.append(ranking.Listing(features, np.isin(chosen, gold)))
    return found


def write_ranker(ranker: Ranker, stress: Mapping[str, float], path: Path) -> None:
    """Write the ranker's numbers, rounded, as JSON."""
    networks = [
        {name: _rounded(getattr(n, name)) for name in ("inward", "bias", "outward")}
        for n in ranker.networks
    ]
    document = {
        "features": list(NAMES),
        "middle": _rounded(ranker.middle),
        "spread": _rounded(ranker.spread),
        "networks": networks,
        "sure": _rounded(ranker.sure),
        "stress": dict(stress),
    }
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def _rounded(values: Doubles) -> object:
    return np.round(values, 5).tolist()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
