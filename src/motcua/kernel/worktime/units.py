"""Limits: how long the law gives, as a value and a unit."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import cast

Number = int | Decimal


class Unit(StrEnum):
    """What a legal limit is counted in."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    HOUR = "hour"


_NAMES = {
    "vi": {
        Unit.WORKING_HOUR: "giờ làm việc",
        Unit.WORKING_DAY: "ngày làm việc",
        Unit.DAY: "ngày",
        Unit.MONTH: "tháng",
        Unit.HOUR: "giờ",
    },
    "en": {
        Unit.WORKING_HOUR: "working hour",
        Unit.WORKING_DAY: "working day",
        Unit.DAY: "day",
        Unit.MONTH: "month",
        Unit.HOUR: "hour",
    },
}


@dataclass(frozen=True)
class Limit:
    """A time limit as published, such as 7 working days.

    Zero has two meanings that the law itself uses: 0 working hours is "giải quyết ngay" (at once,
    so within the working day of receipt) and 0 working days is "trong ngày" (within the day, the
    next working day when received after the cut-off hour).
    """

    value: Number
    unit: Unit

    def __post_init__(self) -> None:
        value = self.value
        if isinstance(value, float):
            value = Decimal(str(value))
        if isinstance(value, Decimal) and value == value.to_integral_value():
            value = int(value)
        if value < 0:
            raise ValueError("a limit cannot be negative")
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "unit", Unit(self.unit))

    @classmethod
    def at_once(cls) -> "Limit":
        """Return the limit of a procedure that is settled while the person waits."""
        return cls(0, Unit.WORKING_HOUR)

    @classmethod
    def same_day(cls) -> "Limit":
        """Return "trong ngày; sau 15 giờ thì ngày làm việc tiếp theo"."""
        return cls(0, Unit.WORKING_DAY)

    @property
    def is_at_once(self) -> bool:
        """Whether the procedure is settled while the person waits."""
        return self.value == 0 and self.unit in {Unit.WORKING_HOUR, Unit.HOUR}

    @property
    def is_same_day(self) -> bool:
        """Whether the limit is the day of receipt itself."""
        return self.value == 0 and not self.is_at_once

    @property
    def is_working_time(self) -> bool:
        """Whether days off do not count."""
        return self.unit in {Unit.WORKING_HOUR, Unit.WORKING_DAY}

    def words(self, lang: str = "vi") -> str:
        """Return the limit as people say it."""
        if self.value == 0:
            return _zero_words(self, lang)
        name = _NAMES[lang][self.unit]
        if lang == "vi":
            return f"{str(self.value).replace('.', ',')} {name}"
        return f"{self.value} {name}" + ("" if self.value == 1 else "s")

    def as_dict(self) -> dict[str, object]:
        """Return the limit as JSON-ready data (see `from_dict`)."""
        value = self.value if isinstance(self.value, int) else str(self.value)
        return {"value": value, "unit": self.unit.value}

    @classmethod
    def from_dict(cls, stored: dict[str, object]) -> "Limit":
        """Return the limit that `as_dict` wrote."""
        value = stored["value"]
        number = value if isinstance(value, int) else Decimal(str(value))
        return cls(number, Unit(cast("str", stored["unit"])))


def _zero_words(limit: Limit, lang: str) -> str:
    if lang == "vi":
        return "giải quyết ngay" if limit.is_at_once else "trong ngày làm việc"
    return "at once" if limit.is_at_once else "within the working day"
