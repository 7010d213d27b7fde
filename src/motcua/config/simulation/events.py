"""What the simulation leaves in the ledger about itself."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class QuarterBegun(Fact):
    """A run of a quarter began."""

    kind: ClassVar[str] = "demo.quarter_begun"
    quarter: str
    seed: int
    dossiers: int
    settle_rest: bool


@dataclass(frozen=True, kw_only=True)
class SliceBegun(Fact):
    """A slice was planned and its slips were written; `plan` is a digest of what was decided."""

    kind: ClassVar[str] = "demo.slice_begun"
    quarter: str
    number: int
    plan: str
    slip_key: int
    slip_numbers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgencyWritten(Fact):
    """The dossiers of one agency in a slice were written, so many facts."""

    kind: ClassVar[str] = "demo.agency_written"
    quarter: str
    number: int
    agency: str
    facts: int


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
