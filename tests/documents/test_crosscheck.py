"""What papers say of one person, side by side: what is asked, and what is not."""

import pytest

from motcua.documents.rules import crosscheck
from motcua.documents.rules.crosscheck import BIRTH, NAME, NUMBER, Person

NOTICE, DECLARATION = "giấy chứng sinh", "tờ khai"


def child(source: str, **said: str) -> Person:
    return Person(source, "con", **{"name": "Lê Bảo Ngọc", "birth_date": "2026-03-02"} | said)


def asked(*people: Person) -> list[str]:
    return [one.what for one in crosscheck.differences(people)]


def test_papers_that_agree_raise_nothing():
    assert asked(child(NOTICE), child(DECLARATION, name="LÊ BẢO NGỌC")) == []


def test_a_day_and_month_that_changed_places_are_asked_about():
    found = crosscheck.differences([child(NOTICE), child(DECLARATION, birth_date="2026-02-03")])

    assert [(one.what, one.is_swapped) for one in found] == [(BIRTH, True)]
    assert (found[0].first, found[0].second) == (NOTICE, DECLARATION)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Lê Bảo Ngọc", "LÊ BẢO NGỌC", True),
        ("Hoà Thị An", "Hòa Thị An", True),
        ("An Nguyễn Văn", "Nguyễn Văn An", True),
        ("Lê Bao Ngọc", "Lê Bảo Ngọc", False),
    ],
)
def test_capitals_tones_and_order_do_not_part_a_name_but_marks_do(one, other, is_same):
    assert crosscheck.is_same_name(one, other) is is_same


def test_marks_are_asked_about_only_when_both_readings_are_sure():
    doubted = Person(NOTICE, "con", name="Lê Bao Ngọc", is_sure=False)

    assert asked(doubted, child(DECLARATION)) == []
    assert asked(child(NOTICE, name="Lê Bao Ngọc"), child(DECLARATION)) == [NAME]


def test_the_same_number_under_two_names_is_asked_about():
    one = Person("căn cước", "", name="Trần Thị Hoa", id_number="099190123456")
    other = Person("hợp đồng", "", name="Trần Thị Hòa Bình", id_number="099190123456")

    assert asked(one, other) == [NAME]


def test_one_wrong_digit_is_asked_about():
    one = Person("căn cước", "", name="Trần Thị Hoa", id_number="099190123456")
    other = Person("tờ khai", "", name="Trần Thị Hoa", id_number="099190123457")

    assert asked(one, other) == [NUMBER]


def test_two_people_are_not_compared():
    assert asked(child(NOTICE), Person(DECLARATION, "mẹ", name="Phạm Thị Lan")) == []


def test_a_difference_is_asked_once_however_many_papers_show_it():
    third = child("giấy khai sinh", birth_date="2026-02-03")

    found = asked(child(NOTICE), child(DECLARATION, birth_date="2026-02-03"), third)

    assert found == [BIRTH]


def test_people_are_taken_from_the_fields_that_name_them():
    roles = [{"role": "mẹ", "name": "mother_name", "id": "mother_id"}]
    values = {"mother_name": "Phạm Thị Lan", "mother_id": "099190000001"}

    found = crosscheck.people_of(
        source=NOTICE, values=values, roles=roles, sure=frozenset({"mother_name"})
    )

    assert [(one.name, one.id_number, one.is_sure) for one in found] == [
        ("Phạm Thị Lan", "099190000001", False)
    ]
