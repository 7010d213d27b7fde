"""The periodic climb of the ladder: raise, withdraw, ask the next; idempotent, in small steps.

Only dossiers that changed or may have reached a rung are looked at. Every step is a short
transaction of its own that locks no dossier, so that the desk never waits for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import RUNNING
from motcua.kernel.facts import Fact
from motcua.supervision import events, notices
from motcua.supervision.models import Warning
from motcua.supervision.queries.basis import basis
from motcua.supervision.queries.owners import Owner, Owners
from motcua.supervision.queries.running import count, to_look_at
from motcua.supervision.rules import ladder
from motcua.supervision.services import core, raising

_LOCK = 743301
_STEP = 500
_SETTLED = ("result_ready", "returned")
_LEADING = ("head", "chairman")
_TELLING = ["agency_id", "role", "account_id", "code", "answer_by"]
_LET_GO = """
UPDATE supervision_warning w SET gone_at = %s, gone_why = n.why, revision = w.revision + 1
FROM unnest(%s::bigint[], %s::text[]) AS n (id, why) WHERE w.id = n.id
"""
_MOVED = ("pk", "agency_id", "role", "account_id", "level", "answer_by")
_MOVE = """
UPDATE supervision_warning w SET agency_id = n.agency, role = n.role, account_id = n.account,
    level = n.level, answer_by = n.answer_by, told_at = NULL, revision = w.revision + 1
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::int[], %s::timestamptz[])
    AS n (id, agency, role, account, level, answer_by) WHERE w.id = n.id
