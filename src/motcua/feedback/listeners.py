"""What feedback does when one of its facts was recorded; and how many facts each case must have."""

import json
from collections.abc import Iterator

from django.utils import timezone

from motcua.directory.queries import calendars
from motcua.feedback import notices
from motcua.feedback import services as feedback
from motcua.feedback.models import Case
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.ledger.services import listen


def _tell(fact: FactRow) -> None:
    """Tell the sender, followers, desks and inspectors that a fact concerns."""
    notices.tell(fact)


for _kind in sorted(notices.TO_SENDER | notices.TO_DESKS):
    listen(_kind, name="feedback.notices")(_tell)


@listen("directory.calendar_corrected", name="feedback.recompute")
def recompute_open_cases(fact: FactRow) -> None:
    """Read the due dates of every open case timed by the calendar that was corrected anew."""
    body = json.loads(fact.body)
    calendars.forget()
    feedback.recompute(
        calendar_key=body["calendar_key"], reason=body.get("reason", ""), at=timezone.now()
    )


def heads() -> Iterator[tuple[str, int]]:
    """Give each case's stream with the number of its last fact, for `ledger verify`."""
    for key, revision in Case.objects.values_list("pk", "revision").iterator(5000):
        yield f"feedback:{key}", revision


trail.heads.append(heads)
