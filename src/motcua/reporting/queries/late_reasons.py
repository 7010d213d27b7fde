"""Why dossiers were overdue in a period: one reason for each, read from its facts."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models.expressions import RawSQL
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.queries.visibility import visible_to
from motcua.ledger.models import FactRow
from motcua.reporting.forms.causes import UNKNOWN, Internal, Known, Rules, Step, reason_of
from motcua.reporting.forms.overdue import Late
from motcua.reporting.models import Standing
from motcua.reporting.queries.behind import Behind, Narrow, keys_behind
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period
from motcua.workflow import queries as workflow

BATCH = 2000
_KINDS = (
    "dossier.accepted", "dossier.received", "dossier.assigned", "dossier.step_done",
    "dossier.step_sent_back", "dossier.approved", "dossier.handed_over", "dossier.taken_over",
    "dossier.supplement_requested", "dossier.supplement_answered", "dossier.payment_required",
    "dossier.payment_confirmed", "dossier.opinion_asked", "dossier.opinion_given",
    "dossier.opinion_silent",
)  # fmt: skip


def by_field(period: Period, *, agency: cards.AgencyCard | None, rules: Rules) -> dict[str, Late]:
    """Return the overdue dossiers of a period by field, each counted under one reason."""
    where = agency.id if agency else 0
    name = f"reasons:{period.start.timestamp()}:{period.until.timestamp()}:{where}"
    return kept(name, lambda: _read(period, agency, rules))


@dataclass(frozen=True)
class Overdue:
    """One overdue dossier: its field, the figure it counts in, up to when its facts count."""

    field: str
    figure: str
    until: datetime
    competent_id: int
    internal: Internal


def dossiers(
    period: Period,
    *,
    agency: cards.AgencyCard | None,
    rules: Rules,
    reason: str,
    field: str,
    actor: Actor,
) -> Behind:
    """Return the overdue dossiers of one reason (and field), as far as this person may read them."""
    late = {key: one for key, one in _late(period, agency).items() if field in ("", one.field)}
    keys = [key for key, why in _reasons(late, rules).items() if why == reason]
    rows = visible_to(actor).filter(pk__in=keys)
    shown = rows.select_related("owner", "competent", "receiving", "turn_agency", "assignee")
    return Behind(shown.order_by("due_at", "pk"), len(keys))


def _read(period: Period, agency: cards.AgencyCard | None, rules: Rules) -> dict[str, Late]:
    late = _late(period, agency)
    reasons = _reasons(late, rules)
    counts: dict[str, Counter[str]] = {}
    parts: dict[str, Counter[str]] = {}
    for key, one in late.items():
        counts.setdefault(one.field, Counter())[reasons[key]] += 1
        parts.setdefault(one.field, Counter())[one.figure] += 1
    return {
        field: Late(parts[field]["late"], parts[field]["overdue"], dict(counts[field]))
        for field in counts
    }


def _late(period: Period, agency: cards.AgencyCard | None) -> dict[int, Overdue]:
    found = {}
    for figure in ("late", "overdue"):
        wanted = keys_behind(figure, period, Narrow(agency=agency))
        rows = Standing.objects.filter(pk__in=RawSQL(wanted.text, wanted.values))  # noqa: S611  our own words
        for row in rows.values_list(
            "dossier_id", "field", "ended_at", "competent_id", "procedure_code", "version_id",
            "accepted_at",
        ):  # fmt: skip
            key, field, ended_at, competent, procedure, version, accepted_at = row
            until = ended_at if figure == "late" and ended_at is not None else period.until
            internal = _internal(procedure, version, timezone.localdate(accepted_at))
            found[key] = Overdue(field, figure, until, competent, internal)
    return found


def _internal(procedure: str, version: int, on: date) -> Internal:
    """Return the process that the Chairman approved for a procedure, as it held on a day."""
    process = workflow.process_for(procedure, version or None, on=on).process
    steps = tuple(Step(one.key, one.role, 60 * one.hours) for one in process.chain())
    return Internal(steps, process.is_elastic)


def _reasons(late: Mapping[int, Overdue], rules: Rules) -> dict[int, str]:
    keys, found = list(late), dict.fromkeys(late, UNKNOWN)
    for first in range(0, len(keys), BATCH):
        for key, facts in _facts(keys[first : first + BATCH]):
            one = late[key]
            hours = calendar_for(cards.card(one.competent_id).calendar_key)
            found[key] = reason_of(
                facts, until=one.until, rules=rules, hours=hours, internal=one.internal
            )
    return found


def _facts(keys: Sequence[int]) -> Iterator[tuple[int, list[Known]]]:
    rows = (
        FactRow.objects.filter(stream__in=[f"dossier:{key}" for key in keys], kind__in=_KINDS)
        .order_by("stream", "seq")
        .values_list("stream", "kind", "at", "body")
    )
    for stream, own in groupby(rows, key=lambda row: row[0]):
        facts = [Known(kind, at, json.loads(body)) for _stream, kind, at, body in own]
        yield int(stream.partition(":")[2]), facts
