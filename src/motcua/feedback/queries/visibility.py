"""The one authorisation predicate of feedback: who may read a case as an officer or as its sender."""

from django.db.models import Q, QuerySet

from motcua.directory.actor import Actor, PostRef
from motcua.feedback.models import Case
from motcua.feedback.rules import people

NOBODY = Q(pk__in=())


def visible_to(actor: Actor) -> "QuerySet[Case]":
    """Return the cases that this person may read. Every officer's read path starts here.

    Nobody reads what is said about themselves. A citizen reads what they sent. Moderators, the
    province's chairman and inspectors read all; an agency reads what it has; its appraisers read
    about conduct only what they handle; a counter reads what it took down.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d; 91/2025/QH15.
    """
    if actor.kind == "system":
        return Case.objects.all()
    return Case.objects.filter(predicate(actor))


def predicate(actor: Actor) -> Q:
    """Return the condition under which this person may read a case.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d; 91/2025/QH15.
    """
    if actor.is_citizen and actor.party_id:
        return Q(sender_party_id=actor.party_id)
    if not actor.is_staff:
        return NOBODY
    mine = {actor.account_id, *(post.holder_id for post in actor.posts)} - {None}
    others = Q(about_account__isnull=True) | ~Q(about_account_id__in=mine)
    if people.moderator_post(actor) or people.leading_post(actor) or actor.has_role("auditor"):
        return others
    condition = NOBODY
    for post in actor.posts:
        condition |= _of_post(post, actor)
    return condition & others


def _of_post(post: PostRef, actor: Actor) -> Q:
    at = Q(agency_id=post.agency_id)
    taken = Q(intake_id=post.agency_id) & ~Q(kind=Case.Kind.CONDUCT)
    if post.role in people.HEADS:
        return at | taken if post.role == "centre_lead" else at
    if post.role in people.OFFICERS:
        mine = at & (~Q(kind=Case.Kind.CONDUCT) | Q(handler_id=actor.account_id))
        return mine | taken if post.role == "receptionist" else mine
    return NOBODY
