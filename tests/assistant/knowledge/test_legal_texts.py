"""Reading legal texts: numbers, notes, closing articles, articles that were glued together."""

import json
import lzma
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.assistant.knowledge.legal import endings, notes, numbers, passages, reading, validity

TODAY = date(2026, 11, 22)


def article(number: str = "9/2031/NĐ-CP", name: str = "1", **other: Any) -> dict[str, Any]:
    """A row as the files have it; documents of 2031 are invented."""
    return {
        "doc_number": number,
        "doc_title": "Nghị định thử",
        "issued": "01/01/2031",
        "effective": "01/02/2031",
        "status": "",
        "article": name,
        "article_title": "Phạm vi điều chỉnh",
        "text": "Nghị định này quy định việc nuôi chim yến trong nhà.",
        **other,
    }


def write(folder: Path, *rows: object, name: str = "law.jsonl") -> Path:
    path = folder / name
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "118/2025/NĐ-CP", "60/2014/QH13", "01/2020/TT-BTP", "45/VBHN-VPQH", "20/2020/QĐ-TTg",
        "01/2016/TTLT-TANDTC-VKSNDTC-BTP", "326/2016/UBTVQH14", "66.17/2026/NQ-CP", "766/QĐ-TTg",
    ],
)  # fmt: skip
def test_numbers_are_found_as_they_are_cited(text: str) -> None:
    assert numbers.numbers_in(f"theo Nghị quyết số {text}, sau đó") == (text,)
    assert numbers.is_number(text)


def test_a_lost_letter_of_a_decision_is_put_back() -> None:
    assert numbers.tidy_number("20/2020/QĐ-TT") == "20/2020/QĐ-TTg"


