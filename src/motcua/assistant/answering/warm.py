"""What the first question of a process would wait for, opened before anybody asks."""

import logging

from django.db import DatabaseError, connections

from motcua.assistant import knowledge
from motcua.assistant.answering import coverage, intents, meant
from motcua.assistant.answering.text import read
from motcua.catalog import queries as catalog
from motcua.kernel.worktime import VIETNAM

_log = logging.getLogger(__name__)
_SAID = "đăng ký khai sinh"


def up() -> None:
    """Open every index and every list of words; a house that is not ready yet is left alone."""
    from django.utils import timezone

    try:
        intents.chances(read(_SAID).folded)
        catalog.search(_SAID, limit=1)
        meant.search(_SAID, 1)
        coverage.ready()
        knowledge.find(_SAID, on=timezone.now().astimezone(VIETNAM).date(), limit=1, kinds=None)
    except (knowledge.NothingKnown, DatabaseError, OSError) as fault:
        _log.info("assistant not warmed up: %s", fault)
    finally:
        connections.close_all()
