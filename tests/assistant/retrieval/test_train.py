"""Training: the same steps as the real one, on a corpus that fits in a test."""

import json
from pathlib import Path

import numpy as np
import pytest

from motcua.assistant.retrieval import ranking, taught, train
from motcua.assistant.retrieval.evaluate import read_corpus, read_questions
from motcua.assistant.retrieval.features import NAMES
from motcua.assistant.retrieval.meaning import Background
from motcua.assistant.retrieval.ranker import ranker
from motcua.assistant.retrieval.taught import LawQuestion

HERE = Path(__file__).parent
CORPUS = read_corpus(HERE / "corpus.jsonl")
QUESTIONS = [
    LawQuestion(str(n), row.question, tuple(sorted(row.gold)), "lay", "train")
    for n, row in enumerate(read_questions(HERE / "questions.jsonl"))
]


@pytest.fixture(scope="module")
def school():
    return train.School(CORPUS, train.written(None))


@pytest.fixture(scope="module")
def background(school):
    return school.tuned(school.background(steps=3), QUESTIONS, steps=3)


def test_a_background_is_written_and_read_back(background, tmp_path):
    background.write(tmp_path / "vectors.npz")
    again = Background.read(tmp_path / "vectors.npz")
    names = list(background.rows)[:50]

    assert names
    assert np.array_equal(again.of(names)[0], background.of(names)[0])
    assert not again.of(["khongcotunay"])[1].any()


def test_a_ranker_learns_what_is_right(background):
    stress = train.stresses(CORPUS, QUESTIONS)
    index = train.built(CORPUS, background, stress)
    listings = train.listed(index, CORPUS, QUESTIONS)
    fitted = ranking.fit(listings, networks=1, rounds=300)

    ours = [row.right[np.argmax(fitted.judge(row.features))] for row in listings]
    by_words = [row.right[np.argmax(row.features[:, NAMES.index("words")])] for row in listings]

    assert len(listings) == 2 * len(QUESTIONS)
    assert np.mean(ours) > np.mean(by_words) + 0.05


def test_the_written_ranker_holds_every_feature(background, tmp_path):
    index = train.built(CORPUS, background, {})
    fitted = ranking.fit(train.listed(index, CORPUS, QUESTIONS), networks=1, rounds=1)
    train.write_ranker(fitted, {"gì": 0.1}, tmp_path / "ranker.json")

    stored = json.loads((tmp_path / "ranker.json").read_text())

    assert tuple(stored["features"]) == NAMES
    assert len(stored["networks"][0]["inward"]) == len(NAMES)


def test_the_ranker_that_ships_fits_these_features():
    assert ranker() is not None


def test_words_of_asking_weigh_less_than_words_of_the_matter():
    stress = train.stresses(CORPUS, QUESTIONS)

    assert stress["không"] < stress["giấy"]


def test_questions_of_one_document_are_in_one_half():
    halves: dict[str, set[int]] = {}
    for question in taught.law_questions("train"):
        halves.setdefault(question.gold[0].split("|")[0], set()).add(train.half_of(question))

    assert all(len(found) == 1 for found in halves.values())
    assert set.union(*halves.values()) == {0, 1}
