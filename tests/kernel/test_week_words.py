"""The hours of an ordinary week: runs of days, both languages, a week with holidays."""

from datetime import date

import pytest

from motcua.kernel.worktime import DayException
from motcua.kernel.worktime.bench import office_calendar
from motcua.kernel.worktime.week import week_words


@pytest.mark.parametrize(
    ("lang", "first"), [("vi", "thứ Hai đến thứ Sáu "), ("en", "Monday to Friday ")]
)
def test_days_of_equal_hours_are_one_run(lang, first):
    assert week_words(office_calendar(), date(2026, 11, 25), lang).startswith(first)


def test_a_holiday_does_not_make_the_ordinary_week_shorter():
    usual = week_words(office_calendar(), date(2026, 11, 25))
    holiday = office_calendar([DayException(date(2026, 11, 25), (), "nghỉ lễ")])

    assert week_words(holiday, date(2026, 11, 25)) == usual
