"""Tables of the dossier and of what hangs on it."""

from motcua.dossiers.models.dossier import CodeCounter, Dossier, Paper
from motcua.dossiers.models.records import (
    Draft,
    Extension,
    Guidance,
    HandOver,
    HandOverItem,
    Supplement,
)
from motcua.dossiers.models.results import CertifiedCopy, NumberCounter, Result, ResultDraft

__all__ = [
    "CertifiedCopy",
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
    "ResultDraft",
    "Supplement",
]
