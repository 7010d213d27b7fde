"""Rows as they are published: each trap of the national data, with rows written for the test."""

from typing import Any

import pytest

from motcua.catalog.content import Content
from motcua.catalog.national import Parsed, SetAside, read_row
from motcua.catalog.national.cleaning import clean, unglue
from motcua.catalog.national.fees import parse_amount
from motcua.catalog.national.papers import held_by, is_case, paper_kind
from motcua.catalog.national.scope import family_of, levels_of, scope_of
from motcua.kernel.text import fold
from motcua.kernel.worktime import Unit

ROW: dict[str, Any] = {
    "code": "1.234567",
    "name": "Thủ tục cấp giấy thử",
    "field": "Thử",
    "agency": "Ủy ban nhân dân cấp xã",
    "issuing_agency": "Bộ Thử",
    "level": "Cấp xã",
    "scope_type": "STANDARD",
    "detail": "full",
    "in_catalogue_202607": True,
}


def parsed(**other: Any) -> Parsed:
    read = read_row({**ROW, **other})
    assert isinstance(read, Parsed)
    return read


def method(**other: Any) -> dict[str, Any]:
    blank = {
        "method": "Trực tiếp",
        "time": "",
        "time_value": None,
        "time_unit": "",
        "fee_text": "",
        "note": "",
    }
    return {**blank, **other}


def content(**other: Any) -> Content:
    return parsed(**other).content


def test_other_provinces_own_procedures_are_seen_and_not_offered() -> None:
    theirs = parsed(scope_type="SPECIFIC", issuing_agency="UBND tỉnh Xa")

    assert (theirs.scope, theirs.is_offered) == ("other_province", False)


def test_our_own_procedures_are_offered() -> None:
    ours = parsed(scope_type="SPECIFIC", issuing_agency="UBND tỉnh Khánh Hòa")

    assert (ours.scope, ours.is_offered) == ("province", True)


def test_a_standard_row_of_a_province_is_that_provinces() -> None:
    assert scope_of("STANDARD", "UBND tỉnh Xa") == "other_province"


def test_internal_and_withdrawn_ones_are_not_offered() -> None:
    assert parsed(scope_type="STANDARD_INTERNAL").scope == "internal"
    assert not parsed(scope_type="STANDARD_INTERNAL").is_offered
    gone = parsed(in_catalogue_202607=False)
    assert (gone.state, gone.is_offered) == ("withdrawn", False)


def test_the_district_level_is_gone() -> None:
    assert not parsed(name="Trình báo (thực hiện tại cấp huyện)").is_offered


@pytest.mark.parametrize(
    ("level", "agency", "name", "levels"),
    [
        ("Cấp bộ, Cấp tỉnh", "", "A", ("ministry", "province")),
        ("Cấp Xã", "", "A", ("commune",)),
        ("", "Ủy ban nhân dân cấp xã", "A", ("commune",)),
        ("", "Sở Y tế", "A", ("province",)),
        ("", "", "Thành lập hội (cấp tỉnh)", ("province",)),
        ("", "", "A", ()),
    ],
)
def test_levels_are_read_from_the_first_place_that_tells(
    level: str, agency: str, name: str, levels: tuple[str, ...]
) -> None:
    assert levels_of(level, agency, name) == levels


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thủ tục đăng ký khai tử", "Đăng ký khai tử."),
        ("Cấp lại thẻ (thực hiện tại cấp tỉnh)", "Cấp lại thẻ"),
        ("THỦ TỤC THÀNH LẬP HỘI (CẤP TỈNH)", "Thành lập hội"),
    ],
)
def test_variants_share_a_family(one: str, other: str) -> None:
    assert family_of(one) == family_of(other)


def test_different_procedures_have_different_families() -> None:
    assert family_of("Cấp thẻ") != family_of("Cấp lại thẻ")


