"""The verbs of the catalogue."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.events import CatalogueLoaded, ProcedureChanged
from motcua.catalog.models import Procedure, ProcedureVersion, Revision
from motcua.catalog.national import Parsed
from motcua.catalog.search.entries import body_of
from motcua.catalog.sources import STARTER, read
from motcua.catalog.starter import enriched_content, starter
from motcua.directory.actor import Actor
from motcua.kernel.text import fold
from motcua.ledger import services as ledger

STREAM = "catalog"
_SINCE = date(
    2025, 7, 1
)  # the two-level government; what was published before it is not ours to know
_BATCH = 500
_COLUMNS = (
    "family", "name", "name_folded", "field", "issuer", "scope", "state", "level_province",
    "level_commune", "is_offered", "usage", "online_filing", "aliases", "result_names", "paper_words",
)  # fmt: skip

Advance = Callable[[int], None]


@dataclass
class LoadReport:
    """What a load did. set_aside: how many rows by reason; details: code, name and reason of each."""

    source: str
    taken: int = 0
    unchanged: int = 0
    changed: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    details: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON can hold it."""
        counts = {"taken": self.taken, "unchanged": self.unchanged, "changed": self.changed}
        return {
            "source": self.source,
            **counts,
            "set_aside": self.set_aside,
            "details": self.details,
        }

    def __str__(self) -> str:
        aside = sum(self.set_aside.values())
        line = _("mới %(taken)s, không đổi %(unchanged)s, đổi %(changed)s, để lại %(aside)s") % {
            "taken": self.taken,
            "unchanged": self.unchanged,
            "changed": self.changed,
            "aside": aside,
        }
        why = [
            f"  {count} × {_reason(reason)}" for reason, count in sorted(self.set_aside.items())
        ]
        return "\n".join([line, *why])


def load_file(
    path: str, *, by: Actor, at: datetime, progress: Advance | None = None
) -> LoadReport:
    """Load the procedures of a file ("starter": of the catalogue that ships with us).

    A known procedure that says something else gets a new version from `at`'s date on. Loading the
    same file again changes nothing.
    Raises NotACatalogue: the file is not a list of procedures.
    """
    reading = read(str(path))
    report = LoadReport(source=str(path))
    report.set_aside = dict(Counter(row.reason for row in reading.set_aside))
    report.details = [
        {"code": r.code, "name": r.name, "reason": r.reason} for r in reading.set_aside
    ]
    with transaction.atomic():
        Revision.objects.select_for_update().get_or_create(pk=1)
        _write(list(reading.procedures.values()), report, by=by, at=at, advance=progress)
        Revision.objects.filter(pk=1).update(number=F("number") + 1)
        fact = CatalogueLoaded(
            source=STARTER if path == STARTER else "file",
            taken=report.taken,
            unchanged=report.unchanged,
            changed=report.changed,
            set_aside=sum(report.set_aside.values()),
        )
        ledger.record(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
    return report


def _write(
    rows: list[Parsed], report: LoadReport, *, by: Actor, at: datetime, advance: Advance | None
) -> None:
    for start in range(0, len(rows), _BATCH):
        _write_batch(rows[start : start + _BATCH], report, by=by, at=at)
        if advance is not None:
            advance(min(start + _BATCH, len(rows)))


def _write_batch(rows: list[Parsed], report: LoadReport, *, by: Actor, at: datetime) -> None:
    known = {p.code: p for p in Procedure.objects.filter(code__in=[row.code for row in rows])}
    open_versions = {
        version.procedure_id: version
        for version in ProcedureVersion.objects.filter(
            procedure_id__in=[p.pk for p in known.values()], valid_to=None
        )
    }
    rows = [_over(row, known.get(row.code), open_versions) for row in rows]
    fresh = [_procedure(row) for row in rows if row.code not in known]
    Procedure.objects.bulk_create(fresh)
    _update_procedures([row for row in rows if row.code in known], known)
    procedures = {**known, **{p.code: p for p in fresh}}
    versions: list[ProcedureVersion] = []
    for row in rows:
        procedure = procedures[row.code]
        version = _next_version(row, procedure, open_versions.get(procedure.pk), report, at)
        if version is not None:
            versions.append(version)
    closed = [v.procedure_id for v in versions if v.number > 1]
    today = timezone.localdate(at)
    ProcedureVersion.objects.filter(procedure_id__in=closed, valid_to=None).update(valid_to=today)
    ProcedureVersion.objects.bulk_create(versions)
    for version in versions:
        if version.number > 1:
            fact = ProcedureChanged(
                code=version.procedure.code, version=version.number, valid_from=today
            )
            ledger.record(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)


def _over(row: Parsed, known: Procedure | None, versions: dict[int, ProcedureVersion]) -> Parsed:
    """The starter catalogue never takes back what a national file has said."""
    if row.source != STARTER or known is None:
        return row
    version = versions.get(known.pk)
    if version is None or version.source == STARTER:
        return row

    content = enriched_content(version.as_content(), starter()[row.code].content)
    return replace(
        row,
        name=known.name,
        family=known.family,
        field=known.field,
        issuer=known.issuer,
        scope=known.scope,
        state=known.state,
        is_offered=known.is_offered,
        decision_number=version.decision_number,
        source=version.source,
        content=content,
    )


def _procedure(row: Parsed) -> Procedure:
    return Procedure(code=row.code, **_columns(row))


def _columns(row: Parsed) -> dict[str, object]:
    levels = row.content.levels
    return {
        "family": row.family,
        "name": row.name,
        "name_folded": fold(row.name),
        "field": row.field,
        "issuer": row.issuer,
        "scope": row.scope,
        "state": row.state,
        "level_province": "province" in levels,
        "level_commune": "commune" in levels,
        "is_offered": row.is_offered,
        "usage": row.usage,
        "online_filing": row.online_filing,
        "aliases": list(row.aliases),
        "result_names": [result.name for result in row.content.results[:4]],
        "paper_words": body_of(row.content),
    }


def _update_procedures(rows: list[Parsed], known: dict[str, Procedure]) -> None:
    changed = []
    for row in rows:
        procedure = known[row.code]
        columns = _columns(row)
        if any(getattr(procedure, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(procedure, name, value)
            changed.append(procedure)
    Procedure.objects.bulk_update(changed, _COLUMNS, batch_size=_BATCH)


def _next_version(
    row: Parsed,
    procedure: Procedure,
    current: ProcedureVersion | None,
    report: LoadReport,
    at: datetime,
) -> ProcedureVersion | None:
    content = row.content.to_json()
    checksum = _checksum(content, row.decision_number)
    if current is not None and current.checksum == checksum:
        report.unchanged += 1
        return None
    if current is None:
        report.taken += 1
    else:
        report.changed += 1
    today = timezone.localdate(at)
    return ProcedureVersion(
        procedure=procedure,
        number=current.number + 1 if current is not None else 1,
        valid_from=today if current is not None else min(_SINCE, today),
        checksum=checksum,
        source=row.source,
        decision_number=row.decision_number,
        content=content,
    )


def _checksum(content: dict[str, object], decision_number: str) -> str:
    text = json.dumps([content, decision_number], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _reason(reason: str) -> str:
    return {
        "code": _("mã không đúng dạng"),
        "name": _("không có tên"),
        "deleted": _("nguồn đã đánh dấu xóa"),
        "not_a_procedure": _("không phải thủ tục (tên là một quyết định công bố)"),
        "foreign_name": _("tên bị ghi đè bằng tên thủ tục khác"),
        "twice": _("mã lặp lại trong tệp"),
    }.get(reason, reason)
