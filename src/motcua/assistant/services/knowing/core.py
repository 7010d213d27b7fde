"""What the verbs of loading share: rows compared with what stands, and written where they differ."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motcua.assistant.events import KnowledgeLoaded
from motcua.assistant.knowledge.rows import COLUMNS, Row
from motcua.assistant.models import KnowledgeIndex, KnowledgeLoad, Passage
from motcua.directory.actor import Actor
from motcua.ledger import services as ledger

STREAM = "assistant.knowledge"
BATCH = 1000
Advance = Callable[[int], None]


@dataclass
class LoadReport:
    """What a load did to the passages of one source; `set_aside`: (where, why)."""

    load: str
    taken: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    set_aside: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether anything differs from what stood."""
        return bool(self.taken or self.changed or self.removed)

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON can hold it."""
        return {
            "load": self.load, "taken": self.taken, "changed": self.changed,
            "removed": self.removed, "unchanged": self.unchanged, "set_aside": self.set_aside,
        }  # fmt: skip

    def __str__(self) -> str:
        words = _(
            "mới %(taken)s, đổi %(changed)s, bỏ %(removed)s, không đổi %(unchanged)s, để lại %(aside)s"
        )
        return words % {
            "taken": self.taken,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "aside": len(self.set_aside),
        }


@transaction.atomic
def write(
    rows: Iterable[Row],
    *,
    load: str,
    checksum: str,
    by: Actor,
    at: datetime,
    set_aside: list[tuple[str, str]] | None = None,
    files: list[str] | None = None,
    advance: Advance | None = None,
) -> LoadReport:
    """Make the passages of a source what the rows say, and ask for an index when any differs."""
    hold()
    report = LoadReport(load, set_aside=set_aside or [])
    standing = dict(Passage.objects.filter(load=load).values_list("key", "checksum"))
    waiting = iter(rows)
    done = 0
    while batch := list(islice(waiting, BATCH)):
        _put({row.key: row for row in batch}, standing, report, at)
        done += len(batch)
        if advance is not None:
            advance(done)
    report.removed = len(standing)
    for start in range(0, len(standing), BATCH):
        Passage.objects.filter(key__in=list(standing)[start : start + BATCH]).delete()
    _note(report, checksum=checksum, files=files or [], by=by, at=at)
    return report


def hold() -> None:
    """Let one writer at a time change what is known."""
    KnowledgeIndex.objects.get_or_create(pk=1)
    KnowledgeIndex.objects.select_for_update().get(pk=1)


def _put(rows: dict[str, Row], standing: dict[str, str], report: LoadReport, at: datetime) -> None:
    fresh = []
    for key, row in rows.items():
        checksum, known = row.checksum, standing.pop(key, None)
        if known == checksum:
            report.unchanged += 1
            continue
        if known is None:
            report.taken += 1
        else:
            report.changed += 1
        values = {name: getattr(row, name) for name in COLUMNS}
        fresh.append(
            Passage(key=key, load=report.load, checksum=checksum, changed_at=at, **values)
        )
    Passage.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[*COLUMNS, "load", "checksum", "changed_at"],
    )


def _note(report: LoadReport, *, checksum: str, files: list[str], by: Actor, at: datetime) -> None:
    """Note what was loaded; nothing at all is written when nothing differs."""
    known = KnowledgeLoad.objects.filter(pk=report.load).first()
    if not report.is_new and known is not None and known.checksum == checksum:
        return
    KnowledgeLoad.objects.update_or_create(
        pk=report.load,
        defaults={
            "checksum": checksum,
            "passages": report.taken + report.changed + report.unchanged,
            "set_aside": {"rows": report.set_aside[:200], "count": len(report.set_aside)},
            "files": files,
            "loaded_at": at,
        },
    )
    if report.is_new:
        ask_for_index(report, by=by, at=at)


def ask_for_index(report: LoadReport, *, by: Actor, at: datetime) -> None:
    """Note that what is known moved on, so that an index of it is built."""
    KnowledgeIndex.objects.filter(pk=1).update(wanted=F("wanted") + 1)
    fact = KnowledgeLoaded(
        load=report.load, taken=report.taken, changed=report.changed, removed=report.removed
    )
    ledger.record(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
