"""Approving processes, and reading them from files."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger
from motcua.workflow import queries, rules
from motcua.workflow.bpmn import Imported, read_bpmn
from motcua.workflow.checks import Problem, check
from motcua.workflow.definition import Process, from_json, to_json
from motcua.workflow.events import ProcessApproved, ProcessImported
from motcua.workflow.models import ProcessVersion

STREAM = "workflow"
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "processes.toml"


class FaultyProcess(Refused):
    """The process has faults; they are all listed in `problems`."""

    law = "118/2025/NĐ-CP Điều 38 khoản 1 điểm d"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems), field="definition")
        self.problems = problems


class MayNotApprove(Refused):
    """Internal processes are approved by the chairman and entered by procedure control."""

    law = "118/2025/NĐ-CP Điều 38 khoản 1 điểm d"


class NoDecision(Refused):
    """An approval needs a decision number, and must not hold from before the last one."""

    law = "118/2025/NĐ-CP Điều 38 khoản 1 điểm d"


@dataclass(frozen=True)
class Decision:
    """The decision that approves a process: its number and the days on which it holds."""

    number: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class LoadReport:
    """What a file of processes brought: approved anew, as before, and refused with the reason."""

    approved: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@transaction.atomic
def approve(
    *,
    process: Process,
    decision: Decision,
    procedure_code: str,
    by: Actor,
    at: datetime,
    catalog_version_id: int | None = None,
    limit_minutes: int | None = None,
) -> ProcessVersion:
    """Approve a process for a procedure ("" = the province's default) from a day on.

    The one that held before ends the day before; dossiers received under it keep it.
    limit_minutes: the shortest legal limit; None asks the catalogue for it.
    Raises MayNotApprove, NoDecision: see there. Raises FaultyProcess: `checks.check` finds faults.
    Source: ND118/2025 art. 38.1d.
    """
    if by.kind != "system" and not by.has_role(*rules.APPROVING_ROLES):
        raise MayNotApprove(_("Quy trình nội bộ do Chủ tịch Ủy ban nhân dân tỉnh phê duyệt."))
    if not decision.number.strip():
        raise NoDecision(_("Nhập số quyết định phê duyệt quy trình."), field="decision_number")
    if limit_minutes is None and procedure_code:
        limit_minutes = queries.legal_limit_minutes(procedure_code, on=decision.valid_from)
    problems = check(process, limit_minutes)
    if problems:
        raise FaultyProcess(problems)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(743201)")
    number = _close_last(procedure_code, catalog_version_id, decision)
    row = ProcessVersion.objects.create(
        key=process.key,
        name=process.name,
        procedure_code=procedure_code,
        catalog_version_id=catalog_version_id,
        version=number,
        definition=to_json(process),
        limit_minutes=limit_minutes,
        decision_number=decision.number.strip(),
        valid_from=decision.valid_from,
        valid_to=decision.valid_to,
        approved_by_id=by.account_id,
        approved_at=at,
    )
    _record_approval(row, by=by, at=at)
    queries.forget_processes()
    transaction.on_commit(queries.forget_processes)
    return row


@transaction.atomic
def import_bpmn(*, content: bytes, procedure_code: str, by: Actor, at: datetime) -> Imported:
    """Read a BPMN 2.0 file into a process and note that it was read; approving is another act.

    Raises MayNotApprove. Raises bpmn.NotBpmn: the file is not one we can follow, and why.
    """
    if by.kind != "system" and not by.has_role(*rules.APPROVING_ROLES, "keeper"):
        raise MayNotApprove(_("Bạn không có quyền nhập quy trình nội bộ."))
    imported = read_bpmn(content)
    ledger.record(
        ProcessImported(
            procedure_code=procedure_code,
            key=imported.process.key,
            steps=len(imported.process.steps),
            digest=_digest(imported.process),
        ),
        stream=STREAM,
        at=at,
        actor=by.key,
        actor_name=by.name,
    )
    return imported


def load_file(*, by: Actor, at: datetime, path: Path = SHIPPED) -> LoadReport:
    """Approve every process of a TOML file that differs from what holds; loads again in peace.

    Each `[[process]]` has key, name, procedures (codes; none = the default), decision_number,
    valid_from, and `[[process.steps]]` in the fields of `definition.Step`.
    """
    approved: list[str] = []
    unchanged: list[str] = []
    refused: list[tuple[str, str]] = []
    for item in tomllib.loads(path.read_text(encoding="utf-8")).get("process", []):
        for code in item.get("procedures") or [""]:
            label = f"{item.get('key', '?')} {code}".strip()
            try:
                done = _load_one(item, code, by=by, at=at)
            except Refused as refusal:
                refused.append((label, str(refusal)))
            else:
                (approved if done else unchanged).append(label)
    return LoadReport(tuple(approved), tuple(unchanged), tuple(refused))


def _load_one(item: dict[str, Any], code: str, *, by: Actor, at: datetime) -> bool:
    process = from_json(
        {name: item[name] for name in ("key", "name", "is_elastic", "steps") if name in item}
    )
    last = ProcessVersion.objects.filter(procedure_code=code).order_by("-version").first()
    if last is not None and last.definition == to_json(process):
        return False
    decision = Decision(
        number=str(item.get("decision_number", "")),
        valid_from=item.get("valid_from", at.date()),
        valid_to=item.get("valid_to"),
    )
    hours = item.get("limit_hours")
    approve(
        process=process,
        decision=decision,
        procedure_code=code,
        by=by,
        at=at,
        limit_minutes=None if hours is None else int(hours) * 60,
    )
    return True


def _close_last(code: str, catalog_version_id: int | None, decision: Decision) -> int:
    """End the process that holds open-ended, and return the number of the next version."""
    rows = ProcessVersion.objects.filter(procedure_code=code)
    held = rows.filter(catalog_version_id=catalog_version_id, valid_to=None).first()
    if held is not None:
        if held.valid_from >= decision.valid_from:
            raise NoDecision(
                _("Quy trình đang áp dụng có hiệu lực từ %s; quy trình mới phải sau ngày đó.")
                % held.valid_from.strftime("%d/%m/%Y"),
                field="valid_from",
            )
        held.valid_to = decision.valid_from - timedelta(days=1)
        held.save(update_fields=["valid_to"])
    last = rows.order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def _record_approval(row: ProcessVersion, *, by: Actor, at: datetime) -> None:
    ledger.record(
        ProcessApproved(
            process_id=row.pk,
            procedure_code=row.procedure_code,
            version=row.version,
            decision_number=row.decision_number,
            valid_from=row.valid_from,
            digest=_digest(row.process),
        ),
        stream=STREAM,
        at=at,
        actor=by.key,
        actor_name=by.name,
    )


def _digest(process: Process) -> str:
    text = json.dumps(to_json(process), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
