"""The questions that the ranker learns from and is measured with: whole, and answered by their gold."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.assistant.retrieval import corpus

FOLDER = Path(corpus.__file__).parent / "data" / "questions"
TEXTS = Path(__file__).parents[3] / "shared" / "data" / "legal_texts"
STYLES = {"statement", "lay", "story"}
SPLITS = {"train", "dev", "test"}
COPIED = 14  # syllables in a row, as they stand in the article


def rows() -> list[dict[str, Any]]:
    """Return every question of the folder."""
    files = sorted(FOLDER.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def syllables(text: str) -> list[str]:
    """Return the syllables of a text in small letters."""
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> Iterator[str]:
    """Return every run of syllables that is long enough to be a copy."""
    words = syllables(text)
    return (" ".join(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1))


def test_every_question_is_whole() -> None:
    """Each row has its own id and words, known marks and one to five gold articles."""
    assert rows()
    for row in rows():
        assert set(row) == {"id", "question", "gold", "style", "split"}, row["id"]
        assert row["style"] in STYLES, row["id"]
        assert row["split"] in SPLITS, row["id"]
        assert 5 <= len(syllables(row["question"])) <= 80, row["id"]
        assert 1 <= len(set(row["gold"])) == len(row["gold"]) <= 5, row["id"]
        assert all(re.fullmatch(r"[^|\s]+\|\S+", gold) for gold in row["gold"]), row["id"]
    for key in ("id", "question"):
        assert len({row[key] for row in rows()}) == len(rows())


def test_a_document_is_in_one_split() -> None:
    """No law is learned from and measured with."""
    splits: dict[str, set[str]] = {}
    for row in rows():
        for gold in row["gold"]:
            splits.setdefault(gold.split("|")[0], set()).add(row["split"])
    assert not {document: split for document, split in splits.items() if len(split) > 1}


def test_no_gold_is_a_replaced_text() -> None:
    """A document known to be replaced is not the answer to anything."""
    replaced = tomllib.loads((FOLDER / "replaced.toml").read_text("utf-8"))["replaced"]
    assert not [
        row["id"] for row in rows() if {gold.split("|")[0] for gold in row["gold"]} & set(replaced)
    ]


def test_the_gold_is_there_and_not_copied() -> None:
    """Every gold article exists with words in it, and no question repeats a run of them."""
    if not TEXTS.is_dir():
        pytest.skip(f"the legal texts are not at {TEXTS}")
    articles = dict(corpus.articles(TEXTS))
    for row in rows():
        for gold in row["gold"]:
            assert len(syllables(articles.get(gold, ""))) > 10, (row["id"], gold)
            text = " ".join(syllables(articles[gold]))
            assert not [run for run in runs(row["question"]) if run in text], (row["id"], gold)
