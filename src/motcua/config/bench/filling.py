"""A database filled to measure boards at a size: dossiers, standings, counts, and some facts.

Standings and dossiers are made by statements in the server (no person behind them); the counts are
made from the standings as a rebuild makes them. It runs in a database that holds nothing else.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from motcua.config.bench import filled_rows as rows
from motcua.config.cli.progress import Progress
from motcua.directory.models import Account, Party, Post
from motcua.directory.queries import cards
from motcua.kernel.refused import Refused
from motcua.reporting import rules, services
from motcua.reporting.models import Followed
from motcua.reporting.services.rebuilding import count_all, drop_indexes, make_indexes

DAYS, FIELDS, PROCEDURES, OFFICERS = 4 * 365, 40, 300, 12
_AT_ONCE, _WORKERS = 100_000, 2
_EMPTIED = (
    "reporting_standing", "reporting_rollup", "reporting_stock", "reporting_past",
    "dossiers_dossier", "ledger_factrow", "ledger_pending",
)  # fmt: skip
_SIZES = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relname = ANY(%s) ORDER BY relname
"""
_INDEXES = """
SELECT i.indexname, i.indexdef, c.conname IS NOT NULL FROM pg_indexes i
LEFT JOIN pg_constraint c ON c.conname = i.indexname
WHERE i.tablename = 'dossiers_dossier' AND coalesce(c.contype, 'u') = 'u'
"""
Seconds = dict[str, float]
Index = tuple[str, str, bool]


def fill(count: int, *, progress: Progress) -> dict[str, Seconds]:
    """Make so many dossiers over four years and count them; return seconds and bytes of each part.

    A fill that was broken off needs a new house: its tables have lost their indexes.
    Raises Refused: the database holds dossiers that were not made here.
    """
    _own()
    values = _places()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_EMPTIED)} CASCADE")
        drop_indexes(cursor)
        dropped = _drop_indexes(cursor)
    steps: dict[str, Callable[[], object]] = {
        "rows": lambda: _rows(count, values, progress),
        "indexes": lambda: _indexes(dropped, progress),
        "counts": lambda: _counts(progress),
        "facts": lambda: _facts(values, progress),
        "past": lambda: _past(progress),
        "vacuum": lambda: _run("VACUUM ANALYZE"),
    }
    seconds: Seconds = {}
    for name, step in steps.items():
        began = monotonic()
        step()
        seconds[name] = round(monotonic() - began, 1)
    return {"seconds": seconds, "megabytes": sizes()}


