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


# A result is issued, then stamped; both may be corrected or taken back: the store follows each time.
_OF_RESULTS = ("issued", "stamped", "corrected", "revoked")


def keep_results(fact: FactRow) -> None:
    """Put the results of a dossier into its owner's store, or bring it up to date (R23)."""
    dossiers.keep_results(case_id=int(fact.stream.partition(":")[2]), at=fact.at)


for _what in _OF_RESULTS:
    listen(f"dossier.result_{_what}", name="dossiers.kho")(keep_results)


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
