"""What can happen in the assistant. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class KnowledgeLoaded(Fact):
    """A source of what is known said something else than before; its passages were written."""

    kind: ClassVar[str] = "assistant.knowledge_loaded"
    load: str
    taken: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True)
class KnowledgeIndexed(Fact):
    """An index of what is known was built and is in use."""

    kind: ClassVar[str] = "assistant.knowledge_indexed"
    number: int
    passages: int
