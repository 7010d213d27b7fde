"""Which stored paper may stand for which component, and on which day: R3, R11, R23."""

from datetime import date

import pytest

from motcua.documents import understanding
from motcua.documents.rules import consents, kho
from motcua.documents.rules.kho import Asked, Held, Standing, Use, Why

DAY = date(2026, 11, 22)


def _held(**changes: object) -> Held:
    values = {"key": "a", "kind": "birth_certificate", "name": "Giấy khai sinh", "level": 3}
    return Held(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Giấy chứng sinh", ("birth_notice",)),
        ("Tờ khai đăng ký khai sinh", ("declaration",)),
        ("Đơn đề nghị cấp giấy phép xây dựng", ("application",)),
        ("Giấy tờ tùy thân của người yêu cầu", ("identity_card",)),
        ("Xác nhận tình trạng hôn nhân", ("marital_status",)),
        ("Giấy tờ chứng minh chỗ ở hợp pháp", ("land_certificate", "contract")),
        ("Văn bản ủy quyền, đại diện", ("mandate",)),
        ("Biển số cũ", ()),
    ],
)
def test_a_components_name_tells_its_kinds(name: str, kinds: tuple[str, ...]) -> None:
    assert kho.kinds_of(name) == kinds


def test_a_declared_kind_wins_over_words() -> None:
    assert kho.kinds_of("Giấy tờ khác", "diploma") == ("diploma",)


def test_the_catalogues_broad_sorts_are_no_kinds() -> None:
    assert kho.kinds_of("Văn bản ủy quyền", "contract") == ("mandate",)
    assert kho.kinds_of("Điều lệ công ty", "other") == ()


@pytest.mark.parametrize(
    "name",
    [
        "Giấy khai sinh của trẻ",
        "Giấy chứng nhận kết hôn của cha mẹ",
        "Bản gốc giấy chứng nhận đã cấp",
        "Tờ khai đăng ký khai sinh",
        "Dự thảo hợp đồng, giao dịch",
        "Bản sao giấy khai sinh cũ hoặc giấy tờ có thông tin khai sinh",
    ],
)
def test_somebody_elses_paper_and_the_very_sheet_never_come_from_the_store(name: str) -> None:
    assert not kho.may_come_from_store(name)


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.VALID),
        ({"valid_until": DAY}, Standing.VALID),
        ({"valid_until": date(2026, 11, 21)}, Standing.EXPIRED),
        ({"valid_from": date(2026, 12, 1)}, Standing.NOT_YET),
        ({"state": "revoked"}, Standing.REVOKED),
        ({"state": "replaced"}, Standing.REPLACED),
        ({"kind": "marital_status", "issued_on": date(2026, 5, 22)}, Standing.VALID),
        ({"kind": "marital_status", "issued_on": date(2026, 5, 21)}, Standing.EXPIRED),
        (
            {"kind": "marital_status", "issued_on": date(2026, 1, 1), "valid_until": DAY},
            Standing.VALID,
        ),
    ],
)
def test_a_paper_counts_by_its_state_and_days(
    changes: dict[str, object], standing: Standing
) -> None:
    assert kho.standing(_held(**changes), DAY) is standing


def test_six_months_end_on_the_months_last_day() -> None:
    last = kho.last_day(kind="marital_status", issued_on=date(2026, 8, 31), valid_until=None)

    assert last == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("changes", "use", "why"),
    [
        ({"level": 3}, Use.REPLACES, Why.NONE),
        ({"level": 2}, Use.REPLACES, Why.NONE),
        ({"level": 1}, Use.PROPOSES, Why.ANOTHER_INTAKE),
        ({"level": 1, "is_same_intake": True}, Use.REPLACES, Why.NONE),
        ({"level": 0}, Use.PROPOSES, Why.UPLOADED),
        ({"doubt": "tên đã cải chính"}, Use.PROPOSES, Why.DOUBTED),
        ({"scope": "Đăng ký kết hôn"}, Use.PROPOSES, Why.SCOPE),
        ({"scope": "1.004222"}, Use.REPLACES, Why.NONE),
        ({"scope": "thường trú"}, Use.REPLACES, Why.NONE),
    ],
)
def test_r3_the_level_and_scope_decide_what_a_paper_may_do(
    changes: dict[str, object], use: Use, why: Why
) -> None:
    asked = Asked("birth", "Bản sao giấy khai sinh", "", "", "1.004222", "Đăng ký thường trú")

    found = kho.fit(_held(**changes), asked, DAY)

    assert found is not None
    assert (found.use, found.why) == (use, why)


def test_r3_what_ran_out_or_is_of_another_kind_does_not_fit() -> None:
    asked = Asked("birth", "Giấy khai sinh")

    assert kho.fit(_held(valid_until=date(2026, 1, 1)), asked, DAY) is None
    assert kho.fit(_held(kind="diploma", name="Bằng tốt nghiệp"), asked, DAY) is None


def test_a_contract_without_a_scope_is_for_a_person_to_judge() -> None:
    found = kho.fit(
        _held(kind="contract", name="Hợp đồng thuê nhà"), Asked("lease", "Hợp đồng thuê"), DAY
    )

    assert found is not None
    assert found.why is Why.SCOPE


def test_a_result_of_no_known_kind_is_known_by_its_name() -> None:
    paper = _held(kind="other", name="Giấy xác nhận khuyết tật")

    assert kho.fit(paper, Asked("proof", "Giấy xác nhận khuyết tật"), DAY)
    assert kho.fit(paper, Asked("proof", "Giấy xác nhận đã cấp"), DAY) is None


def test_the_strongest_comes_first() -> None:
    papers = [_held(key="l0", level=0), _held(key="l2", level=2), _held(key="l3", level=3)]

    found = kho.fits(papers, Asked("birth", "Giấy khai sinh"), DAY)

    assert [one.held.key for one in found] == ["l3", "l2", "l0"]


@pytest.mark.parametrize(
    ("values", "lacking"),
    [
        ({}, ()),
        ({"abstract": " "}, ("abstract",)),
        ({"abstract": "", "level": 0}, ()),
        ({"kind": "nonsense", "name": "", "has_owner": False}, ("kind", "owner", "name")),
    ],
)
def test_r11_a_digitised_paper_says_kind_owner_name_and_abstract(
    values: dict[str, object], lacking: tuple[str, ...]
) -> None:
    given = {"kind": "diploma", "has_owner": True, "name": "Bằng", "abstract": "x", "level": 1}

    assert kho.lacking_metadata(**(given | values)) == lacking  # type: ignore[arg-type]


def test_r23_the_number_is_owner_and_kind() -> None:
    assert kho.paper_number(owner_id="056092999118", kind_code="KQ.G01") == "056092999118.KQ.G01"


def test_every_purpose_has_a_text_of_the_day() -> None:
    assert consents.purposes(date(2025, 12, 31)) == []
    assert all(one.text and one.title for one in consents.purposes(DAY))
    assert consents.purpose("selling", DAY) is None


def test_the_store_and_the_machine_know_the_same_kinds_and_months() -> None:
    ours, read = kho.kinds(), understanding.kinds()

    assert {*read} == {*ours} - {kho.OTHER}
    assert {k: one.valid_months for k, one in read.items()} == {k: ours[k].months for k in read}
