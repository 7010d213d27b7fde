"""One act on many dossiers: each in its own transaction, each with its result; one PIN for all."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import refusals
from motcua.dossiers.queries.visibility import visible_to
from motcua.dossiers.services import issuing, seals, settling
from motcua.kernel.refused import Refused
from motcua.signing.models import Kind

MAX_ITEMS = 200
MAX_SIGNED = 100


@dataclass(frozen=True)
class Item:
    """What came of one dossier in a batch; `refusal` is empty when it was done."""

    code: str
    refusal: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the act was done."""
        return not self.refusal


def approve_many(*, codes: Sequence[str], by: Actor, at: datetime, pin: str = "") -> list[Item]:
    """Approve several dossiers; a refusal of one leaves the others as they are.

    `pin`: opens the personal key once, and every result document is signed with it.
    Raises what opening the key raises: then nothing was approved. Raises Misstated: too many.
    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    with ExitStack() as keys:
        hand = _hand(keys, codes, seals.PERSONAL, by, at, pin)
        return _each(codes, lambda code: settling.approve(code=code, by=by, at=at, pin=hand))


def issue_many(*, codes: Sequence[str], by: Actor, at: datetime, pin: str = "") -> list[Item]:
    """Number and stamp several dossiers, each with its own number.

    `pin`: opens the agency's key once, and every document that was signed gets its signature.
    Raises what opening the key raises: then nothing was issued. Raises Misstated: too many.
    Source: 118/2025/NĐ-CP Điều 22 khoản 1; 30/2020/NĐ-CP Điều 32.
    """
    with ExitStack() as keys:
        hand = _hand(keys, codes, seals.AGENCY, by, at, pin)
        return _each(codes, lambda code: issuing.issue(code=code, by=by, at=at, pin=hand))


def _hand(
    keys: ExitStack, codes: Sequence[str], kind: Kind, by: Actor, at: datetime, pin: str
) -> seals.Hand:
    """Open the key for the batch; all its documents are one agency's."""
    if not pin:
        return ""
    if len(codes) > MAX_SIGNED:
        raise refusals.Misstated(_("Mỗi lượt ký số tối đa %d hồ sơ.") % MAX_SIGNED, field="code")
    first = visible_to(by).filter(code__in=list(codes)).order_by("competent_id").first()
    if first is None:
        raise refusals.NotFound(_("Không có hồ sơ nào trong phạm vi của bạn."))
    pen = seals.pen_of(hand=pin, kind=kind, by=by, agency_id=first.competent_id, at=at)
    return keys.enter_context(pen)


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
