"""Arithmetic of fees, and the text of a VietQR code. Pure."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.codes import crc16
from motcua.kernel.worktime import WorkCalendar

REMIT_WORKING_HOURS = 8


@dataclass(frozen=True)
class Line:
    """One line of a bill: what, how many, how much each, and the most it may come to."""

    key: str
    name: str
    kind: str
    unit_vnd: int
    quantity: int = 1
    amount_vnd: int | None = None

    @property
    def total_vnd(self) -> int:
        """Amount of the line in đồng."""
        return self.unit_vnd * self.quantity if self.amount_vnd is None else self.amount_vnd


def total_vnd(lines: list[Line]) -> int:
    """Return what a bill comes to, in đồng.

    Source: 118/2025/NĐ-CP Điều 24 khoản 1.
    """
    return sum(line.total_vnd for line in lines)


def remit_by(calendar: WorkCalendar, paid_at: datetime) -> datetime:
    """Return until when money paid must have reached the budget: eight working hours (R24).

    Where sector law says otherwise, that holds instead.
    Source: 118/2025/NĐ-CP Điều 24 khoản 3.
    """
    return calendar.add_working_minutes(paid_at, REMIT_WORKING_HOURS * 60)


def vietqr(*, bin_code: str, account: str, amount_vnd: int, purpose: str) -> str:
    """Return the text of a dynamic VietQR transfer code.

    `bin_code`: six digits of the bank; `purpose`: at most 25 plain letters.
    Source: 118/2025/NĐ-CP Điều 24 khoản 1 (transfer); EMVCo MPM as NAPAS publishes it.
    """
    payee = _tlv("00", bin_code) + _tlv("01", account)
    scheme = _tlv("00", "A000000727") + _tlv("01", payee) + _tlv("02", "QRIBFTTA")
    text = (
        _tlv("00", "01")
        + _tlv("01", "12")
        + _tlv("38", scheme)
        + _tlv("53", "704")
        + _tlv("54", str(amount_vnd))
        + _tlv("58", "VN")
        + _tlv("62", _tlv("08", purpose[:25]))
        + "6304"
    )
    return text + crc16(text)


def _tlv(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"
