"""Is everything there that the case needs? A proposal in words; the officer decides.

Pure: what is needed, attached, read, held by the store and by databases goes in; one finding for
each component comes out. `words` says a finding in plain Vietnamese; `evaluation` measures it.
"""

from motcua.documents.completeness.checking import check
from motcua.documents.completeness.values import (
    Case,
    Document,
    Finding,
    Need,
    Reading,
    Status,
    Why,
)

__all__ = ["Case", "Document", "Finding", "Need", "Reading", "Status", "Why", "check"]
