"""The fields of feedback and the agency that usually deals with each, read from configuration."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.directory.data import build
from motcua.kernel.text import fold

_FILE = Path(__file__).resolve().parent.parent / "data" / "fields.toml"


@dataclass(frozen=True)
class Field:
    """One field: how it is called, its usual kind, urgency and agencies."""

    key: str
    name: str
    name_en: str
    kind: str
    urgency: str
    agency: str
    province: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Routing:
    """The agency for a matter, and why."""

    agency_key: str
    reason: str


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def fields() -> tuple[Field, ...]:
    """Return every field, in the order in which it is offered."""
    return tuple(
        Field(**{**row, "words": tuple(fold(word) for word in row["words"])})
        for row in _read()["fields"]
    )


@cache
def field_of(key: str) -> Field:
    """Return the field of that key.

    Raises KeyError: there is none.
    """
    return {one.key: one for one in fields()}[key]


def agency_name(agency_key: str) -> str:
    """Return how the agency of a key is called, "" for a code of the directory."""
    return str(_read()["agencies"].get(agency_key, {}).get("name", ""))


def target_of(agency_key: str, place_code: str) -> str:
    """Return the directory's code of an agency key at a place; a code stays as it is.

    "" when the agency is one of a commune and the place is not known.
    """
    row = _read()["agencies"].get(agency_key)
    target = str(row["target"]) if row else agency_key
    if target in (build.COMMITTEE, build.CENTRE, build.POLICE, build.BRANCH):
        known = place_code in {place["code"] for place in build.communes()}
        return build.code_of(target, place_code) if known else ""
    return target


def route(text: str, *, field: str, kind: str, has_place: bool = True) -> Routing:
    """Return the usual agency for a field; words of the text may name another."""
    folded = f" {spaced(text)} "
    for rule in _read()["exceptions"]:
        if kind in rule.get("kinds", [kind]) and field in rule.get("fields", [field]):
            hit = next((w for w in rule.get("words", [""]) if _has(folded, fold(w))), None)
            if hit is not None:
                return Routing(rule["agency"], str(rule["reason"]))
    chosen = field_of(field)
    return Routing(chosen.agency if has_place else chosen.province, chosen.name)


def spaced(text: str) -> str:
    """Return the folded text with punctuation made spaces."""
    return re.sub(r"[^0-9a-z]+", " ", fold(text)).strip()


def _has(folded: str, word: str) -> bool:
    return not word or f" {word} " in folded
