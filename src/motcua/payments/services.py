"""Verbs about charges; called inside the transaction of the case's act."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.kernel.refused import Refused
from motcua.payments.models import Charge
from motcua.payments.rules import Line


class UnknownMethod(Refused):
    """Nobody pays like that."""

    field = "method"


def bill(*, case_id: int, lines: list[Line], at: datetime) -> int:
    """Write the lines a case has to pay; return their sum in đồng (one statement).

    Source: 118/2025/NĐ-CP Điều 24 khoản 1.
    """
    charges = [
        Charge(
            case_id=case_id,
            key=line.key,
            name=line.name,
            kind=line.kind,
            unit_vnd=line.unit_vnd,
            quantity=line.quantity,
            amount_vnd=line.total_vnd,
            made_at=at,
        )
        for line in lines
        if line.total_vnd > 0
    ]
    if charges:
        Charge.objects.bulk_create(charges)
    return sum(charge.amount_vnd for charge in charges)


def settle(*, case_id: int, method: str, reference: str, collected_by: str, at: datetime) -> int:
    """Mark all that a case still owes as paid; return the sum in đồng.

    Raises UnknownMethod: money does not come that way.
    Source: 118/2025/NĐ-CP Điều 24.
    """
    if method not in Charge.Method.values:
        raise UnknownMethod(_("Hãy chọn cách nộp tiền."))
    owed = list(Charge.objects.select_for_update().filter(case_id=case_id, state="due"))
    Charge.objects.filter(pk__in=[c.pk for c in owed]).update(
        state=Charge.State.PAID,
        method=method,
        reference=reference,
        collected_by=collected_by,
        paid_at=at,
    )
    return sum(charge.amount_vnd for charge in owed)


def cancel(*, case_id: int) -> int:
    """Cancel what a case still owes, because it ended; return what it has paid, in đồng.

    What was paid stays on record: giving it back follows the law of the sector.
    Source: 118/2025/NĐ-CP Điều 21.
    """
    Charge.objects.filter(case_id=case_id, state="due").update(state=Charge.State.CANCELLED)
    paid = Charge.objects.filter(case_id=case_id, state="paid").values_list(
        "amount_vnd", flat=True
    )
    return sum(paid)
