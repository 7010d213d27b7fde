"""What the simulation leaves in the ledger about itself."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class QuarterSimulated(Fact):
    """A quarter was simulated to its end."""

    kind: ClassVar[str] = "demo.quarter_simulated"
    quarter: str
    seed: int
    received: int
    settled: int
    facts: int
    seconds: int
