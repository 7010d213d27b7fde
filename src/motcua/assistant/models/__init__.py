"""Tables of the assistant: what it knows, what was asked, what people taught it."""

from motcua.assistant.models.knowledge import (
    KnowledgeIndex,
    KnowledgeLoad,
    LawDocument,
    Passage,
)
from motcua.assistant.models.learning import LearnedAnswer, Topic, TopicQuestion
from motcua.assistant.models.talk import Conversation, Turn, Vote

__all__ = [
    "Conversation",
    "KnowledgeIndex",
    "KnowledgeLoad",
    "LawDocument",
    "LearnedAnswer",
    "Passage",
    "Topic",
    "TopicQuestion",
    "Turn",
    "Vote",
]
