"""The province as it ships: 65 communes, their agencies, and who is competent."""

import re
from collections import Counter
from datetime import date

import pytest

from motcua.directory.data import build
from motcua.directory.data.people import id_number, people, title
from motcua.kernel.codes import read_personal_id

AGENCY_CODE = re.compile(r"^[A-Y][0-9]{2}(\.[0-9A-Z]+)*$")
SPECIAL_ZONE = "22736"


def test_there_are_48_communes_16_wards_and_one_special_zone():
    kinds = Counter(place["kind"] for place in build.communes())
    assert kinds == {"commune": 48, "ward": 16, "special_zone": 1}
    codes = [place["code"] for place in build.communes()]
    assert len(set(codes)) == 65
    assert all(re.fullmatch(r"22\d{3}", code) for code in codes)


def test_names_are_of_their_own_and_written_as_official_papers_do():
    names = [place["name"] for place in build.communes()]
    assert len(set(names)) == 65
    assert not [name for name in names if "oà" in name]


@pytest.mark.parametrize("place", build.communes(), ids=lambda place: place["code"])
def test_a_seat_lies_in_the_province(place):
    if place["code"] == SPECIAL_ZONE:
        assert 7 < place["lat"] < 12
        assert 111 < place["lon"] < 115
    else:
        assert 11.2 < place["lat"] < 12.95
        assert 108.5 < place["lon"] < 109.6
    for degrees in (place["lat"], place["lon"]):
        assert degrees == round(degrees, 3)


def test_agencies_have_codes_and_parents_of_their_own():
    agencies = build.agencies()
    codes = [agency["code"] for agency in agencies]
    assert len(codes) == len(set(codes))
    assert all(AGENCY_CODE.match(code) and len(code) <= 35 for code in codes)
    known: set[str] = set()
    for agency in agencies:
        assert agency["parent"] == "" or agency["parent"] in known, agency["code"]
        known.add(agency["code"])
        assert agency["name"]
        assert agency["short_name"]
        assert len(agency["short_name"]) <= 80


def test_every_commune_has_a_committee_a_centre_and_police():
    by_place = Counter(
        (agency["place"], agency["kind"])
        for agency in build.agencies()
        if agency["level"] == "commune"
    )
    assert len(by_place) == 65 * 3
    assert set(by_place.values()) == {1}


def test_only_seen_codes_are_called_confirmed():
    confirmed = {a["code"] for a in build.agencies() if a["code_status"] == "confirmed"}
    assert confirmed == {"H32", "H32.18"}


def test_every_commune_has_a_branch_of_the_land_registry():
    codes = {agency["code"] for agency in build.agencies()}
    branches = {build.code_of("branch", place["code"]) for place in build.communes()}
    assert branches <= codes
    assert len(branches) == 16


@pytest.mark.parametrize(
    ("code", "field", "level", "issuer", "expected"),
    [
        ("1.004222", "Đăng ký, quản lý cư trú", "commune", "Bộ Công an", "police"),
        ("1.013314", "Đăng ký, quản lý cư trú", "commune", "Bộ Công an", "committee"),
        ("1.001193", "Hộ tịch", "commune", "Bộ Tư pháp", "committee"),
        ("2.000815", "Chứng thực", "commune", "Bộ Tư pháp", "committee"),
        ("1.013831", "Đất đai", "province", "Bộ Nông nghiệp và Môi trường", "branch"),
        ("9.000001", "Lĩnh vực mới", "province", "Bộ Y tế", "H32.08"),
        ("9.000002", "Lĩnh vực mới", "province", "", "H32"),
        ("9.000003", "Lĩnh vực mới", "commune", "", "committee"),
    ],
)
def test_the_first_rule_that_fits_names_the_competent_agency(code, field, level, issuer, expected):
    found = build.competent(code, field=field, level=level, issuer=issuer, on=date(2026, 11, 22))
    assert found == expected


def test_before_the_reform_only_the_level_decides():
    found = build.competent(
        "1.004222", field="Đăng ký, quản lý cư trú", level="commune", on=date(2025, 6, 30)
    )
    assert found == "committee"


def test_a_procedure_of_both_levels_is_settled_at_the_commune():
    assert build.level_of(["province", "commune"]) == "commune"
    assert build.level_of(["province"]) == "province"


def test_a_place_elsewhere_is_not_known():
    with pytest.raises(KeyError):
        build.code_of("police", "00001")


def test_demo_people_are_the_same_ones_each_time_and_share_no_number():
    first, again = list(people(500)), list(people(500))
    more = list(people(500, first=500))
    assert first == again
    numbers = {person.id_number for person in first + more}
    assert len(numbers) == 1000
    assert {person.ethnicity for person in first} == {"Kinh", "Raglai", "Chăm"}


def test_a_demo_number_reads_like_a_real_one_but_belongs_to_no_province():
    for person in people(200):
        read = read_personal_id(person.id_number)
        assert read is not None
        assert (read.sex, read.birth_year) == (person.sex, person.birth_date.year)
        assert read.province == "099"
    assert id_number(2005, "nữ", 7) == "099305000007"


def test_posts_have_titles_and_fall_back_to_the_province():
    assert title("police", "head") == "Trưởng Công an"
    assert title("branch", "receptionist") == title("province", "receptionist")
    assert title("commune", "nobody") == ""
