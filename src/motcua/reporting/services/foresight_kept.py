"""Acts of foresight that are kept with what went into them: the forecast, and what-ifs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries.cards import AgencyCard
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import VIETNAM
from motcua.reporting.foresight import backtesting, measuring, staffing
from motcua.reporting.foresight.banding import Levels, size_of
from motcua.reporting.foresight.forecasting import Days, days_of, forecast
from motcua.reporting.foresight.hours import seconds
from motcua.reporting.foresight.settings import settings
from motcua.reporting.models import KeptForecast, KeptWhatIf
from motcua.reporting.queries import foresight as reading
from motcua.reporting.queries import foresight_arrivals as arriving
from motcua.reporting.simulating import Setting

KEEP_FORECASTS = 60
SHOWN_DAYS = 56
LEAST_DOSSIERS = 60


class TooShort(Refused):
    """There is too little history to say anything."""


class NothingAsked(Refused):
    """The what-if changes nothing."""


@transaction.atomic
def forecast_arrivals(*, at: datetime) -> KeptForecast:
    """Forecast the next four weeks of every series from all days before today, and keep it.

    Raises TooShort: there are not enough days yet.
    Source: rule of the house.
    """
    today = at.astimezone(VIETNAM).date()
    begin = arriving.first_day()
    since = max(begin or today, today - timedelta(days=settings().learning_days))
    known = (today - since).days
    if known < settings().least_days:
        raise TooShort(
            _("Mới có %(days)d ngày số liệu; cần ít nhất %(least)d ngày để dự báo.")
            % {"days": max(0, known), "least": settings().least_days}
        )
    document = _forecast(since, today, known)
    row = KeptForecast.objects.create(made_at=at, first=today, document=document)
    stale = KeptForecast.objects.order_by("-made_at").values_list("pk", flat=True)[KEEP_FORECASTS:]
    KeptForecast.objects.filter(pk__in=list(stale)).delete()
    return row


def forecast_when_ready(*, at: datetime) -> bool:
    """Forecast and keep it when there is history enough; tell whether there was.

    Source: rule of the house.
    """
    try:
        forecast_arrivals(at=at)
    except TooShort:
        return False
    return True


def _forecast(since: date, today: date, known_days: int) -> dict[str, Any]:
    horizon = settings().forecast_days
    begin = datetime.combine(since, time.min, VIETNAM)
    end = datetime.combine(today + timedelta(days=horizon), time.min, VIETNAM)
    days = days_of(
        reading.hours_between(begin, end),
        reading.tet_days(),
        first=since,
        count=known_days + horizon,
    )
    series = arriving.arrivals(
        first=since,
        last=today - timedelta(days=1),
        least_per_week=settings().least_per_week,
    )
    whole = series[0].counts
    _said, expected = forecast(whole, days)
    parents = backtesting.expectations(whole, days, horizon=horizon)
    tries = [
        backtesting.tried(one.counts, days, horizon=horizon, parents=parents if one.kind else None)
        for one in series
    ]
    levels, known = backtesting.learned(tries), backtesting.judged(tries)
    misses: dict[str, backtesting.Misses] = {}
    lines = []
    for one, looks in zip(series, tries, strict=True):
        misses.setdefault(one.kind, backtesting.Misses()).add(looks, known)
        own = backtesting.Misses().add(looks, known).check()
        lines.append(_line(one, days, expected if one.kind else None, levels, own))
    return {
        "since": since.isoformat(),
        "days": [days.day(known_days + n).isoformat() for n in range(horizon)],
        "closed": (~days.is_open[known_days:]).tolist(),
        "series": lines,
        "checks": {kind: some.check().as_dict() for kind, some in misses.items()},
        "sizes": _by_size(tries, known),
        "levels": levels.as_dict(),
    }


def _by_size(
    tries: Sequence[Sequence[backtesting.Tried]], known: Mapping[int, Levels]
) -> dict[str, dict[str, float]]:
    """Return how often the bands held, by how large series are."""
    found: dict[str, backtesting.Misses] = {}
    for looks in tries:
        for look in looks:
            found.setdefault(str(look.size), backtesting.Misses()).add([look], known)
    return {size: found[size].check().as_dict() for size in sorted(found)}


def _line(
    one: arriving.Series,
    days: Days,
    parent: np.ndarray | None,
    levels: Levels,
    check: backtesting.Check,
) -> dict[str, Any]:
    said, _all = forecast(one.counts, days, parent=parent)
    size = size_of(one.counts, days.is_open)
    low, high, _least, _most = said.days(levels, size)
    return {
        "kind": one.kind,
        "key": one.key,
        "name": one.name,
        "recent": one.counts[-SHOWN_DAYS:].tolist(),
        "mean": np.round(said.mean, 2).tolist(),
        "low": low.astype(int).tolist(),
        "high": high.astype(int).tolist(),
        "weeks": [[round(value, 1) for value in week] for week in said.sums(levels, size)],
        "whole": [round(value, 1) for value in said.whole(levels, size)],
        "check": check.as_dict(),
    }


def what_if(
    *,
    change: staffing.Change,
    agency: AgencyCard | None,
    first: date,
    last: date,
    by: Actor,
    at: datetime,
    seeds: int = staffing.SEEDS,
) -> KeptWhatIf:
    """Simulate an agency (None: the province) as it was and with a change, and keep both.

    Raises NothingAsked: no change. Raises TooShort: too few dossiers in the period.
    Source: rule of the house.
    """
    if change.is_none:
        raise NothingAsked(_("Hãy chọn ít nhất một thay đổi để thử."))
    begin = datetime.combine(first, time.min, VIETNAM)
    end = min(datetime.combine(last + timedelta(days=1), time.min, VIETNAM), at)
    measured = measured_between(agency=agency, begin=begin, end=end)
    base = staffing.fitted(measured)
    compared = staffing.compare(base.setting, change, days=measured.days, seeds=seeds)
    lying = Setting(tuple(staffing.as_measured(office) for office in measured.offices))
    result = compared.as_dict() | {
        "lying": staffing.compare(lying, change, days=measured.days, seeds=seeds).as_dict(),
        "observed": base.observed,
        "simulated": base.simulated,
        "received": sum(one.received for one in measured.observed.values()),
        "check": held_out(agency=agency, begin=begin, end=end),
        "staff": {
            "appraisers": sum(one.appraisers for one in measured.offices),
            "counters": sum(one.counters for one in measured.offices),
        },
    }
    inputs = change.as_dict() | {"first": first.isoformat(), "last": last.isoformat()}
    return KeptWhatIf.objects.create(
        asked_at=at,
        by=by.key,
        by_name=by.name[:120],
        agency_id=agency.id if agency else None,
        inputs=inputs,
        result=result,
    )


def held_out(
    *, agency: AgencyCard | None, begin: datetime, end: datetime
) -> dict[str, Any] | None:
    """Return how the last third of a period is foretold by what the first two thirds tell.

    None where one of the two is too short to say anything.
    """
    cut = datetime.combine(
        (begin + 2 * (end - begin) / 3).astimezone(VIETNAM).date(), time.min, VIETNAM
    )
    try:
        earlier = measured_between(agency=agency, begin=begin, end=cut)
        later = measured_between(agency=agency, begin=cut, end=end)
    except TooShort:
        return None
    found = staffing.foretold(earlier, later)
    settled = sum(later.observed[one.code].settled for one in found)
    if not settled:
        return None
    lines = [one.as_dict() for one in found]
    return {"since": cut.date().isoformat(), "lines": lines, **_together(lines, later)}


def _together(lines: Sequence[Mapping[str, Any]], later: measuring.Measured) -> dict[str, float]:
    """Return the agencies' checks as one, each with the weight of what it settled."""
    told = [one for one in lines if one["on_time"] is not None and one["observed"] is not None]
    weights = [later.observed[one["code"]].settled for one in told]
    whole = max(1, sum(weights))
    return {
        key: sum(weight * one[key] for weight, one in zip(weights, told, strict=True)) / whole
        for key in ("on_time", "observed", "median_days", "observed_days")
    }


def measured_between(
    *, agency: AgencyCard | None, begin: datetime, end: datetime
) -> measuring.Measured:
    """Return an agency (None: all) as its facts between two moments measure it.

    Raises TooShort: too few dossiers.
    """
    before = begin - timedelta(days=settings().near_days)
    spans = reading.spans_between(since=before, until=end, agency=agency)
    measured = measuring.measure(
        spans,
        reading.hours_between(before, end),
        reading.staff_between(since=begin, until=end, agency=agency),
        first=seconds(begin),
        last=seconds(end),
    )
    if sum(one.received for one in measured.observed.values()) < LEAST_DOSSIERS:
        raise TooShort(
            _("Kỳ này cơ quan nhận chưa tới %d hồ sơ: quá ít để mô phỏng.") % LEAST_DOSSIERS
        )
    return measured
