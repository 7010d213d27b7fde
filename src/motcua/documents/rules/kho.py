"""The store of papers as pure decisions: what a paper is, whether it counts today, what it may do."""

import calendar
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from motcua.kernel.codes import PROCEDURE
from motcua.kernel.text import fold

OTHER = "other"
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class Kind:
    """One kind of paper: its name, the words that tell it, how long it counts by law."""

    key: str
    name: str
    words: tuple[str, ...]
    reusable: bool = True
    needs_scope: bool = False
    months: int = 0
    since: date = date.min
    source: str = ""


@dataclass(frozen=True)
class Held:
    """A stored paper as these rules see it; `is_same_intake`: kept at this counter on this day."""

    key: str
    kind: str
    name: str
    level: int
    state: str = "valid"
    national_kind: str = ""
    number: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    scope: str = ""
    doubt: str = ""
    is_same_intake: bool = False


@dataclass(frozen=True)
class Asked:
    """A component as these rules see it: its name and kind, and for which procedure it is asked."""

    key: str
    name: str
    kind: str = ""
    national_kind: str = ""
    procedure: str = ""
    procedure_name: str = ""


class Standing(Enum):
    """Whether a paper counts on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Use(Enum):
    """What a stored paper may do for a component."""

    REPLACES = "replaces"
    PROPOSES = "proposes"


class Why(Enum):
    """Why a stored paper only proposes."""

    NONE = ""
    UPLOADED = "uploaded"
    ANOTHER_INTAKE = "another_intake"
    SCOPE = "scope"
    DOUBTED = "doubted"


@dataclass(frozen=True)
class Fit:
    """A stored paper that fits a component, with what it may do there."""

    held: Held
    use: Use
    why: Why = Why.NONE


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of paper by key, in the order in which names are tried.

    Source: rule of the house (118/2025/NĐ-CP Điều 19 khoản 2 wants a code for each kind).
    """
    return {row["key"]: Kind(**{**row, "words": tuple(row["words"])}) for row in _told()["kind"]}


def kinds_of(name: str, declared: str = "") -> tuple[str, ...]:
    """Return the kinds of paper that a component of this name can be, by what is declared or its words.

    The catalogue's broad sorts ("contract" for every agreement, mandates too) are no kinds of ours.
    A form that is filled in anew is never taken for the paper that it asks for: "Tờ khai đăng ký
    khai sinh" is a declaration and nothing else.
    Source: rule of the house.
    """
    if declared in kinds() and declared not in _told()["broad"]:
        return (declared,)
    folded = fold(name)
    for kind in kinds().values():
        if not kind.reusable and any(folded.startswith(word) for word in kind.words):
            return (kind.key,)
    return tuple(
        kind.key
        for kind in kinds().values()
        if kind.reusable and any(word in folded for word in kind.words)
    )


def kind_of(name: str) -> str:
    """Return the one kind that a paper of this name is, "other" when no words tell.

    Source: rule of the house.
    """
    return next(iter(kinds_of(name)), OTHER)


def may_come_from_store(name: str) -> bool:
    """Tell whether a component of this name may be taken from the owner's own store.

    Not when it is about somebody else, when the very sheet is wanted, or when it is made anew.
    Source: rule of the house (118/2025/NĐ-CP Điều 17 khoản 1 điểm b: what exists already).
    """
    folded = f" {fold(name)} "
    told = _told()
    if any(f" {words} " in folded for words in told["not_of_the_owner"]):
        return False
    if any(f" {words.strip()} " in folded for words in told["wants_the_sheet"]):
        return False
    return all(kinds()[key].reusable for key in kinds_of(name))


def standing(paper: Held, on: date) -> Standing:
    """Tell whether a stored paper counts on a day: by its state, its days, and the law of its kind.

    Source: 118/2025/NĐ-CP Điều 19 khoản 2 (time of validity); 123/2015/NĐ-CP Điều 23 khoản 1.
    """
    if paper.state == "revoked":
        return Standing.REVOKED
    if paper.state == "replaced":
        return Standing.REPLACED
    if paper.valid_from is not None and on < paper.valid_from:
        return Standing.NOT_YET
    last = last_day(kind=paper.kind, issued_on=paper.issued_on, valid_until=paper.valid_until)
    return Standing.EXPIRED if last is not None and on > last else Standing.VALID


