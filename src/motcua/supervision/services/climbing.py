"""The periodic climb of the ladder: raise, withdraw, ask the next; idempotent, in bulk."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import RUNNING
from motcua.kernel.facts import Fact
from motcua.supervision import events, notices
from motcua.supervision.models import Warning
from motcua.supervision.queries.owners import Owner, Owners
from motcua.supervision.queries.running import Running, running
from motcua.supervision.rules import ladder
from motcua.supervision.services import core

_LOCK = 743301
_BATCH = 2000
_SETTLED = ("result_ready", "returned")


def climb(*, at: datetime) -> dict[str, int]:
    """Withdraw what has no cause any more, raise what was reached, ask the next where nobody answered.

    Returns how many of each, and how many running dossiers were looked at.
    Source: 118/2025/NĐ-CP Điều 19 khoản 6, Điều 38; rule of the house.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        owners = Owners(on=timezone.localdate(at))
        withdrawn = _withdraw(at)
        looked, raised = _raise(owners, at)
        return {
            "looked": looked,
            "raised": raised,
            "withdrawn": withdrawn,
            "escalated": _escalate(owners, at),
        }


def _raise(owners: Owners, at: datetime) -> tuple[int, int]:
    """Raise the rungs that a running dossier has come to and that were not raised before."""
    found = ladder.ladder(on=timezone.localdate(at))
    known = set(
        Warning.objects.filter(dossier__ended_at=None).values_list(
            "dossier_id", "rung", "due_at", "asked"
        )
    )
    looked, made = 0, []
    for row in running(at=at):
        looked += 1
        time = row.time(at=at)
        keys = ladder.due_rungs(
            found=found,
            time=time,
            calendar=calendar_for(row.calendar_key),
            due_at=row.due_at,
            at=at,
        )
        made += [
            warning_of(row, rung=rung, asked=asked, owner=owner, share=time.share, at=at)
            for rung, asked, owner in _asked(row, [found.rungs[key] for key in keys], owners)
            if (row.id, rung.key, row.due_at, asked) not in known
        ]
    keep(made, at=at)
    return looked, len(made)


def _asked(
    row: Running, rungs: list[ladder.Rung], owners: Owners
) -> Iterator[tuple[ladder.Rung, str, Owner]]:
    """Give who is asked at each rung; the head who holds the step is not asked a second time."""
    told = set()
    for rung in rungs:
        for asked in rung.owners:
            owner = owners.of(asked, row)
            if owner and (owner.agency_id, owner.role) not in told:
                told.add((owner.agency_id, owner.role))
                yield rung, asked, owner


def warning_of(
    row: Running,
    *,
    rung: ladder.Rung,
    asked: str,
    owner: Owner,
    share: int,
    at: datetime,
    reasons: Iterable[str] = (),
) -> Warning:
    """Return a warning, not written yet."""
    return Warning(
        dossier_id=row.id,
        code=row.code,
        rung=rung.key,
        asked=asked,
        agency_id=owner.agency_id,
        role=owner.role,
        account_id=owner.account_id,
        competent_id=row.competent_id,
        due_at=row.due_at,
        share=share,
        reasons=list(reasons),
        raised_at=at,
        answer_by=ladder.answer_by(calendar=calendar_for(row.calendar_key), rung=rung, at=at),
        revision=1,
    )


def keep(made: list[Warning], *, at: datetime, by: Actor = SYSTEM) -> None:
    """Write warnings with their facts, and tell each post once of all that are its own."""
    Warning.objects.bulk_create(made, batch_size=_BATCH)
    facts = (
        (
            row.stream,
            events.WarningRaised(
                code=row.code, rung=row.rung, due_at=row.due_at, share=row.share,
                agency=cards.name_of(row.agency_id), role=row.role, answer_by=row.answer_by,
                reasons=tuple(row.reasons),
            ),
        )
        for row in made
    )  # fmt: skip
    core.begin(facts, by=by, at=at)
    notices.tell_owners(made, at=at)


