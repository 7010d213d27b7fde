"""What the worker does for stored files: clears what is left behind, scans, reads again."""

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.documents.services import digitising, tidying
from motcua.documents.services import reading as readings
from motcua.kernel.refused import Refused


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="documents.sweep")
def sweep(timestamp: int) -> None:
    """Remove bytes that no row names any more."""
    documents.sweep(at=timezone.now())


@app.task
def work_on_batch(batch: int) -> None:
    """Do what a stack of scans waits for."""
    digitising.work(batch_id=batch, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="documents.resume_batches")
def resume_batches(timestamp: int) -> None:
    """Take up the stacks that a dead worker left behind."""
    digitising.resume(at=timezone.now())


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="documents.forget_pictures")
def forget_pictures(timestamp: int) -> None:
    """Drop the large pictures of stacks long finished."""
    digitising.forget_pictures(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="documents.scan_waiting")
def scan_waiting(timestamp: int) -> None:
    """Scan files that came in while the virus scanner did not answer, or before there was one."""
    documents.scan_waiting(at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="documents.inspect_sample")
def inspect_sample(timestamp: int) -> None:
    """Read the files again that were not read for the longest time."""
    documents.inspect_sample(at=timezone.now())


@app.task
def read_file(reading: int) -> None:
    """Read a stored file and keep what stands on it."""
    readings.read(reading_id=reading, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="documents.read_waiting")
def read_waiting(timestamp: int) -> None:
    """Queue the files of dossiers that nobody has read yet."""
    readings.read_waiting(at=timezone.now())


@app.task
def tidy_scan(file: int) -> None:
    """Straighten and clean a scan of many pages; one that cannot be read stays as it came."""
    found = File.objects.filter(pk=file).first()
    if found is not None:
        with suppress(Refused):
            tidying.make(file=found, at=timezone.now())
