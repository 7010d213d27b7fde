"""How figures moved: by day, by week and agency, by hour; and who holds what is late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Min, Q, Value
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate, TruncWeek

from motcua.directory.queries import cards
from motcua.reporting.queries.conditions import ENDED, alive_since, base, conditions
from motcua.reporting.queries.figures import scope_of
from motcua.reporting.rules import Period, Ratio

_DECIDED = ~Q(state__in=ENDED)
_ON_TIME = _DECIDED & (Q(due_at__isnull=True) | Q(ended_at__lte=F("due_at")))


@dataclass(frozen=True)
class Day:
    """What was received and settled on one day."""

    day: date
    received: int
    settled: int
    on_time: Ratio
    open: int


def days_of(*, at: datetime, count: int = 30, agency: cards.AgencyCard | None = None) -> list[Day]:
    """Return the last days, oldest first, with how many were in progress at the end of each."""
    since = (at - timedelta(days=count - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = alive_since(since).filter(scope_of(agency)).order_by()
    received = dict(
        rows.filter(accepted_at__gte=since, accepted_at__lt=at)
        .values_list(TruncDate("accepted_at"))
        .annotate(n=Count(Value(1)))
    )
    ended = {
        day: (settled, on_time, decided)
        for day, settled, on_time, decided in rows.filter(ended_at__gte=since, ended_at__lt=at)
        .values_list(TruncDate("ended_at"))
        .annotate(
            n=Count(Value(1)),
            good=Count(Value(1), filter=_ON_TIME),
            decided=Count(Value(1), filter=_DECIDED),
        )
    }
    still = rows.filter(ended_at__isnull=True).count()
    days: list[Day] = []
    for back in range(count):
        day = at.date() - timedelta(days=back)
        settled, on_time, decided = ended.get(day, (0, 0, 0))
        days.append(Day(day, received.get(day, 0), settled, Ratio(on_time, decided), still))
        still += settled - received.get(day, 0)
    return days[::-1]


def weeks_by_agency(*, at: datetime, weeks: int = 12) -> dict[int, list[Ratio]]:
    """Return each agency's share on time by week, oldest first (one statement)."""
    monday = at.date() - timedelta(days=at.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    rows = (
        alive_since(datetime.combine(first, time.min, at.tzinfo))
        .filter(_DECIDED, ended_at__lt=at)
        .order_by()
        .values_list("competent_id", TruncWeek("ended_at"))
        .annotate(good=Count(Value(1), filter=_ON_TIME), n=Count(Value(1)))
    )
    found: dict[int, dict[date, Ratio]] = defaultdict(dict)
    for agency, week, good, count in rows:
        found[agency][week.date()] = Ratio(good, count)
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    return {
        agency: [known.get(day, Ratio(0, 0)) for day in days] for agency, known in found.items()
    }


def busy_hours(
    period: Period, *, agency: cards.AgencyCard | None = None
) -> dict[tuple[int, int], int]:
    """Return how many were accepted by weekday (Monday 1) and hour in a period (one statement)."""
    rows = (
        base(period)
        .filter(scope_of(agency), conditions(period)["received"])
        .order_by()
        .values_list(ExtractIsoWeekDay("accepted_at"), ExtractHour("accepted_at"))
        .annotate(n=Count(Value(1)))
    )
    return {(weekday, hour): count for weekday, hour, count in rows}


@dataclass(frozen=True)
class Holder:
    """Who has the step of overdue dossiers."""

    agency: cards.AgencyCard
    step: str
    count: int
    oldest: datetime


def holders(
    period: Period, *, agency: cards.AgencyCard | None = None, limit: int = 8
) -> list[Holder]:
    """Return where overdue dossiers lie, the most first (one statement)."""
    rows = (
        base(period)
        .filter(scope_of(agency), conditions(period)["overdue"], turn_agency__isnull=False)
        .order_by()
        .values_list("turn_agency_id", "step_name")
        .annotate(n=Count(Value(1)), oldest=Min("due_at"))
        .order_by("-n", "oldest")[:limit]
    )
    return [Holder(cards.card(key), step, count, oldest) for key, step, count, oldest in rows]
