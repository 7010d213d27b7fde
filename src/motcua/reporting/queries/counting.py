"""What each figure counts, as conditions on standings: for the counts of days, and as of a moment.

The same conditions count a figure and list the dossiers behind it. `rules.measures` says the same of
one standing in Python; a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.reporting.rules import Period, classes, measures

ZONE = "'Asia/Ho_Chi_Minh'"
CELL = ("competent_id", "receiving_id", "field", "channel", "procedure_code")
# What the counts of a grain are divided by, beside the day ("d", "a", "f") or the month.
DIVIDED = {
    "d": ("competent_id", "receiving_id", "field", "channel"),
    "m": ("competent_id", "receiving_id", "field", "channel"),
    "p": CELL,
    "a": ("competent_id", "receiving_id"),
    "f": ("field",),
    "g": (),
    "q": ("procedure_code",),
    "w": ("procedure_code",),
}
# A grain that follows from another, whose cells it puts together.
SUMS_OF = {"m": "p", "a": "d", "f": "d", "g": "a", "q": "p", "w": "h"}
DAILY = frozenset("dafg")
_BLANK = {"competent_id": "0", "receiving_id": "0"}
_ELECTRONIC = "(channel = 'online' OR digitised_at < {until} OR reused_at < {until})"
_SECONDS = "floor(extract(epoch FROM {0} - {1}))"
_TOOK = _SECONDS.format("ended_at", "started_at") + " - waited_all_seconds"
_LIMIT = _SECONDS.format("due_original", "started_at")
_RESOLVED = "ending = 'result'"
_TIMED = f"{_RESOLVED} AND started_at IS NOT NULL AND due_original IS NOT NULL"

TIMED = _TIMED
TOOK_MINUTES = f"floor(greatest(0, {_TOOK}) / 60)"

OF_ACCEPTED = {
    "received": "true",
    "online": "channel = 'online'",
    "supplemented": "supplemented_at < {until}",
    "supplemented_twice": "supplemented_again_at < {until}",
    "digitised": _ELECTRONIC,
    "reused": "reused_at < {until}",
    "from_store": "from_store_at < {until}",
    "obliged": "obligation_at < {until}",
    "paid_online": "obligation_at < {until} AND paid_online_at < {until}",
}
OF_ENDED = {
    "settled": "true",
    "on_time": "ended_class IN ('early', 'on_time')",
    "early": "ended_class = 'early'",
    "late": "ended_class = 'late'",
    "ended": "ending <> 'result'",
    "apart": "ended_class = 'ended'",
    "resolved": _RESOLVED,
    "e_result": f"{_RESOLVED} AND stamped_at < {{until}}",
    "e_whole": f"{_RESOLVED} AND stamped_at < {{until}} AND {_ELECTRONIC}",
    "refused": f"{_RESOLVED} AND decided_outcome = 'refused'",
    "extended": "extensions > 0",
    "apologised": "ended_class = 'late' AND extensions > 0",
    "timed": _TIMED,
}
SUMS = {
    "took_minutes": f"floor(greatest(0, {_TOOK}) / 60) ELSE 0",
    "limit_minutes": f"floor(greatest(0, {_LIMIT}) / 60) ELSE 0",
}
_AGES = {
    "far": f"class_then = 'in_time' AND days_left > {measures.FAR_DAYS} AND due_then IS NOT NULL",
    "near": f"class_then = 'in_time' AND days_left BETWEEN {measures.SOON_DAYS} AND "
    f"{measures.FAR_DAYS}",
    "soon": f"class_then = 'in_time' AND days_left < {measures.SOON_DAYS}",
    "over": f"class_then = 'overdue' AND days_left >= -{measures.FAR_OVER_DAYS}",
    "far_over": f"class_then = 'overdue' AND days_left < -{measures.FAR_OVER_DAYS}",
    "unlimited": "class_then = 'in_time' AND due_then IS NULL",
}
_OPEN = {
    "open": "true",
    "in_time": "class_then = 'in_time'",
    "waiting": "class_then = 'waiting'",
    "overdue": "class_then = 'overdue'",
} | _AGES
_LATE = "(is_settled AND ended_class = 'late')"
_EXTRA = {
    "carried": "NOT is_received",
    "taken_in": "is_received",
    # Columns of forms that are made of several counts; they are listed, not counted by day.
    "whole": "true",
    "direct": "is_received AND channel <> 'online'",
    "in_term": "is_settled AND ended_class IN ('on_time', 'ended')",
    "not_overdue": "NOT is_settled AND class_then <> 'overdue'",
    "late_any": f"({_LATE} OR (NOT is_settled AND class_then = 'overdue'))",
}
KEYS = (*measures.FLOWS, *measures.STOCK, "carried")


def counted(expressions: Mapping[str, str], *, until: str) -> list[str]:
    """Return the counts as columns of a statement."""
    return [
        f"count(*) FILTER (WHERE {text.format(until=until)}) AS {key}"
        for key, text in expressions.items()
    ]


def summed() -> list[str]:
    """Return the sums of minutes as columns of a statement."""
    return [f"coalesce(sum(CASE WHEN {_TIMED} THEN {text} END), 0)::bigint AS {key}"
            for key, text in SUMS.items()]  # fmt: skip


def conditions() -> dict[str, str]:
    """Return every count's condition on the rows of `as_of`."""
    found = {key: f"is_received AND {text}" for key, text in OF_ACCEPTED.items()}
    found |= {key: f"is_settled AND {text}" for key, text in OF_ENDED.items()}
    found |= {key: f"NOT is_settled AND {text}" for key, text in _OPEN.items()}
    return found | _EXTRA


