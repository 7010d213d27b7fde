"""What can happen to papers. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StoreFact(Fact):
    """Base: every fact about a stored paper names it by its key and its name."""

    paper: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PaperKept(StoreFact):
    """A paper was put into its owner's store, or stands there at a higher level."""

    kind: ClassVar[str] = "kho.kept"
    paper_kind: str
    level: int
    source: str
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperUsed(StoreFact):
    """A stored paper stood for a component of a dossier; `replaces`: no paper had to be brought."""

    kind: ClassVar[str] = "kho.used"
    case: str
    component: str
    replaces: bool


@dataclass(frozen=True, kw_only=True)
class PaperReplaced(StoreFact):
    """A newer paper took its place."""

    kind: ClassVar[str] = "kho.replaced"
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PaperRevoked(StoreFact):
    """Who issued it took it back."""

    kind: ClassVar[str] = "kho.revoked"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PaperDoubted(StoreFact):
    """An officer found a stored paper wrong or outdated, with the reason."""

    kind: ClassVar[str] = "kho.doubted"
    case: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class UploadRemoved(StoreFact):
    """The owner removed a paper that they had uploaded themselves."""

    kind: ClassVar[str] = "kho.removed"


@dataclass(frozen=True, kw_only=True)
class PaperOpened(StoreFact):
    """Somebody opened a stored paper; its owner sees who, and for which dossier."""

    kind: ClassVar[str] = "read.kho_paper"
    about: str


@dataclass(frozen=True, kw_only=True)
class StoreSearched(Fact):
    """The store was searched for papers that fit a procedure; its owner sees who did."""

    kind: ClassVar[str] = "read.kho"
    about: str
    found: int


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Fact):
    """The owner allowed a purpose beyond settling."""

    kind: ClassVar[str] = "kho.consent_given"
    purpose: str
    text_version: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Fact):
    """The owner took a consent back."""

    kind: ClassVar[str] = "kho.consent_withdrawn"
    purpose: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class FileQuarantined(Fact):
    """The virus scanner found something in a file: refused on its way in, or found later."""

    kind: ClassVar[str] = "file.quarantined"
    file: str
    threat: str
    sha256: str
    case_id: int | None
    component: str
    source: str
    sender: str


@dataclass(frozen=True, kw_only=True)
class FileDestroyed(Fact):
    """The administrator removed the bytes of an isolated file for good; its row stays."""

    kind: ClassVar[str] = "file.destroyed"
    file: str
    threat: str
    sha256: str
    case_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class FileDamaged(Fact):
    """An inspection found stored bytes changed or missing; `found` says which."""

    kind: ClassVar[str] = "file.damaged"
    file: str
    found: str
    sha256: str
    read_sha256: str
    case_id: int | None


@dataclass(frozen=True, kw_only=True)
class FileMended(Fact):
    """An inspection found bytes whole again that were changed or missing before."""

    kind: ClassVar[str] = "file.mended"
    file: str


@dataclass(frozen=True, kw_only=True)
class StackScanned(Fact):
    """An officer laid files on a stack of scans."""

    kind: ClassVar[str] = "digitised.stack_scanned"
    batch: str
    case: str
    files: int


@dataclass(frozen=True, kw_only=True)
class DigitisedFact(Fact):
    """Base: what happened to a paper on its way from the scanner to the store."""

    paper: str
    case: str
    component: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperScanned(DigitisedFact):
    """Sheets of a stack became one paper."""

    kind: ClassVar[str] = "digitised.scanned"
    sheets: int


@dataclass(frozen=True, kw_only=True)
class PaperRead(DigitisedFact):
    """The machine read it and made its PDF."""

    kind: ClassVar[str] = "digitised.read"
    confidence: float


@dataclass(frozen=True, kw_only=True)
class PaperUnread(DigitisedFact):
    """Its PDF was made, but the machine could not read it."""

    kind: ClassVar[str] = "digitised.unread"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PaperCompared(DigitisedFact):
    """An officer compared it with the original."""

    kind: ClassVar[str] = "digitised.compared"


@dataclass(frozen=True, kw_only=True)
class PaperReopened(DigitisedFact):
    """That it was compared was taken back, so that its sheets may be changed."""

    kind: ClassVar[str] = "digitised.reopened"


@dataclass(frozen=True, kw_only=True)
class PaperSigned(DigitisedFact):
    """The officer who scanned it signed it."""

    kind: ClassVar[str] = "digitised.signed"


@dataclass(frozen=True, kw_only=True)
class PaperCertified(DigitisedFact):
    """The agency signed it as a true copy."""

    kind: ClassVar[str] = "digitised.certified"


@dataclass(frozen=True, kw_only=True)
class PaperStored(DigitisedFact):
    """It went into its owner's store."""

    kind: ClassVar[str] = "digitised.stored"


@dataclass(frozen=True, kw_only=True)
class PaperReused(DigitisedFact):
    """It stood for a component of another dossier."""

    kind: ClassVar[str] = "digitised.reused"
    in_case: str
