"""What triage proposes: field, agency, signs, duplicates."""

from datetime import datetime, timedelta

import pytest

from motcua.feedback.triage import About, Candidate, propose, route, target_of

NOW = datetime.fromisoformat("2026-11-22T09:00:00+07:00")
HOLE = "Ổ gà rất sâu trên đường Yersin ngay trước chợ, nhiều người té xe."


@pytest.mark.parametrize(
    ("text", "field", "agency"),
    [
        (HOLE, "road", "committee"),
        ("o ga to qua tren duong yersin truoc cho, te xe hoai", "road", "committee"),
        ("Nước máy nhà tôi ba hôm nay đục ngầu và rất yếu.", "water", "water_company"),
        ("Đèn đường hẻm 5 tắt cả tuần, tối om.", "lighting", "committee"),
        ("Quốc lộ 1 đầy ổ gà, mặt đường hư hỏng nặng.", "road", "construction"),
        ("hàng xóm hát karaoke loa kẹo kéo tới nửa đêm", "noise", "police"),
    ],
)
def test_a_plain_text_goes_to_its_agency(text: str, field: str, agency: str) -> None:
    made = propose(text, at=NOW, place_code="22366")

    assert (made.field.value, made.agency_key.value) == (field, agency)
    assert not made.is_for_inspectors


@pytest.mark.parametrize(
    "text",
    [
        "Cán bộ một cửa gợi ý bồi dưỡng năm trăm nghìn thì mới làm nhanh.",
        "can bo bao ra quan ca phe doi dien, dua phong bi thi ky lien",
        "Chị ở quầy số 3 quát tôi, ném trả hồ sơ và đuổi về.",
        "Hồ sơ quá hẹn hai tháng, tôi đi lại sáu lần vẫn chưa có kết quả.",
    ],
)
def test_signs_reach_the_inspectors(text: str) -> None:
    assert propose(text, at=NOW, place_code="22366").is_for_inspectors


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn cán bộ một cửa nhiệt tình, trả kết quả trước hẹn, không lấy đồng nào.",
        "Cho tôi hỏi lệ phí cấp bản sao khai sinh là bao nhiêu?",
        "Đèn đường hẻm 5 tắt cả tuần, tối om.",
    ],
)
def test_praise_and_plain_questions_do_not(text: str) -> None:
    assert not propose(text, at=NOW, place_code="22366").is_for_inspectors


@pytest.mark.parametrize(
    "text",
    [
        "Dây điện đứt rơi xuống đường, còn tóe lửa, trẻ con đang chơi gần đó!",
        "chay nha o hem sau cho, khoi den boc cao, con nguoi trong do",
        "Nắp hố ga bị mất giữa đường, tối qua có người lọt xuống.",
    ],
)
def test_danger_is_seen_first(text: str) -> None:
    made = propose(text, at=NOW, place_code="22366")

    assert made.danger
    assert made.urgency.value == "high"


def test_what_the_law_sends_elsewhere_is_said() -> None:
    complaint = "Tôi làm đơn khiếu nại quyết định thu hồi đất số 12, đề nghị hủy quyết định."
    denunciation = "Tôi tố cáo ông trưởng thôn tham ô, lập khống hồ sơ chiếm đoạt tiền hỗ trợ."

    assert propose(complaint, at=NOW).referred == "complaint"
    assert propose(denunciation, at=NOW).referred == "denunciation"
    assert propose(HOLE, at=NOW).referred == ""


def test_the_same_hole_is_one_case_and_the_next_street_is_not() -> None:
    def case(code: str, text: str, lat: float, lon: float, days: int, field: str) -> Candidate:
        return Candidate(code, text, NOW - timedelta(days=days), field, "22366", lat, lon)

    recent = [
        case("A", "Đường Yersin trước chợ có ổ gà sâu, té xe hoài", 12.2450, 109.1900, 2, "road"),
        case("B", "Đường Thống Nhất có ổ gà sâu, té xe hoài", 12.2530, 109.1850, 2, "road"),
        case("C", "Đèn đường Yersin trước chợ tắt mấy hôm nay", 12.2450, 109.1901, 1, "lighting"),
        case("D", "Đường Yersin trước chợ có ổ gà sâu", 12.2450, 109.1900, 200, "road"),
    ]

    made = propose(HOLE, at=NOW, place_code="22366", lat=12.2451, lon=109.1901, recent=recent)

    assert [code for code, _score in made.duplicates] == ["A"]


def test_it_says_the_same_twice() -> None:
    assert propose(HOLE, at=NOW) == propose(HOLE, at=NOW)


def test_what_the_sender_knows_counts() -> None:
    about = About(agency_code="H32.22366.01")
    text = "Cán bộ ở quầy quát tôi, bắt đi lại nhiều lần, thái độ hách dịch."

    assert propose(text, at=NOW, about=about).agency_key.value == "H32.22366.01"
    assert propose(text, at=NOW, about=About(is_rule=True)).kind.value == "rule"


def test_agencies_become_codes_of_the_directory() -> None:
    assert target_of("committee", "22366") == "H32.22366"
    assert target_of("police", "22366") == "G01.56.22366"
    assert target_of("power_company", "") == "H32.05"
    assert target_of("committee", "") == ""
    assert target_of("H32.18", "22366") == "H32.18"
    assert route("đơn vị thi công", field="road", kind="scene").agency_key == "committee"


def test_what_is_said_of_a_head_is_not_proposed_to_their_own_agency():
    said = "Ông chủ tịch phường quát mắng dân, bắt đi lại bốn lần, gợi ý đưa phong bì"

    assert propose(said, at=NOW, place_code="22390").agency_key.value == "inspectorate"