@dataclass(frozen=True)
class Statement:
    """A statement and its values."""

    text: str
    values: tuple[Any, ...]


def as_of(period: Period, *, where: str = "true", values: Iterable[Any] = (),
          source: str = "reporting_standing") -> Statement:  # fmt: skip
    """Return the statement of what a period is about, each dossier as it stood at its end.

    `where` is a condition on the standing itself. Rows have `is_received`, `is_settled`,
    `due_then`, `wait_then`, `class_then`, `days_left` beside the standing's own columns.
    """
    manner = classes.manner_on(period.last)
    asked = "supplemented_at" if manner.supplements <= 1 else "supplemented_again_at"
    text = f"""
    SELECT *, ((coalesce((due_then AT TIME ZONE {ZONE})::date, DATE '9999-12-31')) - %s::date)
                AS days_left,
           CASE WHEN is_settled THEN ''
                WHEN {asked} < %s::timestamptz THEN 'overdue'
                WHEN wait_then IS NOT NULL THEN
                     CASE WHEN wait_then > due_then THEN 'overdue' ELSE 'waiting' END
                WHEN due_then < %s::timestamptz THEN 'overdue'
                ELSE 'in_time' END AS class_then
    FROM (SELECT *, path_due[place] AS due_then, path_wait[place] AS wait_then
          FROM (SELECT *, accepted_at >= %s::timestamptz AS is_received,
                       coalesce(ended_at < %s::timestamptz, false) AS is_settled,
                       CASE WHEN ended_at < %s::timestamptz THEN 0 ELSE
                            (SELECT count(*) FROM unnest(path_at) AS one WHERE one < %s::timestamptz)
                       END::int AS place
                FROM {source}
                WHERE accepted_at < %s::timestamptz
                  AND (ended_at IS NULL OR ended_at >= %s::timestamptz) AND {where}
                OFFSET 0) AS placed
          OFFSET 0) AS stood
    """  # noqa: S608
    until, start = period.until, period.start
    return Statement(
        text, (period.last, until, until, start, until, until, until, until, start, *values)
    )


def past(period: Period, by: Iterable[str], *, where: str = "true",
         values: Iterable[Any] = (), source: str = "reporting_standing") -> Statement:  # fmt: skip
    """Return the statement that counts a period as it stood at its end, by columns of the standing."""
    stood = as_of(period, where=where, values=values, source=source)
    until = _literal(period.until)
    found = conditions()
    keys = [key for key in KEYS if key not in SUMS]
    counts = [f"count(*) FILTER (WHERE {found[key].format(until=until)}) AS {key}" for key in keys]
    minutes = [
        f"coalesce(sum(CASE WHEN is_settled AND {_TIMED} THEN {text} END), 0)::bigint AS {key}"
        for key, text in SUMS.items()
    ]
    groups = list(by)
    columns = ", ".join([*groups, *counts, *minutes])
    tail = f" GROUP BY {', '.join(groups)}" if groups else ""
    return Statement(f"SELECT {columns} FROM ({stood.text}) AS s{tail}", stood.values)  # noqa: S608


def past_keys() -> list[str]:
    """Return the names of the counts in the order of `past`."""
    return [key for key in KEYS if key not in SUMS] + list(SUMS)


