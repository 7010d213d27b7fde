"""1.2: announced decisions whose procedures stood in our catalogue within five working days.

The lists that we hold carry no day of signing: the days are counted from the first time that the
decision was set beside our catalogue. It was signed before, so what is late by this count is late.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from motcua.catalog.models import Comparison
from motcua.directory.queries.calendars import calendar_for
from motcua.kernel.text import squeeze
from motcua.ledger.models import FactRow
from motcua.reporting.index766.rules import Measured

DAYS = 5
NONE_DUE = _(
    "Trong thời gian này chưa có quyết định công bố nào được đối chiếu mà đã đến hạn 5 ngày làm việc"
)
_COMPARED, _FOUND, _REOPENED = "catalog.compared", "difference.found", "difference.reopened"
_CLOSED = ("difference.gone", "difference.settled")


@dataclass
class Decision:
    """One announced decision: when it was first compared, and when each difference was closed."""

    name: str
    first_at: datetime
    differences: set[str] = field(default_factory=set)


def published(first: date, last: date, *, until: datetime) -> Measured:
    """Return how many decisions first compared in some days were in line in time, of those due.

    Source: 766/QĐ-TTg mục 1.2 (công khai trong 5 ngày làm việc).
    """
    told = _decisions(until)
    closed = _closed(until)
    good = over = 0
    for one in told.values():
        if not first <= timezone.localdate(one.first_at) <= last:
            continue
        limit = _limit(one.first_at)
        ended = [closed.get(stream) for stream in one.differences]
        is_whole = all(at is not None and at < limit for at in ended)
        if is_whole or limit <= until:
            over += 1
            good += is_whole
    return Measured(good, over, "" if over else NONE_DUE)


def _limit(at: datetime) -> datetime:
    """Return the end of the fifth working day after a moment."""
    day = calendar_for("").add_working_days(timezone.localdate(at), DAYS)
    zone = timezone.get_current_timezone()
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def _decisions(until: datetime) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    by_moment: dict[datetime, Decision] = {}
    runs = [
        (at, body)
        for _stream, _kind, at, body in _facts(until, _COMPARED)
        if body.get("against") == Comparison.Against.DECISION
    ]
    names = dict(
        Comparison.objects.filter(
            pk__in=[body["comparison_id"] for _at, body in runs]
        ).values_list("pk", "name")
    )
    for at, body in runs:
        name = squeeze(names.get(int(body["comparison_id"]), "")).casefold()
        if name:
            by_moment[at] = found.setdefault(name, Decision(name, at))
    for stream, _kind, at, _body in _facts(until, _FOUND):
        if at in by_moment:
            by_moment[at].differences.add(stream)
    return found


def _closed(until: datetime) -> dict[str, datetime]:
    """Return when each difference was closed, without those that were opened again."""
    found: dict[str, datetime] = {}
    for stream, kind, at, _body in _facts(until, *_CLOSED, _REOPENED):
        if kind == _REOPENED:
            found.pop(stream, None)
        else:
            found.setdefault(stream, at)
    return found


def _facts(until: datetime, *kinds: str) -> "list[tuple[str, str, datetime, dict[str, Any]]]":
    rows = FactRow.objects.filter(kind__in=kinds, at__lt=until).order_by("id")
    return [
        (stream, kind, at, json.loads(body))
        for stream, kind, at, body in rows.values_list("stream", "kind", "at", "body")
    ]
