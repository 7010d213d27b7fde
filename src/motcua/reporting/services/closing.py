"""Closing a period: its figures are kept as they were reported."""

import json
from datetime import datetime

from django.db import transaction

from motcua.directory.actor import Actor
from motcua.ledger import services as ledger
from motcua.reporting.events import PeriodClosed
from motcua.reporting.models import ClosedPeriod, Followed
from motcua.reporting.queries.counts import check_built, total_of
from motcua.reporting.queries.proof import digest_of
from motcua.reporting.refusals import AlreadyClosed, NotOver
from motcua.reporting.rules import Period

LAW = "02/2017/TT-VPCP"


@transaction.atomic
def close_period(
    *, key: str, period: Period, figures: dict[str, object], by: Actor, at: datetime
) -> ClosedPeriod:
    """Keep the figures of a period that is over, as they are sent; the ledger notes their hash.

    `key` names the report and the period ("II.06a:2025Q3"). Raises NotOver, AlreadyClosed, NotReady.
    Source: 02/2017/TT-VPCP (a report is sent once for its period; corrections come after it).
    """
    if period.until > at or period.is_current:
        raise NotOver("Kỳ này chưa kết thúc nên chưa chốt được.", field="period", law=LAW)
    if ClosedPeriod.objects.filter(key=key).exists():
        raise AlreadyClosed(
            "Kỳ này đã chốt; thay đổi sau đó hiện bên cạnh.", field="period", law=LAW
        )
    check_built()
    figures = json.loads(json.dumps(figures, ensure_ascii=False))  # as it will be read again
    digest = digest_of(figures)
    known = Followed.objects.filter(pk=1).first()
    row = ClosedPeriod.objects.create(
        key=key,
        first=period.first,
        until=period.until,
        upto=known.upto if known else 0,
        closed_at=at,
        by=by.key,
        by_name=by.name[:120],
        figures=figures,
        counts=total_of(period),
        digest=digest,
    )
    fact = PeriodClosed(key=key, first=period.first, until=period.until, digest=digest)
    ledger.record_alone(fact, stream=f"period:{key}"[:64], at=at, actor=by.key,
                        actor_name=by.name[:120])  # fmt: skip
    return row
