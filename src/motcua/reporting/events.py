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


@dataclass(frozen=True, kw_only=True)
class RiskLearned(Fact):
    """A risk of lateness was learned and judged beside the one that held; `taken`: it holds now.

    brier: of the new one on the latest slice; held: of the one that held until then, in millionths.
    """

    kind: ClassVar[str] = "reporting.risk_learned"
    first: date
    last: date
    dossiers: int
    is_simulated: bool
    looks: int
    brier: int
    held: int
    taken: bool
    digest: str
