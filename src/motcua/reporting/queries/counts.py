"""The counts of a period by groups: live ones from the counts of days, past ones as they stood."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.reporting.models import Followed
from motcua.reporting.queries import counting
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import EVERYTHING, Scope
from motcua.reporting.refusals import NotReady
from motcua.reporting.rules import Period, classes, measures

Counts = dict[str, int]
Group = tuple[Any, ...]
# A page may ask for a moment some seconds before what was folded last: it gets the live figures.
LIVE_WITHIN = timedelta(seconds=60)
UPTO, UPTO_SECONDS = "figures:upto", 0.5
CELL_COLUMNS = ("competent_id", "receiving_id", "field", "channel")


def upto() -> tuple[int, datetime | None]:
    """Return the last fact that figures hold, and the latest moment of those."""
    fact, at, _building = kept(UPTO, _followed, seconds=UPTO_SECONDS)
    return fact, at


def is_building() -> bool:
    """Tell whether figures are being built anew, so that what a page shows still grows."""
    *_told, building = kept(UPTO, _followed, seconds=UPTO_SECONDS)
    return building


def _followed() -> tuple[int, datetime | None, bool]:
    row = Followed.objects.filter(pk=1).values_list("upto", "latest_at", "is_building").first()
    return row or (0, None, False)


def check_built() -> None:
    """See that the figures stand whole.

    Raises NotReady: they are being built anew from the ledger.
    """
    if Followed.objects.filter(pk=1, is_building=True).exists():
        raise NotReady(_("Số liệu đang được dựng lại từ sổ cái; xin thử lại sau ít phút."))


def name_of(period: Period) -> str:
    """Return a name under which figures of a period may be kept: live ones only until the next fact."""
    return f"{period.start.timestamp()}:{period.until.timestamp()}:{upto()[0]}"


def is_live(period: Period) -> bool:
    """Tell whether a period holds everything that was folded: then the counts of days are exact."""
    _id, latest = upto()
    return period.is_current and (latest is None or period.until + LIVE_WITHIN > latest)


def lifted(period: Period) -> Period:
    """Return a live period up to the last moment that was folded, so that a list equals its count."""
    _id, latest = upto()
    if latest is None or not is_live(period) or period.until > latest:
        return period
    until = latest + timedelta(microseconds=1)
    return Period(period.kind, period.first, period.last, period.start, until, period.is_current)


def counts_of(
    period: Period, *, by: Sequence[str] = (), scope: Scope = EVERYTHING
) -> dict[Group, Counts]:
    """Return the counts of a period by columns, of one part of the province when it is given."""
    if "officer_id" in by or scope.officer_id is not None:
        return _from_standings(period, by, scope)
    if not is_live(period):
        return _as_it_stood(period, by, scope)
    return _live(period, by, scope)


def total_of(period: Period, *, scope: Scope = EVERYTHING) -> Counts:
    """Return the counts of a period in one sum."""
    return counts_of(period, scope=scope).get((), blank())


def blank() -> Counts:
    """Return counts of nothing."""
    return dict.fromkeys((*counting.KEYS, "taken_in"), 0)


def _live(period: Period, by: Sequence[str], scope: Scope) -> dict[Group, Counts]:
    found: dict[Group, Counts] = defaultdict(blank)
    is_by_procedure = "procedure_code" in by or bool(scope.procedure)
    if is_by_procedure and period.first.day != 1:
        return _from_standings(period, by, scope)
    for group, counts in flows(
        period.first, period.last, by, scope, is_by_procedure=is_by_procedure
    ).items():
        found[group] |= counts
    for group, stock in _stock(period, by, scope, is_by_procedure=is_by_procedure).items():
        found[group] |= stock
    return {group: _completed(counts) for group, counts in found.items()}


def _completed(counts: Counts) -> Counts:
    """Add what follows from the others: what was carried over (3 = 7 + 11)."""
    carried = counts["settled"] + counts["open"] - counts["received"]
    return counts | {"carried": carried, "taken_in": counts["received"]}


def flows(
    first: date, last: date, by: Sequence[str], scope: Scope, *, is_by_procedure: bool = False
) -> dict[Group, Counts]:
    """Return what was received and settled from a day to a day, by columns."""
    where, values = scope.condition()
    is_whole = scope == Scope(procedure=scope.procedure) and set(by) <= {"procedure_code"}
    grain = "m" if not is_by_procedure else "q" if is_whole else "p"
    days, asked = _days(first, last, grain)
    sums = ", ".join(f"sum({key})::bigint" for key in measures.FLOWS)
    columns = "".join(f"{name}, " for name in by)
    tail = f" GROUP BY {', '.join(by)}" if by else ""
    rows = _read(
        f"SELECT {columns}{sums} FROM reporting_rollup WHERE ({days}) AND {where}{tail}",  # noqa: S608
        [*asked, *values],
    )
    return {
        row[: len(by)]: dict(zip(measures.FLOWS, row[len(by) :], strict=True))
        for row in rows
        if row[-1] is not None
    }


def by_day(first: date, last: date, *, scope: Scope = EVERYTHING) -> dict[date, Counts]:
    """Return what was received and settled on each day."""
    where, values = scope.condition()
    is_by_procedure = bool(scope.procedure)
    if is_by_procedure or scope.officer_id is not None:
        return _days_from_standings(first, last, where, values)
    sums = ", ".join(f"sum({key})::bigint" for key in measures.FLOWS)
    grain = "d"
    if scope == EVERYTHING:
        grain = "g"
    elif scope == Scope(agency=scope.agency, level=scope.level, place=scope.place):
        grain = "a"
    elif scope == Scope(field=scope.field):
        grain = "f"
    rows = _read(
        f"SELECT day, {sums} FROM reporting_rollup WHERE grain = '{grain}' AND day BETWEEN %s AND %s "  # noqa: S608
        f"AND {where} GROUP BY day",
        [first, last, *values],
    )
    return {row[0]: dict(zip(measures.FLOWS, row[1:], strict=True)) for row in rows}


def _days_from_standings(
    first: date, last: date, where: str, values: list[Any]
) -> dict[date, Counts]:
    sums = ", ".join(f"sum({key})::bigint" for key in measures.FLOWS)
    source = f"(SELECT * FROM reporting_standing WHERE {where}) AS s"  # noqa: S608
    rows = _read(
        f"SELECT day, {sums} FROM ({counting.daily('d', source=source)}) AS d (grain, day, "  # noqa: S608
        f"{', '.join(counting.CELL)}, {', '.join(measures.FLOWS)}) "
        "WHERE day BETWEEN %s AND %s GROUP BY day",
        [*values, *values, first, last],
    )
    return {row[0]: dict(zip(measures.FLOWS, row[1:], strict=True)) for row in rows}


def _days(first: date, last: date, months_of: str) -> tuple[str, list[Any]]:
    """Return the condition of whole months of a grain, and of the days before the first of them.

    Up to now: nothing was counted after the last day, so its month counts as a whole.
    """
    if first.day == 1 or months_of != "m":
        return f"grain = '{months_of}' AND day BETWEEN %s AND %s", [first, last]
    month = _next_month(first)
    days, months = (
        "grain = 'd' AND day >= %s AND day < %s",
        "grain = 'm' AND day BETWEEN %s AND %s",
    )
    return f"{days} OR {months}", [first, month, month, last]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _stock(
    period: Period, by: Sequence[str], scope: Scope, *, is_by_procedure: bool
) -> dict[Group, Counts]:
    """Return what is in progress now; of today's, those due before this moment are overdue."""
    where, values = scope.condition()
    columns = "".join(f"{name}, " for name in by)
    table = "reporting_stock"
    if is_by_procedure:
        table = f"({counting.shelves(more='procedure_code, ')}) AS shelves"
    due = "due_day" if "due_day" in by else _one_of_its_age(period.last)
    rows = _read(
        f"SELECT {columns}{due}, state, sum(count)::bigint FROM {table} WHERE {where} "  # noqa: S608
        f"GROUP BY {columns}{due}, state HAVING sum(count) <> 0",
        values,
    )
    today = period.last
    is_today = any(row[len(by)] == today for row in rows)
    past = _past_today(period, by, scope) if is_today else {}
    found: dict[Group, Counts] = defaultdict(lambda: dict.fromkeys(measures.STOCK, 0))
    for row in rows:
        group, due_day, state, count = row[: len(by)], row[-3], row[-2], row[-1]
        over = past.get(group, 0) if state == measures.RUNS and due_day == today else 0
        added = measures.stock_counts(state, due_day, count, today=today, past=over)
        for key, number in added.items():
            found[group][key] += number
    return found


