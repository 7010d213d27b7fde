"""What is decided of every dossier before it is lived: one array for each thing, all of one length.

Working minutes count from the first opening of the quarter, 480 a day, lunch and nights left out.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
COUNTER, ONLINE, POST = 0, 1, 2
CHANNELS = ("counter", "online", "post")
PROVINCE, COMMUNE = 0, 1


@dataclass
class Plan:
    """Every dossier of a slice of the quarter.

    filed: when the counter wrote it down (online: about when it was sent). accepted, started, base:
    when it was accepted, when its clock began, and from when the present due time counts. asked,
    waited: when its special thing happens and for how long it takes. end: when the result is issued
    or it is withdrawn or closed; for what stays open, some time after the quarter. officer, clerk:
    who appraises and who receives, as places in the lists of their agencies. slip: -1 without paper.
    is_away: who appraises has days off before it is due. saturday: accepted so many minutes after
    the counter opened on the Saturday before; in working minutes that is as the next day begins.
    """

    level: Ints
    offer: Ints
    case: Ints
    channel: Ints
    place: Ints
    competent: Ints
    receiving: Ints
    person: Ints
    fate: Ints
    officer: Ints
    clerk: Ints
    slip: Ints
    filed: Floats
    accepted: Floats
    saturday: Floats
    started: Floats
    base: Floats
    legal: Floats
    due: Floats
    asked: Floats
    waited: Floats
    there: Floats
    end: Floats
    is_local: Flags
    is_received: Flags
    is_settled: Flags
    is_late: Flags
    is_scanned: Flags
    is_reused: Flags
    is_stamped: Flags
    is_away: Flags

    @classmethod
    def blank(cls, count: int) -> "Plan":
        """Return a plan in which nothing is decided."""
        columns: dict[str, Any] = {}
        for one in fields(cls):
            kind = np.float64 if one.name in _MINUTES else np.int32
            columns[one.name] = np.zeros(count, np.bool_ if one.name.startswith("is_") else kind)
        return cls(**columns)

    def taken(self, places: Places) -> "Plan":
        """Return the plan of these dossiers, in this order."""
        return Plan(**{one.name: getattr(self, one.name)[places] for one in fields(self)})

    def __len__(self) -> int:
        return len(self.level)


_MINUTES = frozenset(
    {
        "filed",
        "accepted",
        "saturday",
        "started",
        "base",
        "legal",
        "due",
        "asked",
        "waited",
        "there",
        "end",
    }
)


@dataclass(frozen=True)
class Slip:
    """Papers that leave a centre for an agency with one courier.

    first, saturday: the earliest acceptance among them, as in the plan.
    """

    sender: int
    receiver: int
    leaves: float
    arrives: float
    first: float
    saturday: float
    number: int
