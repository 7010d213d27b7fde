"""What differs between two lists, and what only looks different."""

import pytest

from motcua.catalog.comparing import Difference, Listed, Ours, Process, compare
from motcua.catalog.comparing import values as v
from motcua.catalog.comparing.matching import Names
from motcua.catalog.content import Channel, Component, Content, FeeRule, Legal, LimitRule
from motcua.kernel.worktime import Unit


def content(
    value: int = 7, unit: Unit = Unit.WORKING_DAY, fee: int = 20_000, **more: object
) -> Content:
    channel = Channel(
        "counter", (LimitRule(value=value, unit=unit),), (FeeRule("a", "x", amount_vnd=fee),)
    )
    return Content(name="x", channels=(channel,), **more)  # type: ignore[arg-type]


def found(
    ours: list[Ours], listed: list[Listed], *, is_whole: bool = False, **processes: Process
) -> list[Difference]:
    known = {code.replace("_", "."): one for code, one in processes.items()}
    fits = {one.code: Process(60, None, is_own=False) for one in ours} | known
    return compare(
        ours={one.code: one for one in ours}, listed=listed, is_whole=is_whole, processes=fits
    )


def kinds(ours: Ours, listed: Listed) -> set[str]:
    return {one.kind for one in found([ours], [listed])}


OURS = Ours("1.000001", "Đăng ký thường trú", "Cư trú", "Bộ Công an")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thủ tục đăng ký thường trú", "Đăng ký thường trú"),
        ("Hòa giải  ở cơ sở.", "Hoà giải ở cơ sở"),
        ("Cấp trong 07 ngày", "Cấp trong 7 ngày"),
        ("Công nhận hộ nghèo (cấp xã)", "CÔNG NHẬN HỘ NGHÈO"),
        ("Đăng ký kết hôn (1.000894)", "Đăng ký kết hôn"),
        (". Thủ tục đăng ký kết hôn", "Đăng ký kết hôn"),
    ],
)
def test_names_that_say_the_same_are_the_same(one: str, other: str):
    assert v.plain(one) == v.plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Cấp thẻ", "Cấp lại thẻ"), ("Hạng 1", "Hạng 2"), ("Bán nhà", "Bàn nhà")]
)
def test_names_that_say_something_else_are_not(one: str, other: str):
    assert v.plain(one) != v.plain(other)


def test_a_list_that_says_the_same_has_no_difference():
    same = Listed(2, "1.000001", "Thủ tục đăng ký thường trú", "Cư trú", "Bộ Công an")

    assert kinds(OURS, same) == set()


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (Listed(2, "1.000001", "Đăng ký thường trú, tạm trú"), v.RENAMED),
        (Listed(2, "1.000001", "Cấp giấy phép đi biển", "Biển"), v.MISCODED),
        (Listed(2, "1.000001", OURS.name, "Hộ tịch"), v.FIELD),
        (Listed(2, "1.000001", OURS.name, "", "Bộ Tư pháp"), v.AGENCY),
        (Listed(2, "1.000001", OURS.name, is_online=True), v.ONLINE),
        (Listed(2, "1.000001", OURS.name, is_active=False), v.ENDED),
        (Listed(2, "9.000009", "Cấp giấy phép đi biển"), v.LACKING),
        (Listed(2, "", "Cấp giấy phép đi biển"), v.LACKING),
        (Listed(2, "1.000009", "Đăng ký thường trú"), v.MISCODED),
    ],
)
def test_what_differs_is_found(listed: Listed, expected: str):
    assert kinds(OURS, listed) == {expected}


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (content(), set()),
        (content(56, Unit.WORKING_HOUR), set()),
        (content(7, Unit.DAY), {v.LIMIT}),
        (content(5), {v.LIMIT}),
        (content(fee=30_000), {v.FEE}),
        (content(legal=(Legal("69/2020/QH14", ""),)), {v.LEGAL}),
        (content(components=(Component("a", "Tờ khai CT01 (bản chính)"),)), set()),
        (content(components=(Component("a", "Giấy khám sức khỏe"),)), {v.COMPONENTS}),
        (content(online_level="toàn trình"), {v.ONLINE}),
    ],
)
def test_parts_are_compared_where_both_sides_have_them(theirs: Content, expected: set[str]):
    parts = content(
        legal=(Legal("68 / 2020/QH14", ""),), components=(Component("a", "Tờ khai CT01"),),
        online_level="một phần",
    )  # fmt: skip
    ours = Ours("1.000001", "x", content=parts)

    assert kinds(ours, Listed(2, "1.000001", "x", content=theirs)) == expected