"""
# A pace of what ended would be read at every sweep for nothing.
_FORGET = """
DELETE FROM supervision_pace p USING dossiers_dossier d
WHERE d.id = p.dossier_id AND d.ended_at IS NOT NULL
"""


def climb(*, at: datetime) -> dict[str, int]:
    """Withdraw what has no cause any more, raise what was reached, ask the next where nobody answered.

    Returns how many of each, how many dossiers run, and how many of them had to be looked at.
    Source: 118/2025/NĐ-CP Điều 19 khoản 6, Điều 38; rule of the house.
    """
    day = timezone.localdate(at)
    owners = Owners(on=day)
    mark = basis(owners=owners, on=day)
    withdrawn = _in_steps(_without_cause(), lambda keys: _withdraw(keys, at))
    looking = to_look_at(basis=mark, at=at)
    raised = _in_steps(
        looking, lambda keys: raising.look_at(keys=keys, owners=owners, basis=mark, at=at)
    )
    escalated = _in_steps(_silent(at), lambda keys: _escalate(keys, owners, at))
    _tell(at)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
    return {
        "running": count(at=at),
        "looked": len(looking),
        "raised": raised,
        "withdrawn": withdrawn,
        "escalated": escalated,
    }


def _in_steps(keys: Sequence[int], act: Callable[[Sequence[int]], int]) -> int:
    """Act on a few at a time, each step whole or not at all, one sweep at a time."""
    done = 0
    for start in range(0, len(keys), _STEP):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            done += act(keys[start : start + _STEP])
    return done


def _without_cause() -> list[int]:
    """The warnings whose dossier does not stand any more as it did; `_why` says what it is."""
    runs = Q(dossier__state__in=sorted(RUNNING)) | Q(
        dossier__state="wait_finance", dossier__paused_from=""
    )
    passed = ~Q(role=F("dossier__turn_role")) | Q(account__isnull=False) & (
        ~Q(account=F("dossier__assignee")) | Q(dossier__assignee=None)
    )
    gone = (
        ~runs
        | Q(dossier__ended_at__isnull=False)
        | ~Q(due_at=F("dossier__due_at"))
        | Q(asked="officer") & ~Q(role__in=_LEADING) & passed
    )
    there = Warning.objects.filter(gone, gone_at=None)
    return list(there.order_by("pk").values_list("pk", flat=True))


def _withdraw(keys: Sequence[int], at: datetime) -> int:
    """Withdraw warnings whose cause is gone: the dossier was extended, settled, stopped, paused."""
    there = _locked(keys).filter(gone_at=None).only(
        "code", "rung", "due_at", "asked", "role", "account_id", "revision", "answered_at",
        "dossier__state", "dossier__due_at", "dossier__ended_at", "dossier__paused_from",
        "dossier__extension_count", "dossier__turn_role", "dossier__assignee_id",
    )  # fmt: skip
    return let_go([(row, why) for row in there if (why := _why(row))], at=at)


def _locked(keys: Sequence[int]) -> "QuerySet[Warning]":
    """Warnings that nobody is answering this moment; those are met again by the next sweep."""
    rows = Warning.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return rows.filter(pk__in=keys).select_related("dossier").order_by("pk")


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
    if why or row.asked != "officer" or row.role in _LEADING:
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
    if facts:
        keys, whys = [row.pk for row, _why in gone], [why for _row, why in gone]
        with connection.cursor() as cursor:
            cursor.execute(_LET_GO, [at, keys, whys])
        core.go_on(facts, by=by, at=at)
    return len(gone)


def _silent(at: datetime) -> list[int]:
    """The warnings that nobody answered in time and that somebody else may be asked."""
    rungs = ladder.ladder(on=timezone.localdate(at)).rungs.values()
    asks_on = Q(pk__in=())
    for rung in rungs:
        asks_on |= Q(rung=rung.key, level__lt=len(rung.escalates_to))
    silent = Warning.objects.filter(asks_on, answered_at=None, gone_at=None, answer_by__lt=at)
    return list(silent.order_by("pk").values_list("pk", flat=True))


def _escalate(keys: Sequence[int], owners: Owners, at: datetime) -> int:
    """Ask the next in the chain where nobody answered in time."""
    found = ladder.ladder(on=timezone.localdate(at))
    moved: list[Warning] = []
    facts: dict[str, Fact] = {}
    for row in _locked(keys).filter(answered_at=None, gone_at=None, answer_by__lt=at):
        rung = found.rungs[row.rung]
        owner = _next(row, rung, owners)
        if owner is None:
            continue
        row.agency_id, row.role, row.account_id = owner.agency_id, owner.role, owner.account_id
        row.level, row.revision, row.told_at = row.level + 1, row.revision + 1, None
        calendar = calendar_for(row.dossier.calendar_key)
        row.answer_by = ladder.answer_by(calendar=calendar, rung=rung, at=at)
        moved.append(row)
        facts[row.stream] = events.WarningEscalated(
            code=row.code, rung=row.rung, agency=cards.name_of(row.agency_id), role=row.role,
            level=row.level, answer_by=row.answer_by,
        )  # fmt: skip
    if moved:
        columns = [[getattr(row, name) for row in moved] for name in _MOVED]
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, columns)
        core.go_on(facts.items(), by=SYSTEM, at=at)
    return len(moved)


def _next(row: Warning, rung: ladder.Rung, owners: Owners) -> Owner | None:
    """Who is asked next: somebody else than who was asked and kept silent."""
    kind = ladder.next_owner(rung=rung, level=row.level)
    owner = owners.of(kind, row.dossier) if kind else None
    if owner is None or (owner.agency_id, owner.role) == (row.agency_id, row.role):
        return None
    return owner


def _tell(at: datetime) -> None:
    """Tell each owner once of all that is new to it; what a sweep broke off before is told too."""
    new = Warning.objects.filter(told_at=None, answered_at=None, gone_at=None)
    rows = list(new.only(*_TELLING).order_by("answer_by", "pk"))
    by_owner = sorted(rows, key=lambda row: (row.agency_id, row.role, row.account_id or 0))
    for mine in _posts(by_owner):
        with transaction.atomic():
            notices.tell_owners(mine, at=at)
            Warning.objects.filter(pk__in=[row.pk for row in mine]).update(told_at=at)


def _posts(rows: Iterable[Warning]) -> Iterator[list[Warning]]:
    """Give all that is for one post together."""
    mine: list[Warning] = []
    for row in rows:
        if mine and (row.agency_id, row.role) != (mine[0].agency_id, mine[0].role):
            yield mine
            mine = []
        mine.append(row)
    if mine:
        yield mine
