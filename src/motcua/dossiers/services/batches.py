"""One act on many dossiers: each in its own transaction, each with its result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.directory.actor import Actor
from motcua.dossiers.services import issuing, settling
from motcua.kernel.refused import Refused

MAX_ITEMS = 200


@dataclass(frozen=True)
class Item:
    """What came of one dossier in a batch; `refusal` is empty when it was done."""

    code: str
    refusal: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the act was done."""
        return not self.refusal


def approve_many(*, codes: Sequence[str], by: Actor, at: datetime) -> list[Item]:
    """Approve several dossiers; a refusal of one leaves the others as they are.

    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    return _each(codes, lambda code: settling.approve(code=code, by=by, at=at))


def issue_many(*, codes: Sequence[str], by: Actor, at: datetime) -> list[Item]:
    """Number and stamp several dossiers, each with its own number.

    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    return _each(codes, lambda code: issuing.issue(code=code, by=by, at=at))


def appraise_many(*, codes: Sequence[str], by: Actor, at: datetime) -> list[Item]:
    """Pass several eligible dossiers on.

    Source: 118/2025/NĐ-CP Điều 19 khoản 3.
    """
    return _each(codes, lambda code: settling.appraise(code=code, by=by, at=at))


def _each(codes: Sequence[str], act: Callable[[str], object]) -> list[Item]:
    items = []
    for code in list(dict.fromkeys(codes))[:MAX_ITEMS]:
        try:
            act(code)
        except Refused as refusal:
            items.append(Item(code, str(refusal)))
        else:
            items.append(Item(code))
    return items
