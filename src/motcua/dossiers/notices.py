"""Which fact of a dossier tells whom: the applicant, or a post that has to act."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier, Paper
from motcua.ledger.models import FactRow
from motcua.notifications import services as notifications

# What is told a day late is not worth a letter or a bell any more; it stands in the account.
LATE = timedelta(days=1)
TO_APPLICANT = (
    "dossier.accepted",
    "dossier.received",
    "dossier.intake_refused",
    "dossier.supplement_requested",
    "dossier.deadline_extended",
    "dossier.payment_required",
    "dossier.result_issued",
    "dossier.result_returned",
    "dossier.result_revoked",
    "dossier.result_corrected",
    "dossier.withdrawn",
    "dossier.closed_unsupplemented",
)


@dataclass(frozen=True)
class ToPost:
    """A post that is told: the template, the role, and at which agency of the dossier."""

    template: str
    role: str
    agency: Callable[[Dossier, dict[str, object]], int | None]


def _asked(_dossier: Dossier, body: dict[str, object]) -> int | None:
    found = cards.card_by_name(str(body.get("agency", "")))
    return found.id if found else None


TO_POSTS: dict[str, ToPost] = {
    "dossier.officer_notified": ToPost(
        "online_filed", "receptionist", lambda d, _b: d.receiving_id
    ),
    "dossier.opinion_asked": ToPost("opinion_asked", "appraiser", _asked),
    "dossier.opinion_silent": ToPost(
        "opinion_silent", "centre_lead", lambda d, _b: d.receiving_id
    ),
    "dossier.overdue": ToPost("overdue", "head", lambda d, _b: d.competent_id),
}


def tell(fact: FactRow) -> int:
    """Tell whoever this fact concerns, once; return how many messages were made (R5, R6, R16, R30).

    Source: 118/2025/NĐ-CP Điều 17 khoản 2, Điều 19 khoản 4 điểm c, khoản 6; 224/2026/NĐ-CP Điều 15.
    """
    dossier = Dossier.objects.filter(pk=int(fact.stream.rpartition(":")[2])).first()
    if dossier is None:
        return 0
    body = json.loads(fact.body)
    post = TO_POSTS.get(fact.kind)
    if post is not None:
        return _tell_post(dossier, fact, body, post)
    template = fact.kind.removeprefix("dossier.")
    notice = _notice(dossier, fact, body, template)
    reached = not _is_history(fact)
    return notifications.tell_person(
        notice=notice,
        party_id=dossier.applicant_id,
        email=dossier.email if reached else "",
        phone=dossier.phone if reached else "",
    )


def _is_history(fact: FactRow) -> bool:
    """Tell whether a fact was written down so late that a letter about it is of no use."""
    return fact.recorded_at - fact.at > LATE


def _tell_post(dossier: Dossier, fact: FactRow, body: dict[str, object], post: ToPost) -> int:
    agency_id = post.agency(dossier, body)
    if agency_id is None:
        return 0
    notice = _notice(dossier, fact, body, post.template)
    return notifications.tell_post(notice=notice, agency_id=agency_id, role=post.role)


def _notice(
    dossier: Dossier, fact: FactRow, body: dict[str, object], template: str
) -> notifications.Notice:
    """Put the fact's own words together with who acted, where and when (R30)."""
    context = {
        **{key: value for key, value in body.items() if isinstance(value, str | int | None)},
        "procedure": dossier.procedure_name,
        "receiving": cards.name_of(dossier.receiving_id),
        "asked": body.get("agency"),
        "agency": fact.post or cards.name_of(dossier.competent_id),
        "who": fact.actor_name,
        "at": fact.at.isoformat(),
        "papers": _papers(dossier, body),
    }
    return notifications.Notice(
        key=f"{fact.stream}#{fact.seq}",
        template=template,
        context=context,
        about=dossier.code,
        at=fact.at,
        seen_at=fact.at if _is_history(fact) else None,
    )


def _papers(dossier: Dossier, body: dict[str, object]) -> str:
    wanted = body.get("components")
    if not isinstance(wanted, list):
        return ""
    rows = Paper.objects.filter(dossier=dossier, component_key__in=wanted)
    return "; ".join(rows.values_list("name", flat=True))