@pytest.mark.parametrize(
    ("given", "value", "unit"),
    [
        (method(time_value=7, time_unit="WORKING_DAY"), 7, Unit.WORKING_DAY),
        (method(time_value=7.5, time_unit="ngày làm việc"), 60, Unit.WORKING_HOUR),
        (method(time_value=6.25, time_unit="WORKING_DAY"), 50, Unit.WORKING_HOUR),
        (method(time_value=2, time_unit="tháng"), 2, Unit.MONTH),
        (method(time="05 ngày làm việc kể từ ngày nhận đủ hồ sơ"), 5, Unit.WORKING_DAY),
        (
            method(time_value="Không quá 20 ngày làm việc.", time_unit="OTHER"),
            20,
            Unit.WORKING_DAY,
        ),
    ],
)
def test_limits_are_read_as_numbers(given: dict[str, Any], value: int, unit: Unit) -> None:
    limit = content(methods=[given]).limit_for("counter")

    assert limit is not None
    assert (limit.value, limit.unit) == (value, unit)


def test_the_unit_of_a_case_stands_in_for_the_portals_other() -> None:
    cases = [{"code": "1.01", "name": "x", "time_value": 3, "time_unit": "WORKING_DAY"}]

    limit = content(methods=[method(time_value=3, time_unit="OTHER")], cases=cases).limit_for(
        "counter"
    )

    assert limit is not None
    assert limit.unit is Unit.WORKING_DAY


def test_fifteen_oclock_is_a_cut_off_and_not_fifteen_hours() -> None:
    steps = "Ngay trong ngày tiếp nhận, sau 15 giờ mà không giải quyết được ngay thì hôm sau"

    read = content(methods=[method(time_value=15, time_unit="HOUR")], steps=steps)

    assert read.immediate
    assert read.channels[0].limits[0].value == 0


def test_a_limit_in_words_only_keeps_the_words() -> None:
    read = content(methods=[method(time="Ngay trước khi tàu rời bến cảng số 1")])

    rule = read.limit_rule_for("counter")
    assert rule is not None
    assert "tàu" in rule.text


def test_each_channel_has_its_own_limit_and_fee() -> None:
    online = method(
        method="Trực tuyến", time_value=3, time_unit="DAY", fee_text="7.000 Việt Nam Đồng (/hồ sơ)"
    )
    counter = method(time_value=5, time_unit="DAY", fee_text="15.000 Việt Nam Đồng (/hồ sơ)")

    read = content(methods=[counter, online])

    assert [c.kind for c in read.channels] == ["counter", "online"]
    assert read.limit_for("online") != read.limit_for("counter")
    assert [fee.amount_vnd for fee in read.fees_for("online")] == [7000]


@pytest.mark.parametrize(
    ("text", "amount", "per"),
    [
        ("2,000 Việt Nam Đồng (/trang)", 2000, "page"),
        ("10.000 Việt Nam Đồng (/bản)", 10000, "copy"),
        ("5.000 Việt Nam Đồng (5.000 đồng/người/lần)", 5000, "person"),
        ("1,200,000 Việt Nam Đồng", 1200000, "dossier"),
        ("Miễn phí", 0, "dossier"),
        ("Phí : 0 Đồng", 0, "dossier"),
        ("Miễn phí (Mức thu do Hội đồng nhân dân tỉnh quyết định)", None, "unknown"),
        ("Miễn phí (Đất ở: 150.000 đồng)", None, "unknown"),
        ("10 USD (/bản)", None, "copy"),
        ("1 Việt Nam Đồng (theo thông tư)", None, "unknown"),
        ("(Theo quy định)", None, "unknown"),
    ],
)
def test_fees_are_read_with_their_unit(text: str, amount: int | None, per: str) -> None:
    fee = content(methods=[method(fee_text=text)]).channels[0].fees[0]

    assert fee.amount_vnd == amount
    assert per in (fee.per, "unknown")


def test_a_fee_per_page_has_tiers_and_a_top() -> None:
    note = "từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa không quá 200.000 đồng/bản"

    fee = (
        content(methods=[method(fee_text="2,000 Việt Nam Đồng (/trang)", note=note)])
        .channels[0]
        .fees[0]
    )

    assert [fee.amount_for(pages) for pages in (1, 2, 3, 10, 500)] == [
        2000,
        4000,
        5000,
        12000,
        200000,
    ]


def test_an_amount_is_read_whatever_the_separators() -> None:
    assert parse_amount(fold("2,000 Việt Nam Đồng")) == parse_amount(fold("2.000 đồng")) == 2000


