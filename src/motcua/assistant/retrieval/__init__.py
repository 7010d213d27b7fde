"""Finding the passage that answers: an inverted index with a learned ranker, no Django, no model."""

from motcua.assistant.retrieval.index import Index
from motcua.assistant.retrieval.passages import BadIndex, Hit, Passage

__all__ = ["BadIndex", "Hit", "Index", "Passage"]
