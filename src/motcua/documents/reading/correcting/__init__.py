"""What the machine misread in Vietnamese official wording, put right where the language is sure."""

from motcua.documents.reading.correcting.sentences import Doubt, settle

__all__ = ["Doubt", "settle"]
