"""The fields of feedback as data/fields.toml names them. A rule of the house."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[1] / "data" / "fields.toml"


def is_field(key: str) -> bool:
    """Tell whether there is a field of this key."""
    return key in names()


def name_of(key: str, *, lang: str = "vi") -> str:
    """Return a field as people read it, "" for none."""
    return names(lang).get(key, "")


@cache
def names(lang: str = "vi") -> dict[str, str]:
    """Return every field: key and name, in the file's order."""
    rows: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["fields"]
    part = "name_en" if lang == "en" else "name"
    return {row["key"]: row[part] for row in rows}
