"""The risk of a dossier as the desk shows it: a mark with words and reasons, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.rules.states import RUNNING
from motcua.reporting.foresight import wording

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


@dataclass(frozen=True)
class Foreseen:
    """What is said of a dossier that may be late; `mark`: "likely" or "possible"."""

    mark: str
    said: str
    reasons: Sequence[str]
    is_simulated: bool

    @property
    def is_likely(self) -> bool:
        """Tell whether more than half like it were late."""
        return self.mark == "likely"


def foreseen(dossier: "Dossier", *, at: datetime) -> Foreseen | None:
    """Return what to say of a running dossier that is not late yet, None when that is nothing."""
    if dossier.risk is None or dossier.ended_at or dossier.state not in RUNNING:
        return None
    if dossier.due_at is None or dossier.due_at <= at:
        return None
    mark = wording.mark(dossier.risk)
    if not mark:
        return None
    kept = dossier.risk_reasons
    return Foreseen(
        mark, wording.said_of(dossier.risk), wording.lines(kept), wording.is_simulated(kept)
    )
