"""The climb of the ladder and the look for signals, run by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.supervision import services as supervision


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="supervision.climb")
def climb(timestamp: int) -> None:
    """Warn whoever answers for a dossier whose time runs out."""
    supervision.climb(at=timezone.now())
