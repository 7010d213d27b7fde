"""What time brings about by itself: silence, lateness, notices. Run by the worker, idempotent."""

from datetime import datetime

from django.db import transaction

from motcua.directory.actor import SYSTEM
from motcua.directory.queries import cards
from motcua.dossiers import events
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import core, deadlines, supplements
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.workflow import queries as workflow_queries
from motcua.workflow import services as workflow


def sweep(*, at: datetime) -> dict[str, int]:
    """Do all that is due at `at`; return how many of each.

    Source: 118/2025/NĐ-CP Điều 17 khoản 2, Điều 19 khoản 4 điểm c, khoản 5, khoản 6.
    """
    return {
        "closed": close_silent(at=at),
        "overdue": deadlines.mark_overdue(at=at),
        "opinions": note_silent_opinions(at=at),
        "notified": notify_officers(at=at),
    }


def close_silent(*, at: datetime, limit: int = 200) -> int:
    """Close dossiers whose supplement did not come in fifteen days (R15).

    Source: 118/2025/NĐ-CP Điều 19 khoản 5.
    """
    codes = Dossier.objects.filter(
        state=Dossier.State.WAIT_SUPPLEMENT, close_on__lt=at
    ).values_list("code", flat=True)[:limit]
    return sum(_close(code, at) for code in codes)


def _close(code: str, at: datetime) -> int:
    """The answer may come, or the applicant stop, while the sweep is on its way: that holds."""
    try:
        supplements.close_unsupplemented(code=code, by=SYSTEM, at=at)
    except Refused:
        return 0
    return 1


def note_silent_opinions(*, at: datetime) -> int:
    """Record that asked agencies let their day pass, so that the centre's head is told (R13).

    Source: 118/2025/NĐ-CP Điều 19 khoản 4 điểm c.
    """
    return sum(_note_silence(key, at) for key in workflow_queries.silent_cases(at=at))


@transaction.atomic
def _note_silence(key: int, at: datetime) -> int:
    """The dossier is locked before its questions, as in every act, so that nobody deadlocks."""
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=key)
    facts: list[Fact] = [
        events.OpinionSilent(
            code=dossier.code, agency=cards.name_of(row.agency_id), due_at=row.due_at
        )
        for row in workflow.mark_silent(case_id=key, at=at)
    ]
    if facts:
        core.write(dossier, facts, by=SYSTEM, at=at)
    return len(facts)


def notify_officers(*, at: datetime, limit: int = 500) -> int:
    """Tell the counter of online filings it has not been told of (R5, within two hours).

    Source: 118/2025/NĐ-CP Điều 17 khoản 2.
    """
    keys = Dossier.objects.filter(
        channel=Dossier.Channel.ONLINE,
        state=Dossier.State.SUBMITTED,
        officer_notified_at__isnull=True,
    ).values_list("pk", flat=True)[:limit]
    return sum(notify_officer(key=key, at=at) for key in keys)


@transaction.atomic
def notify_officer(*, key: int, at: datetime) -> int:
    """Tell the counter of one online filing, once; return how many it was told of.

    Source: 118/2025/NĐ-CP Điều 17 khoản 2.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=key)
    if dossier.officer_notified_at is not None:
        return 0
    dossier.officer_notified_at = at
    fact = events.OfficerNotified(
        code=dossier.code, role="receptionist", agency=cards.name_of(dossier.receiving_id)
    )
    core.finish(dossier, fact, by=SYSTEM, at=at, changed=["officer_notified_at"])
    return 1
