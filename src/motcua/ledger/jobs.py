"""The hourly anchor, and what is forgotten, run by the worker."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.ledger import services as ledger

KEPT = timedelta(days=7)


@app.periodic(cron="6 * * * *")
@app.task(queueing_lock="ledger.anchor")
def anchor(timestamp: int) -> None:
    """Anchor the hours that are over."""
    ledger.anchor(upto=timezone.now())


@app.periodic(cron="15 2 * * *")
@app.task(queueing_lock="ledger.forget_answers")
def forget_answers(timestamp: int) -> None:
    """Drop the kept answers of requests that nobody repeats any more."""
    ledger.forget_answers(before=timezone.now() - KEPT)
