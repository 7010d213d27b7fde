"""The climb of the ladder, the look for signals and overdue duties, run by the worker."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.supervision import services as supervision
from motcua.supervision.services import duties

# What was missed while the worker stood still is found too; all of it by `motcua supervision sweep`.
LOOK_BACK = timedelta(days=35)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="supervision.climb")
def climb(timestamp: int) -> None:
    """Warn whoever answers for a dossier whose time runs out."""
    supervision.climb(at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="supervision.look")
def look(timestamp: int) -> None:
    """Look for signals in what happened of late."""
    at = timezone.now()
    supervision.look(at=at, since=at - LOOK_BACK)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="supervision.duties")
def note_overdue_duties(timestamp: int) -> None:
    """Note which duties passed their due time, and tell both sides."""
    duties.note_overdue(at=timezone.now())