def test_a_procedure_that_a_whole_list_does_not_name_has_ended():
    other = Listed(2, "1.000002", "Khai sinh")
    ours = [OURS, Ours("1.000002", "Khai sinh")]

    assert {(one.kind, one.code) for one in found(ours, [other], is_whole=True)} == {
        (v.ENDED, "1.000001")
    }
    assert found(ours, [other]) == []


def test_a_process_longer_than_the_limit_is_found_and_so_is_none():
    row = Listed(2, "1.000001", OURS.name)

    longer = found([OURS], [row], **{"1_000001": Process(3600, 3360, is_own=True)})
    none = compare(ours={"1.000001": OURS}, listed=[row], is_whole=False, processes={})

    assert [(one.kind, one.here, one.there) for one in longer] == [
        (v.PROCESS, "60 giờ làm việc", "56 giờ làm việc")
    ]
    assert [one.kind for one in none] == [v.NO_PROCESS]


def test_lines_that_stand_twice_are_found():
    rows = [Listed(2, "1.000001", OURS.name), Listed(3, "1.000001", OURS.name)]

    assert [one.kind for one in found([OURS], rows)] == [v.TWICE]


def test_a_name_that_may_mean_two_is_left_to_a_person():
    ours = [Ours("1.000001", "Cấp giấy phép xây dựng nhà ở riêng lẻ đô thị"),
            Ours("1.000002", "Cấp giấy phép xây dựng nhà ở riêng lẻ nông thôn")]  # fmt: skip

    one = found(ours, [Listed(2, "", "Cấp giấy phép xây dựng nhà ở riêng lẻ")])

    assert [(each.kind, each.code) for each in one] == [(v.AMBIGUOUS, "")]


def test_a_name_nearly_the_same_is_matched_unless_a_telling_word_differs():
    names = Names({"1": "Xác nhận tình trạng hôn nhân của công dân", "2": "Khai tử"})

    assert names.match("Xác nhận tình trạng hôn nhân cho công dân").code in ("", "1")
    assert names.match("Xác nhận lại tình trạng hôn nhân của công dân").code == ""
    assert names.match("xác nhận tình trạng hôn nhân của công dân").code == "1"


def test_a_column_that_slipped_is_one_difference():
    words = [
        "Khai sinh",
        "Khai tử",
        "Kết hôn",
        "Giám hộ",
        "Nuôi con",
        "Hộ nghèo",
        "Bảo trợ",
        "Đất ở",
    ]
    ours = [Ours(f"1.00000{n}", name) for n, name in enumerate(words)]
    rows = [Listed(n + 2, f"1.00000{n - 1}" if n else "", name) for n, name in enumerate(words)]

    assert [one.kind for one in found(ours, rows)] == [v.SLIPPED]


