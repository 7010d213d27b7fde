"""The worker: runs jobs, and tells listeners of the facts they have not heard.

Facts are looked for at short intervals instead of by NOTIFY: PostgreSQL lets transactions that
notify commit one at a time only, and every act of the house records a fact. Jobs are rare, so
Procrastinate's own LISTEN/NOTIFY stays on.
"""

import asyncio
import logging
import signal
import threading

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector

from motcua.ledger import services as ledger

log = logging.getLogger("motcua.worker")
_BUSY_SECONDS, _IDLE_SECONDS, _BROKEN_SECONDS = 0.05, 0.5, 5.0
_GRACE_SECONDS = 20.0


def run(*, concurrency: int = 2) -> None:
    """Work until SIGTERM or SIGINT; what is being done is finished first."""
    asyncio.run(_work(concurrency))


async def _work(concurrency: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    ending = threading.Event()
    teller = asyncio.create_task(asyncio.to_thread(tell_listeners, ending))
    worker = asyncio.create_task(_run_jobs(concurrency))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({teller, worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
    ending.set()
    worker.cancel()
    results = await asyncio.gather(teller, worker, return_exceptions=True)
    stopping.cancel()
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _run_jobs(concurrency: int) -> None:
    connector = jobs.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the jobs' connector is Django's")
    with jobs.replace_connector(connector.get_worker_connector()) as app:
        await _run_app(app, concurrency)


async def _run_app(app: App, concurrency: int) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            install_signal_handlers=False,
            shutdown_graceful_timeout=_GRACE_SECONDS,
            delete_jobs="successful",
        )


def tell_listeners(ending: threading.Event) -> None:
    """Tell listeners of new facts, in order, until told to end."""
    wait = _IDLE_SECONDS
    while not ending.wait(wait):
        try:
            settled = ledger.dispatch()
            wait = _BUSY_SECONDS if settled else _IDLE_SECONDS
        except (OperationalError, InterfaceError):
            log.warning("the database does not answer; trying again", exc_info=True)
            close_old_connections()
            wait = _BROKEN_SECONDS
    connection.close()
