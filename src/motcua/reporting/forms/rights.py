"""Who reads a form, who makes and closes it."""

from motcua.directory.actor import Actor

OWN = ("head", "chairman", "centre_lead")
OFFICERS, AGENCIES, REGISTER = "officers", "agencies", "register"


def reads(actor: Actor, *, form: str, agency_id: int | None) -> bool:
    """Tell whether this person reads a form of an agency (None: of the whole province).

    Scores of agencies are open to every officer; scores of officers to those who answer for them
    (and of one's own line to everybody, see `reads_own_line`); the register to who leads there.
    """
    if not actor.is_staff:
        return False
    if form == OFFICERS:
        return scores_officers(actor, agency_id=agency_id)
    if form == AGENCIES:
        return True
    return is_wide(actor) or _leads(actor, agency_id)


def scores_officers(actor: Actor, *, agency_id: int | None) -> bool:
    """Tell whether this person sees every officer of an agency (None: of the province).

    Its head, controllers, inspectors, the province's chairman: the same for the form and the board.
    """
    if actor.has_role("controller", "auditor") or _is_province_chairman(actor):
        return True
    return agency_id is not None and actor.has_role("head", "chairman", agency_id=agency_id)


def reads_own_line(actor: Actor, *, form: str, agency_id: int | None) -> bool:
    """Tell whether an officer sees the own line in the scores of the own agency."""
    return form == OFFICERS and actor.is_staff and agency_id in actor.agency_ids()


def closes(actor: Actor, *, form: str, agency_id: int | None) -> bool:
    """Tell whether this person makes, closes and sends a form: controllers, and who leads there."""
    if form == REGISTER or not reads(actor, form=form, agency_id=agency_id):
        return False
    return actor.has_role("controller") or _is_province_chairman(actor) or _leads(actor, agency_id)


def is_wide(actor: Actor) -> bool:
    """Tell whether forms of the whole province are open: controller, auditor, chairman."""
    return actor.is_province_wide


def _leads(actor: Actor, agency_id: int | None) -> bool:
    return agency_id is not None and actor.has_role(*OWN, agency_id=agency_id)


def _is_province_chairman(actor: Actor) -> bool:
    return any(post.role == "chairman" and post.agency_level == "province" for post in actor.posts)