def test_a_difference_has_the_same_key_whatever_its_sides_say():
    one = Difference(v.LIMIT, "1.000001", "x", "7 ngày", "5 ngày")
    other = Difference(v.LIMIT, "1.000001", "y", "7 ngày", "3 ngày")

    assert one.key == other.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phiếu yêu cầu đăng ký (mẫu 01a)", "Phiếu yêu cầu đăng ký theo Mẫu số 01a tại Phụ lục"),
        ("Giấy tờ tùy thân của người yêu cầu", "Hộ chiếu/Thẻ căn cước công dân/Thẻ căn cước"),
        ("Đơn đề nghị cấp phép", "Đơn đề nghị cấp phép ban hành kèm theo Phụ lục I Nghị định 41"),
    ],
)
def test_papers_that_are_one_paper(one: str, other: str):
    ours = Ours("1.000001", "x", content=content(components=(Component(key="a", name=one),)))
    listed = Listed(
        2, "1.000001", "x", content=content(components=(Component(key="b", name=other),))
    )

    assert not kinds(ours, listed)


def test_a_line_that_explains_is_no_paper():
    assert v.is_note("Trường hợp chưa có tài khoản định danh thì thực hiện theo khoản 2")
    assert not v.is_note("Trường hợp ủy quyền: văn bản ủy quyền có chứng thực")


@pytest.mark.parametrize("value", [0, 1])
def test_at_once_and_one_day_are_the_same_limit(value: int):
    ours = Ours("1.000001", "x", content=content(value))

    for there in (content(1, Unit.DAY), content(0), content(8, Unit.WORKING_HOUR)):
        assert not kinds(ours, Listed(2, "1.000001", "x", content=there))
    assert kinds(ours, Listed(2, "1.000001", "x", content=content(2))) == {v.LIMIT}


@pytest.mark.parametrize(("there", "differs"), [("50.000", True), ("20.000", False)])
def test_an_exemption_beside_an_amount_is_no_other_amount(there: str, *, differs: bool):
    amount = int(there.replace(".", ""))
    fees = (FeeRule("a", "x", amount_vnd=amount), FeeRule("b", "x", amount_vnd=0))
    limit = LimitRule(value=7, unit=Unit.WORKING_DAY)
    listed = Content(name="x", channels=(Channel("counter", (limit,), fees),))

    said = kinds(
        Ours("1.000001", "x", content=content()), Listed(2, "1.000001", "x", content=listed)
    )

    assert said == ({v.FEE} if differs else set())


@pytest.mark.parametrize(
    ("here", "there", "differs"),
    [
        ("03/2023/TT-BTP", "Thông tư số 03/2023/TT-BTP", False),
        ("145/2025/NĐ-CP", "145/2025/NĐ-C", False),
        ("62/2021/NĐ-CP", "62/2021/ND-CP", False),
        ("62/2021/NĐ-CP", "62/2021/TT-BCA", True),
        ("1/2021/NĐ-CP", "11/2021/NĐ-CP", True),
    ],
)
def test_one_legal_text_however_its_number_is_written(here: str, there: str, *, differs: bool):
    ours = Ours("1.000001", "x", content=content(legal=(Legal(here, ""),)))
    listed = Listed(2, "1.000001", "x", content=content(legal=(Legal(there, ""),)))

    assert kinds(ours, listed) == ({v.LEGAL} if differs else set())


@pytest.mark.parametrize(
    ("field", "agency", "whole"),
    [
        (
            "Doanh nghiệp",
            "hộ kinh doanh) (Bộ Tài chính",
            ("Doanh nghiệp (hộ kinh doanh)", "Bộ Tài chính"),
        ),
        ("Hộ tịch", "Bộ Tư pháp", ("Hộ tịch", "Bộ Tư pháp")),
        ("Hộ tịch", "Bộ Tư pháp (cũ)", ("Hộ tịch", "Bộ Tư pháp (cũ)")),
    ],
)
def test_a_bracket_that_the_columns_cut_is_made_whole(field, agency, whole):
    assert v.uncut(field, agency) == whole


def test_a_procedure_of_another_province_is_not_ours_under_another_code():
    ours = Ours("1.000001", "Hỗ trợ phát triển sản xuất")
    theirs = Listed(2, "3.000001", "Hỗ trợ phát triển sản xuất", is_ours_to_offer=False)

    assert not kinds(ours, theirs)
