"""The index of each day is kept as it stood, so that its way over the days can be shown."""

from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.reporting.index766 import measuring, rules
from motcua.reporting.index766.rules import Measured
from motcua.reporting.models_index import IndexDay

HISTORY_DAYS = 30


@transaction.atomic
def keep(*, day: date, at: datetime) -> int:
    """Keep the index of a day for every agency; a day that is kept stays as it is.

    Returns how many rows are new.
    Source: 766/QĐ-TTg (theo thời gian thực; each day is shown as it stood).
    """
    edition = rules.edition(on=day)
    known = set(IndexDay.objects.filter(day=day).values_list("scope", flat=True))
    rows = []
    for scope, found in measuring.measure(day).items():
        if scope in known:
            continue
        score = rules.score(edition=edition, measured=found)
        rows.append(
            IndexDay(
                day=day,
                scope=scope,
                edition=edition.valid_from,
                measured={key: _plain(one) for key, one in found.items()},
                points=score.points,
                most=score.most,
                on_hundred=score.on_hundred,
                kept_at=at,
            )
        )
    IndexDay.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def catch_up(*, until: date, days: int = HISTORY_DAYS, at: datetime) -> int:
    """Keep every day up to one day that is not kept yet; returns how many rows are new.

    All days since the first that was kept, however long nobody worked; at first the last `days`. Each
    is counted from the ledger as it stood when the day was over.
    Source: rule of the house (a night without a worker leaves no hole).
    """
    return sum(keep(day=day, at=at) for day in missing(until=until, days=days))


def missing(*, until: date, days: int = HISTORY_DAYS) -> list[date]:
    """Return the days that are not kept, from the first kept one (or the last `days`) to one day.

    Source: rule of the house.
    """
    known = set(IndexDay.objects.filter(day__lte=until).values_list("day", flat=True).distinct())
    first = min([until - timedelta(days=days - 1), *known])
    count = (until - first).days + 1
    return [day for n in range(count) if (day := first + timedelta(days=n)) not in known]


def _plain(one: Measured) -> list[object]:
    return [one.numerator, one.denominator, one.reason]
