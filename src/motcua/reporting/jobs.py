"""What time brings about for the figures, run by the worker."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.reporting.services import (
    following,
    foresight,
    foresight_kept,
    foresight_learning,
    forms,
    index_days,
    open_data,
    rebuilding,
)


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="reporting.index")
def keep_index(timestamp: int) -> None:
    """Keep the index of the day that is over, and of days that were missed while nobody worked.

    Asked every hour, so that a worker that was down at night makes up for it; figures first, for a day
    counted before they hold it all would stay wrong.
    """
    now = timezone.now()
    yesterday = timezone.localdate(now) - timedelta(days=1)
    if index_days.missing(until=yesterday):
        rebuilding.wait_until_built()
        following.catch_up()
        index_days.catch_up(until=yesterday, at=now)


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="reporting.forms")
def make_forms(timestamp: int) -> None:
    """Make the report forms that the schedule asks for and nobody made yet."""
    rebuilding.wait_until_built()
    forms.make_due(at=timezone.localtime())


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="reporting.open_data")
def publish_months(timestamp: int) -> None:
    """Publish the figures of months that are over."""
    rebuilding.wait_until_built()
    open_data.publish_due(at=timezone.localtime())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reporting.risks")
def refresh_risks(timestamp: int) -> None:
    """Estimate what something happened to, every few minutes all; warn the heads of the surest."""
    foresight.keep_fresh(at=timezone.now())


@app.periodic(cron="10 3 * * 0")
@app.task(queueing_lock="reporting.learning")
def learn_risk(timestamp: int) -> None:
    """Learn the risk anew from the house's own facts; what is worse than what holds is not taken."""
    foresight_learning.learn_when_ready(at=timezone.now())


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="reporting.forecast")
def forecast_arrivals(timestamp: int) -> None:
    """Forecast the arrivals of the next four weeks; while there is too little history, do nothing."""
    foresight_kept.forecast_when_ready(at=timezone.now())
