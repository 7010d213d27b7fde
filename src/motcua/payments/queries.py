"""What a case has to pay."""

from motcua.payments.models import Charge


def charges_of(case_id: int) -> list[Charge]:
    """Return the charges of a case in the order they were made."""
    return list(Charge.objects.filter(case_id=case_id))


def owed_vnd(case_id: int) -> int:
    """Return what a case still owes, in đồng."""
    return sum(c.amount_vnd for c in charges_of(case_id) if c.state == Charge.State.DUE)
