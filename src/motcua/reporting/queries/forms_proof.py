"""Kept forms proven: by their facts, and from the ledger as it stood when each was made."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from motcua.directory.actor import SYSTEM
from motcua.directory.queries import cards
from motcua.ledger import queries as trail
from motcua.ledger.queries import Told
from motcua.reporting.forms import periods, writing
from motcua.reporting.forms.sheet import Sheet
from motcua.reporting.models.forms import KeptForm
from motcua.reporting.queries import forms
from motcua.reporting.queries.keeping import anew
from motcua.reporting.queries.proof import FOLDED, Found, digest_of, folded

WHAT, NOTHING = "form", "–"
_SHOWN = 12


def name_of(row: KeptForm) -> str:
    """Return how a kept form is named: "06a:2025Q3:H32.18", "06b:2025Q3" of the province."""
    return ":".join(part for part in (row.form, row.period, row.agency_code) if part)


def kept_names() -> set[str]:
    """Return the names of every form that is kept."""
    return {name_of(row) for row in KeptForm.objects.defer("figures")}


def found(*, key: str = "", period: str = "") -> list[Found]:
    """Return where kept forms say something else than their facts, or than the ledger gives.

    `key`: the form of that name only. `period`: those of that period only.
    Source: design §6 (a stored figure is proven from the ledger).
    """
    rows = [
        row
        for row in KeptForm.objects.order_by("upto", "form", "period", "agency_code")
        if key in ("", name_of(row)) and period in ("", row.period)
    ]
    told = [one for row in rows for one in _noted(row)]
    for upto, group in groupby(rows, key=lambda row: row.upto):
        told += _counted(upto, group)
    return told


def _noted(row: KeptForm) -> Iterator[Found]:
    """Give where a form, its files or its sendings are not what the ledger noted of them."""
    name, facts = name_of(row), trail.facts_of(forms.stream_of(row))
    kinds = ("report.closed",) if row.is_closed else ("report.made",)
    last = [fact.body for fact in facts if fact.kind in kinds][-1:]
    if not last:
        yield Found(WHAT, name, "chốt" if row.is_closed else "lập", NOTHING)
        return
    if not row.is_closed and any(fact.kind == "report.closed" for fact in facts):
        yield Found(WHAT, name, "chưa chốt", "chốt")
    said, digest = str(last[0].get("figures", "")), digest_of(row.figures)
    if said and said != digest:
        yield Found(WHAT, f"{name}: mã băm số liệu", digest[:12], said[:12])
    yield from _files(row, name, last[0].get("files"))
    yield from _sendings(row, name, facts)


def _files(row: KeptForm, name: str, noted: object) -> Iterator[Found]:
    said = noted if isinstance(noted, dict) else {}
    seen = {file.kind: hashlib.sha256(bytes(file.content)).hexdigest() for file in row.files.all()}
    for kind in sorted({*said, *seen}):
        one, other = str(seen.get(kind, "")), str(said.get(kind, ""))
        if one != other:
            yield Found(WHAT, f"{name}: tệp {kind}", one[:12] or NOTHING, other[:12] or NOTHING)


def _sendings(row: KeptForm, name: str, facts: Iterable[Told]) -> Iterator[Found]:
    said = {
        str(fact.body["receiver"]): (str(fact.body["sha256"]), fact.at)
        for fact in facts
        if fact.kind == "report.sent"
    }
    seen = {one.receiver: (one.sha256, one.at) for one in forms.sendings_of(row)}
    for receiver in sorted({*said, *seen}):
        if said.get(receiver) != seen.get(receiver):
            one, other = _sent_words(seen.get(receiver)), _sent_words(said.get(receiver))
            yield Found(WHAT, f"{name}: gửi {receiver}", one, other)


def _sent_words(one: tuple[str, datetime] | None) -> str:
    return f"{one[0][:12]} {timezone.localtime(one[1]):%d/%m/%Y %H:%M}" if one else NOTHING


def _counted(upto: int, rows: Iterable[KeptForm]) -> list[Found]:
    """Make forms once more from the ledger up to a fact, and return every figure that differs."""
    told: list[Found] = []
    over = [(row, asked) for row in rows if (asked := _asked(row)) is not None]
    if not over:
        return told
    with as_it_stood(upto), anew():
        for row, asked in over:
            told += _differing(row, forms.sheet_of(asked))
    return told


def _asked(row: KeptForm) -> forms.Wanted | None:
    """Return what the form was asked for; None while its period ran: that moment is over."""
    period, kind = periods.period(row.period), forms.KINDS.get(row.form)
    card = cards.card_by_code(row.agency_code) if row.agency_code else None
    if period is None or kind is None or (row.agency_code and card is None):
        return None
    if period.last >= timezone.localtime(row.made_at).date():
        return None
    by = forms.breakdown_of(writing.from_document(row.figures))
    return forms.Wanted(kind, period, card, SYSTEM, row.made_at, by)


@contextmanager
def as_it_stood(upto: int) -> Iterator[None]:
    """Let every reader of figures in this block read the ledger up to a fact, folded anew.

    Tables of this transaction stand before those of the same name; they go with it.
    """
    with transaction.atomic():
        with folded(upto) as cursor:
            cursor.execute("CREATE TEMP TABLE reporting_past (LIKE reporting_past)")
            cursor.execute(
                "CREATE TEMP VIEW ledger_factrow AS SELECT * FROM ledger_factrow "  # noqa: S608
                f"WHERE id <= {int(upto)}"
            )
            cursor.execute(f"ALTER TABLE {FOLDED} RENAME TO reporting_standing")
            yield
        transaction.set_rollback(True)


def _differing(row: KeptForm, again: Sheet) -> list[Found]:
    name, kept = name_of(row), writing.from_document(row.figures)
    changes = [
        Found(WHAT, f"{name}: {line}, {column}", str(before), str(after))
        for line, column, before, after in writing.changes(kept, again)
    ]
    pairs = zip(_words(kept), _words(again), strict=False)
    changes += [
        Found(WHAT, f"{name}: {title}", one[:60], other[:60])
        for (title, one), (_title, other) in pairs
        if one != other
    ]
    return changes[:_SHOWN]


def _words(sheet: Sheet) -> list[tuple[str, str]]:
    return [(part.title, one) for part in sheet.sections for one in part.paragraphs]