def _withdraw(at: datetime) -> int:
    """Withdraw warnings whose cause is gone: the dossier was extended, settled, stopped, paused."""
    there = Warning.objects.filter(gone_at=None).select_related("dossier").only(
        "code", "rung", "due_at", "asked", "role", "account_id", "revision", "answered_at",
        "dossier__state", "dossier__due_at", "dossier__ended_at", "dossier__paused_from",
        "dossier__extension_count", "dossier__turn_role", "dossier__assignee_id",
    )  # fmt: skip
    gone = [(row, why) for row in there.iterator(5000) if (why := _why(row))]
    return let_go(gone, at=at)


def _why(row: Warning) -> str:
    dossier = row.dossier
    standing = ladder.Standing(
        state=dossier.state,
        due_at=dossier.due_at,
        extension_count=dossier.extension_count,
        is_paused=not _runs(dossier),
        is_settled=dossier.ended_at is not None and dossier.state in _SETTLED,
    )
    why = ladder.gone_why(now=standing, due_at=row.due_at)
    if why or row.asked != "officer" or row.role in ("head", "chairman"):
        return why
    stayed = row.role == dossier.turn_role and row.account_id in (None, dossier.assignee_id)
    return "" if stayed else Warning.Why.PASSED


def _runs(dossier: Dossier) -> bool:
    is_running = dossier.state in RUNNING
    return is_running or (dossier.state == "wait_finance" and dossier.paused_from == "")


def let_go(gone: list[tuple[Warning, str]], *, at: datetime, by: Actor = SYSTEM) -> int:
    """Withdraw warnings, each with the reason; return how many."""
    facts: list[tuple[str, Fact]] = []
    for row, why in gone:
        row.gone_at, row.gone_why, row.revision = at, why, row.revision + 1
        fact = events.WarningWithdrawn(code=row.code, rung=row.rung, why=why)
        facts.append((row.stream, fact))
    Warning.objects.bulk_update(
        [row for row, _why in gone], ["gone_at", "gone_why", "revision"], batch_size=_BATCH
    )
    core.note(facts, by=by, at=at)
    return len(gone)


def _escalate(owners: Owners, at: datetime) -> int:
    """Ask the next in the chain where nobody answered in time."""
    found = ladder.ladder(on=timezone.localdate(at))
    silent = Warning.objects.filter(answered_at=None, gone_at=None, answer_by__lt=at)
    moved: list[Warning] = []
    facts: dict[str, Fact] = {}
    for row in silent.select_related("dossier").iterator(5000):
        rung = found.rungs[row.rung]
        owner = _next(row, rung, owners)
        if owner is None:
            continue
        row.agency_id, row.role, row.account_id = owner.agency_id, owner.role, owner.account_id
        row.level, row.revision = row.level + 1, row.revision + 1
        calendar = calendar_for(row.dossier.calendar_key)
        row.answer_by = ladder.answer_by(calendar=calendar, rung=rung, at=at)
        moved.append(row)
        facts[row.stream] = events.WarningEscalated(
            code=row.code, rung=row.rung, agency=cards.name_of(row.agency_id), role=row.role,
            level=row.level, answer_by=row.answer_by,
        )  # fmt: skip
    changed = ["agency", "role", "account", "level", "answer_by", "revision"]
    Warning.objects.bulk_update(moved, changed, batch_size=_BATCH)
    core.note(facts.items(), by=SYSTEM, at=at)
    notices.tell_owners(moved, at=at)
    return len(moved)


def _next(row: Warning, rung: ladder.Rung, owners: Owners) -> Owner | None:
    """Who is asked next: somebody else than who was asked and kept silent."""
    kind = ladder.next_owner(rung=rung, level=row.level)
    owner = owners.of(kind, row.dossier) if kind else None
    if owner is None or (owner.agency_id, owner.role) == (row.agency_id, row.role):
        return None
    return owner
