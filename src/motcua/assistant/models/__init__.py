"""Tables of the assistant: what it knows, what was asked, what people taught it."""

from motcua.assistant.models.knowledge import (
    KnowledgeIndex,
    KnowledgeLoad,
    LawDocument,
    Passage,
)
from motcua.assistant.models.learning import LearnedAnswer, Topic, TopicQuestion

__all__ = [
    "KnowledgeIndex",
    "KnowledgeLoad",
    "LawDocument",
    "LearnedAnswer",
    "Passage",
    "Topic",
    "TopicQuestion",
]
