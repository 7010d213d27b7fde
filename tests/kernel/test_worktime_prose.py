"""Reading limits as procedures publish them."""

from decimal import Decimal

import pytest

from motcua.kernel.worktime import Limit, Unit
from motcua.kernel.worktime.prose import parse_limit, read_limit


def days(value) -> Limit:
    return Limit(value, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07 ngày làm việc", days(7)),
        ("7 Ngày làm việc", days(7)),
        ("03 (ba) ngày làm việc", days(3)),
        ("Không quá 12 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", days(12)),
        ("17.5 ngày làm việc", days(Decimal("17.5"))),
        ("05 - 07 ngày làm việc", days(7)),
        ("từ 5 đến 7 ngày", Limit(7, Unit.DAY)),
        ("30 Ngày", Limit(30, Unit.DAY)),
        ("hai mươi lăm ngày", Limit(25, Unit.DAY)),
        ("trong thời hạn mười lăm ngày làm việc", days(15)),
        ("1 tháng", Limit(1, Unit.MONTH)),
        ("08 giờ làm việc", Limit(8, Unit.WORKING_HOUR)),
        ("01 Giờ", Limit(1, Unit.WORKING_HOUR)),
        ("không quá 24 giờ", Limit(24, Unit.HOUR)),
        ("30 phút", Limit(Decimal("0.5"), Unit.WORKING_HOUR)),
        ("02 tuần", Limit(14, Unit.DAY)),
        ("Ngay trong ngày", Limit.same_day()),
        ("trong ngày; sau 15 giờ thì ngày làm việc tiếp theo", Limit.same_day()),
        ("Trong ngày làm việc nhận được hồ sơ hợp lệ", Limit.same_day()),
        ("Giải quyết ngay", Limit.at_once()),
        ("Ngay sau khi nhận đủ hồ sơ", Limit.at_once()),
        ("0 Giờ", Limit.at_once()),
        ("Không quy định", None),
        ("Giờ hành chính các ngày trong tuần", None),
        ("Có hiệu lực đến ngày 01 tháng 01 năm 2025", None),
        ("cho người dưới 06 tuổi", None),
        ("trẻ em từ 24 tháng tuổi", None),
        ("nộp hồ sơ sau 15 giờ", None),
        ("10-25", None),
        ("", None),
    ],
)
def test_limits_are_read_from_prose(text, expected):
    assert read_limit(text) == expected


def test_the_rest_of_the_text_is_kept():
    reading = parse_limit("05 ngày làm việc kể từ ngày nhận hồ sơ; xác minh thì 10 ngày làm việc")

    assert reading.limit == days(5)
    assert reading.rest.startswith("kể từ ngày nhận hồ sơ")
    assert reading.others == (days(10),)


def test_what_is_added_in_the_mountains_is_kept_apart():
    reading = parse_limit(
        "Đối với các xã miền núi thì thời gian được tăng thêm không quá 10 ngày làm việc. "
        "Không quá 8 ngày làm việc."
    )

    assert (reading.limit, reading.added) == (days(8), days(10))


@pytest.mark.parametrize(
    ("limit", "vi", "en"),
    [
        (days(7), "7 ngày làm việc", "7 working days"),
        (days(1), "1 ngày làm việc", "1 working day"),
        (Limit.at_once(), "giải quyết ngay", "at once"),
        (Limit.same_day(), "trong ngày làm việc", "within the working day"),
        (Limit(3.5, Unit.WORKING_DAY), "3,5 ngày làm việc", "3.5 working days"),
    ],
)
def test_limits_are_said_in_both_languages(limit, vi, en):
    assert (limit.words(), limit.words("en")) == (vi, en)
    assert Limit.from_dict(limit.as_dict()) == limit


def test_a_limit_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        days(-1)
