"""kinds.toml as values: the kinds of paper and their fields."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "kinds.toml"
OTHER = "other"


@dataclass(frozen=True)
class Field:
    """One field of a kind of paper: its words, its shape, the labels beside which it stands."""

    key: str
    label: str
    shape: str
    labels: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    after: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of paper. `owner` … `issuer` name the fields that answer R11's questions."""

    key: str
    name: str
    titles: tuple[str, ...]
    tells: tuple[str, ...]
    fields: tuple[Field, ...]
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stops: tuple[str, ...] = ()
    people: tuple[dict[str, str], ...] = ()
    abstract: str = ""
    owner: str = ""
    owner_id: str = ""
    owner_birth: str = ""
    issued_on: str = ""
    issuer: str = ""
    issued_by: str = ""
    valid_until: str = ""
    valid_months: int = 0
    scope: str = ""
    source: str = ""

    def field_of(self, key: str) -> Field | None:
        """Return the field of that key."""
        return next((one for one in self.fields if one.key == key), None)


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds by key."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["kinds"]
    return {row["key"]: _kind(row) for row in rows}


def name_of(key: str) -> str:
    """Return a kind's name in words; "Giấy tờ khác" for what is none of them."""
    kind = kinds().get(key)
    return kind.name if kind else "Giấy tờ khác"


def _kind(row: dict[str, Any]) -> Kind:
    fields = tuple(
        Field(
            key=key,
            label=said["label"],
            shape=said["shape"],
            labels=tuple(said["labels"]),
            where=tuple(said.get("where", ())),
            after=said.get("after", ""),
            pattern=said.get("pattern", ""),
        )
        for key, said in row["fields"].items()
    )
    anchors = {key: tuple(said) for key, said in row.get("anchors", {}).items()}
    rest = {k: v for k, v in row.items() if k not in {"fields", "anchors"}}
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in rest.items()}
    return Kind(fields=fields, anchors=anchors, **lists)
