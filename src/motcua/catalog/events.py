"""What happened in the catalogue."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CatalogueLoaded(Fact):
    """A file of procedures was loaded."""

    kind: ClassVar[str] = "catalog.loaded"
    source: str
    taken: int
    unchanged: int
    changed: int
    set_aside: int


@dataclass(frozen=True, kw_only=True)
class ProcedureChanged(Fact):
    """A known procedure got a new version."""

    kind: ClassVar[str] = "catalog.procedure_changed"
    code: str
    version: int
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class ListsCompared(Fact):
    """Our catalogue was set beside a list."""

    kind: ClassVar[str] = "catalog.compared"
    comparison_id: int
    against: str
    rows: int
    found: int
    known: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class DifferenceFact(Fact):
    """Base: every fact about a difference names it, and the run or act it came from."""

    difference_id: int


@dataclass(frozen=True, kw_only=True)
class DifferenceFound(DifferenceFact):
    """A difference was seen for the first time."""

    kind: ClassVar[str] = "difference.found"
    what: str
    code: str
    here: str
    there: str


@dataclass(frozen=True, kw_only=True)
class DifferenceChanged(DifferenceFact):
    """A run found its two sides saying something else than before."""

    kind: ClassVar[str] = "difference.changed"
    here: str
    there: str


@dataclass(frozen=True, kw_only=True)
class DifferenceReopened(DifferenceFact):
    """A run found a difference again that had been settled, or that says something else now."""

    kind: ClassVar[str] = "difference.reopened"
    here: str
    there: str


@dataclass(frozen=True, kw_only=True)
class DifferenceGone(DifferenceFact):
    """A run no longer found it."""

    kind: ClassVar[str] = "difference.gone"
    comparison_id: int


@dataclass(frozen=True, kw_only=True)
class DifferenceAssigned(DifferenceFact):
    """Somebody was named to settle it, by a day."""

    kind: ClassVar[str] = "difference.assigned"
    owner_id: int
    owner: str
    due_on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class DifferenceSettled(DifferenceFact):
    """Its owner says that it was brought into line, and how."""

    kind: ClassVar[str] = "difference.settled"
    note: str


@dataclass(frozen=True, kw_only=True)
class DifferenceKept(DifferenceFact):
    """It stays as it is, with the reason."""

    kind: ClassVar[str] = "difference.kept"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DifferenceNoted(DifferenceFact):
    """Somebody wrote a note."""

    kind: ClassVar[str] = "difference.noted"
    note: str
