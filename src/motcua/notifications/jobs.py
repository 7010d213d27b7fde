"""Handing messages over, run by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.notifications import services as notifications


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notifications.deliver")
def deliver(timestamp: int) -> None:
    """Send what waits."""
    notifications.deliver(at=timezone.now())