def last_day(*, kind: str, issued_on: date | None, valid_until: date | None) -> date | None:
    """Return the last day on which a paper counts, None when it has no end.

    What is written on the paper wins; else its kind's months from the day of issue, where the law
    sets them. Source: 123/2015/NĐ-CP Điều 23 khoản 1.
    """
    rule = kinds().get(kind)
    if valid_until is not None or rule is None or not rule.months or issued_on is None:
        return valid_until
    return _months_later(issued_on, rule.months) if issued_on >= rule.since else None


def is_within_scope(paper: Held, asked: Asked) -> bool:
    """Tell whether a paper's scope surely covers this procedure; without a scope it covers all.

    Contracts, mandates and decisions are about one thing: without a scope, which thing is for a
    person to judge. A scope names procedures by code, or says in words for what it was given; so
    are words that the procedure's name does not hold.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2 (scope of validity).
    """
    scope = fold(paper.scope)
    if not scope:
        return not (paper.kind in kinds() and kinds()[paper.kind].needs_scope)
    parts = [part.strip() for part in paper.scope.replace(";", ",").split(",")]
    if all(PROCEDURE.match(part) for part in parts):
        return asked.procedure in parts
    return scope in fold(asked.procedure_name)


def fit(paper: Held, asked: Asked, on: date) -> Fit | None:
    """Tell what a stored paper may do for a component on a day, None when it does not fit (R3).

    Levels 2 and 3 replace paper, level 1 within the same intake; what the owner uploaded is only
    proposed, and so is what another officer reported as wrong or outdated.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b; 30/2020/NĐ-CP Điều 26 (value of true copies).
    """
    if not is_of_kind(paper, asked) or standing(paper, on) is not Standing.VALID:
        return None
    if paper.level == 0:
        return Fit(paper, Use.PROPOSES, Why.UPLOADED)
    if paper.doubt:
        return Fit(paper, Use.PROPOSES, Why.DOUBTED)
    if not is_within_scope(paper, asked):
        return Fit(paper, Use.PROPOSES, Why.SCOPE)
    if paper.level == 1 and not paper.is_same_intake:
        return Fit(paper, Use.PROPOSES, Why.ANOTHER_INTAKE)
    return Fit(paper, Use.REPLACES)


def is_of_kind(paper: Held, asked: Asked) -> bool:
    """Tell whether a stored paper is what a component asks for: by code, by kind, else by name.

    Source: rule of the house.
    """
    if asked.national_kind and paper.national_kind:
        return asked.national_kind == paper.national_kind
    if not may_come_from_store(asked.name):
        return False
    wanted = kinds_of(asked.name, asked.kind)
    if wanted and paper.kind != OTHER:
        return paper.kind in wanted
    name = fold(paper.name)
    return len(name.split()) >= _SHORTEST_NAME and f" {name} " in f" {fold(asked.name)} "


def fits(papers: Iterable[Held], asked: Asked, on: date) -> list[Fit]:
    """Return what fits a component, the strongest first: it replaces, its level, its day of issue.

    Source: rule of the house.
    """
    found = [one for one in (fit(paper, asked, on) for paper in papers) if one is not None]
    return sorted(
        found,
        key=lambda one: (
            one.use is not Use.REPLACES,
            -one.held.level,
            -(one.held.issued_on or date.min).toordinal(),
        ),
    )


def lacking_metadata(
    *, kind: str, has_owner: bool, name: str, abstract: str, level: int
) -> tuple[str, ...]:
    """Return which of the metadata that a digitised paper must carry is missing (R11).

    Kind, owner, name and abstract; the time and scope of validity are kept where the paper has any.
    What an owner uploads needs kind and name only: nobody vouches for it yet.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    given = {"kind": kind in kinds(), "owner": has_owner, "name": bool(name.strip())}
    if level:
        given["abstract"] = bool(abstract.strip())
    return tuple(what for what, is_there in given.items() if not is_there)


def paper_number(*, owner_id: str, kind_code: str) -> str:
    """Return the number of an electronic paper: its owner's identity and its kind's code (R23).

    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    return f"{owner_id}.{kind_code}" if kind_code else owner_id


def _months_later(day: date, months: int) -> date:
    """The day of the same number, the month's last where it has none (BLDS Điều 148)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "kho.toml").read_text(encoding="utf-8"))
