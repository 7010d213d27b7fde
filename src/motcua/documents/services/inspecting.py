"""Stored bytes read again and held against their digests: what changed or went is found and told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from motcua.documents import events
from motcua.documents.models import File, Inspection
from motcua.documents.services import disk, keeping
from motcua.ledger import services as ledger

SYSTEM = "system"
SAMPLE_FILES, SAMPLE_BYTES = 500, 1024 * 1024 * 1024
MOST_NAMED = 200
_BATCH = 200
_FRESH = timedelta(days=1)

Tell = Callable[[int], None]


@dataclass(frozen=True)
class Fault:
    """One file that is not what it was: its digest when it came in, and now ("" when it is gone)."""

    uuid: str
    name: str
    storage_path: str
    found: str
    sha256: str
    read_sha256: str


@dataclass
class Inspected:
    """What an inspection read and found; strays are bytes that no row names."""

    scope: str
    begun_at: datetime
    files: int = 0
    size_bytes: int = 0
    changed: int = 0
    missing: int = 0
    strays: int = 0
    faults: list[Fault] = field(default_factory=list)
    stray_paths: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether every file is what it was."""
        return not (self.changed or self.missing)


def _ignore(_done: int) -> None:
    """Say nothing."""


def inspect(*, at: datetime, tell: Tell = _ignore) -> Inspected:
    """Read every stored file, and look for strays; `tell` hears how many are done.

    What is changed or missing is marked at the file and recorded in the ledger, once.
    """
    found = Inspected(Inspection.Scope.WHOLE, begun_at=at)
    newest = File.objects.order_by("-id").values_list("id", flat=True).first() or 0
    _read(_all_upto(newest), found, at, tell)
    for path in keeping.strays(older_than=at - _FRESH):
        found.strays += 1
        if len(found.stray_paths) < MOST_NAMED:
            found.stray_paths.append(path)
    return _kept(found)


def inspect_sample(*, at: datetime, most: int = SAMPLE_FILES) -> Inspected:
    """Read the files that were not read for the longest time, a bounded number of them."""
    found = Inspected(Inspection.Scope.SAMPLE, begun_at=at)
    oldest = _there().order_by(F("checked_at").asc(nulls_first=True), "id")[:most]
    _read(_within(oldest, SAMPLE_BYTES), found, at, _ignore)
    return _kept(found)


def _there() -> QuerySet[File]:
    """Return the files whose bytes should be there."""
    return File.objects.filter(destroyed_at=None)


def _all_upto(newest: int) -> Iterator[File]:
    """Yield every file there was at the beginning, a batch at a time."""
    last = 0
    while batch := list(_there().filter(id__gt=last, id__lte=newest).order_by("id")[:_BATCH]):
        yield from batch
        last = batch[-1].pk


def _within(files: QuerySet[File], limit: int) -> Iterator[File]:
    for file in files:
        yield file
        limit -= file.size_bytes
        if limit <= 0:
            return


def _read(files: Iterable[File], found: Inspected, at: datetime, tell: Tell) -> None:
    remaining = iter(files)
    while batch := list(islice(remaining, _BATCH)):
        for file in batch:
            digest, damage = _state_of(file)
            if damage or file.damage:
                _mark(file, damage, digest, at)
            if damage:
                _count(found, file, damage, digest)
            found.files += 1
            found.size_bytes += file.size_bytes
        File.objects.filter(pk__in=[file.pk for file in batch]).update(checked_at=at)
        tell(found.files)


def _state_of(file: File) -> tuple[str, str]:
    """Return the digest read and what is wrong, "" when nothing is."""
    try:
        with disk.opened(file.storage_path) as stream:
            digest, size = disk.digest_of(stream)
    except FileNotFoundError:
        return "", File.Damage.MISSING
    is_same = digest == file.sha256 and size == file.size_bytes
    return digest, "" if is_same else File.Damage.CHANGED


def _count(found: Inspected, file: File, damage: str, digest: str) -> None:
    if damage == File.Damage.MISSING:
        found.missing += 1
    else:
        found.changed += 1
    if len(found.faults) < MOST_NAMED:
        fault = Fault(
            str(file.uuid), file.name, file.storage_path, str(damage), file.sha256, digest
        )
        found.faults.append(fault)


@transaction.atomic
def _mark(file: File, damage: str, digest: str, at: datetime) -> None:
    """Keep and record a change of state; a file deleted in between is none."""
    locked = File.objects.select_for_update().filter(pk=file.pk).first()
    if locked is None or locked.damage == damage:
        return
    File.objects.filter(pk=file.pk).update(damage=damage)
    fact = (
        events.FileDamaged(
            file=str(file.uuid),
            found=str(damage),
            sha256=file.sha256,
            read_sha256=digest,
            case_id=file.case_id,
        )
        if damage
        else events.FileMended(file=str(file.uuid))
    )
    ledger.record(fact, stream=f"file:{file.uuid}", at=at, actor=SYSTEM)


def _kept(found: Inspected) -> Inspected:
    Inspection.objects.create(
        scope=found.scope,
        begun_at=found.begun_at,
        ended_at=max(found.begun_at, timezone.now()),
        files=found.files,
        size_bytes=found.size_bytes,
        changed=found.changed,
        missing=found.missing,
        strays=found.strays,
    )
    return found
