"""Asking the worker to bring what is known up to date."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

JOB = "motcua.assistant.jobs.refresh_knowledge"
LOCK = "assistant.refresh_knowledge"


def ask_for_refresh() -> None:
    """Have the worker read changed sources and build the index; one waiting job serves all."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # a refusal spoils its savepoint only
        app.configure_task(JOB, queueing_lock=LOCK).defer()
