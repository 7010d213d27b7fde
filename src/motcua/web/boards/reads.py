"""What boards read: everything at once, kept for all readers until a fact moves it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from time import time
from typing import TYPE_CHECKING, cast

from django.core.cache import cache

from motcua.reporting import queries
from motcua.reporting.queries import Board, Day, Figures, Scope, counts, steering
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.steering import Hold
from motcua.reporting.rules import Period, Ratio
from motcua.web.boards import periods

if TYPE_CHECKING:
    from motcua.web.boards.asked import Asked

TREND_WEEKS, LEAST_DAYS = 12, 14
# Many acts a second make one reading: a board is told again as long as it shows less than there is.
LEAST_SECONDS, KEEP_SECONDS, SLOW_SECONDS = 0.8, 60, 600
Known = dict[date, dict[str, int]]


@dataclass(frozen=True)
class Seen:
    """The figures of a board, those of the equal period before, and how they moved.

    `upto` and `at`: the last fact in them, and the moment as of which they stand.
    """

    upto: int
    at: datetime
    board: Board
    before: Figures
    before_period: Period
    days: list[Day]
    supplemented: list[Ratio]
    digitised: list[Ratio]
    weeks: dict[int, list[Ratio]]
    hours: dict[tuple[int, int], int]
    holds: list[Hold] = field(default_factory=list)
    due: dict[date, int] = field(default_factory=dict)


def seen(asked: "Asked") -> Seen:
    """Return all that the board of a period and a part of the province shows."""
    name = _key(f"seen:{_span(asked.period)}:{asked.scope.key}")
    if not asked.is_live:
        return kept(f"{name}:{asked.period.until.timestamp()}:{asked.upto}", lambda: _read(asked))
    known = cache.get(name)
    if known is not None:
        when, found = cast("tuple[float, Seen]", known)
        if time() - when < LEAST_SECONDS or (found.upto, found.at) == (asked.upto, asked.at):
            return found
    when, found = time(), _read(asked)
    cache.set(name, (when, found), KEEP_SECONDS)
    return found


def _read(asked: "Asked") -> Seen:
    period, scope = asked.period, asked.scope
    earlier = periods.before(period, at=asked.at)
    first = min(period.first, period.last - timedelta(days=LEAST_DAYS - 1))
    begin = min(first, earlier.first)
    known = counts.by_day(begin, max(period.last, asked.at.date()), scope=scope)
    days = queries.days_between(begin, period.last, at=asked.at, scope=scope, known=known)
    working = [day.day for day in days if day.day >= first and (day.received or day.settled)]
    part = f"{_span(period)}:{scope.key}"
    is_now = period.is_current
    slow = SLOW_SECONDS if period.days > LEAST_DAYS or not is_now else 1
    return Seen(
        upto=asked.upto,
        at=asked.at,
        board=_board(period, scope),
        before=kept(
            f"before:{part}", lambda: _before(earlier, scope, days, known), seconds=SLOW_SECONDS
        ),
        before_period=earlier,
        days=[day for day in days if day.day >= first],
        supplemented=[_share(known, day, "supplemented") for day in working],
        digitised=[_share(known, day, "digitised") for day in working],
        weeks=kept(f"weeks:{period.last}:{asked.upto}", lambda: _weeks(asked)),
        hours=kept(f"hours:{part}", lambda: queries.busy_hours(period, scope=scope), seconds=slow),
        holds=steering.late_at(period, scope=scope) if is_now else [],
        due=_due(scope, asked.at) if is_now else {},
    )


def _share(known: Known, day: date, key: str) -> Ratio:
    of_day = known.get(day, {})
    return Ratio(of_day.get(key, 0), of_day.get("received", 0))


def _before(earlier: Period, scope: Scope, days: list[Day], known: Known) -> Figures:
    """Return the figures of the equal period before; of a part of a month what its days hold."""
    if earlier.kind in periods.PREFIX:
        return queries.total(earlier, scope=scope)
    found = counts.blank()
    for day, of_day in known.items():
        if earlier.first <= day <= earlier.last:
            for key, number in of_day.items():
                found[key] = found.get(key, 0) + number
    found["open"] = next((day.open for day in days if day.day == earlier.last), 0)
    return Figures("", "", found)


def _weeks(asked: "Asked") -> dict[int, list[Ratio]]:
    end = asked.period.until - timedelta(seconds=0 if asked.period.is_current else 1)
    return queries.weeks_by_agency(at=end, weeks=TREND_WEEKS)


def _due(scope: Scope, at: datetime) -> dict[date, int]:
    """Return how many fall due on each day to come, those waiting for the person left out."""
    return {
        day: of_day["in_time"]
        for day, of_day in queries.stock_by_due(scope, at).items()
        if day is not None and day >= at.date() and of_day["in_time"]
    }


def _board(period: Period, scope: Scope) -> Board:
    """Return the figures of a period in this part of the province."""
    if not scope.place and not scope.field:
        return queries.board(period, agency=scope.agency)
    agencies = queries.table((), period, by="agency", scope=scope)
    fields = queries.table((), period, by="field", scope=scope) if scope.place else []
    whole = counts.blank()
    for row in agencies:
        whole = {key: number + row.counts[key] for key, number in whole.items()}
    return Board(period, Figures("", "", whole), agencies, fields)


def _span(period: Period) -> str:
    return f"{period.kind}:{period.first}:{period.last}"


def _key(name: str) -> str:
    """Return a key that every cache takes, whatever letters the name has."""
    return f"boards:{sha256(name.encode()).hexdigest()}"
