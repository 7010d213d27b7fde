"""The state of what is stored, for those who run the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, Sum

from motcua.directory.models import Account
from motcua.documents import ports
from motcua.documents.models import File, Inspection, Upload

MOST_SHOWN = 100


@dataclass(frozen=True)
class Sent:
    """A file and who sent it."""

    file: File
    sender: str


@dataclass(frozen=True)
class Condition:
    """How many files there are, how safe, how whole; `scanner` says who scans, "" when nobody.

    `is_deaf`: a scanner is set up but does not answer.
    """

    files: int
    size_bytes: int
    unscanned: int
    waiting: int
    infected: int
    changed: int
    missing: int
    unfinished: int
    scanner: str
    is_deaf: bool
    isolated: tuple[Sent, ...]
    held: tuple[Sent, ...]
    damaged: tuple[File, ...]
    inspections: tuple[Inspection, ...]


def isolated_file(*, uuid: UUID) -> Sent | None:
    """Return an isolated file with who sent it, for those who run the house; None: not isolated."""
    return next(iter(_sent(File.objects.filter(uuid=uuid, safety=File.Safety.INFECTED))), None)


def stored_files() -> int:
    """Return how many files are stored."""
    return File.objects.count()


def condition() -> Condition:
    """Return the state of what is stored, with the latest of each kind that needs a person."""
    safety, damage = File.Safety, File.Damage
    counts = File.objects.aggregate(
        files=Count("id"),
        size_bytes=Sum("size_bytes", default=0),
        unscanned=Count("id", filter=Q(safety=safety.UNSCANNED)),
        waiting=Count("id", filter=Q(safety=safety.WAITING)),
        infected=Count("id", filter=Q(safety=safety.INFECTED)),
        changed=Count("id", filter=Q(damage=damage.CHANGED)),
        missing=Count("id", filter=Q(damage=damage.MISSING)),
    )
    scanner, is_deaf = _scanner()
    latest = File.objects.order_by("-id")
    return Condition(
        **counts,
        unfinished=Upload.objects.filter(file=None).count(),
        scanner=scanner,
        is_deaf=is_deaf,
        isolated=_sent(latest.filter(safety=safety.INFECTED)[:MOST_SHOWN]),
        held=_sent(latest.filter(safety=safety.WAITING)[:MOST_SHOWN]),
        damaged=tuple(latest.exclude(damage="")[:MOST_SHOWN]),
        inspections=tuple(Inspection.objects.order_by("-begun_at")[:10]),
    )


def _sent(files: Iterable[File]) -> tuple[Sent, ...]:
    found = list(files)
    numbers = {key: key.removeprefix("account:") for key in {file.uploaded_by for file in found}}
    accounts = Account.objects.filter(pk__in=[int(n) for n in numbers.values() if n.isdecimal()])
    names = {f"account:{pk}": name for pk, name in accounts.values_list("pk", "name")}
    return tuple(Sent(file, names.get(file.uploaded_by, file.uploaded_by)) for file in found)


def _scanner() -> tuple[str, bool]:
    scanner = ports.scanner()
    if scanner is None:
        return "", False
    try:
        return scanner.version(), False
    except ports.ScannerUnreachable:
        return "", True