PAPERS = [
    {"case": "Trường hợp thuê nhà:", "name": "- Hợp đồng thuê;", "originals": 1, "copies": 0},
    {"case": "Trường hợp mua nhà:", "name": "- Hợp đồng mua;", "originals": 0, "copies": 1},
    {
        "case": "* Giấy tờ phải nộp:",
        "name": "Tờ khai",
        "originals": 1,
        "copies": 0,
        "forms": ["Mau 1.docx"],
    },
    {"case": "* Lưu ý:", "name": "Giấy tờ nước ngoài phải dịch.", "originals": 0, "copies": 0},
]


def test_headings_of_situations_are_cases_and_others_are_not() -> None:
    read = content(components=PAPERS)

    assert [case.name for case in read.cases] == ["Trường hợp thuê nhà", "Trường hợp mua nhà"]
    assert {c.name for c in read.components_for(read.cases[0].key)} == {"Hợp đồng thuê", "Tờ khai"}
    assert read.notes == ("Giấy tờ nước ngoài phải dịch.",)


@pytest.mark.parametrize(
    "heading", ["* Lưu ý:", "Giấy tờ phải xuất trình", "a) Thành phần hồ sơ:", "(1)"]
)
def test_a_heading_that_only_groups_is_no_case(heading: str) -> None:
    assert not is_case(heading)


def test_papers_run_together_are_separated() -> None:
    glued = "a) Đơn đề nghị;1 bản chínhb) Giấy chứng nhận đã cấp."

    assert unglue(glued, 0, 2) == [("Đơn đề nghị", 1, 0), ("Giấy chứng nhận đã cấp.", 0, 2)]


def test_copies_named_inside_a_sentence_are_left_alone() -> None:
    assert len(unglue("Nộp 02 bản chính tờ khai hàng hóa", 2, 0)) == 1


@pytest.mark.parametrize(
    "text", ["- Tờ khai;", "a) Tờ khai", "1. Tờ khai", "(i) Tờ khai:", "* - Tờ khai"]
)
def test_bullets_are_taken_off(text: str) -> None:
    assert clean(text) == "Tờ khai"


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        (
            "Trường hợp đã khai thác được từ Cơ sở dữ liệu quốc gia về dân cư thì không phải nộp",
            "population",
        ),
        ("Không phải nộp nếu có trong Cơ sở dữ liệu hộ tịch điện tử", "civil"),
        ("Thông tin trong Cơ sở dữ liệu quốc gia về dân cư", ""),
        ("Tờ khai", ""),
    ],
)
def test_a_database_holds_a_paper_only_where_the_text_says_so(text: str, holder: str) -> None:
    assert held_by(fold(text)) == holder


def test_kinds_of_papers_are_told_by_their_words() -> None:
    kinds = [
        paper_kind(fold(t))
        for t in ("Đơn xin cấp", "02 ảnh 4x6", "Bản vẽ thiết kế", "Chuyện khác")
    ]

    assert kinds == ["form", "photo", "drawing", "other"]


def test_conditional_papers_are_not_required() -> None:
    rows = [{"name": "Giấy tờ khác (nếu có)", "originals": 1, "copies": 0}]

    assert not content(components=rows).components[0].required


def test_names_in_capitals_and_with_decoration_are_tidied() -> None:
    assert parsed(name="THỦ TỤC ĐĂNG KÝ (CẤP XÃ)").name == "Thủ tục đăng ký (cấp xã)"
    assert parsed(name="Thủ tục: Cấp thẻ.").name == "Cấp thẻ"
    assert parsed(code=" 1.234567").code == "1.234567"


def test_a_name_only_row_is_a_name_only_version() -> None:
    assert content(detail="catalogue").detail == "name"


@pytest.mark.parametrize("code", ["", "1.23456", "1.0133611", "abc"])
def test_a_bad_code_is_set_aside(code: str) -> None:
    read = read_row({**ROW, "code": code})

    assert isinstance(read, SetAside)
    assert read.reason == "code"


def test_content_survives_the_way_to_json_and_back() -> None:
    read = content(
        components=PAPERS, methods=[method(time_value=5, time_unit="DAY", fee_text="Miễn phí")]
    )

    assert Content.from_json(read.to_json()) == read


def test_a_misspelt_key_is_noticed() -> None:
    with pytest.raises(ValueError, match="componentz"):
        Content.from_json({"name": "A", "componentz": []})
