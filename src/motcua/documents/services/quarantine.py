"""What the virus scanner says, and where bytes go that it finds harmful."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import events, ports
from motcua.documents.models import File
from motcua.documents.services import disk
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger
from motcua.ledger.rules import discreet

FOLDER = "quarantine"
SYSTEM = "system"
_UNKNOWN = "application/octet-stream"
_MOST_AT_ONCE = 200
_LONGEST_REASON = 300


class NotTheAdmin(Refused):
    """Only who runs the house does this."""


class NotIsolated(Refused):
    """The file is not in quarantine."""


class AlreadyDestroyed(Refused):
    """Its bytes were removed before."""


class ReasonMissing(Refused):
    """Why it is done has to be said."""


@dataclass(frozen=True)
class Verdict:
    """What is known of the bytes: how safe they are, and the threat's name when they are not."""

    safety: str
    threat: str = ""

    @property
    def is_scanned(self) -> bool:
        """Tell whether a scanner has seen them."""
        return self.safety in {File.Safety.CLEAN, File.Safety.INFECTED}


OWN = Verdict(File.Safety.OWN)
_CLEAN, _WAITING, _UNSCANNED = (
    Verdict(File.Safety.CLEAN),
    Verdict(File.Safety.WAITING),
    Verdict(File.Safety.UNSCANNED),
)


def verdict_on(received: disk.Received) -> Verdict:
    """Have the bytes scanned where a scanner is set up.

    One that does not answer leaves them waiting: they are kept, and handed to nobody else.
    """
    scanner = ports.scanner()
    if scanner is None:
        return _UNSCANNED
    try:
        with received.path.open("rb") as stream:
            threat = scanner.threat_in(stream)
    except ports.ScannerUnreachable:
        return _WAITING
    return Verdict(File.Safety.INFECTED, threat) if threat else _CLEAN


def isolate(
    received: disk.Received,
    *,
    name: str,
    threat: str,
    by_key: str,
    at: datetime,
    case_id: int | None,
    component_key: str,
    source: str,
) -> None:
    """Keep harmful bytes apart from every case and draft, and record it.

    What the caller is about to roll back does not take this along: it has a connection of its own.
    """
    key = uuid.uuid4()
    row = File(
        uuid=key,
        name=name[-150:] or key.hex,
        content_type=_UNKNOWN,
        size_bytes=received.size_bytes,
        sha256=received.sha256,
        storage_path=f"{FOLDER}/{key.hex}",
        source=source,
        component_key=component_key,
        safety=File.Safety.INFECTED,
        threat=threat,
        scanned_at=at,
        uploaded_by=by_key,
        at=at,
    )

    @transaction.atomic
    def keep() -> None:
        disk.place(received, row.storage_path)
        row.save(force_insert=True)
        _record(row, case_id=case_id, at=at, by_key=by_key)

    _apart(keep) if connection.in_atomic_block else keep()


@transaction.atomic
def destroy(*, uuid: UUID, reason: str, by: Actor, at: datetime) -> File:
    """Remove the bytes of an isolated file for good; the row stays and says so.

    Raises NotTheAdmin. Raises NotIsolated: there is no such file in quarantine. Raises
    AlreadyDestroyed, ReasonMissing: nothing is removed.
    """
    if not by.has_role("admin"):
        raise NotTheAdmin(_("Chỉ quản trị hệ thống được hủy tệp bị cách ly."))
    isolated = File.objects.select_for_update().filter(safety=File.Safety.INFECTED)
    file = isolated.filter(uuid=uuid).first()
    if file is None:
        raise NotIsolated(_("Tệp này không bị cách ly nên không hủy được."))
    if file.destroyed_at is not None:
        raise AlreadyDestroyed(_("Tệp này đã bị hủy trước đó."))
    if not (said := discreet(squeeze(reason))[:_LONGEST_REASON]):
        raise ReasonMissing(_("Hãy ghi lý do hủy tệp."), field="reason")
    file.destroyed_at, file.damage = at, ""
    file.save(update_fields=["destroyed_at", "damage"])
    disk.remove_after_commit(file.storage_path)
    fact = events.FileDestroyed(
        file=str(file.uuid),
        threat=file.threat,
        sha256=file.sha256,
        case_id=file.case_id,
        reason=said,
    )
    ledger.record(
        fact,
        stream=f"file:{file.uuid}",
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )
    return file


def scan_waiting(*, at: datetime) -> int:
    """Scan what waits for it and what came in before there was a scanner; return how many.

    Stops where the scanner stops answering.
    """
    scanner = ports.scanner()
    if scanner is None:
        return 0
    waiting = File.objects.filter(safety__in=[File.Safety.WAITING, File.Safety.UNSCANNED])
    scanned = 0
    for file in waiting.order_by("-safety", "id")[:_MOST_AT_ONCE]:
        try:
            with disk.opened(file.storage_path) as stream:
                threat = scanner.threat_in(stream)
        except FileNotFoundError:  # the next inspection tells
            continue
        except ports.ScannerUnreachable:
            break
        _settle(file, threat, at=at)
        scanned += 1
    return scanned


@transaction.atomic
def _settle(file: File, threat: str, *, at: datetime) -> None:
    file.safety = File.Safety.INFECTED if threat else File.Safety.CLEAN
    file.threat, file.scanned_at = threat, at
    file.save(update_fields=["safety", "threat", "scanned_at"])
    if threat:
        _record(file, case_id=file.case_id, at=at, by_key=SYSTEM)


def _record(file: File, *, case_id: int | None, at: datetime, by_key: str) -> None:
    fact = events.FileQuarantined(
        file=str(file.uuid),
        threat=file.threat,
        sha256=file.sha256,
        case_id=case_id,
        component=file.component_key,
        source=file.source,
        sender=file.uploaded_by,
    )
    ledger.record(fact, stream=f"file:{file.uuid}", at=at, actor=by_key)


def _apart(act: Callable[[], None]) -> None:
    """Do it in a thread, which has a connection and so a transaction of its own."""
    faults: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as fault:  # noqa: BLE001 (carried over to the caller's thread)
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
