"""Moments and quantities as official papers write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(at: datetime) -> str:
    """Return "09 giờ 12 phút, ngày 16 tháng 11 năm 2026"."""
    local = at.astimezone(HERE)
    return f"{local:%H} giờ {local:%M} phút, {day(local.date())}"


def day(on: date) -> str:
    """Return "ngày 05 tháng 02 năm 2026": below 10, and months 1 and 2, take a zero.

    Source: 30/2020/NĐ-CP Phụ lục I.
    """
    month = f"{on.month:02}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02} tháng {month} năm {on.year}"


def short_day(on: date) -> str:
    """Return "16/11/2026"."""
    return f"{on:%d/%m/%Y}"


def short_moment(at: datetime) -> str:
    """Return "09:12 16/11/2026"."""
    return f"{at.astimezone(HERE):%H:%M %d/%m/%Y}"


def stamp(at: datetime) -> str:
    """Return "16/11/2026 09:12:40 +07:00", the time of a digital signature.

    Source: 30/2020/NĐ-CP Phụ lục I.
    """
    return f"{at.astimezone(HERE):%d/%m/%Y %H:%M:%S} +07:00"
