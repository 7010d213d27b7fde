"""What time brings about for the figures, run by the worker."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.reporting.services import forms, index_days, open_data


@app.periodic(cron="25 0 * * *")
@app.task(queueing_lock="reporting.index")
def keep_index(timestamp: int) -> None:
    """Keep the index of the day that is over, and of days that were missed."""
    now = timezone.now()
    index_days.catch_up(until=timezone.localdate(now) - timedelta(days=1), at=now)


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="reporting.forms")
def make_forms(timestamp: int) -> None:
    """Make the report forms that the schedule asks for and nobody made yet."""
    forms.make_due(at=timezone.localtime())


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="reporting.open_data")
def publish_months(timestamp: int) -> None:
    """Publish the figures of months that are over."""
    open_data.publish_due(at=timezone.localtime())
