"""How long the approved processes take, beside the limits of their procedures."""

from collections.abc import Iterable
from datetime import date

from motcua.catalog import queries as catalog
from motcua.catalog.comparing import Process
from motcua.workflow import queries
from motcua.workflow.models import ProcessVersion


def of_codes(codes: Iterable[str], *, on: date) -> dict[str, Process]:
    """Return the approved process of each procedure that has one, its own or the province's.

    An elastic process has no length of its own: it takes shares of whatever time there is.
    Source: ND118/2025 art. 38.1d.
    """
    approved = [row for row in queries.processes() if _holds(row, on)]
    own = {row.procedure_code: row for row in approved[::-1] if row.procedure_code}
    common = next((row for row in approved if not row.procedure_code), None)
    found = {}
    for code in codes:
        row = own.get(code, common)
        if row is not None:
            limit = queries.legal_limit_minutes(code, on=on) if code in own else None
            found[code] = Process(_minutes(row), limit, code in own)
    return found


def offered(*, on: date) -> dict[str, Process]:
    """Return the approved processes of the procedures that our centres receive."""
    return of_codes(catalog.offered().values_list("code", flat=True), on=on)


def _holds(row: ProcessVersion, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _minutes(row: ProcessVersion) -> int:
    if row.process.is_elastic:
        return 0
    return sum(step.hours for step in row.process.chain()) * 60
