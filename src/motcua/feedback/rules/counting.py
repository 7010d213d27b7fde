"""Counting cases: what a figure counts, whether it may be compared, computed from rows or facts. Pure.

A rule of the house: rows and facts are two ways to the same numbers; a test holds them together.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass
class Story:
    """What happened to one case, as far as figures need it."""

    code: str
    received_on: date | None = None
    field: str = ""
    place: str = ""
    agency: str = ""
    approved: int = 0
    approved_on_time: int = 0
    refused: int = 0
    refused_on_time: int = 0
    asked: int = 0
    asked_on_time: int = 0
    published: int = 0
    published_on_time: int = 0
    referred: int = 0
    merged: bool = False
    scores: list[int] = dataclasses.field(default_factory=list)


@dataclass(frozen=True)
class Share:
    """A share with what it is made of; `is_enough`: enough cases to be compared with another."""

    numerator: int
    denominator: int
    is_enough: bool

    @property
    def percent(self) -> float | None:
        """The share in per cent, None of nothing."""
        return 100 * self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Figures:
    """The figures of a set of cases (766/QĐ-TTg mục 5)."""

    received: int
    settled: int
    open: int
    merged: int
    settled_on_time: Share
    refused_on_time: Share
    asked_on_time: Share
    published_on_time: Share
    satisfied: Share
    scores: tuple[int, int, int, int, int]


def figures(stories: Iterable[Story], *, minimum: int) -> Figures:
    """Return the figures of some cases; a share of fewer than `minimum` cases compares with nothing."""
    all_of = list(stories)

    def share(part: int, whole: int) -> Share:
        return Share(part, whole, whole >= minimum)

    def total(name: str) -> int:
        return sum(getattr(one, name) for one in all_of)

    scores = [score for one in all_of for score in one.scores]
    settled = sum(1 for one in all_of if _is_settled(one))
    merged = sum(1 for one in all_of if one.merged)
    return Figures(
        received=len(all_of),
        settled=settled,
        open=len(all_of) - settled - merged,
        merged=merged,
        settled_on_time=share(total("approved_on_time"), total("approved")),
        refused_on_time=share(total("refused_on_time"), total("refused")),
        asked_on_time=share(total("asked_on_time"), total("asked")),
        published_on_time=share(total("published_on_time"), total("published")),
        satisfied=share(sum(1 for score in scores if score >= 4), len(scores)),
        scores=tuple(scores.count(face) for face in range(1, 6)),  # type: ignore[arg-type]
    )


def _is_settled(one: Story) -> bool:
    return not one.merged and bool(one.approved or one.refused or one.referred)


def retell(facts: Iterable[tuple[str, date, Mapping[str, object]]]) -> dict[str, Story]:
    """Return what happened to each case out of facts (kind, day, body), in their order."""
    told: dict[str, Story] = {}
    for kind, day, body in facts:
        one = told.setdefault(str(body["code"]), Story(str(body["code"])))
        _hear(one, kind.removeprefix("feedback."), day, body)
    return told


def _hear(one: Story, what: str, day: date, body: Mapping[str, object]) -> None:
    if what == "sent":
        one.received_on, one.place = day, str(body["place"])
    if what in ("sent", "accepted", "reclassified"):
        one.field = str(body["field"])
    if what in ("assigned", "passed_on", "reopened"):
        one.agency = str(body["agency_code"])
    if what == "returned_back":
        one.agency = ""
    if what in _TIMED:
        name = _TIMED[what]
        setattr(one, name, getattr(one, name) + 1)
        kept = f"{name}_on_time"
        setattr(one, kept, getattr(one, kept) + (not body["is_late"]))
    _hear_end(one, what, body)


def _hear_end(one: Story, what: str, body: Mapping[str, object]) -> None:
    if what == "referred":
        one.referred = 1
    if what in ("merged", "unmerged"):
        one.merged = what == "merged"
    if what == "rated":
        one.scores.append(int(str(body["score"])))


_TIMED = {
    "approved": "approved", "refused": "refused", "supplement_requested": "asked",
    "published": "published", "withheld": "published",
}  # fmt: skip
