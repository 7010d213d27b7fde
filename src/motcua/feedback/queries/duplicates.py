"""Recent cases that a new one may repeat, for triage to compare."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from motcua.feedback.models import Case
from motcua.feedback.rules import limits
from motcua.feedback.rules.states import DECIDED, FINAL_STATES
from motcua.feedback.triage import Candidate

_NEAR = 0.05  # degrees, about five kilometres


def candidates(*, case: Case, at: datetime) -> list[Candidate]:
    """Return open cases of the last weeks of the same commune or nearby, the latest first."""
    numbers = limits.numbers(on=timezone.localdate(at))
    rows = Case.objects.filter(received_at__gte=at - timedelta(days=numbers.duplicate_days))
    rows = rows.filter(_near(case)).exclude(pk=case.pk)
    rows = rows.exclude(state__in=sorted(DECIDED | FINAL_STATES | {"merged"}))
    found = rows.order_by("-received_at")[: numbers.duplicate_candidates]
    return [
        Candidate(
            code=one.code,
            text=one.text,
            at=one.received_at,
            field=one.field,
            place_code=one.place_id or "",
            lat=one.lat,
            lon=one.lon,
            address=one.address,
        )
        for one in found
    ]


def _near(case: Case) -> Q:
    near = Q(place_id=case.place_id) if case.place_id else Q(place_id__isnull=True)
    if case.lat is not None and case.lon is not None:
        near |= Q(
            lat__range=(case.lat - _NEAR, case.lat + _NEAR),
            lon__range=(case.lon - _NEAR, case.lon + _NEAR),
        )
    return near
