"""What the completeness check is told, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from motcua.documents.rules.kho import Fit


@dataclass(frozen=True)
class Need:
    """A component of the case: what kinds of paper it can be, and whether a database holds it.

    `kinds` empty: a paper that is none of the known kinds; `is_open`: any paper may prove it
    ("giấy tờ chứng minh …"). `is_own`: it names the owner, so another name on it is a question.
    """

    key: str
    name: str
    required: bool = True
    kinds: tuple[str, ...] = ()
    is_open: bool = False
    is_own: bool = False
    held_by: str = ""
    is_declared: bool = False


@dataclass(frozen=True)
class Reading:
    """What the machine read on one document, each with its confidence from 0 to 1.

    `clarity`: how surely the words themselves were read. `last_day`: until when it counts.
    """

    kind: str
    kind_confidence: float
    clarity: float
    owner: str = ""
    owner_confidence: float = 0.0
    last_day: date | None = None
    last_day_confidence: float = 0.0


@dataclass(frozen=True)
class Document:
    """One document among what was attached; `slot` is the component under which it was put."""

    key: str
    slot: str
    reading: Reading | None = None


@dataclass(frozen=True)
class Case:
    """One case as it stands when it is checked.

    `on_paper`: components counted on paper at the counter. `taken`: components that stand from the
    store already. `store`: what of the owner's store fits. `silent`: databases that do not answer.
    """

    needs: tuple[Need, ...]
    on: date
    owner: str = ""
    documents: tuple[Document, ...] = ()
    on_paper: frozenset[str] = frozenset()
    taken: Mapping[str, str] = field(default_factory=dict)
    store: Mapping[str, list[Fit]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()


class Status(Enum):
    """How a component stands."""

    PRESENT = "present"
    MISSING = "missing"
    EXPIRED = "expired"
    DOUBTFUL = "doubtful"
    HELD_BY_STORE = "held_by_store"
    HELD_BY_DATABASE = "held_by_database"
    NOT_NEEDED = "not_needed"


class Why(Enum):
    """What a status rests on."""

    SEEN = "seen"
    ON_PAPER = "on_paper"
    DECLARED = "declared"
    UNREAD = "unread"
    NOTHING = "nothing"
    DATABASE_SILENT = "database_silent"
    DAY_PASSED = "day_passed"
    DAY_UNSURE = "day_unsure"
    UNREADABLE = "unreadable"
    OTHER_KIND = "other_kind"
    KIND_UNSURE = "kind_unsure"
    OTHER_PERSON = "other_person"
    TAKEN = "taken"
    IN_STORE = "in_store"
    IN_DATABASE = "in_database"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Finding:
    """What the check says of one component.

    `document`: the one it rests on. `read`: the kind, name or day that was read there. `fit`: what
    the store offers (for HELD_BY_STORE), or only proposes (for MISSING).
    """

    need: Need
    status: Status
    why: Why
    document: str = ""
    read: str = ""
    day: date | None = None
    fit: Fit | None = None

    @property
    def is_wanting(self) -> bool:
        """Tell whether somebody should look: missing, expired or doubtful."""
        return self.status in {Status.MISSING, Status.EXPIRED, Status.DOUBTFUL}

    @property
    def is_proposed(self) -> bool:
        """Tell whether it is proposed for the supplement request: surely not there, or run out."""
        return self.status in {Status.MISSING, Status.EXPIRED}
