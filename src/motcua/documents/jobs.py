"""What is left behind on disk, cleared by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.documents import services as documents


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="documents.sweep")
def sweep(timestamp: int) -> None:
    """Remove bytes that no row names any more."""
    documents.sweep(at=timezone.now())
