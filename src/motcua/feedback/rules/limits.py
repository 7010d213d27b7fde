"""How long each part of a case may take, read from data/deadlines.toml with its dates. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.kernel.worktime import Limit, Unit

_FILE = Path(__file__).resolve().parents[1] / "data" / "deadlines.toml"


@dataclass(frozen=True)
class Rule:
    """A time limit with the rule that gives it; blank `kind` or `urgency`: for all."""

    what: str
    kind: str
    urgency: str
    limit: Limit
    valid_from: date
    valid_to: date | None
    law: str


@dataclass(frozen=True)
class Numbers:
    """How often and how long, of the house; see the file for each."""

    most_supplements: int
    most_extensions: int
    most_extension_working_days: int
    most_returns: int
    most_reopenings: int
    supplement_days: int
    rating_days: int
    duplicate_days: int
    duplicate_candidates: int
    handler_share: int
    head_share: int
    minimum_sample: int
    minimum_sample_officer: int
    photos: int


def limit_for(*, what: str, on: date, kind: str = "", urgency: str = "") -> Rule:
    """Return the limit of a part of a case in force on a day, the most particular first.

    Raises LookupError: the configuration has none.
    Source: 766/QĐ-TTg mục 5.2; 20/2008/NĐ-CP Điều 9 (each entry names its own).
    """
    fitting = [
        rule
        for rule in rules()
        if rule.what == what
        and rule.kind in ("", kind)
        and rule.urgency in ("", urgency)
        and rule.valid_from <= on
        and (rule.valid_to is None or on < rule.valid_to)
    ]
    if not fitting:
        raise LookupError(f"no limit {what!r} on {on}")
    return max(fitting, key=_rank)


def _rank(rule: Rule) -> tuple[int, date]:
    return 2 * bool(rule.urgency) + bool(rule.kind), rule.valid_from


def numbers(*, on: date) -> Numbers:
    """Return how often and how long on a day.

    Source: rule of the house, no decree.
    """
    rows = [row for row in _file()["numbers"] if row["valid_from"] <= on] or _file()["numbers"][:1]
    row = max(rows, key=lambda found: found["valid_from"])
    return Numbers(**{key: int(value) for key, value in row.items() if key != "valid_from"})


@cache
def rules() -> tuple[Rule, ...]:
    """Return every configured limit.

    Source: 766/QĐ-TTg mục 5.2 (each entry names its own).
    """
    return tuple(_rule(row) for row in _file()["limits"])


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        what=row["what"],
        kind=row.get("kind", ""),
        urgency=row.get("urgency", ""),
        limit=Limit(row["value"], Unit(row["unit"])),
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        law=row["law"],
    )


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
