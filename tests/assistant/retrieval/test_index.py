"""The index: what it finds, what it keeps apart, and that files change nothing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.assistant.retrieval import BadIndex, Index, Passage
from motcua.assistant.retrieval.evaluate import read_corpus, read_questions
from motcua.assistant.retrieval.words import split_heading
from motcua.kernel.text import fold

HERE = Path(__file__).parent
CORPUS = read_corpus(HERE / "corpus.jsonl")
QUESTIONS = [row.question for row in read_questions(HERE / "questions.jsonl")]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(Passage(key, text) for key, text in CORPUS.items())


def keys(hits):
    return [hit.key for hit in hits]


def test_a_heading_finds_its_passage(index):
    for key, text in CORPUS.items():
        assert keys(index.search(text.split("\n")[0], limit=1)) == [key]


def test_a_heading_without_diacritics_finds_its_passage(index):
    for key, text in CORPUS.items():
        assert keys(index.search(fold(text.split("\n")[0]), limit=1)) == [key]


def test_texts_without_diacritics_are_found_with_them():
    bare = Index.build(Passage(key, fold(text)) for key, text in CORPUS.items())

    assert keys(bare.search("Thời hiệu khiếu nại", limit=1)) == ["kn-1"]


def test_raw_keystrokes_are_understood(index):
    assert keys(index.search("thoong baos luwu trus", limit=1)) == ["ct-5"]


def test_saved_and_opened_it_answers_alike(index, tmp_path):
    index.write(tmp_path / "index")
    opened = Index.open(tmp_path / "index")

    for question in QUESTIONS:
        assert opened.search(question) == index.search(question)
    assert len(opened) == len(CORPUS)


def test_saving_again_replaces_what_was_there(index, tmp_path):
    Index.build([Passage("x", "Một văn bản khác hẳn")]).write(tmp_path / "index")
    index.write(tmp_path / "index")

    assert len(Index.open(tmp_path / "index")) == len(CORPUS)
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_the_same_passages_make_the_same_index(index):
    again = Index.build(Passage(key, text) for key, text in CORPUS.items())

    for question in QUESTIONS:
        assert again.search(question) == index.search(question)


@pytest.mark.parametrize("harm", ["nothing", "half", "version", "list"])
def test_a_folder_without_a_whole_index_is_refused(index, tmp_path, harm):
    folder = tmp_path / "index"
    if harm != "nothing":
        index.write(folder)
    if harm == "half":
        (folder / "tokens.npy").write_bytes(b"\x93NUMPY")
    if harm == "version":
        (folder / "index.json").write_text('{"version": 0}')
    if harm == "list":
        (folder / "keys.json").unlink()

    with pytest.raises(BadIndex):
        Index.open(folder)


def test_only_what_holds_on_the_day_is_found():
    text = "Lệ phí đăng ký khai sinh là tám nghìn đồng"
    index = Index.build(
        [
            Passage("old", text, valid_to=date(2025, 7, 1)),
            Passage("new", text, valid_from=date(2025, 7, 1)),
            Passage("always", text),
        ]
    )

    def on(day: date) -> set[str]:
        return set(keys(index.search("lệ phí khai sinh", on=day)))

    assert on(date(2025, 6, 30)) == {"old", "always"}
    assert on(date(2025, 7, 1)) == {"new", "always"}
    assert set(keys(index.search("lệ phí khai sinh"))) == {"old", "new", "always"}


def test_only_the_kinds_asked_for_are_found():
    text = "Nộp hồ sơ tại trung tâm hành chính công"
    index = Index.build([Passage("a", text, kind="law"), Passage("b", text, kind="centre")])

    assert keys(index.search("nộp hồ sơ", kinds={"centre"})) == ["b"]
    assert keys(index.search("nộp hồ sơ", kinds=["centre", "law"])) == ["a", "b"]
    assert keys(index.search("nộp hồ sơ", kinds=())) == []


def test_what_an_embedding_server_found_comes_in(index):
    question = "trẻ sơ sinh cần giấy gì"
    with_dense = keys(index.search(question, dense={"kn-3": 1.0, "gt-1": 0.2}))

    assert with_dense[0] == "kn-3"


def test_a_question_the_corpus_answers_is_surer_than_one_it_does_not(index):
    known = index.search("Thời hạn đăng ký khai tử là bao nhiêu ngày", limit=1)[0].score
    unknown = index.search("Cách nấu phở bò ngon nhất", limit=1)

    assert not unknown or known > unknown[0].score + 0.2


@pytest.mark.parametrize("question", ["", "  ", "???", "🙂🙂", "\x00", "qwrtzp xyzzy"])
def test_a_question_without_known_words_finds_nothing(index, question):
    assert index.search(question) == []


def test_an_empty_index_answers_nothing(tmp_path):
    Index.build([]).write(tmp_path / "index")

    assert Index.open(tmp_path / "index").search("khai sinh") == []


def test_an_empty_passage_is_never_found():
    index = Index.build([Passage("a", ""), Passage("b", "đăng ký khai sinh"), Passage("c", " ")])

    assert keys(index.search("khai sinh")) == ["b"]


@given(question=st.text(max_size=300), limit=st.integers(-1, 50))
@settings(max_examples=60, deadline=None)
def test_any_question_is_answered_within_bounds(index, question, limit):
    hits = index.search(question, limit=limit)

    assert len(hits) <= max(limit, 0)
    assert all(0 <= hit.score <= 1 and hit.key in CORPUS for hit in hits)
    assert len({hit.key for hit in hits}) == len(hits)


@given(
    texts=st.lists(
        st.text(alphabet="aăâbcđeêghiklmnoôơpqrstuưvxy ớệộ\n.;1", max_size=120), max_size=30
    )
)
@settings(max_examples=25, deadline=None)
def test_any_texts_can_be_indexed_and_asked(texts):
    index = Index.build(Passage(str(n), text) for n, text in enumerate(texts))

    for text in texts[:5]:
        index.search(text)
        index.search(fold(text))


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Điều 12. Quyền của công dân\n1. Được đi lại.", "Quyền của công dân"),
        ("Quyền của công dân\n\n1. Được đi lại.", "Quyền của công dân"),
        ("Điều 3a: Giá trị của giấy 1. Sáu tháng. 2. Một năm.", "Giá trị của giấy"),
        ("1. Công dân được đi lại.\n2. Được cư trú.", ""),
        ("Hồ sơ gồm:\na) Tờ khai", ""),
        ("Một dòng duy nhất không có gì thêm", ""),
        ("chữ " * 60 + "\nhết", ""),
    ],
)
def test_the_heading_is_found_in_the_text_itself(text, heading):
    assert split_heading("", text)[0] == heading


def test_a_title_is_the_heading():
    assert split_heading("Lệ phí", "Khai sinh\nTám nghìn đồng") == (
        "Lệ phí",
        "Khai sinh\nTám nghìn đồng",
    )
