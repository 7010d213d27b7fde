"""Train what the index brings along: `python -m motcua.assistant.retrieval.train …`.

`background --texts FOLDER [--procedures FILE]` learns the vectors of words and pairs from a folder
of legal texts, and from the catalogue's lexicon and questions. Law questions are left to the ranker.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from motcua.assistant.retrieval import corpus, meaning, taught
from motcua.assistant.retrieval.building import text_of
from motcua.assistant.retrieval.learning import Lessons, learn
from motcua.assistant.retrieval.passages import Passage

DATA = Path(__file__).parent / "data"
_SHIPPED_WORDS, _SHIPPED_PAIRS = 13_000, 29_000
_STEPS = 6_000


def main(given: Sequence[str]) -> int:
    """Train one part and write it into the package."""
    parser = argparse.ArgumentParser(prog="motcua.assistant.retrieval.train")
    parser.add_argument("part", choices=("background",))
    parser.add_argument("--texts", type=Path, required=True, help="folder of legal texts")
    parser.add_argument("--procedures", type=Path, help="national JSONL, for procedure names")
    parser.add_argument("--steps", type=int, default=_STEPS)
    arguments = parser.parse_args(given)
    _background(arguments.texts, arguments.procedures, arguments.steps)
    return 0


def passages(folder: Path, *, full: bool) -> dict[str, str]:
    """Return the articles in force, heading and body, without the document's title."""
    found = corpus.read(folder, full=full, in_force=True)
    return {a.doc_id: f"{a.heading}\n{a.body}" if a.heading else a.body for a in found}


def _background(folder: Path, procedures: Path | None, steps: int) -> None:
    texts = passages(folder, full=True)
    text = text_of(Passage(key, value) for key, value in texts.items())
    bags, pairs = meaning.bags_of(text)
    names = text.names(pairs)
    vectors = meaning.from_scratch(bags, text.starts)
    lessons = Lessons.of(bags, text.starts, text.headings)
    written = _written(procedures)
    sys.stderr.write(f"{len(texts)} articles, {len(written)} written pairs\n")
    learn(vectors, taught.Taught(bags, names, written, lessons.draw).draw, steps=steps)
    counts = np.concatenate([text.term_counts, text.pair_counts[pairs]])
    common = np.argsort(-counts[: bags.words])[:_SHIPPED_WORDS]
    joined = bags.words + np.argsort(-counts[bags.words :])[:_SHIPPED_PAIRS]
    kept = np.concatenate([common, joined])
    meaning.write_background(DATA / "vectors.npz", [names[at] for at in kept], vectors[kept])


def _written(procedures: Path | None) -> list[tuple[str, str]]:
    pairs = list(taught.sayings())
    if procedures is not None:
        rows = map(json.loads, procedures.read_text("utf-8").splitlines())
        pairs += taught.requests({row["code"]: row["name"] for row in rows})
    return pairs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
