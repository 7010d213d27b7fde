"""Tables of the dossier and of what hangs on it."""

from motcua.dossiers.models.dossier import CodeCounter, Dossier, Paper
from motcua.dossiers.models.records import (
    Draft,
    Extension,
    Guidance,
    HandOver,
    HandOverItem,
    NumberCounter,
    Result,
    Supplement,
)

__all__ = [
    "CodeCounter",
    "Dossier",
    "Draft",
    "Extension",
    "Guidance",
    "HandOver",
    "HandOverItem",
    "NumberCounter",
    "Paper",
    "Result",
    "Supplement",
]
