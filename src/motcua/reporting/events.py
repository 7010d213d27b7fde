"""What can happen to figures. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PeriodClosed(Fact):
    """The figures of a period were kept as they were sent."""

    kind: ClassVar[str] = "reporting.period_closed"
    key: str
    first: date
    until: datetime
    digest: str
