"""S1 and S2: how often, how late and for what a supplement was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.kernel.text import words

_NEGATED, _NEAR = {"không", "bỏ", "thay"}, 4


@dataclass(frozen=True)
class Request:
    """One request to supplement: the how-manieth, when, and until when it may be made."""

    number: int
    at: datetime
    until: datetime | None = None


def request_reason(found: Request, table: Mapping[str, Any]) -> str:
    """Return "second" or "late": asked once too often, or after the third working day (R4, R14).

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ, Điều 19 khoản 5.
    """
    if found.number > table["most_supplements"]:
        return "second"
    return "late" if found.until is not None and found.at > found.until else ""


@dataclass(frozen=True)
class Asked:
    """What was asked for, what is published, and what stands in database and store already.

    failed, wrong: for which the officer recorded that database or store gave nothing fit for use.
    words: the reasons as they were written.
    """

    components: frozenset[str]
    published: frozenset[str]
    held: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    stored: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()
    words: str = ""


def asked_reason(found: Asked, table: Mapping[str, Any]) -> str:
    """Return "unpublished", "held", "stored" or "abolished": a paper nobody may ask for (R3', R4).

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ, điểm i; 309/2026/NĐ-CP Điều 2 khoản 1.
    """
    if found.components - found.published:
        return "unpublished"
    if found.components & found.held - found.failed:
        return "held"
    if found.components & found.stored - found.wrong:
        return "stored"
    return "abolished" if abolished_in(found.words, table) else ""


def abolished_in(text: str, table: Mapping[str, Any]) -> list[str]:
    """Return the abolished papers that a text asks for; "không cần …" asks for none.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ; rule of the house.
    """
    said = f" {' '.join(words(text))} "
    return [name for name in table["abolished"] if _asks(said, " ".join(words(name)))]


def _asks(said: str, name: str) -> bool:
    before, found, _after = said.partition(f" {name} ")
    return bool(found) and not _NEGATED & set(before.split()[-_NEAR:])
