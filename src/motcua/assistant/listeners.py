"""What the assistant does when something below it happened."""

from motcua.assistant.services import knowing
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
