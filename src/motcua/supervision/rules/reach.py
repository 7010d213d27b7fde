"""Who answers a warning, who explains a signal, who closes it: nobody judges their own case."""

from typing import Protocol

from motcua.directory.actor import Actor

HEADS = ("head", "chairman", "centre_lead")
CONTROL = ("controller", "auditor")


class Owed(Protocol):
    """What must be known of a warning to tell who may answer it."""

    agency_id: int
    role: str
    account_id: int | None


class Pointed(Protocol):
    """What must be known of a signal to tell who may explain or close it."""

    about: str
    agency_id: int
    account_id: int | None
    is_guarded: bool


def may_answer(warning: Owed, *, by: Actor) -> bool:
    """Tell whether somebody owes this answer, or leads the agency that owes it.

    Source: 118/2025/NĐ-CP Điều 38.
    """
    if by.has_role(*HEADS, agency_id=warning.agency_id):
        return True
    return any(
        post.agency_id == warning.agency_id
        and post.role == warning.role
        and warning.account_id in (None, by.account_id, post.holder_id)
        for post in by.posts
    )


def is_concerned(signal: Pointed, *, by: Actor) -> bool:
    """Tell whether a signal is about this person, in their own post or in one lent to them.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1; rule of the house: nobody judges their own case.
    """
    mine = {by.account_id, *(post.holder_id for post in by.posts)} - {None}
    if signal.account_id is not None:
        return signal.account_id in mine
    return signal.about == "agency" and by.has_role(*HEADS, agency_id=signal.agency_id)


def may_explain(signal: Pointed, *, by: Actor) -> bool:
    """Tell whether somebody has the right to explain: the officer concerned, else who leads there.

    Source: 118/2025/NĐ-CP Điều 38; rule of the house (the officer's word stands beside the signal).
    """
    if signal.is_guarded:
        return False
    if signal.account_id is not None:
        return is_concerned(signal, by=by)
    return by.has_role(*HEADS, agency_id=signal.agency_id)


def may_close(signal: Pointed, *, by: Actor) -> bool:
    """Tell whether somebody may conclude: control, inspection, or who leads the officer's agency.

    Nobody closes a signal about themselves, nor a head one about the own agency.
    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    if is_concerned(signal, by=by):
        return False
    if by.has_role(*CONTROL):
        return True
    is_head = by.has_role(*HEADS, agency_id=signal.agency_id)
    return is_head and not signal.is_guarded and signal.about != "agency"
