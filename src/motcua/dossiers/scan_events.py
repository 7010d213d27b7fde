"""What can happen to the scans of a dossier's papers. Kinds are never renamed."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.dossiers.events import DossierFact


@dataclass(frozen=True, kw_only=True)
class PapersDigitised(DossierFact):
    """Scans were compared with their originals and stand in the dossier; not signed yet."""

    kind: ClassVar[str] = "dossier.papers_digitised"
    components: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PapersReopened(DossierFact):
    """That scans were compared was taken back."""

    kind: ClassVar[str] = "dossier.papers_reopened"
    components: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PapersSigned(DossierFact):
    """The officer who scanned them signed them (R26)."""

    kind: ClassVar[str] = "dossier.papers_signed"
    components: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PapersCertified(DossierFact):
    """The agency signed them as true copies (R12)."""

    kind: ClassVar[str] = "dossier.papers_certified"
    components: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingConfirmed(DossierFact):
    """An officer confirmed what the machine read on a paper; `changed` names fields, no values."""

    kind: ClassVar[str] = "dossier.reading_confirmed"
    paper: str
    component: str
    looked_at: int
    changed: tuple[str, ...]
