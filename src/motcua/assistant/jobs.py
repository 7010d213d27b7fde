"""What the worker does for the assistant."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.assistant.services import knowing
from motcua.assistant.services.knowing.waiting import LOCK
from motcua.directory.actor import SYSTEM


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock=LOCK)
def refresh_knowledge(timestamp: int = 0) -> None:
    """Read again what changed at its source, and build the index when anything did."""
    at = timezone.now()
    knowing.refresh(by=SYSTEM, at=at)
    knowing.build(by=SYSTEM, at=at)
    knowing.embed_passages()
