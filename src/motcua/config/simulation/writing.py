"""Cases on their way into the tables: numbered, keyed, chained and copied."""

import base64
import json
from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection

from motcua.config.simulation import asides, tables
from motcua.config.simulation.case import Case, Opened
from motcua.config.simulation.tables import Table
from motcua.directory.identity import seal
from motcua.dossiers.models import (
    CertifiedCopy,
    Dossier,
    Extension,
    HandOverItem,
    Paper,
    Result,
    Supplement,
)
from motcua.kernel.worktime.calendar import VIETNAM
from motcua.ledger import bulk
from motcua.payments.models import Charge
from motcua.workflow.models import Consultation, Task

BATCH = 1000


class Writer:
    """Writes the cases of one competent agency after another."""

    def __init__(
        self, *, recorded_at: datetime, counters: dict[tuple[str, str, int], int]
    ) -> None:
        self.recorded_at, self.counters = recorded_at, counters
        self.dossiers = Table(Dossier, with_key=True)
        self.papers, self.charges = Table(Paper), Table(Charge)
        self.tasks = Table(Task, with_key=True)
        self.results = Table(Result, with_key=True)
        self.copies = Table(CertifiedCopy)
        self.supplements, self.extensions = Table(Supplement), Table(Extension)
        self.opinions, self.items = Table(Consultation), Table(HandOverItem)
        for one in Dossier._meta.concrete_fields:  # noqa: SLF001  a column that no act writes
            if not hasattr(Case, one.attname):
                setattr(Case, one.attname, one.get_default())
        self._row = attrgetter(*(name for name in self.dossiers.names))
        self._step = attrgetter(*Opened.__slots__)
        self.facts = 0

    def write(self, cases: list[Case]) -> None:
        """Number the results of these cases in the order of time, then write everything."""
        self._number(cases)
        self._key_steps(cases)
        for first in range(0, len(cases), BATCH):
            self._write(cases[first : first + BATCH])

    def _write(self, cases: list[Case]) -> None:
        lines: list[str] = []
        for case in cases:
            lines += self._chained(case)
            self._add(case)
        self.facts += len(lines)
        for table in (self.dossiers, self.papers, self.charges, self.tasks, self.results, self.copies,
                      self.supplements, self.extensions, self.opinions, self.items):  # fmt: skip
            table.write()
        tables.copy(bulk.copy_statement(), "".join(lines))

    def _number(self, cases: list[Case]) -> None:
        waiting = [(at, case.id, n, symbol, fill, case)
                   for case in cases for n, (at, symbol, fill) in enumerate(case.numbered)]  # fmt: skip
        for at, _key, _n, symbol, fill, case in sorted(waiting, key=lambda entry: entry[:3]):
            year = at.astimezone(VIETNAM).year
            place = (case.competent.code, symbol, year)
            sequence = self.counters.get(place, 0) + 1
            self.counters[place] = sequence
            fill(f"{sequence:02d}/{year}/{symbol}-{case.competent.code}", sequence)
        for case in cases:
            if case.results and case.results[0]["correction_due_at"] is not None:
                asides.tell_correction(case)

    def _key_steps(self, cases: list[Case]) -> None:
        """Give steps and results their keys, in the order in which they were opened."""
        steps = sorted(
            ((step.opened_at, case.id, n, step, case)
             for case in cases for n, step in enumerate(case.steps)),
            key=lambda entry: entry[:3],
        )  # fmt: skip
        first = tables.reserve("workflow_task", len(steps))
        for place, (_at, _id, _n, step, case) in enumerate(steps):
            key = first + place
            if step is case.task:
                case.task_id = key
            self._add_step(key, step, case)
        count = sum(len(case.results) for case in cases)
        key = tables.reserve("dossiers_result", count)
        for case in cases:
            before = None
            for row in case.results:
                row |= {"id": key, "dossier_id": case.id}
                row["replaces_id"] = before if row["replaces_id"] else None
                before, key = key, key + 1

    def _add_step(self, key: int, step: Opened, case: Case) -> None:
        values: dict[str, Any] = {
            name: getattr(step, name) for name in self.tasks.names if hasattr(step, name)
        }
        values |= {"id": key, "case_id": case.id, "process_id": case.process_id}
        self.tasks.add_named(values)

    def _chained(self, case: Case) -> list[str]:
        chain = bulk.Chain(f"dossier:{case.id}", recorded_at=self.recorded_at)
        for told in case.told:
            chain.add(
                told.fact, at=told.at, actor=told.actor, actor_name=told.actor_name, post=told.post
            )
        case.revision = chain.seq
        return chain.lines

    def _add(self, case: Case) -> None:
        case.form_data = sealed(case.form_data)
        self.dossiers.add(self._row(case))
        for key, paper in case.papers.items():
            note = paper.name[:300] if paper.state == "from_store" else ""
            self.papers.add(
                (
                    case.id,
                    key,
                    paper.name,
                    paper.required,
                    paper.originals,
                    paper.copies,
                    paper.state,
                    [],
                    note,
                )
            )
        for row in case.charges:
            self.charges.add_named({**row, "case_id": case.id})
        for row in case.results:
            row["filled"] = sealed(row["filled"])
            self.results.add_named(row)
            if "copy" in row:
                self.copies.add_named({**row["copy"], "result_id": row["id"]})
        for row in case.opinions:
            self.opinions.add_named({**row, "case_id": case.id})
        if case.supplement:
            self.supplements.add_named({**case.supplement, "dossier_id": case.id})
        if case.extension:
            self.extensions.add_named({**case.extension, "dossier_id": case.id})
        if case.slip_id is not None:
            self.items.add_named({"slip_id": case.slip_id, "dossier_id": case.id, "note": ""})


def sealed(value: dict[str, Any]) -> dict[str, Any]:
    """Return what a sealed column holds."""
    if not value:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return {"sealed": base64.b64encode(seal(text)).decode()}


def read_counters(codes: Iterable[str]) -> dict[tuple[str, str, int], int]:
    """Return the last number of every register of these agencies."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_code, kind, year, last FROM dossiers_numbercounter "
            "WHERE agency_code = ANY(%s)",
            [list(codes)],
        )
        return {(code, kind, year): last for code, kind, year, last in cursor.fetchall()}


def keep_counters(counters: dict[tuple[str, str, int], int]) -> None:
    """Let the registers go on behind the numbers given."""
    codes, kinds, years = ([place[n] for place in counters] for n in range(3))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_numbercounter AS c (agency_code, kind, year, last) "
            "SELECT unnest(%s::text[]), unnest(%s::text[]), unnest(%s::int[]), unnest(%s::int[]) "
            "ON CONFLICT (agency_code, kind, year) "
            "DO UPDATE SET last = greatest(c.last, excluded.last)",
            [codes, kinds, years, list(counters.values())],
        )
