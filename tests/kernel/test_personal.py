"""Personal data in free text: what is hidden, and what must stay readable."""

import pytest

from motcua.kernel.personal import PLACEHOLDERS, hide, mask


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Tôi là Nguyễn Văn Bình ở thôn Phú Vinh", "Tôi là [họ tên] ở thôn Phú Vinh"),
        ("tên là trần thị lan, gọi giúp", "tên là [họ tên], gọi giúp"),
        ("chị Hương bên một cửa", "chị [họ tên] bên một cửa"),
        ("anh tuấn địa chính", "anh [họ tên] địa chính"),
        ("gặp ông Chamaléa Thị Xuân", "gặp ông [họ tên]"),
        ("chuyên viên Lê Văn Tám hẹn tôi", "chuyên viên [họ tên] hẹn tôi"),
        ("ÔNG NGUYỄN VĂN NAM ĐÒI TIỀN", "ÔNG [họ tên] ĐÒI TIỀN"),
        ("CCCD 056201001234", "CCCD [số giấy tờ]"),
        ("056 201 001 234", "[số giấy tờ]"),
        ("cmnd: 225.123.456", "cmnd: [số giấy tờ]"),
        ("225123456", "[số giấy tờ]"),
        ("0905.222.318", "[số điện thoại]"),
        ("+84 905 222 318", "[số điện thoại]"),
        ("84905222318", "[số điện thoại]"),
        ("(0258) 3 822 444", "[số điện thoại]"),
        ("0905222318 0912345678", "[số điện thoại] [số điện thoại]"),
        ("hoa.le@thu.vn nhé", "[thư điện tử] nhé"),
        ("stk 0123 456 789 vcb", "stk [số tài khoản] vcb"),
        ("xe 79A-123.45 lấn tuyến", "xe [biển số xe] lấn tuyến"),
        ("xe 85-B1 12345", "xe [biển số xe]"),
        ("số 12/5 đường Lê Hồng Phong", "số [số nhà] đường Lê Hồng Phong"),
        ("hẻm 45/2 ngập", "hẻm [số nhà] ngập"),
        ("trước 24/3 Trần Phú", "trước [số nhà] Trần Phú"),
        ("hồ sơ H32.22366-20260622-0000123", "hồ sơ [mã hồ sơ]"),
        ("000.00.19.H32-250701-0001", "[mã hồ sơ]"),
    ],
)
def test_personal_things_are_hidden(said: str, shown: str) -> None:
    assert mask(said).text == shown


@pytest.mark.parametrize(
    "said",
    [
        "phí 150.000.000 đồng",
        "nghị định số 118/2025/NĐ-CP",
        "ngày 12/5/2026 lúc 15:30",
        "kẹt xe ở đường 2/4 và đường Trần Phú",
        "bà con phản ánh, ông bà và anh em đều khổ, chị em tiểu thương chợ Đầm",
        "em bé bị chó cắn, cô giáo đánh học sinh",
        "đường Bà Triệu và đường Lê Thánh Tôn",
        "gọi 113, 114, 115 hoặc 1900 1822 không được",
        "thủ tục 1.004873 nộp 3 bản",
        "diện tích 1200 m2, thửa 45 tờ bản đồ số 12",
        "Chủ tịch UBND phường Nam Nha Trang",
    ],
)
def test_what_is_nobodys_stays(said: str) -> None:
    assert mask(said).text == said


def test_known_names_are_hidden_in_any_spelling() -> None:
    masked = mask("tham o nha 3, nhờ THẮM gọi lại", names=["Thắm"])

    assert masked.text == "[họ tên] o nha [số nhà], nhờ [họ tên] gọi lại"
    assert [one.kind for one in masked.found] == ["name", "address", "name"]


def test_marks_are_the_same_for_the_same_thing_and_come_back() -> None:
    said = "ông Nguyễn Văn Tới gọi 0905222318, rồi 0905222318 không bắt máy"

    hidden = hide(said)

    assert hidden.text.count("[ĐIỆN_THOẠI_1]") == 2
    assert hidden.restore(hidden.text) == said
    assert hidden.restore("Gửi [TÊN_1], [TÊN_9]") == "Gửi Nguyễn Văn Tới, [TÊN_9]"


def test_a_mark_in_the_writers_own_words_is_not_taken_for_ours() -> None:
    said = "[ĐIỆN_THOẠI_1] là gì, gọi 0905222318"

    hidden = hide(said)

    assert hidden.restore(hidden.text) == said


def test_what_is_masked_is_masked_once() -> None:
    once = mask("bà Lan, số 12/5 đường Lê Lợi, tài khoản 123456789, xe 79A-123.45").text

    assert mask(once).text == once
    assert all(shown in once for shown in list(PLACEHOLDERS.values())[4:7])


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("gọi +84 (905) 123-456 giùm", "gọi [số điện thoại] giùm"),
        ("gọi o913.222.333", "gọi [số điện thoại]"),
        ("gọi O9O5 I23 456", "gọi [số điện thoại]"),
        ("thư bac.sau (a) example . com", "thư [thư điện tử]"),
        ("cô giáo Mai Thị Bưởi", "cô giáo [họ tên]"),
        ("tên tôi: lê thị bưởi, ở đây", "tên tôi: [họ tên], ở đây"),
        ("toi la nguyen van sau", "toi la [họ tên]"),
        ("tôi là người dân, loại oi 4 lần", "tôi là người dân, loại oi 4 lần"),
    ],
)
def test_written_to_slip_past_is_hidden_too(written: str, published: str) -> None:
    assert mask(written).text == published
