"""What time brings about, run by the worker."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.directory.queries import calendars
from motcua.dossiers import services as dossiers

# A process may have used a calendar for some seconds after it was corrected.
CORRECTED_WITHIN = timedelta(minutes=15)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="dossiers.sweep")
def sweep(timestamp: int) -> None:
    """Close what stayed silent, note what is late, tell the counter of online filings."""
    dossiers.sweep(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="dossiers.replay")
def replay_corrected_calendars(timestamp: int) -> None:
    """Recompute again what was accepted while a process still knew the uncorrected calendar."""
    at = timezone.now()
    for key, reason in calendars.corrected_since(at - CORRECTED_WITHIN):
        dossiers.recompute(calendar_key=key, reason=reason, at=at)


@app.periodic(cron="0 7 * * *")
@app.task(queueing_lock="dossiers.remind_expiring")
def remind_expiring(timestamp: int) -> None:
    """Tell owners who allowed it which of their papers end soon."""
    dossiers.remind_expiring(at=timezone.now())
