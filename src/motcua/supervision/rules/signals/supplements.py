"""S1 and S2: how often, how late and for what a supplement was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


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
    """

    components: frozenset[str]
    published: frozenset[str]
    held: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    stored: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()


def asked_reason(found: Asked, _table: Mapping[str, Any]) -> str:
    """Return "unpublished", "held" or "stored": a paper that nobody may ask for (R3', R4).

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ, điểm i; 309/2026/NĐ-CP Điều 2 khoản 1.
    """
    if found.components - found.published:
        return "unpublished"
    if found.components & found.held - found.failed:
        return "held"
    return "stored" if found.components & found.stored - found.wrong else ""
