"""Who digitises a dossier's papers, and who signs what of it."""

from typing import Protocol

from motcua.directory.actor import Actor, PostRef
from motcua.dossiers.rules.states import OPEN_STATES

COUNTER = ("receptionist", "centre_lead")
SETTLERS = ("appraiser", "head", "chairman")


class Whose(Protocol):
    """What must be known of a dossier to tell who may digitise its papers."""

    receiving_id: int
    competent_id: int
    state: str


def post_to_digitise(dossier: Whose, *, by: Actor) -> PostRef | None:
    """Return the post in which somebody scans and compares papers of a dossier (R26, R11).

    The counter that received it, or an officer of the agency that settles it, while it is open.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c, Điều 19 khoản 2.
    """
    if dossier.state not in OPEN_STATES:
        return None
    counter = by.post_for(*COUNTER, agency_id=dossier.receiving_id)
    return counter or by.post_for(*SETTLERS, agency_id=dossier.competent_id)


def may_sign(*, scanned_by: str, by: Actor) -> bool:
    """Tell whether a scan is this officer's to sign: whoever scanned it answers for it (R26).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c.
    """
    return scanned_by == by.key
