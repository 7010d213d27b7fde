"""The register of certified copies, and what a copy would cost."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.dossiers.models import CertifiedCopy
from motcua.dossiers.queries.results import document_of
from motcua.dossiers.queries.visibility import visible_to
from motcua.kernel.text import fold


def register(
    actor: Actor, *, text: str = "", year: int | None = None, sequence: int | None = None
) -> "QuerySet[CertifiedCopy]":
    """Return the entries of the register that this person may read, latest first.

    text: part of the requester's or the document's name, with or without marks.
    """
    rows = CertifiedCopy.objects.filter(result__dossier__in=visible_to(actor)).select_related(
        "result__dossier", "result__file", "agency"
    )
    for word in fold(text).split():
        rows = rows.filter(folded__contains=word)
    if year is not None:
        rows = rows.filter(year=year)
    if sequence is not None:
        rows = rows.filter(sequence=sequence)
    return rows.order_by("-pk")


def named(actor: Actor, keys: Sequence[int]) -> list[CertifiedCopy]:
    """Return chosen entries in the order they were made."""
    return list(register(actor).filter(pk__in=list(keys)).order_by("pk"))


def sheet(copy: CertifiedCopy) -> bytes:
    """Return the certified copy as it is printed or sent."""
    return document_of(copy.result)


def fee_vnd(*, procedure: str, pages: int, copies: int, on: date, case: str = "") -> int | None:
    """Return what copies cost by the published rule, None when nothing is published."""
    version = catalog.version_in_force(procedure, on=on)
    if version is None:
        return None
    fees = catalog.content_of(version.pk).fees_for("counter", case)
    fee = next((one for one in fees if one.per == "page" and one.amount_vnd), None)
    amount = fee.amount_for(pages) if fee else None
    return None if amount is None else amount * copies
