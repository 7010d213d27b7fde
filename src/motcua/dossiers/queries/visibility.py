"""The one authorisation predicate: role × agency × procedure × step × confidentiality."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.directory.actor import Actor, PostRef
from motcua.dossiers.models import Dossier
from motcua.workflow.queries import consulted_cases

NOBODY = Q(pk__in=())


def visible_to(actor: Actor) -> "QuerySet[Dossier]":
    """Return the dossiers that this person may read. Every read path starts here.

    A citizen reads what they filed or own. An officer reads what the post needs: the counter
    what it received, the competent agency what it settles or is asked about, the clerk what has reached
    a decision, the cashier what costs money. Control and inspection read all but confidential ones.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d.
    """
    if actor.kind == "system":
        return Dossier.objects.all()
    return Dossier.objects.filter(predicate(actor))


def predicate(actor: Actor) -> Q:
    """Return the condition under which this person may read a dossier.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d.
    """
    if actor.is_citizen and actor.party_id:
        return Q(applicant_id=actor.party_id) | Q(owner_id=actor.party_id)
    if not actor.is_staff:
        return NOBODY
    condition = NOBODY
    if actor.is_province_wide:
        condition = Q(is_confidential=False) | Q(assignee_id=actor.account_id)
    for post in actor.posts:
        condition |= _of_post(post, actor.account_id)
    asked = actor.agency_ids("appraiser", "head", "chairman")
    if asked:
        condition |= Q(Exists(consulted_cases(asked, OuterRef("pk"))), is_confidential=False)
    return condition


_COUNTER = frozenset({"receptionist", "centre_lead"})
_DECIDING = frozenset({"head", "chairman"})


def _of_post(post: PostRef, account_id: int | None) -> Q:
    at = post.agency_id
    if post.role in _COUNTER:
        condition = Q(receiving_id=at) | Q(support_id=at)
    elif post.role in _DECIDING:
        condition = Q(competent_id=at)
    elif post.role == "appraiser":
        condition = Q(competent_id=at) & _unless_confidential(account_id)
    elif post.role == "clerk":
        condition = Q(competent_id=at) & (Q(turn_role="clerk") | Q(decided_at__isnull=False))
        condition &= _unless_confidential(account_id)
    elif post.role == "cashier":
        condition = Q(receiving_id=at) & ~Q(money="free") & Q(is_confidential=False)
    elif post.role == "support":
        condition = Q(support_id=at) & Q(is_confidential=False)
    else:
        return NOBODY
    return condition & Q(field__in=post.fields) if post.fields else condition


def _unless_confidential(account_id: int | None) -> Q:
    """A confidential dossier is read by the one officer to whom its head gave the step."""
    return Q(is_confidential=False) | Q(assignee_id=account_id)
