"""The hourly anchor, run by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.ledger import services as ledger


@app.periodic(cron="6 * * * *")
@app.task(queueing_lock="ledger.anchor")
def anchor(timestamp: int) -> None:
    """Anchor the hours that are over."""
    ledger.anchor(upto=timezone.now())
