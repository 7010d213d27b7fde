"""Setting our catalogue beside a list: what differs is kept, known again, and closed when gone."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.catalog import events
from motcua.catalog.comparing import Difference as Told
from motcua.catalog.comparing import List, Ours, Process, compare
from motcua.catalog.comparing.values import AGAINST
from motcua.catalog.models import Comparison, Difference, Procedure, ProcedureVersion
from motcua.catalog.services.loading import STREAM
from motcua.catalog.services.settling import may_settle, note
from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger

NAME_CHARS = 100
_LOCK = 743304


class MayNotCompare(Refused):
    """Lists are compared by the keepers of the catalogue and by procedure control."""


class Unnamed(Refused):
    """A list needs a name, by which the next run knows that it is the same list."""

    field = "name"


@dataclass(frozen=True)
class Compared:
    """What a run did: differences found anew, known already, gone since, opened again; by kind."""

    comparison: Comparison
    found: int
    known: int
    gone: int
    reopened: int
    by_kind: dict[str, int]


@transaction.atomic
def compare_lists(
    *,
    against: str,
    name: str,
    announced: List,
    content: bytes,
    processes: Mapping[str, Process],
    by: Actor,
    at: datetime,
) -> Compared:
    """Set our catalogue beside a list and keep what differs.

    name: of the list or the number of its decision; a later run under the same name knows its
    differences again. processes: the approved internal processes by procedure.
    Raises MayNotCompare, Unnamed: see there.
    """
    _check(against, name, by)
    told = compare(
        ours=_ours(announced), listed=announced.rows, is_whole=announced.is_whole,
        processes=processes,
    )  # fmt: skip
    by_kind = dict(Counter(one.kind for one in told))
    run = _run(against, name, announced, content, by=by, at=at)
    run.counts = by_kind
    run.save(update_fields=["counts"])
    _one_at_a_time()
    list_key = f"{against}:{squeeze(name).casefold()}"[:120]
    keeping = _Keeping(run, list_key, by, at)
    for one in told:
        keeping.take(one)
    keeping.close_gone({one.key for one in told})
    done = Compared(run, keeping.found, keeping.known, keeping.gone, keeping.reopened, by_kind)
    fact = events.ListsCompared(
        comparison_id=run.pk, against=against, rows=run.rows, found=done.found, known=done.known,
        gone=done.gone,
    )  # fmt: skip
    ledger.record(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name, post=by.describe())
    return done


def _one_at_a_time() -> None:
    """Let lists be compared one after the other: who waits knows again what was found before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _run(
    against: str, name: str, announced: List, content: bytes, *, by: Actor, at: datetime
) -> Comparison:
    return Comparison.objects.create(
        against=against,
        name=squeeze(name)[:200],
        digest=hashlib.sha256(content).hexdigest(),
        rows=len(announced.rows),
        at=at,
        by_id=by.account_id,
    )


def _check(against: str, name: str, by: Actor) -> None:
    if not may_settle(by):
        raise MayNotCompare(
            _("So danh mục do người quản trị danh mục và kiểm soát thủ tục thực hiện.")
        )
    if against not in AGAINST:
        raise Unnamed(_("Chọn so với danh mục quốc gia hay quyết định công bố."), field="against")
    if not 2 < len(squeeze(name)) <= NAME_CHARS:
        raise Unnamed(_("Ghi tên danh sách hoặc số quyết định (từ 3 đến 100 ký tự)."))


def _ours(announced: List) -> dict[str, Ours]:
    """Our catalogue by code; the contents only of what the list holds the parts of."""
    rows = Procedure.objects.exclude(scope=Procedure.Scope.OTHER_PROVINCE)
    wanted = {row.code for row in announced.rows if row.content is not None}
    versions = ProcedureVersion.objects.filter(
        valid_to=None, procedure__code__in=wanted, procedure__is_offered=True
    ).select_related("procedure")
    contents = {row.procedure.code: row.as_content() for row in versions.iterator(500)}
    return {
        row.code: Ours(
            code=row.code,
            name=row.name,
            field=row.field,
            agency=row.issuer,
            is_offered=row.is_offered,
            is_active=row.state == Procedure.State.ACTIVE,
            is_online=row.online_filing,
            content=contents.get(row.code),
        )
        for row in rows.defer("paper_words")
    }


class _Keeping:
    """Brings the rows of one list into line with what a run found."""

    def __init__(self, run: Comparison, list_key: str, by: Actor, at: datetime) -> None:
        self.found = self.known = self.gone = self.reopened = 0
        self._run, self._list_key, self._by, self._at = run, list_key, by, at
        rows = Difference.objects.select_for_update(of=("self",)).filter(list_key=list_key)
        self._rows = {row.key: row for row in rows}

    def take(self, told: Told) -> None:
        """Keep one difference that the run found."""
        row = self._rows.get(told.key)
        if row is None:
            self._add(told)
            return
        self.known += 1
        is_other = (row.here, row.there) != (told.here, told.there)
        was_closed = row.state == Difference.State.SETTLED or not row.is_there
        row.here, row.there, row.name = told.here, told.there, told.name
        row.is_there, row.last_run = True, self._run
        if was_closed or (is_other and row.state == Difference.State.KEPT):
            row.state = Difference.State.ASSIGNED if row.owner_id else Difference.State.FOUND
            row.moved_at = self._at
            self.reopened += 1
            self._save(row, events.DifferenceReopened)
        elif is_other:
            self._save(row, events.DifferenceChanged)
        else:
            row.save(update_fields=["last_run", "name"])

    def close_gone(self, keys: set[str]) -> None:
        """Close what the run no longer found; what people wrote stays."""
        for key, row in self._rows.items():
            if key in keys or not row.is_there:
                continue
            self.gone += 1
            row.is_there, row.state = False, Difference.State.SETTLED
            row.moved_at, row.last_run = self._at, self._run
            row.save()
            fact = events.DifferenceGone(difference_id=row.pk, comparison_id=self._run.pk)
            note(fact, row=row, by=self._by, at=self._at)

    def _add(self, told: Told) -> None:
        self.found += 1
        row = Difference.objects.create(
            list_key=self._list_key, key=told.key, kind=told.kind, code=told.code, name=told.name,
            here=told.here, there=told.there, found_at=self._at, moved_at=self._at,
            last_run=self._run,
        )  # fmt: skip
        self._rows[told.key] = row
        fact = events.DifferenceFound(
            difference_id=row.pk, what=told.kind, code=told.code, here=told.here, there=told.there
        )
        note(fact, row=row, by=self._by, at=self._at)

    def _save(
        self, row: Difference, kind: "type[events.DifferenceReopened | events.DifferenceChanged]"
    ) -> None:
        row.save()
        fact = kind(difference_id=row.pk, here=row.here, there=row.there)
        note(fact, row=row, by=self._by, at=self._at)