def _one_of_its_age(today: date) -> str:
    """Return for a due day one day of the same age (measures.stock_counts): few rows, same counts."""
    first, far = measures.SOON_DAYS, measures.FAR_DAYS

    def on(left: int) -> str:
        return f"DATE '{today + timedelta(days=left)}'"

    return (
        f"CASE WHEN due_day = DATE '{measures.NO_DUE}' THEN due_day "
        f"WHEN due_day < {on(-measures.FAR_OVER_DAYS)} THEN {on(-measures.FAR_OVER_DAYS - 1)} "
        f"WHEN due_day < {on(0)} THEN {on(-1)} WHEN due_day = {on(0)} THEN due_day "
        f"WHEN due_day < {on(first)} THEN {on(first - 1)} "
        f"WHEN due_day <= {on(far)} THEN {on(first)} ELSE {on(far + 1)} END"
    )


def open_now(*, scope: Scope = EVERYTHING) -> int:
    """Return how many dossiers are in progress, as far as was folded."""
    where, values = scope.condition()
    table = "reporting_stock"
    if scope.procedure or scope.officer_id is not None:
        table = (
            "(SELECT *, 1 AS count FROM reporting_standing "
            "WHERE accepted_at IS NOT NULL AND ended_at IS NULL) AS s"
        )
    rows = _read(f"SELECT coalesce(sum(count), 0)::bigint FROM {table} WHERE {where}", values)  # noqa: S608
    return int(rows[0][0])


