"""The process that folds new facts into the figures, some times a second."""

import logging
import signal
import threading
import time

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from motcua.reporting import services as figures

log = logging.getLogger("motcua.figures")
_IDLE_SECONDS, _BROKEN_SECONDS, _KEEP_SECONDS = 0.3, 5.0, 60.0
_MANY_FACTS = 50_000


def run() -> None:
    """Follow the ledger until SIGTERM or SIGINT; the step that is being done is finished first."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())
    follow(ending)


def follow(ending: threading.Event) -> None:
    """Fold what was written, again and again, until told to end."""
    wait, kept_at = 0.0, -_KEEP_SECONDS
    while not ending.wait(wait):
        try:
            if figures.rebuild_when_needed(most=_MANY_FACTS):
                log.info("the whole ledger was folded anew")
            step = figures.follow()
            wait = 0.0 if step.is_behind else _IDLE_SECONDS
            if not step.facts and time.monotonic() - kept_at > _KEEP_SECONDS:
                figures.keep_past(at=timezone.localtime())
                kept_at = time.monotonic()
        except (OperationalError, InterfaceError):
            log.warning("the database does not answer; trying again", exc_info=True)
            close_old_connections()
            wait = _BROKEN_SECONDS
    connection.close()
