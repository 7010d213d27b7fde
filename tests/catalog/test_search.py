"""Search as people use it: on the starter catalogue alone, and on the national one where it is."""

import json
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from motcua.catalog import queries, services
from motcua.catalog.search import engine
from motcua.catalog.search.entries import Entry, entry_of, families
from motcua.catalog.search.evaluate import evaluate, questions
from motcua.catalog.search.index import Index, build
from motcua.catalog.search.lexicon import lexicon
from motcua.catalog.sources import read
from motcua.directory.actor import SYSTEM

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SHARED = Path(os.environ.get("MOTCUA_SHARED", Path(__file__).resolve().parents[3] / "shared"))
NATIONAL = SHARED / "data" / "procedures" / "procedures.jsonl"


@pytest.fixture(scope="module")
def starter() -> Index:
    return build([entry_of(p) for p in read("starter").procedures.values()], lexicon())


def first(index: Index, text: str) -> str:
    found = engine.search(text, index, lexicon())
    return found[0].entry.code if found else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đăng ký thường trú", "1.004222"),
        ("dang ky thuong tru", "1.004222"),
        ("ĐĂNG KÝ THƯỜNG TRÚ", "1.004222"),
        ("nhập hộ khẩu", "1.004222"),
        ("dduwowngf dangkythuongtru", "1.004222"),
        ("ddawng kys tamj trus", "1.004194"),
        ("đăng ký thừơng trú", "1.004222"),
        ("dang ky thuogn tru", "1.004222"),
        ("khaisinhchocon", "1.001193"),
        ("giấy độc thân", "1.004873"),
        ("sao y bản chính", "2.000815"),
        ("mất cccd", "1.014064"),
        ("mở quán cà phê", "1.001612"),
        ("đkkd", "1.001612"),
        ("1.004222", "1.004222"),
        ("1004222", "1.004222"),
        ("mã 1,004222 ạ", "1.004222"),
        ("004222", "1.004222"),
    ],
)
def test_what_people_type_finds_what_they_mean(starter: Index, text: str, code: str) -> None:
    assert first(starter, text) == code


@pytest.mark.parametrize("text", ["", "   ", "!!!", "xyzzy", "\x00", "🙂", "a" * 5000])
def test_what_means_nothing_finds_little_and_breaks_nothing(starter: Index, text: str) -> None:
    assert len(engine.search(text, starter, lexicon())) <= 10


def test_marks_that_were_typed_count(starter: Index) -> None:
    meant = engine.search("sổ đỏ", starter, lexicon())[0]
    other = engine.search("sơ đồ", starter, lexicon())[0]

    assert meant.score > other.score + 0.2


def test_the_level_keeps_what_is_settled_there(starter: Index) -> None:
    found = engine.search("đăng ký", starter, lexicon(), level="province")

    assert found
    assert all(one.entry.level_province for one in found)


def test_variants_are_one_hit_shown_by_the_one_we_offer() -> None:
    theirs = Entry("9.000001", "Cấp thẻ thử", "cap the thu", "Thử", "other_province", "active")
    ours = Entry(
        "9.000002", "Cấp thẻ thử", "cap the thu", "Thử", "national", "active", is_offered=True
    )
    index = build([theirs, ours], lexicon())

    found = engine.search("cấp thẻ thử", index, lexicon())

    assert [(one.entry.code, one.variants) for one in found] == [("9.000002", 2)]
    assert first(index, "9.000001") == "9.000001"


def test_other_provinces_own_procedures_come_last() -> None:
    theirs = Entry(
        "9.000001", "Hỗ trợ nuôi yến", "ho tro nuoi yen", "Thử", "other_province", "active"
    )
    ours = Entry(
        "9.000002", "Hỗ trợ nuôi yến sào", "yen sao", "Thử", "national", "active", is_offered=True
    )

    found = engine.search("hỗ trợ nuôi chim yến", build([theirs, ours], lexicon()), lexicon())

    assert found[0].entry.code == "9.000002"


def test_a_family_is_led_by_what_can_be_filed_here() -> None:
    gone = Entry("9.1", "A", "a", "", "national", "withdrawn")
    here = Entry("9.2", "A", "a", "", "national", "active", is_offered=True, level_commune=True)

    assert families([gone, here])[0].main is here


def test_the_gold_questions_are_many_and_well_formed() -> None:
    asked = list(questions())

    assert len(asked) >= 150
    assert len({question.text for question in asked}) >= len(asked) - 5
    assert all(question.codes for question in asked)


def test_the_starter_catalogue_alone_answers_well() -> None:
    figures = evaluate([entry_of(p) for p in read("starter").procedures.values()])

    assert figures.hit_1 >= 0.9
    assert figures.hit_5 >= 0.97


@pytest.mark.national
@pytest.mark.slow
@pytest.mark.skipif(not NATIONAL.is_file(), reason="the national file is not beside the checkout")
def test_the_national_catalogue_answers_well() -> None:
    figures = evaluate([entry_of(p) for p in read(str(NATIONAL)).procedures.values()])

    assert figures.hit_1 >= 0.85, figures.missed
    assert figures.hit_5 >= 0.97, figures.missed


@pytest.mark.django_db
def test_a_later_load_is_found_by_the_next_search(tmp_path: Path) -> None:
    queries.forget_index()
    services.load_file("starter", by=SYSTEM, at=NOON)
    assert queries.search("hộ khẩu")[0].code == "1.004222"
    row = {
        "code": "9.300001",
        "name": "Đăng ký nuôi kỳ lân",
        "level": "Cấp xã",
        "scope_type": "STANDARD",
    }
    path = tmp_path / "more.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")

    services.load_file(str(path), by=SYSTEM, at=NOON)
    queries._Kept.looked_at = float("-inf")  # as when the seconds between two looks have passed

    assert queries.search("nuôi kỳ lân")[0].code == "9.300001"
    queries.forget_index()


@pytest.mark.django_db
def test_search_takes_one_query_at_most(django_assert_max_num_queries: object) -> None:
    queries.forget_index()
    services.load_file("starter", by=SYSTEM, at=NOON)
    queries.search("hộ khẩu")

    with django_assert_max_num_queries(1):  # type: ignore[operator]
        hits = queries.search("tạm trú", limit=3, level="commune")

    assert len(hits) == 3
    queries.forget_index()
