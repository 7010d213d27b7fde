"""What the worker does for signing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.signing.services import reporting


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="signing.forget_reports")
def forget_reports(timestamp: int) -> None:
    """Remove old reports on documents that are not ours."""
    reporting.forget(at=timezone.now())
