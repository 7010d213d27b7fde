"""What each kind of result says: texts with named blanks, from the TOML beside the layout.

A wording is data: its texts are filled in Python and reach Typst as JSON, so that neither a
template's author nor an officer who fills a blank can write markup.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from motcua.documents.papers.manifest import TEMPLATES

FOLDER = TEMPLATES / "results"
GENERAL, REFUSAL, COPY = "general", "refusal", "certified_copy"
MOST_CHARS = {"line": 200, "text": 2000, "date": 10}
_BLANK = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True, kw_only=True)
class Blank:
    """One named blank: where its value comes from, and whether an officer may change it.

    source: "owner.name", "form.child_name", "dossier.code", …; several are tried in their order.
    kind: "line", "text" or "date".
    """

    key: str
    label: str
    source: tuple[str, ...] = ()
    kind: str = "line"
    required: bool = False
    fixed: bool = False

    @property
    def most_chars(self) -> int:
        """Return how long its value may be."""
        return MOST_CHARS[self.kind]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the text: a "text", a "heading", an "article", or "rows" of blanks by label.

    A part whose blanks are all empty is left out when `optional`.
    """

    kind: str
    text: str = ""
    blanks: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One kind of result document: for which procedures, how it is numbered, what it says.

    symbol: the kind in the number ("12/2026/TLKS-H32.66"); numbers run by agency, symbol and year.
    """

    key: str
    name: str
    title: str
    symbol: str
    valid_from: date
    source: str
    outcome: str = "granted"
    procedures: tuple[str, ...] = ()
    subject: str = ""
    authority: bool = False
    bases: bool = False
    recipients: bool = True
    paper_kind: str = ""
    blanks: tuple[Blank, ...] = ()
    parts: tuple[Part, ...] = ()

    def blank(self, key: str) -> Blank | None:
        """Return the blank of that name."""
        return next((one for one in self.blanks if one.key == key), None)

    def filled(self, text: str, values: Mapping[str, str]) -> str:
        """Return a text with its blanks filled; one without a value prints dots for the pen."""
        return _BLANK.sub(lambda found: values.get(found[1]) or "……………", text)


def wording(key: str) -> Wording | None:
    """Return the kind of result with that key."""
    return all_wordings().get(key)


def choices(*, procedure: str, outcome: str, on: date) -> tuple[Wording, ...]:
    """Return the wordings that fit a procedure's outcome on a day, its own before the general one."""
    fitting = [
        one for one in all_wordings().values() if one.outcome == outcome and one.valid_from <= on
    ]
    own = [one for one in fitting if procedure in one.procedures]
    return (*own, *(one for one in fitting if not one.procedures))


@cache
def all_wordings() -> dict[str, Wording]:
    """Return every wording by its key.

    Raises ValueError: a file names a blank that it does not have.
    """
    read = [_read(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return {one.key: one for one in read}


def _read(key: str, text: str) -> Wording:
    values = tomllib.loads(text)
    blanks = tuple(_blank(entry) for entry in values.pop("blank", []))
    parts = tuple(_part(entry) for entry in values.pop("part", []))
    values["procedures"] = tuple(values.get("procedures", ()))
    found = Wording(key=key, blanks=blanks, parts=parts, **values)
    known = {blank.key for blank in blanks}
    for part in parts:
        unknown = ({*part.blanks, *_BLANK.findall(part.text)}) - known
        if unknown:
            raise ValueError(f"wording {key} has no blank {', '.join(sorted(unknown))}")
    return found


def _blank(entry: dict[str, Any]) -> Blank:
    source = entry.pop("source", ())
    named = (source,) if isinstance(source, str) else tuple(source)
    blank = Blank(source=named, **entry)
    if blank.kind not in MOST_CHARS:
        raise ValueError(f"blank {blank.key} is of no kind we know: {blank.kind}")
    return blank


def _part(entry: dict[str, Any]) -> Part:
    return Part(blanks=tuple(entry.pop("blanks", ())), **entry)
