"""What the assistant does when something below it happened."""

import json

from django.utils import timezone

from motcua.assistant.services import knowing, learning
from motcua.feedback.queries.public import public_case
from motcua.ledger.models import FactRow
from motcua.ledger.services import listen


def read_sources_again(_fact: FactRow) -> None:
    """Have the worker read a changed source again."""
    knowing.ask_for_refresh()


for _source in (
    "catalog.loaded",
    "directory.territory_loaded",
    "directory.calendar_",
    "assistant.knowledge_loaded",
):
    listen(_source, name="assistant.knowledge")(read_sources_again)


@listen("feedback.published", name="assistant.learning")
def propose_published_answer(fact: FactRow) -> None:
    """Put the published answer to a written question on the keepers' list, as a draft."""
    case = public_case(json.loads(fact.body)["code"])
    if case is not None and case.kind == "question" and case.answer:
        learning.draft_from_case(
            case=case.code,
            question=case.title,
            text=case.answer,
            asked_at=case.received_at,
            at=timezone.now(),
        )
