"""Procedures as lists show them: a name, a line in plain words, a code."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from motcua.catalog import queries as catalog
from motcua.web.portal.life_events import LifeEvent
from motcua.web.ui.prose import head_and_rest

if TYPE_CHECKING:
    from motcua.catalog.models import Procedure, ProcedureVersion

_PLAIN_LONGEST = 190
_SHORT_LONGEST = 42


@dataclass(frozen=True)
class Listed:
    """One procedure of a list."""

    code: str
    name: str
    plain: str = ""
    field: str = ""
    online_filing: bool = False
    is_offered: bool = True

    @property
    def short(self) -> str:
        """The name without "Thủ tục", cut at a clause: for links in a row."""
        name = self.name.removeprefix("Thủ tục ")
        return head_and_rest(name[:1].upper() + name[1:], _SHORT_LONGEST)[0]


def found(text: str, *, limit: int, level: str | None = None) -> list[Listed]:
    """Return what the search finds, best first, each with a line in plain words."""
    hits = catalog.search(text, limit=limit, level=level)
    return of_codes([hit.code for hit in hits])


def most_used(limit: int) -> list[Listed]:
    """Return the procedures asked for most."""
    return [_listed(procedure) for procedure in catalog.most_used(limit)]


def of_event(event: LifeEvent) -> list[Listed]:
    """Return the procedures of an event of life; by its questions where its codes are not loaded."""
    listed = of_codes(event.codes)
    if listed:
        return listed
    asked = [hit for question in event.questions for hit in found(question, limit=5)]
    return list({hit.code: hit for hit in asked}.values())


def of_codes(codes: list[str] | tuple[str, ...], on: date | None = None) -> list[Listed]:
    """Return the procedures of these codes in this order; unknown codes fall away."""
    rows = catalog.versions_of_codes(codes, on=on or timezone.localdate())
    introductions = catalog.plain_words(row.pk for row in rows.values())
    return [
        _of_version(rows[code], introductions[rows[code].pk]) for code in codes if code in rows
    ]


def _of_version(version: "ProcedureVersion", introduction: str) -> Listed:
    procedure = version.procedure
    plain, rest = introduction, ""
    if len(introduction) > _PLAIN_LONGEST:
        plain, rest = head_and_rest(introduction, _PLAIN_LONGEST)
    return Listed(
        code=procedure.code,
        name=procedure.name,
        plain=f"{plain}…" if rest else plain,
        field=procedure.field,
        online_filing=procedure.online_filing,
        is_offered=procedure.is_offered,
    )


def _listed(procedure: "Procedure") -> Listed:
    return Listed(procedure.code, procedure.name, field=procedure.field)
