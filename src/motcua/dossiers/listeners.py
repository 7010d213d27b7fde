"""What dossiers do when something below them happened; and how many facts each must have."""

import json
from collections.abc import Iterator

from django.utils import timezone

from motcua.directory.queries import calendars
from motcua.dossiers import notices
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.ledger.services import listen


@listen("directory.calendar_corrected", name="dossiers.recompute")
def recompute_open_dossiers(fact: FactRow) -> None:
    """Recompute every open dossier timed by the calendar that was corrected."""
    body = json.loads(fact.body)
    calendars.forget()
    dossiers.recompute(
        calendar_key=body["calendar_key"], reason=body.get("reason", ""), at=timezone.now()
    )


def _tell(fact: FactRow) -> None:
    """Tell the applicant or the post that a fact concerns (R5, R6, R16, R21, R30)."""
    notices.tell(fact)


for _kind in (*notices.TO_APPLICANT, *notices.TO_POSTS):
    listen(_kind, name="dossiers.notices")(_tell)


def heads() -> Iterator[tuple[str, int]]:
    """Give each dossier's stream with the number of its last fact, for `ledger verify`."""
    for key, revision in Dossier.objects.values_list("pk", "revision").iterator(5000):
        yield f"dossier:{key}", revision


trail.heads.append(heads)
