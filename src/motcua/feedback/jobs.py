"""What time brings about, run by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.feedback import services as feedback


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="feedback.sweep")
def sweep(timestamp: int) -> None:
    """Remind who has to act, close what nobody rated or added to."""
    feedback.sweep(at=timezone.now())