def stock_by_due(scope: Scope, at: datetime) -> dict[date | None, Counts]:
    """Return what is in progress by the day it is due (None: no due time), as counts of that day.

    Of those due on the day of `at`, the ones due before `at` are overdue.
    """
    day = at.date()
    start = datetime.combine(day, datetime.min.time(), at.tzinfo)
    today = Period("today", day, day, start, at, is_current=True)
    found: dict[date | None, Counts] = {}
    for (due_day,), counts in _stock(
        today, ("due_day",), scope, is_by_procedure=bool(scope.procedure)
    ).items():
        found[None if due_day == measures.NO_DUE else due_day] = counts
    return found


def _past_today(period: Period, by: Sequence[str], scope: Scope) -> dict[Group, int]:
    where, values = scope.condition()
    local = f"(due_at AT TIME ZONE {counting.ZONE})::date"
    names = [local if name == "due_day" else name for name in by]
    columns = "".join(f"{name}, " for name in names)
    tail = f" GROUP BY {', '.join(names)}" if by else ""
    start = datetime.combine(period.last, datetime.min.time(), period.until.tzinfo)
    rows = _read(
        f"SELECT {columns}count(*) FROM reporting_standing WHERE accepted_at IS NOT NULL "  # noqa: S608
        f"AND ended_at IS NULL AND due_at >= %s AND due_at < %s AND waiting_since IS NULL "
        f"AND supplements < {classes.manners()[-1].supplements} AND {where}{tail}",
        [start, period.until, *values],
    )
    return {row[: len(by)]: row[-1] for row in rows}


def _as_it_stood(period: Period, by: Sequence[str], scope: Scope) -> dict[Group, Counts]:
    """Return the counts of a period as it stood at its end, kept once they were read."""
    is_by_procedure = "procedure_code" in by or bool(scope.procedure)
    if is_by_procedure or period.is_current or not is_kept(period):
        return _from_standings(period, by, scope)
    where, values = scope.condition()
    columns = "".join(f"{name}, " for name in by)
    keys = kept_keys()
    sums = ", ".join(f"sum({key})::bigint" for key in keys)
    tail = f" GROUP BY {', '.join(by)}" if by else ""
    rows = _read(
        f"SELECT {columns}{sums} FROM reporting_past WHERE first = %s AND until = %s "  # noqa: S608
        f"AND competent_id > 0 AND {where}{tail}",
        [period.first, period.until, *values],
    )
    return {
        row[: len(by)]: _completed(dict(zip(keys, row[len(by) :], strict=True)))
        for row in rows
        if row[-1] is not None
    }


def kept_keys() -> list[str]:
    """Return the names of the counts that are kept of a period that is over."""
    return [key for key in counting.past_keys() if key != "carried"]


def is_kept(period: Period) -> bool:
    """Tell whether a period that is over was read and kept."""
    asked = "SELECT 1 FROM reporting_past WHERE first = %s AND until = %s LIMIT 1"
    return bool(_read(asked, [period.first, period.until]))


def _from_standings(period: Period, by: Sequence[str], scope: Scope) -> dict[Group, Counts]:
    """Return the counts of any period, standing by standing."""
    name = f"stood:{name_of(period)}:{','.join(by)}:{scope.key}"
    return kept(name, lambda: _counted(period, by, scope))


def _counted(period: Period, by: Sequence[str], scope: Scope) -> dict[Group, Counts]:
    where, values = scope.condition()
    asked = counting.past(lifted(period), by, where=where, values=values)
    keys = counting.past_keys()
    return {
        row[: len(by)]: _completed(dict(zip(keys, row[len(by) :], strict=True)))
        for row in _read(asked.text, asked.values)
    }


def _read(text: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, list(values))
        return list(cursor.fetchall())
