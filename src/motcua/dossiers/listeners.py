"""What dossiers do when something below them happened; and how many facts each must have."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import calendars
from motcua.dossiers import notices
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import digitising
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.ledger.services import listen
from motcua.signing.models import Signature


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


def _doer(fact: FactRow) -> Actor:
    """Return who did what a fact tells, as far as the fact knows."""
    kind, _colon, number = fact.actor.partition(":")
    is_person = kind == "account" and number.isdigit()
    return Actor("staff", fact.actor_name, account_id=int(number)) if is_person else SYSTEM


@listen("signing.paper-signed", name="dossiers.scans")
def note_signature(fact: FactRow) -> None:
    """Let a scan that was signed at the signing desk go on."""
    made = Signature.objects.select_related("file").get(file_id=json.loads(fact.body)["file_id"])
    digitising.note_signature(signature=made, by=_doer(fact), at=fact.at)


@listen("kho.used", name="dossiers.scans")
def note_reuse(fact: FactRow) -> None:
    """Note on a scan that it was reused out of its owner's store."""
    body = json.loads(fact.body)
    digitising.note_reuse(
        stored=UUID(body["paper"]), in_case=body["case"], by=_doer(fact), at=fact.at
    )


def heads() -> Iterator[tuple[str, int]]:
    """Give each dossier's stream with the number of its last fact, for `ledger verify`."""
    for key, revision in Dossier.objects.values_list("pk", "revision").iterator(5000):
        yield f"dossier:{key}", revision


trail.heads.append(heads)
