"""What is known, with its dates: `find` is the door that answers, learning and pages use."""

from motcua.assistant.knowledge.files import NothingKnown
from motcua.assistant.knowledge.finding import (
    Coverage,
    Found,
    about_procedure,
    coverage,
    document,
    documents,
    find,
    is_current,
    law,
    passages,
)

__all__ = [
    "Coverage", "Found", "NothingKnown", "about_procedure", "coverage", "document", "documents",
    "find", "is_current", "law", "passages",
]  # fmt: skip
