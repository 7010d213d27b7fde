"""To what part of the province figures are narrowed, as a condition on any table of counts."""

from dataclasses import dataclass
from typing import Any

from motcua.directory.queries import cards

CENTRES = ("centre", "support_point")


@dataclass(frozen=True)
class Scope:
    """A part of the province; blank means all.

    A centre counts what it receives, every other agency what it settles. `level`: of the competent
    agency ("province", "commune"). `place`: its commune. `officer_id`: who has the dossier.
    """

    agency: cards.AgencyCard | None = None
    field: str = ""
    level: str = ""
    place: str = ""
    procedure: str = ""
    officer_id: int | None = None

    @property
    def key(self) -> str:
        """A short name, the same for the same part."""
        agency = self.agency.id if self.agency else 0
        return (
            f"{agency}|{self.field}|{self.level}|{self.place}|{self.procedure}|{self.officer_id}"
        )

    def condition(self) -> tuple[str, list[Any]]:
        """Return the condition on columns that every table of counts has, and its values."""
        parts: list[str] = []
        values: list[Any] = []
        if self.agency is not None:
            column = "receiving_id" if self.agency.kind in CENTRES else "competent_id"
            parts.append(f"{column} = %s")
            values.append(self.agency.id)
        if self.field:
            parts.append("field = %s")
            values.append(self.field)
        if self.procedure:
            parts.append("procedure_code = %s")
            values.append(self.procedure)
        if self.level or self.place:
            parts.append("competent_id = ANY(%s)")
            values.append(self._agencies())
        if self.officer_id is not None:
            parts.append("officer_id = %s")
            values.append(self.officer_id)
        return " AND ".join(parts) or "true", values

    def _agencies(self) -> list[int]:
        return [
            card.id
            for card in cards.all_cards()
            if (not self.level or card.level == self.level)
            and (not self.place or card.place_code == self.place)
        ]


EVERYTHING = Scope()
