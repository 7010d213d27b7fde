"""Tables of the assistant: what it knows, what was asked, what people taught it."""

from motcua.assistant.models.knowledge import (
    KnowledgeIndex,
    KnowledgeLoad,
    LawDocument,
    Passage,
)

__all__ = ["KnowledgeIndex", "KnowledgeLoad", "LawDocument", "Passage"]
