"""Points in time in the forms that logs have them in."""

from datetime import UTC, datetime

import numpy as np
import pytest

from motcua.reporting.mining import times


def micros(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-07-01T08:05:09", micros(2025, 7, 1, 8, 5, 9)),
        ("2025-07-01 08:05", micros(2025, 7, 1, 8, 5)),
        ("2025-07-01", micros(2025, 7, 1)),
        ("2025/07/01 08:05:09", micros(2025, 7, 1, 8, 5, 9)),
        ("2025-07-01T08:05:09.123+07:00", micros(2025, 7, 1, 1, 5, 9) + 123_000),
        ("2025-07-01T08:05:09.123456789Z", micros(2025, 7, 1, 8, 5, 9) + 123_456),
        ("2025-07-01T08:05:09+0700", micros(2025, 7, 1, 1, 5, 9)),
        ("2025-07-01T08:05:09-03:30", micros(2025, 7, 1, 11, 35, 9)),
        ("01/07/2025 08:05:09", micros(2025, 7, 1, 8, 5, 9)),
        ("1/7/2025 8:05", micros(2025, 7, 1, 8, 5)),
        ("01-07-2025", micros(2025, 7, 1)),
        ("1/7/2025 8:05 PM", micros(2025, 7, 1, 20, 5)),
        ("1/7/2025 12:05 AM", micros(2025, 7, 1, 0, 5)),
        ("08:05 01/07/2025", micros(2025, 7, 1, 8, 5)),
        ("01-Jul-2025 08:05:09", micros(2025, 7, 1, 8, 5, 9)),
        ("20250701080509", micros(2025, 7, 1, 8, 5, 9)),
        ("1751357109", 1751357109 * 1_000_000),
        ("1751357109123", 1751357109123 * 1000),
        ("2024-02-29", micros(2024, 2, 29)),
        ("1969-12-31T23:59:59Z", -1_000_000),
        ("2023-02-29", times.NAT),
        ("2025-13-01", times.NAT),
        ("2025-07-01T25:00:00", times.NAT),
        ("hôm qua", times.NAT),
        ("", times.NAT),
        ("n/a", times.NAT),
    ],
)
def test_a_text_is_a_moment(text: str, expected: int):
    assert times.read([text])[0] == expected


def test_many_forms_stand_in_one_column():
    texts = ["2025-07-01T08:00:00+07:00", "", "01/07/2025 01:00", "2025-07-01T01:00:00Z", "x"]

    found = times.read(texts)

    assert found[0] == found[2] == found[3]
    assert list(np.flatnonzero(found == times.NAT)) == [1, 4]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["07/13/2025"], False),
        (["13/07/2025"], True),
        (["01/02/2025"], True),
        (["2025-01-02"], True),
    ],
)
def test_day_or_month_first_is_seen_from_the_dates(dates: list[str], first: bool):  # noqa: FBT001
    assert times.day_comes_first(dates) is first
