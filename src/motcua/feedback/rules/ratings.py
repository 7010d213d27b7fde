"""Five faces and the reasons to tick, read from data/ratings.toml with its dates. Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[1] / "data" / "ratings.toml"
LOW = 2
WORDS = 500


@dataclass(frozen=True)
class Choice:
    """A face or a reason: its key, its words, the point of the law it stands for."""

    key: str
    name: str
    name_en: str
    point: str = ""


def faces(*, on: date) -> tuple[Choice, ...]:
    """Return the five faces in force on a day, the worst first.

    Source: 118/2025/NĐ-CP Điều 31 khoản 1.
    """
    return tuple(
        Choice(str(row["score"]), row["name"], row["name_en"]) for row in _version(on)["faces"]
    )


def reasons(*, about: str, on: date) -> tuple[Choice, ...]:
    """Return the reasons offered for a result, a counter or an answer on a day.

    Source: 118/2025/NĐ-CP Điều 33 khoản 1 điểm a to h.
    """
    return tuple(
        Choice(row["key"], row["name"], row["name_en"], row["point"])
        for row in _version(on)["reasons"]
        if about in row["about"]
    )


def offers_case(*, score: int, words: str) -> bool:
    """Tell whether a rating is so low, and says so much, that it is offered to become feedback.

    Source: 118/2025/NĐ-CP Điều 33 khoản 1 điểm g; rule of the house.
    """
    return score <= LOW and len(words.strip()) >= 15


def _version(on: date) -> dict[str, Any]:
    known = _file()["versions"]
    fitting = [row for row in known if row["valid_from"] <= on] or known[:1]
    return dict(max(fitting, key=lambda row: row["valid_from"]))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
