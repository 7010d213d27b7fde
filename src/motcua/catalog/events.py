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