def daily(grain: str, *, source: str = "reporting_standing") -> str:
    """Return the statement of all counts by day or month, divided as the grain is."""
    day = f"(%s AT TIME ZONE {ZONE})::date"
    if grain not in DAILY:
        day = f"date_trunc('month', %s AT TIME ZONE {ZONE})::date"
    place = _cell(grain)
    until = "'infinity'::timestamptz"
    accepted = counted(OF_ACCEPTED, until=until) + [f"0 AS {key}" for key in (*OF_ENDED, *SUMS)]
    ended = [f"0 AS {key}" for key in OF_ACCEPTED] + counted(OF_ENDED, until=until) + summed()
    names = ", ".join(measures.FLOWS)
    sums = ", ".join(f"sum({key})::bigint" for key in measures.FLOWS)
    cell, places = ", ".join(CELL), "1, 2, 3, 4, 5, 6"
    one = f"""SELECT {day % "accepted_at"} AS day, {place}, {", ".join(accepted)} FROM {source}
        WHERE accepted_at IS NOT NULL GROUP BY {places}"""  # noqa: S608
    other = f"""SELECT {day % "ended_at"} AS day, {place}, {", ".join(ended)} FROM {source}
        WHERE accepted_at IS NOT NULL AND ended_at IS NOT NULL GROUP BY {places}"""  # noqa: S608
    return f"""
    SELECT '{grain}' AS grain, day, {cell}, {sums}
    FROM (SELECT day, {cell}, {names} FROM ({one}) AS a
          UNION ALL SELECT day, {cell}, {names} FROM ({other}) AS e) AS both_of
    GROUP BY day, {cell}
    """  # noqa: S608


def put_together(grain: str) -> str:
    """Return the statement that sums a grain up from the stored cells of the one it follows from."""
    sums = ", ".join(f"sum({key})::bigint" for key in measures.FLOWS)
    return f"""
    SELECT '{grain}' AS grain, day, {_cell(grain)}, {sums}
    FROM reporting_rollup WHERE grain = '{SUMS_OF[grain]}'
    GROUP BY {", ".join(("day", *DIVIDED[grain]))}
    """  # noqa: S608


def _cell(grain: str) -> str:
    """Return the columns of a cell; those by which the grain is not divided are blank."""
    return ", ".join(
        name if name in DIVIDED[grain] else f"{_BLANK.get(name, chr(39) * 2)} AS {name}"
        for name in CELL
    )


def hourly(grain: str = "h", *, source: str = "reporting_standing") -> str:
    """Return the statement of what was received by month, weekday (Monday 1) and hour.

    "h": by agency; "v": by field; "w": in all.
    """
    place = "competent_id, receiving_id"
    if grain != "h":
        place = "0::bigint AS competent_id, 0::bigint AS receiving_id"
    field = "field" if grain == "v" else "''"
    local = f"accepted_at AT TIME ZONE {ZONE}"
    zeros = ", ".join(f"0 AS {key}" for key in measures.FLOWS[1:])
    return f"""
    SELECT '{grain}' AS grain, date_trunc('month', {local})::date AS day, {place},
           {field} AS field, '' AS channel,
           to_char({local}, 'ID') || '-' || to_char({local}, 'HH24') AS procedure_code,
           count(*) AS received, {zeros}
    FROM {source} WHERE accepted_at IS NOT NULL GROUP BY 2, 3, 4, 5, 7
    """  # noqa: S608


def shelves(*, source: str = "reporting_standing", more: str = "") -> str:
    """Return the statement of all that is in progress, by how it stands and when it is due.

    `more`: further columns to group by, each with its comma.
    """
    manner = classes.manners()[-1]
    cell = "competent_id, receiving_id, field, channel"
    return f"""
    SELECT {more}{cell}, due_day, state, count(*) AS count
    FROM (SELECT {more}{cell},
                 coalesce((due_at AT TIME ZONE {ZONE})::date, DATE '9999-12-31') AS due_day,
                 CASE WHEN supplements >= {manner.supplements} THEN 'overdue'
                      WHEN waiting_since > due_at THEN 'overdue'
                      WHEN waiting_since IS NOT NULL THEN 'waits'
                      ELSE 'runs' END AS state
          FROM {source} WHERE accepted_at IS NOT NULL AND ended_at IS NULL) AS open
    GROUP BY {more}{cell}, due_day, state
    """  # noqa: S608


def _literal(at: datetime) -> str:
    return f"'{at.isoformat()}'::timestamptz"
