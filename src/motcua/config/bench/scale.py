"""Two hundred thousand dossiers, for measuring only: copies of a demo world's rows, by SQL.

Copied rows carry their facts, tasks, papers and charges, so that every page does the work it does
in earnest; their hash chains do not verify, which is why this never runs on anybody's data.
"""

from collections.abc import Mapping

from django.db import connection
from django.db.backends.utils import CursorWrapper

from motcua.config.cli.progress import Progress

# Ended dossiers are copied so many times more often than open ones, so that an inbox stays one:
# of a commune's twenty thousand dossiers some nine hundred are open then.
_ENDED_TO_OPEN = 24
# Columns that name a row which is copied too.
_KEYS_OF_COPIES = ("replaces_id", "task_id")
# A copy's code is the original's with another number; bare SQL leaves codes without one.
_NUMBERED = "code ~ '-[0-9]{7}$'"
_NUMBER_OF = f"SELECT count(*) FROM dossiers_dossier WHERE {_NUMBERED}"  # noqa: S608  our words
_BY_DOSSIER = {
    "dossiers_dossier": "id",
    "dossiers_paper": "dossier_id",
    "dossiers_supplement": "dossier_id",
    "dossiers_extension": "dossier_id",
    "dossiers_result": "dossier_id",
    "workflow_task": "case_id",
    "payments_charge": "case_id",
    "documents_file": "case_id",
    "ledger_factrow": "dossier",
}


def grow(*, wanted: int, progress: Progress) -> int:
    """Copy dossiers until there are about `wanted`; return how many there are."""
    with connection.cursor() as cursor:
        there = _one(cursor, "SELECT count(*) FROM dossiers_dossier")
        numbered = _one(cursor, _NUMBER_OF)
        if there >= wanted * 0.9 or not numbered:
            return there
        ended = _one(cursor, f"{_NUMBER_OF} AND ended_at IS NOT NULL")
        each = (wanted - there) / (ended + (numbered - ended) / _ENDED_TO_OPEN)
        highest = "SELECT coalesce(max(id), 0) + 1 FROM "
        offset = max(_one(cursor, highest + table) for table in _BY_DOSSIER)
        _choose(cursor, round(each))
        with progress.bar("Nhân hồ sơ để đo", len(_BY_DOSSIER)) as tell:
            for number, (table, owner) in enumerate(_BY_DOSSIER.items(), 1):
                _copy(cursor, table, owner, offset)
                tell(number)
        cursor.execute("ANALYZE")
        return _one(cursor, "SELECT count(*) FROM dossiers_dossier")


def _choose(cursor: CursorWrapper, each: int) -> None:
    """Say which dossier is copied how many times."""
    cursor.execute(
        "CREATE TEMPORARY TABLE copies AS SELECT d.id AS dossier, k FROM dossiers_dossier d, "  # noqa: S608  our words
        "generate_series(1, CASE WHEN d.ended_at IS NOT NULL THEN %s ELSE %s END) k "
        f"WHERE d.{_NUMBERED}",
        [each, max(each // _ENDED_TO_OPEN, 1)],
    )
    cursor.execute("CREATE INDEX ON copies (dossier)")
    cursor.execute("ANALYZE copies")


def _copy(cursor: CursorWrapper, table: str, owner: str, offset: int) -> None:
    columns = _columns(cursor, table)
    changed = _changed(table, owner, columns, offset)
    values = [changed.get(column, f't."{column}"') for column in columns]
    join = (
        "t.stream = 'dossier:' || c.dossier" if owner == "dossier" else f't."{owner}" = c.dossier'
    )
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE "  # noqa: S608  our own names
        f"SELECT {', '.join(values)} FROM copies c JOIN {table} t ON {join}"
    )
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
    )


def _changed(table: str, owner: str, columns: list[str], offset: int) -> Mapping[str, str]:
    """Return what a copy has otherwise: its keys, and what must be unique."""
    moved = f"+ c.k::bigint * {offset}"
    own = {"id", owner, *_KEYS_OF_COPIES} & set(columns)
    changed = {column: f't."{column}" {moved}' for column in own}
    unique = {
        "dossiers_dossier": {
            "code": "left(t.code, -7) || lpad((right(t.code, 7)::int + c.k * 10000)::text, 7, '0')",
            "filed_at": "t.filed_at - CASE WHEN t.ended_at IS NULL THEN interval '0' "
            "ELSE c.k * interval '3 days' END",
        },
        "dossiers_result": {"sequence": "t.sequence + c.k * 100000"},
        "documents_file": {
            "uuid": "gen_random_uuid()",
            "storage_path": "t.storage_path || '-' || c.k",
        },
        "ledger_factrow": {"stream": f"'dossier:' || (c.dossier {moved})"},
    }
    return changed | unique.get(table, {})


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [str(row[0]) for row in cursor.fetchall()]


def _one(cursor: CursorWrapper, sql: str) -> int:
    cursor.execute(sql)
    row = cursor.fetchone()
    return int(row[0]) if row else 0
