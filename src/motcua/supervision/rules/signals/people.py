"""S10, S11, S13 and S14: what people report and rate, who opens what, how often somebody came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Signs:
    """The classes that triage or an officer found in one report."""

    classes: frozenset[str]


def signs_reason(found: Signs, table: Mapping[str, Any]) -> str:
    """Return "contact" where a report speaks of a bribe or of harassment; people read it.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm a, điểm e.
    """
    return "contact" if found.classes & set(table["classes"]) else ""


@dataclass(frozen=True)
class Looking:
    """Dossiers that one officer opened: the most on one day, and those of no concern to the post."""

    most_on_a_day: int
    without_need: int
    has_wide_task: bool = False


def looking_reason(found: Looking, table: Mapping[str, Any]) -> str:
    """Return "bulk" or "no_need"; control and inspection look without a dossier of their own.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, điểm d; 91/2025/QH15.
    """
    if found.most_on_a_day >= table["bulk_day"]:
        return "bulk"
    is_strange = not found.has_wide_task and found.without_need >= table["without_need"]
    return "no_need" if is_strange else ""


@dataclass(frozen=True)
class Voices:
    """Ratings of an agency, or reports that name one officer."""

    ratings: int = 0
    low: int = 0
    reports: int = 0


def voices_reason(found: Voices, table: Mapping[str, Any]) -> str:
    """Return "reports" or "ratings" where many are not content.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm h, Điều 34.
    """
    if found.reports >= table["reports"]:
        return "reports"
    is_enough = found.ratings >= table["minimum"] and found.low >= table["low_least"]
    return "ratings" if is_enough and found.low >= table["low_share"] * found.ratings else ""


@dataclass(frozen=True)
class Visits:
    """How often somebody came or was contacted about one dossier; None: nobody writes it down."""

    visits: int | None = None


def visits_reason(found: Visits, table: Mapping[str, Any]) -> str:
    """Return "visits" where somebody had to come more than twice; "" also where nothing is known.

    Source: 118/2025/NĐ-CP Điều 11 khoản 2 điểm c; rule of the house.
    """
    return "visits" if found.visits is not None and found.visits > table["most_visits"] else ""
