"""What the worker does for the assistant."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.assistant.queries.learning import asked_in_vain
from motcua.assistant.services import knowing, learning, talk
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


# A vote may come days after the answer; what is on the list already is not put there twice.
_LOOKS_BACK = timedelta(days=30)


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="assistant.gather")
def gather_questions(timestamp: int = 0) -> None:
    """Put what was asked in vain on the keepers' list."""
    at = timezone.now()
    learning.gather(asked=asked_in_vain(since=at - _LOOKS_BACK), by=SYSTEM, at=at)


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="assistant.forget")
def forget_conversations(timestamp: int = 0) -> None:
    """Delete the conversations that nobody goes on with."""
    talk.forget_old(before=timezone.now() - talk.KEPT)
