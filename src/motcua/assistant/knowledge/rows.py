"""What a passage says, as a value: sources make rows, the loader stores them."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date

from motcua.kernel.text import fold

SHAPE = "4"  # of the rows and their index: another number loads and builds everything again
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One passage; the names are those of the table `Passage`."""

    key: str
    kind: str
    title: str
    text: str
    url: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""
    procedure: str = ""
    section: str = ""
    case: str = ""
    document: str = ""
    article: str = ""
    clause: str = ""
    note: str = ""
    facts: dict[str, object] = field(default_factory=dict)
    is_verified: bool = True

    @property
    def checksum(self) -> str:
        """A digest of everything it says: a row that says the same is not written again."""
        said = [str(getattr(self, name)) for name in COLUMNS if name != "facts"]
        said.append(json.dumps(self.facts, ensure_ascii=False, sort_keys=True, default=str))
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


COLUMNS = (
    "kind", "title", "text", "url", "valid_from", "valid_to", "replaced_by", "procedure", "section",
    "case", "document", "article", "clause", "note", "facts", "is_verified",
)  # fmt: skip


def slug_of(number: str) -> str:
    """Return how an address names a document: "118/2025/NĐ-CP" is "118-2025-nd-cp"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")[:_LONGEST_SLUG]


def law_url(number: str, article: str = "") -> str:
    """Return the address of our page of a document or of one of its articles."""
    base = f"/van-ban/{slug_of(number)}/"
    return f"{base}{fold(article).replace(' ', '-')}/" if article else base
