"""Building everything anew from the ledger: standings in bulk, counts by statements."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from typing import Any, cast

import django
import psycopg
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from motcua.reporting.models import Followed, Standing
from motcua.reporting.queries import counting
from motcua.reporting.queries.agencies import agencies_by_code
from motcua.reporting.queries.bulk import fold_part
from motcua.reporting.queries.counts import check_built
from motcua.reporting.rules import folding, measures
from motcua.reporting.services.following import _LOCK, _WRITERS
from motcua.reporting.services.keeping import needs_rebuild

PARTS = 8
_TABLES = ("reporting_standing", "reporting_rollup", "reporting_stock", "reporting_past")
Progress = Callable[[int, int], None]


def rebuild(progress: Progress = lambda _done, _whole: None, *, processes: int = 2) -> int:
    """Fold every fact anew and count everything again; return how many standings there are.

    `processes` 0: in this process and transaction. Nobody follows meanwhile.
    Source: design §6 (all figures can be made again from the ledger).
    """
    with _alone():
        return _rebuilt(progress, processes)


def rebuild_when_needed(*, most: int) -> bool:
    """Build anew what was broken off or lies far behind, and tell whether it was done.

    While another process is at it this one waits, and does not do it once more.
    Source: rule of the house.
    """
    if not needs_rebuild(most=most):
        return False
    with _alone():
        is_needed = needs_rebuild(most=most)
        if is_needed:
            _rebuilt(lambda _done, _whole: None, 2)
        return is_needed


def wait_until_built() -> None:
    """Wait while another process builds everything anew.

    Raises NotReady: that was broken off, and nobody is at it now.
    Source: rule of the house (half a figure is not shown as one).
    """
    with _alone():
        check_built()


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody follows or builds meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _rebuilt(progress: Progress, processes: int) -> int:
    Followed.objects.update_or_create(pk=1, defaults={"is_building": True, "upto": 0})
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_TABLES)}")
        drop_indexes(cursor)
    if processes:
        upto, gaps, latest = _in_processes(progress, processes)
    else:
        upto, gaps, latest = _here(progress)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        make_indexes(cursor)
        count_all(cursor)
        Followed.objects.filter(pk=1).update(
            is_building=False, upto=upto, gaps=gaps, latest_at=latest, followed_at=timezone.now()
        )
        cursor.execute("SELECT count(*) FROM reporting_standing")
        return int(cursor.fetchone()[0])


def count_all(cursor: CursorWrapper) -> None:
    """Count all standings by day, month and procedure, and what is in progress."""
    names = ", ".join(("grain", "day", *counting.CELL, *measures.FLOWS))
    told = [counting.daily(grain) for grain in counting.DIVIDED if grain not in counting.SUMS_OF]
    summed = [counting.put_together(grain) for grain in counting.SUMS_OF]
    for statement in (*told, counting.hourly(), counting.hourly("v"), *summed):
        cursor.execute(f"INSERT INTO reporting_rollup ({names}) {statement}")
    cursor.execute(
        "INSERT INTO reporting_stock (competent_id, receiving_id, field, channel, due_day, state, "
        f"count) {counting.shelves()}"
    )
    cursor.execute("ANALYZE reporting_standing, reporting_rollup, reporting_stock")


def drop_indexes(cursor: CursorWrapper) -> None:
    """Drop the indexes of standings that no constraint needs: they are made again afterwards."""
    for index in Standing._meta.indexes:  # noqa: SLF001  documented
        cursor.execute(f'DROP INDEX IF EXISTS "{index.name}"')


def make_indexes(cursor: CursorWrapper) -> None:
    """Make the indexes of standings that are not there, as the model declares them."""
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'reporting_standing'")
    there = {name for (name,) in cursor.fetchall()}
    with connection.schema_editor(collect_sql=False, atomic=False) as editor:
        for index in Standing._meta.indexes:  # noqa: SLF001  documented
            if index.name not in there:
                editor.add_index(Standing, index)


def horizon(raw: "psycopg.Connection[Any]") -> tuple[int, list[list[Any]], datetime | None]:
    """Return the last fact, the gaps below it that may still fill, and the latest moment."""
    writers = [name for (name,) in raw.execute(_WRITERS).fetchall()]
    upto = cast(
        tuple[int], raw.execute("SELECT coalesce(max(id), 0) FROM ledger_factrow").fetchone()
    )
    latest = cast(
        tuple[datetime | None],
        raw.execute(
            "SELECT max(at) FROM ledger_factrow WHERE kind = ANY(%s)", [list(folding.KINDS)]
        ).fetchone(),
    )
    if not writers:
        return upto[0], [], latest[0]
    missing = raw.execute(
        "SELECT before + 1, id - 1 FROM (SELECT id, lag(id, 1, 0::bigint) OVER (ORDER BY id) AS before "
        "FROM ledger_factrow) AS one WHERE id - before > 1"
    ).fetchall()
    return upto[0], [[low, high, writers] for low, high in missing], latest[0]


def _here(progress: Progress) -> tuple[int, list[list[Any]], datetime | None]:
    with transaction.atomic():
        raw = connection.connection
        found = horizon(raw)
        fold_part(raw, agencies_by_code(), (0, 1), found[0])
    progress(1, 1)
    return found


def _in_processes(
    progress: Progress, processes: int
) -> tuple[int, list[list[Any]], datetime | None]:
    """Fold in several processes that all see what one snapshot sees."""
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port")
              if parameters.get(key)}  # fmt: skip
    agencies = agencies_by_code()
    with psycopg.connect(**wanted, autocommit=True) as raw:
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        snapshot = cast(tuple[str], raw.execute("SELECT pg_export_snapshot()").fetchone())[0]
        found = horizon(raw)
        pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup)
        with pool:
            parts = [
                pool.submit(_part_of, wanted, snapshot, agencies, (part, PARTS), found[0])
                for part in range(PARTS)
            ]
            for done, part in enumerate(as_completed(parts), 1):
                part.result()
                progress(done, PARTS)
        raw.execute("ROLLBACK")
    return found


def _part_of(
    parameters: dict[str, Any],
    snapshot: str,
    agencies: dict[str, folding.Where],
    part: tuple[int, int],
    upto: int,
) -> int:
    """Fold one part of the dossiers, in a process of its own; return how many."""
    with psycopg.connect(**parameters, autocommit=True) as raw:
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        raw.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        count = fold_part(raw, agencies, part, upto)
        raw.execute("COMMIT")
        return count
