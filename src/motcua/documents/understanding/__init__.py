"""Understanding: what kind of paper was read, and what stands in its fields."""

from motcua.documents.understanding.reading import FieldRead, Metadata, Understood, understand
from motcua.documents.understanding.spec import OTHER, Field, Kind, kinds, name_of
from motcua.documents.understanding.thresholds import accepts

__all__ = [
    "OTHER",
    "Field",
    "FieldRead",
    "Kind",
    "Metadata",
    "Understood",
    "accepts",
    "kinds",
    "name_of",
    "understand",
]
