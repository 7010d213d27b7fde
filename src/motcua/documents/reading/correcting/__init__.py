"""What the machine misread in Vietnamese official wording, put right where the language is sure."""

from motcua.documents.reading.correcting.sentences import Doubt, best_split, is_known, settle

__all__ = ["Doubt", "best_split", "is_known", "settle"]
