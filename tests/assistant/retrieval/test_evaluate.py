"""Measuring: the ranker is better than the yardstick, and bad files get a plain sentence."""

import json
from pathlib import Path

import pytest

from motcua.assistant.retrieval.baseline import PlainBm25
from motcua.assistant.retrieval.evaluate import (
    BadFile,
    Question,
    evaluate,
    measure,
    read_corpus,
    read_questions,
)
from motcua.config.cli.main import main
from motcua.kernel.text import words

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def report():
    return evaluate(read_corpus(HERE / "corpus.jsonl"), read_questions(HERE / "questions.jsonl"))


@pytest.mark.parametrize("asked", ["marked", "bare"])
@pytest.mark.parametrize("measure", ["hit_at_1", "recall_at_5", "mrr"])
def test_we_are_better_than_the_yardstick(report, asked, measure):
    taken = report.taken_away[asked]

    assert taken[measure] >= 0.25


def test_a_search_that_always_knows_has_full_marks():
    questions = [Question("a", frozenset({"a"})), Question("b", frozenset({"b"}))]

    found = measure(lambda question: [question], questions)

    assert (found.hit_at_1, found.recall_at_5, found.recall_at_10, found.mrr, found.f2) == (1,) * 5


def test_measures_follow_their_definitions():
    questions = [Question("q", frozenset({"a", "b"}))]

    found = measure(lambda _question: ["x", "a", "y", "z", "w", "v", "b"], questions)

    assert found.hit_at_1 == 0
    assert found.recall_at_5 == 0.5
    assert found.recall_at_10 == 1
    assert found.mrr == 0.5
    assert found.f2 == 0
    assert found.f2_at_3 == pytest.approx(5 * (1 / 3) * 0.5 / (4 / 3 + 0.5), abs=1e-4)


def test_the_yardstick_is_bm25():
    plain = PlainBm25(["a b", "a c c", "d d d d"], split=words)

    assert plain.search("c", limit=3) == [1]
    assert plain.search("a", limit=3) == [0, 1]  # the shorter of two equals
    assert plain.search("z", limit=3) == []


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("{", "không phải JSON"),
        ("[]", "đối tượng"),
        ('{"doc_id": "a"}', "thiếu"),
        ('{"doc_id": null, "text": "b"}', "thiếu"),
        ('{"doc_id": "a", "text": "b"}\n{"doc_id": "a", "text": "c"}', "đã có"),
        ("", "không có văn bản"),
    ],
)
def test_a_bad_corpus_is_refused(tmp_path, line, part):
    file = tmp_path / "corpus.jsonl"
    file.write_text(line)

    with pytest.raises(BadFile, match=part):
        read_corpus(file)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('{"question": " ", "gold": ["a"]}', "thiếu question"),
        ('{"question": "q", "gold": []}', "gold"),
        ('{"question": "q", "gold": "a"}', "gold"),
        ("", "không có câu hỏi"),
    ],
)
def test_bad_questions_are_refused(tmp_path, line, part):
    file = tmp_path / "questions.jsonl"
    file.write_text(line)

    with pytest.raises(BadFile, match=part):
        read_questions(file)


def test_files_that_are_no_text_are_refused(tmp_path):
    binary = tmp_path / "corpus.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")

    for path in (binary, tmp_path / "missing", tmp_path):
        with pytest.raises(BadFile):
            read_corpus(path)


def test_numbers_serve_as_keys(tmp_path):
    corpus, questions = tmp_path / "c", tmp_path / "q"
    corpus.write_text('{"doc_id": 7, "text": "đăng ký khai sinh"}\n\n')
    questions.write_text('{"question": "khai sinh", "gold": [7]}\n')

    assert evaluate(read_corpus(corpus), read_questions(questions)).marked["ours"].hit_at_1 == 1


def test_the_command_prints_a_table_and_a_document(capsys):
    files = ["--corpus", str(HERE / "corpus.jsonl"), "--questions", str(HERE / "questions.jsonl")]

    assert main(["assistant", "eval", *files, "--quiet"]) == 0
    assert "recall@10" in capsys.readouterr().out
    assert main(["assistant", "eval", *files, "--quiet", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["questions"] == 32
    assert set(document["marked"]) == {"bm25", "ours"}


def test_the_command_refuses_a_missing_file(capsys):
    assert main(["assistant", "eval", "--corpus", "no-such-file", "--questions", "no"]) == 1
    assert "no-such-file" in capsys.readouterr().err
