"""The classifier on files of others."""

import json
from pathlib import Path

import pytest

from motcua.feedback.triage.learning import files
from motcua.feedback.triage.learning.benchmark import compare
from motcua.feedback.triage.learning.features import negated, tokens
from motcua.feedback.triage.learning.files import NotLabelled

GOOD = ["thầy dạy hay", "bài giảng dễ hiểu", "cô nhiệt tình", "môn học rất bổ ích", "lớp vui"]
BAD = ["thầy dạy chán", "bài giảng khó hiểu", "cô không nhiệt tình", "phòng nóng quá", "lớp ồn"]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    made = [{"sentence": f"{t} {n}", "sentiment": 1} for t in GOOD for n in "abcd"]
    made += [{"sentence": f"{t} {n}", "sentiment": 0} for t in BAD for n in "abcd"]
    path.write_text("\n".join(json.dumps(row) for row in made), encoding="utf-8")
    return path


def test_any_labelled_file_is_learned_beside_a_baseline(rows: Path) -> None:
    read = files.read(rows)

    made = compare(read, read)

    assert (read.text_column, read.label_column) == ("sentence", "sentiment")
    assert made.ours.accuracy >= made.baseline.accuracy >= 0.9
    assert [one.label for one in made.ours.labels] == ["0", "1"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.csv", 'review,label\n"hay, lắm",1\ndở,0\n'),
        ("a.tsv", "free_text\tlabel_id\nhay, lắm\t1\ndở\t0\n"),
        ("a.json", '[{"content": "hay, lắm", "topic": 1.0}, {"content": "dở", "topic": 0.0}]'),
    ],
)
def test_columns_are_guessed(tmp_path: Path, name: str, written: str) -> None:
    path = tmp_path / name
    path.write_text(written, encoding="utf-8")

    read = files.read(path)

    assert (read.texts, read.labels) == (("hay, lắm", "dở"), ("1", "0"))


def test_a_file_without_labels_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n", encoding="utf-8")

    for bad in (path, tmp_path / "none.csv"):
        with pytest.raises(NotLabelled):
            files.read(bad)


def test_syllables_smileys_and_negations_are_seen() -> None:
    assert tokens("Quáááá hay :) !!! 2026") == ["quá", "hay", "<smile>", "!!", "<0000>"]
    assert list(negated("không nhiệt tình lắm, vui")) == ["¬nhiệt", "¬tình", "¬lắm"]
