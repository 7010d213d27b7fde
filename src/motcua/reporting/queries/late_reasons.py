"""Why dossiers were overdue in a period: one reason for each, read from its facts."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.db.models.expressions import RawSQL

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.queries.visibility import visible_to
from motcua.ledger.models import FactRow
from motcua.reporting.forms.causes import UNKNOWN, Known, Rules, reason_of
from motcua.reporting.forms.overdue import Late
from motcua.reporting.models import Standing
from motcua.reporting.queries.behind import Behind, Narrow, keys_behind
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period

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
    ends, _fields, _figures = _late(period, agency, field)
    keys = [key for key, why in _all_reasons(ends, rules).items() if why == reason]
    rows = visible_to(actor).filter(pk__in=keys)
    shown = rows.select_related("owner", "competent", "receiving", "turn_agency", "assignee")
    return Behind(shown.order_by("due_at", "pk"), len(keys))


def _read(period: Period, agency: cards.AgencyCard | None, rules: Rules) -> dict[str, Late]:
    ends, fields, figures = _late(period, agency, "")
    reasons = _all_reasons(ends, rules)
    counts: dict[str, Counter[str]] = {}
    parts: dict[str, Counter[str]] = {}
    for key, field in fields.items():
        counts.setdefault(field, Counter())[reasons[key]] += 1
        parts.setdefault(field, Counter())[figures[key]] += 1
    return {
        field: Late(parts[field]["late"], parts[field]["overdue"], dict(counts[field]))
        for field in counts
    }


def _late(
    period: Period, agency: cards.AgencyCard | None, field: str
) -> tuple[dict[int, datetime], dict[int, str], dict[int, str]]:
    """Return the overdue: up to when their facts count, their field, the figure they are in."""
    ends: dict[int, datetime] = {}
    fields: dict[int, str] = {}
    figures: dict[int, str] = {}
    for figure in ("late", "overdue"):
        for key, name, ended_at in listed(figure, period, agency):
            if field in ("", name):
                is_settled = figure == "late" and ended_at is not None
                ends[key] = ended_at if is_settled and ended_at is not None else period.until
                fields[key], figures[key] = name, figure
    return ends, fields, figures


def _all_reasons(ends: dict[int, datetime], rules: Rules) -> dict[int, str]:
    return dict.fromkeys(ends, UNKNOWN) | dict(_reasons(ends, rules))


def listed(
    figure: str, period: Period, agency: cards.AgencyCard | None
) -> list[tuple[int, str, datetime | None]]:
    """Return the dossiers that a figure counts: number, field, when they ended."""
    wanted = keys_behind(figure, period, Narrow(agency=agency))
    rows = Standing.objects.filter(pk__in=RawSQL(wanted.text, wanted.values))  # noqa: S611  our own words
    return list(rows.values_list("dossier_id", "field", "ended_at"))


def _reasons(ends: dict[int, datetime], rules: Rules) -> Iterator[tuple[int, str]]:
    keys = list(ends)
    for first in range(0, len(keys), BATCH):
        for key, facts in _facts(keys[first : first + BATCH]):
            yield key, reason_of(facts, until=ends[key], rules=rules)


def _facts(keys: Sequence[int]) -> Iterator[tuple[int, list[Known]]]:
    rows = (
        FactRow.objects.filter(stream__in=[f"dossier:{key}" for key in keys], kind__in=_KINDS)
        .order_by("stream", "seq")
        .values_list("stream", "kind", "at", "body")
    )
    for stream, own in groupby(rows, key=lambda row: row[0]):
        facts = [Known(kind, at, json.loads(body)) for _stream, kind, at, body in own]
        yield int(stream.partition(":")[2]), facts
