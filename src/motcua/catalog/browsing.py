"""Reads for pages that browse the catalogue: fields, lists of codes, variants of one procedure."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from motcua.catalog.models import Procedure, ProcedureVersion


def fields() -> list[tuple[str, int]]:
    """Return the fields of the procedures settled here, with how many each has."""
    rows = _offered().values_list("field").annotate(n=Count("pk")).order_by("field")
    return [(field, n) for field, n in rows]


def of_field(field: str) -> list[str]:
    """Return the codes of the procedures of a field that are settled here, most used first."""
    rows = _offered().filter(field=field).order_by("-usage", "code")
    return list(rows.values_list("code", flat=True))


def most_used(limit: int) -> list[Procedure]:
    """Return the procedures settled here that people ask for most."""
    return list(_offered().order_by("-usage", "code")[:limit])


def versions_of_codes(codes: Sequence[str], *, on: date) -> dict[str, ProcedureVersion]:
    """Return the versions in force of these procedures, with their procedures (one query)."""
    rows = (
        ProcedureVersion.objects.filter(procedure__code__in=codes, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .select_related("procedure")
        .order_by("number")
    )
    return {row.procedure.code: row for row in rows}


def variants_of(procedure: Procedure) -> list[Procedure]:
    """Return other procedures of the same family: the same matter as others announced it."""
    if not procedure.family:
        return []
    rows = Procedure.objects.filter(family=procedure.family).exclude(pk=procedure.pk)
    return list(rows.order_by("scope", "code")[:20])


def _offered() -> "QuerySet[Procedure]":
    return Procedure.objects.filter(is_offered=True, state=Procedure.State.ACTIVE)
