"""Figures that no sum of counts gives: medians, and what people say."""

from collections.abc import Callable

from django.db import connection

from motcua.feedback.queries import figures as voices
from motcua.feedback.queries import rating
from motcua.reporting.queries import counting
from motcua.reporting.queries.counts import lifted, name_of
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period, Ratio


def median_days(period: Period, scope: Scope) -> Ratio:
    """Return the median settling time in minutes (over one), over nothing when nothing was settled."""
    name = f"median:{name_of(period)}:{scope.key}"
    return kept(name, lambda: _median(lifted(period), scope))


def _median(period: Period, scope: Scope) -> Ratio:
    where, values = scope.condition()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY {counting.TOOK_MINUTES}) "  # noqa: S608
            f"FROM reporting_standing WHERE accepted_at IS NOT NULL AND {counting.TIMED} "
            f"AND ended_at >= %s AND ended_at < %s AND {where}",
            [period.start, period.until, *values],
        )
        (minutes,) = cursor.fetchone()
    return Ratio(0, 0) if minutes is None else Ratio(round(minutes), 1)


def _voices(period: Period, scope: Scope) -> "voices.Board | voices.Group | None":
    """Return what people reported in a period, of one agency when it is given."""
    board = kept(
        f"voices:{period.first}:{period.last}:{period.until.timestamp() // 60}",
        lambda: voices.board(first=period.first, last=period.last, by="agency", at=period.until),
    )
    if scope.agency is None:
        return board
    return next((group for group in board.groups if group.key == scope.agency.code), None)


def feedback_on_time(period: Period, scope: Scope) -> Ratio:
    """Return the share of reports that were settled in time."""
    found = _voices(period, scope)
    if found is None:
        return Ratio(0, 0)
    figures = found.whole if isinstance(found, voices.Board) else found.figures
    return Ratio(figures.settled_on_time.numerator, figures.settled_on_time.denominator)


def feedback_satisfied(period: Period, scope: Scope) -> Ratio:
    """Return the share of those who reported and are satisfied."""
    found = _voices(period, scope)
    if found is None:
        return Ratio(0, 0)
    figures = found.whole if isinstance(found, voices.Board) else found.figures
    return Ratio(figures.satisfied.numerator, figures.satisfied.denominator)


def rated_satisfied(period: Period, scope: Scope) -> Ratio:
    """Return the share of satisfied ratings of results and counters."""
    if scope.agency is None:
        whole = rating.whole(since=period.start, until=period.until)
        return Ratio(whole.satisfied, whole.count)
    for one in rating.by_agency(since=period.start, until=period.until):
        if one.agency_id == scope.agency.id:
            return Ratio(one.sum.satisfied, one.sum.count)
    return Ratio(0, 0)


READ: dict[str, Callable[[Period, Scope], Ratio]] = {
    "median_days": median_days,
    "feedback_on_time_share": feedback_on_time,
    "feedback_satisfied_share": feedback_satisfied,
    "rating_share": rated_satisfied,
}
