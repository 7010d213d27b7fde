"""Who may do an act to a case: the moderators, the agency that has it, inspectors, the sender."""

from typing import Protocol

from motcua.directory.actor import Actor, PostRef
from motcua.feedback.rules.states import ACT_RULES, Act

# At a committee or department an appraiser works, a head decides; at a centre counter and director.
OFFICERS = frozenset({"appraiser", "receptionist"})
HEADS = frozenset({"head", "chairman", "centre_lead"})
INSPECTORS = frozenset({"auditor"})
MODERATOR_ROLES = frozenset({"receptionist", "centre_lead"})


class Whose(Protocol):
    """What must be known of a case to tell who may act on it."""

    kind: str
    agency_id: int | None
    handler_id: int | None
    about_account_id: int | None
    about_agency_id: int | None
    sender_party_id: int | None


def moderator_post(by: Actor) -> PostRef | None:
    """Return the post in which somebody moderates: at the province's centre, or in control.

    Source: 118/2025/NĐ-CP Điều 8 khoản 2 điểm e (the centre of the province receives and handles).
    """
    for post in by.posts:
        is_centre = post.agency_kind == "centre" and post.agency_level == "province"
        if post.role == "controller" or (is_centre and post.role in MODERATOR_ROLES):
            return post
    return None


def leading_post(by: Actor) -> PostRef | None:
    """Return the post of who leads the moderators: the centre's director, or the chairman.

    Source: 118/2025/NĐ-CP Điều 9.
    """
    for post in by.posts:
        is_director = post.role == "centre_lead" and post.agency_kind == "centre"
        if post.agency_level == "province" and (is_director or post.role == "chairman"):
            return post
    return None


def is_concerned(case: Whose, *, by: Actor) -> bool:
    """Tell whether a case is about this officer's own conduct.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1; rule of the house: nobody judges their own case.
    """
    mine = {by.account_id, *(post.holder_id for post in by.posts)} - {None}
    return case.about_account_id in mine


def may(case: Whose, act: Act, *, by: Actor) -> bool:
    """Tell whether an officer holds what an act needs, whatever the state of the case.

    Source: 118/2025/NĐ-CP Điều 8, Điều 19 khoản 1 (the article of each act in ACT_RULES).
    """
    return by.kind == "system" or post_for(case, act, by=by) is not None


def post_for(case: Whose, act: Act, *, by: Actor) -> PostRef | None:
    """Return the post in which an officer does an act, None when there is none.

    Who is concerned does nothing in the case. One officer of an agency handles it once it was taken.
    Source: 118/2025/NĐ-CP Điều 8, Điều 19 khoản 1.
    """
    if not by.is_staff or is_concerned(case, by=by):
        return None
    who = ACT_RULES[act].who
    if "moderator" in who and (post := moderator_post(by) or leading_post(by)):
        return post
    if "inspector" in who and (post := by.post_for(*INSPECTORS)):
        return post
    if case.agency_id is None:
        return None
    if "head" in who or "officer" in who:
        post = by.post_for(*HEADS, agency_id=case.agency_id)
        if post is not None:
            return post
    if "officer" in who:
        return _officer_post(case, act, by)
    return None


def _officer_post(case: Whose, act: Act, by: Actor) -> PostRef | None:
    for post in by.posts:
        if post.role not in OFFICERS or post.agency_id != case.agency_id:
            continue
        is_free = case.handler_id is None or act is Act.TAKE
        if is_free or case.handler_id in (by.account_id, post.holder_id):
            return post
    return None


def may_know_sender(case: Whose, *, by: Actor) -> bool:
    """Tell whether an officer may read who sent a case.

    About conduct only moderators and inspectors; else also who handles it and the agency's heads.
    Source: 91/2025/QH15; 118/2025/NĐ-CP Điều 5 khoản 1 điểm d; rule of the house.
    """
    if is_concerned(case, by=by) or not by.is_staff:
        return False
    if moderator_post(by) or by.has_role(*INSPECTORS):
        return True
    if case.kind == "conduct" or case.agency_id is None:
        return False
    is_head = by.has_role(*HEADS, agency_id=case.agency_id)
    return is_head or (case.handler_id is not None and case.handler_id == by.account_id)


def sees_signs(by: Actor) -> bool:
    """Tell whether somebody reads the signs that triage or an officer raised to the inspectors.

    Moderators, who leads them, and inspectors; the agency complained of reads danger to life only.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1, Điều 38; rule of the house.
    """
    if by.kind == "system" or moderator_post(by) or leading_post(by):
        return True
    return by.has_role(*INSPECTORS)


def needs_inspector(case: Whose, *, by: Actor) -> bool:
    """Tell whether a head may approve only what an inspector agreed to: their own officer's conduct.

    Source: rule of the house; 118/2025/NĐ-CP Điều 5 khoản 1, Điều 38.
    """
    if case.kind != "conduct":
        return False
    concerned = case.about_agency_id
    return concerned is None or concerned in by.agency_ids() or concerned == case.agency_id