def sizes() -> Seconds:
    """Return how much each table takes with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [list(_EMPTIED)])
        return {name: round(size / 1e6, 1) for name, size in cursor.fetchall()}


def _own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM dossiers_dossier WHERE code NOT LIKE 'B-%')")
        if cursor.fetchone()[0]:
            raise Refused("Cơ sở dữ liệu này đã có hồ sơ; hãy đo trong một MOTCUA_VAR riêng.")


def _rows(count: int, values: dict[str, Any], progress: Progress) -> None:
    """Write dossiers and standings by parts, in some connections at once; keys are not checked."""

    def part(first: int) -> int:
        last = min(count, first + _AT_ONCE - 1)
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute(rows.STANDINGS, values | {"first": first, "last": last})
            cursor.execute(rows.DOSSIERS, values | {"first": first, "last": last})
            cursor.execute("RESET session_replication_role")
        return last - first + 1

    _together(part, range(1, count + 1, _AT_ONCE), "Dựng hồ sơ", count, progress)


def _together(
    work: Callable[[Any], int], parts: Iterable[Any], label: str, whole: int, progress: Progress
) -> None:
    """Do the parts in some threads, each with a connection of its own."""

    def one(part: object) -> int:
        try:
            return work(part)
        finally:
            connection.close()

    done = 0
    with progress.bar(label, whole) as tell, ThreadPoolExecutor(_WORKERS) as pool:
        for future in as_completed([pool.submit(one, part) for part in parts]):
            done += future.result()
            tell(done)


def _drop_indexes(cursor: CursorWrapper) -> list[Index]:
    """Drop the indexes of dossiers but that of their number; return them."""
    cursor.execute(_INDEXES)
    found: list[Index] = cursor.fetchall()
    for name, _made, is_unique in found:
        what = f'DROP CONSTRAINT "{name}"' if is_unique else ""
        cursor.execute(f"ALTER TABLE dossiers_dossier {what}" if what else f'DROP INDEX "{name}"')
    return found


def _indexes(dropped: list[Index], progress: Progress) -> None:
    def one(index: Index) -> int:
        name, made, is_unique = index
        _run("SET maintenance_work_mem = '512MB'", made)
        if is_unique:
            unique = f'CONSTRAINT "{name}" UNIQUE USING INDEX "{name}"'
            _run(f"ALTER TABLE dossiers_dossier ADD {unique}")
        return 1

    _together(one, dropped, "Dựng chỉ mục", len(dropped), progress)
    with connection.cursor() as cursor:
        make_indexes(cursor)


def _counts(progress: Progress) -> None:
    progress.say("Cộng số liệu…")
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '1GB'")
        count_all(cursor)
        cursor.execute("RESET work_mem")


def _past(progress: Progress) -> None:
    """Say up to which fact the figures were folded; keep the periods that are over."""
    progress.say("Giữ số liệu các kỳ đã qua…")
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_factrow")
        stood = {"upto": cursor.fetchone()[0], "latest_at": timezone.now(), "gaps": []}
    Followed.objects.update_or_create(pk=1, defaults={**stood, "is_building": False})
    services.keep_past(at=timezone.localtime())


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _places() -> dict[str, Any]:
    """Return who settles, who receives and who works there, as the statements want them."""
    settle = [c for c in cards.all_cards() if c.kind in ("committee", "department", "sector")]
    centres = [card for card in cards.all_cards() if card.kind == "centre"] or settle
    at_place = {card.place_code: card.id for card in centres}
    now = timezone.now()
    return {
        "now": now, "minutes": DAYS * 1440, "fields": FIELDS,
        "procedures": PROCEDURES, "agencies": len(settle), "officers_each": OFFICERS,
        "competent": [card.id for card in settle], "levels": [card.level for card in settle],
        "codes": [card.code for card in settle], "places": [card.place_code for card in settle],
        "receiving": [at_place.get(card.place_code, centres[0].id) for card in settle],
        "officers": _officers(settle, now), "party": _party(now), "version": _version(),
        "steps": ["receive", "appraise", "approve", "issue"],
    }  # fmt: skip


def _officers(settle: list[cards.AgencyCard], now: datetime) -> list[int]:
    """Return the officers of every agency, one agency after another; made when they are not there."""
    names = [f"bench.{card.id}.{n}" for card in settle for n in range(OFFICERS)]
    known = dict(Account.objects.filter(username__in=names).values_list("username", "pk"))
    new = [
        Account(
            username=name, kind="staff", name=f"Cán bộ {name[6:]}", created_at=now, is_demo=True
        )
        for name in names
        if name not in known
    ]
    made = {one.username: one.pk for one in Account.objects.bulk_create(new)} | known
    since = timezone.localdate() - timedelta(days=DAYS)
    Post.objects.bulk_create(
        [
            Post(account_id=made[name], agency_id=int(name.split(".")[1]), valid_from=since,
                 role="head" if name.endswith(".0") else "appraiser")
            for name in names
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return [made[name] for name in names]


def _party(now: datetime) -> int:
    found, _made = Party.objects.get_or_create(
        id_index=b"bench".ljust(32, b"."),
        defaults={"name": "Người Đo Lường", "name_folded": "nguoi do luong", "id_cipher": b"",
                  "created_at": now, "is_demo": True},
    )  # fmt: skip
    return int(found.pk)


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM catalog_procedureversion")
        return int(cursor.fetchone()[0])


def _facts(values: dict[str, Any], progress: Progress) -> None:
    """Write the facts of what came in or ended this quarter: what mining and forms read."""
    quarter = rules.period("quarter", at=timezone.localtime())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(array_agg(dossier_id ORDER BY accepted_at), '{}') "
            "FROM reporting_standing WHERE accepted_at >= %s OR ended_at >= %s",
            [quarter.start, quarter.start],
        )
        keys = cursor.fetchone()[0]
        with progress.bar("Viết sự kiện của quý này", len(keys)) as tell:
            for first in range(0, len(keys), _AT_ONCE // 4):
                part = keys[first : first + _AT_ONCE // 4]
                cursor.execute(rows.FACTS, values | {"keys": part})
                tell(first + len(part))