def test_a_note_tells_since_when_and_who_changed_it() -> None:
    note = notes.read_note(
        "Điều 17 Nghị định số 23/2015/NĐ-CP, có hiệu lực thi hành kể từ ngày 10/04/2015, có nội "
        "dung được sửa đổi bởi Điều 1 Nghị định số 07/2025/NĐ-CP có hiệu lực thi hành kể từ ngày "
        "09/01/2025; Điều 2 Nghị định số 9/2031/NĐ-CP có hiệu lực thi hành kể từ ngày 01/02/2031"
    )

    assert note.since == date(2015, 4, 10)
    assert [(c.by, c.since) for c in note.changes] == [
        ("07/2025/NĐ-CP", date(2025, 1, 9)),
        ("9/2031/NĐ-CP", date(2031, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Nghị định này thay thế Nghị định số 8/2030/NĐ-CP ngày 1 tháng 1 năm 2030.", True),
        (
            "1. Có hiệu lực.\n2. Thông tư số 8/2030/NĐ-CP của Bộ hết hiệu lực kể từ ngày này.",
            True,
        ),
        ("Bãi bỏ khoản 2 Điều 26 Nghị định số 8/2030/NĐ-CP ngày 21/6/2030.", False),
        ("Áp dụng đến ngày Nghị quyết số 8/2030/NĐ-CP hết hiệu lực thi hành.", False),
        ("Thay thế cụm từ “xã” bằng “phường” tại Nghị định số 8/2030/NĐ-CP.", False),
    ],
)
def test_only_whole_documents_end(text: str, *, ended: bool) -> None:
    closing = endings.closing_of("Hiệu lực thi hành", text)

    assert closing is not None
    assert (closing.ends == ("8/2030/NĐ-CP",)) is ended


def test_the_one_stop_decree_ended_its_forerunner() -> None:
    facts = validity.known()

    assert not facts.of("61/2018/NĐ-CP").applies_on(date(2025, 7, 1))
    assert facts.of("61/2018/NĐ-CP").applies_on(date(2025, 6, 30))
    assert facts.of("118/2025/NĐ-CP").applies_on(date(2025, 7, 1))
    assert facts.ends("01/2018/TT-VPCP") == (date(2025, 9, 15), "03/2025/TT-VPCP")
    assert facts.ends("42/2022/NĐ-CP") == (date(2026, 7, 1), "224/2026/NĐ-CP")


def test_dates_of_documents_are_in_order_and_what_replaces_is_another() -> None:
    facts = validity.known()

    for document in facts.documents.values():
        if document.in_force and document.ended:
            assert document.in_force < document.ended, document.number
        assert document.number not in document.replaced_by
        assert all(numbers.is_number(number) for number in document.replaced_by)


def test_a_text_ends_what_it_says_it_replaces(tmp_path: Path) -> None:
    closing = article(
        name="3",
        article_title="Hiệu lực thi hành",
        effective="",
        text="Nghị định này có hiệu lực từ ngày 15 tháng 3 năm 2031 và thay thế Nghị định số "
        "8/2030/NĐ-CP ngày 1 tháng 1 năm 2030.",
    )
    read = reading.read_file(write(tmp_path, closing, article("8/2030/NĐ-CP", effective="")))

    facts = validity.with_texts(validity.known(), read.articles)

    assert facts.ends("8/2030/NĐ-CP") == (date(2031, 3, 15), "9/2031/NĐ-CP")


def test_a_file_cannot_bring_a_replaced_text_back(tmp_path: Path) -> None:
    lie = article(
        "61/2018/NĐ-CP", effective="01/01/2030", status="Đang có hiệu lực", text="Một cửa. " * 9
    )
    read = reading.read_file(write(tmp_path, lie))

    facts = validity.with_texts(validity.known(), read.articles)
    row = next(passages.law_rows(read.articles, facts))

    assert (row.valid_from, row.valid_to) == (date(2018, 6, 21), date(2025, 7, 1))
    assert row.replaced_by == "118/2025/NĐ-CP"


def test_an_amended_article_says_so() -> None:
    one = reading.Article("118/2025/NĐ-CP", "", "17", "Tiếp nhận", "Nội dung điều mười bảy." * 3)
    row = next(passages.law_rows([one], validity.known()))

    assert "309/2026/NĐ-CP Điều 8" in row.note
    assert row.facts["amended"]["article"] == "8"  # type: ignore[index]


def test_a_note_of_a_source_is_not_law() -> None:
    note = reading.Article(
        "309/2026/NĐ-CP", "", "15", "Bãi bỏ", "(Đang cập nhật — nguồn chưa có.)"
    )

    assert not list(passages.law_rows([note], validity.known()))


def test_a_consolidated_text_is_cited_as_its_law() -> None:
    one = reading.Article("45/VBHN-VPQH", "", "121", "Chuyển mục đích", "Nội dung." * 9)
    row = next(passages.law_rows([one], validity.known()))

    assert row.key == "vb:31/2024/QH15:121"
    assert row.facts["read_from"] == "45/VBHN-VPQH"


def test_articles_glued_together_are_read_apart(tmp_path: Path) -> None:
    glued = {
        "doc_number": "9/2031/NĐ-CP",
        "doc_article": "6",
        "title": "Bản sao",
        "source_note": "Điều 6 Nghị định số 9/2031/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/02/2031",
        "text": "Nội dung điều sáu của nghị định.Điều 15.1.NĐ.7. Thời hạn\n"
        "(Điều 7 Nghị định số 9/2031/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/02/2031)\n"
        "Làm ngay trong ngày nhận.(Điều này có nội dung liên quan đến Điều 15.1.NĐ.17. Thủ tục)\n"
        "CHƯƠNG SAU",
    }

    first, second = reading.read_file(write(tmp_path, glued)).articles

    assert (first.article, first.text) == ("6", "Nội dung điều sáu của nghị định.")
    assert (second.article, second.title) == ("7", "Thời hạn")
    assert second.text == "Làm ngay trong ngày nhận."
    assert second.note is not None
    assert second.note.since == date(2031, 2, 1)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{không phải json", "dòng 2: không phải JSON"),
        ("[" * 100_000, "dòng 2: không phải JSON"),
        ('["một", "mảng"]', "dòng 2: không phải một điều luật"),
        ('{"text": "thiếu số"}', "dòng 2: thiếu doc_number hoặc text"),
        ('{"doc_number": 5, "text": "x"}', "dòng 2: thiếu doc_number hoặc text"),
        (article(text="x" * 300_000), "dòng 2: một điều dài quá"),
    ],
)
def test_what_is_no_article_is_refused_with_its_line(
    tmp_path: Path, bad: object, said: str
) -> None:
    with pytest.raises(reading.BadLawFile, match=said):
        reading.read_file(write(tmp_path, article(), bad))


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "law.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * (reading.LONGEST_LINE + 10))

    with pytest.raises(reading.BadLawFile, match="dòng 1: dài quá 2 triệu byte"):
        reading.read_file(path)


def test_other_letters_and_broken_archives_are_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(json.dumps(article()).encode() + b"\n\xff\xfe\n")
    cut = tmp_path / "cut.jsonl.xz"
    cut.write_bytes(lzma.compress(json.dumps(article()).encode())[:-9])

    with pytest.raises(reading.BadLawFile, match="dòng 2: không phải chữ UTF-8"):
        reading.read_file(latin)
    with pytest.raises(reading.BadLawFile, match="không đọc được"):
        reading.read_file(cut)


def test_an_article_that_cannot_be_cited_is_set_aside(tmp_path: Path) -> None:
    rows = [article(), article("2018/TT-NHNN"), article("Nghị định nào đó"), article(name="chín")]

    read = reading.read_file(write(tmp_path, *rows))

    assert len(read.articles) == 1
    assert [where for where, _why in read.set_aside] == [
        "law.jsonl, dòng 2", "law.jsonl, dòng 3", "law.jsonl, dòng 4",
    ]  # fmt: skip
