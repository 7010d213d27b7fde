"""R11: what must be known of every digitised paper, put together from its fields."""

import calendar
from dataclasses import dataclass
from datetime import date

from motcua.documents.understanding.spec import Kind


@dataclass(frozen=True)
class Metadata:
    """The least that is kept of a digitised paper (R11).

    Source: 118/2025/NĐ-CP Điều 19 khoản 2. `owner_id`, or where there is none name, year of birth,
    day of issue and issuer. `valid_until` "" means that the kind has no end.
    """

    kind: str
    owner_id: str
    owner_name: str
    birth_year: str
    issued_on: str
    issuer: str
    title: str
    abstract: str
    valid_from: str
    valid_until: str
    scope: str

    @property
    def names_owner(self) -> bool:
        """Tell whether the owner is named as R11 wants it."""
        without = self.owner_name and self.birth_year and self.issued_on and self.issuer
        return bool(self.owner_id or without)


def metadata_of(kind: Kind, title: str, values: dict[str, str]) -> Metadata:
    """Return R11's metadata of a paper from the values of its fields.

    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    said = _Said({key: _shown(value) for key, value in values.items()} | {"title": title})
    issued = values.get(kind.issued_on, "")
    return Metadata(
        kind=kind.key,
        owner_id=values.get(kind.owner_id, ""),
        owner_name=values.get(kind.owner, ""),
        birth_year=values.get(kind.owner_birth, "")[:4],
        issued_on=issued,
        issuer=values.get(kind.issuer, "") or kind.issued_by,
        title=title,
        abstract=kind.abstract.format_map(said),
        valid_from=issued,
        valid_until=values.get(kind.valid_until, "") or _months_after(issued, kind.valid_months),
        scope=kind.scope.format_map(said),
    )


class _Said(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _shown(value: str) -> str:
    """Return a day as papers write it, other values as they are."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def _months_after(day: str, months: int) -> str:
    if not (day and months):
        return ""
    begun = date.fromisoformat(day)
    year, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(begun.day, last)).isoformat()
