"""Who may do an act: the post it needs, at the place it is done, on that person's turn."""

from typing import Protocol

from motcua.directory.actor import Actor, PostRef
from motcua.dossiers.rules.states import ACT_RULES, Act


class Whose(Protocol):
    """What must be known of a dossier to tell who may act on it."""

    receiving_id: int
    competent_id: int
    turn_agency_id: int | None
    turn_role: str
    assignee_id: int | None
    applicant_id: int
    owner_id: int


def may(dossier: Whose, act: Act, *, by: Actor) -> bool:
    """Tell whether this person holds what an act needs, whatever the dossier's state.

    Source: 118/2025/NĐ-CP Điều 8, Điều 17, Điều 19, Điều 22 (the article of each act in ACT_RULES).
    """
    rule = ACT_RULES[act]
    if by.kind == "system":
        return True
    if rule.by_applicant and by.is_citizen:
        return by.party_id in (dossier.applicant_id, dossier.owner_id)
    return post_for(dossier, act, by=by) is not None


def post_for(dossier: Whose, act: Act, *, by: Actor) -> PostRef | None:
    """Return the post in which an officer does an act, or None.

    Source: 118/2025/NĐ-CP Điều 19 khoản 1.
    """
    rule = ACT_RULES[act]
    agency_id = {
        "receiving": dossier.receiving_id,
        "competent": dossier.competent_id,
        "turn": dossier.turn_agency_id,
    }[rule.place]
    if agency_id is None:
        return None
    roles = rule.roles
    if rule.on_turn:
        roles = _roles_of_turn(dossier, rule.roles)
    for post in by.posts:
        if post.agency_id != agency_id or post.role not in roles:
            continue
        given = dossier.assignee_id if rule.on_turn else None
        if given in (None, by.account_id) or post.holder_id == given:
            return post
    return None


def _roles_of_turn(dossier: Whose, roles: frozenset[str]) -> frozenset[str]:
    """The role of the current step; at the counter the head of the centre stands in."""
    turn = frozenset({dossier.turn_role}) & roles
    return turn | {"centre_lead"} if "receptionist" in turn else turn
