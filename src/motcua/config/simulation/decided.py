"""What was decided of one dossier, and of the slip that its papers travel on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What the plan says of one dossier."""

    number: int
    offer: int
    case: int
    channel: int
    place: int
    receiving: int
    competent: int
    fate: int
    officer: int
    clerk: int
    slip: int
    filed: float
    accepted: float
    saturday: float
    started: float
    base: float
    legal: float
    due: float
    asked: float
    waited: float
    there: float
    end: float
    is_local: bool
    is_late: bool
    is_scanned: bool
    is_reused: bool
    is_stamped: bool


@dataclass(frozen=True)
class SlipTold:
    """A slip as its dossiers know it."""

    number: str
    leaves: datetime
    arrives: datetime
    due_at: datetime
