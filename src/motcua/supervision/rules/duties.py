"""Duties as pure decisions: what is unclear, who may give one, what may be done in which state."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.directory.actor import Actor, PostRef
from motcua.supervision.rules.saying import says

LEAST = {"work": 15, "authority": 10, "product": 5}
MOST = {"work": 2000, "authority": 300, "product": 300}
HEADS = ("head", "chairman", "centre_lead")
# Those whose work it is to see things through in the whole province, in the chairman's name.
WIDE = ("controller", "auditor")

# "1.", "12)", "1.2.", "a)", "IV." in front; not "1.004222", which is a procedure, nor "3.5".
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[IVX]{1,4}[.)])(?=\D)\s*")


class Act(StrEnum):
    """What can be done to a duty; the values are stable names for addresses and facts."""

    PROGRESS = "progress"
    PRODUCT = "product"
    ACCEPTANCE = "acceptance"
    RETURN = "return"
    EXTENSION = "extension"
    HANDOVER = "handover"
    CANCELLATION = "cancellation"


STATES: dict[Act, frozenset[str]] = {
    Act.PROGRESS: frozenset({"given"}),
    Act.PRODUCT: frozenset({"given"}),
    Act.ACCEPTANCE: frozenset({"reported"}),
    Act.RETURN: frozenset({"reported"}),
    Act.EXTENSION: frozenset({"given"}),
    Act.HANDOVER: frozenset({"given"}),
    Act.CANCELLATION: frozenset({"given", "reported"}),
}


@dataclass(frozen=True)
class Clear:
    """The six things of a duty as they were said; None or "" is what was not."""

    person_id: int | None
    work: str
    authority: str
    due_at: datetime | None
    product: str
    accountable_id: int | None


def unclear(said: Clear, *, at: datetime) -> list[str]:
    """Return which of the six are missing or say too little, in the order of the rule.

    The names: "person", "work", "authority", "due_at", "product", "accountable".
    Source: rule of the house, after the province's direction "6 rõ" (design.md, seeds).
    """
    texts = {"work": said.work, "authority": said.authority, "product": said.product}
    short = {key for key, text in texts.items() if not says(text, least=LEAST[key])}
    missing = {
        "person": said.person_id is None,
        "work": "work" in short,
        "authority": "authority" in short,
        "due_at": said.due_at is None or said.due_at <= at,
        "product": "product" in short,
        "accountable": said.accountable_id is None,
    }
    return [key for key, is_missing in missing.items() if is_missing]


def may_give(by: Actor, *, agency_id: int, neighbours: Collection[int]) -> bool:
    """Tell whether somebody may give a duty to an agency.

    The province's chairman, its controllers and inspectors to every agency; a commune's chairman to
    the agencies of that commune (`neighbours`: all of them); a head to the own agency.
    Source: rule of the house (118/2025/NĐ-CP Điều 38).
    """
    if by.kind == "system":
        return True
    return giving_post(by, agency_id=agency_id, neighbours=neighbours) is not None


def giving_post(by: Actor, *, agency_id: int, neighbours: Collection[int]) -> PostRef | None:
    """Return the post by which somebody gives a duty to an agency, None where no post lets them.

    The nearest to the work before a wider one; among equals one's own before one that is lent.
    Source: rule of the house (118/2025/NĐ-CP Điều 38).
    """
    ranks: tuple[Callable[[PostRef], bool], ...] = (
        lambda post: post.role in HEADS and post.agency_id == agency_id,
        lambda post: post.role == "chairman" and post.agency_id in neighbours,
        lambda post: post.role == "chairman" and post.agency_level == "province",
        lambda post: post.role in WIDE,
    )
    own_first = sorted(by.posts, key=lambda post: post.holder_id is not None)
    return next((post for fits in ranks for post in own_first if fits(post)), None)


@dataclass(frozen=True)
class Office:
    """The post by which a duty was given: `post_id`, and where and what it is.

    `is_vacated`: who gave it holds that post no more, so that it is the successor's.
    """

    post_id: int
    agency_id: int
    role: str
    is_vacated: bool = False


@dataclass(frozen=True)
class Sides:
    """Who stands where in a duty; `gives`: the one who acts may give duties to its agency.

    `office` None: no person gave it (a world that was laid out); then the province sees to it.
    """

    person_id: int
    accountable_id: int
    giver_id: int | None
    gives: bool
    office: Office | None = None


def may(act: Act, *, by: Actor, sides: Sides) -> bool:
    """Tell whether somebody may do an act on a duty.

    Who does the work reports it, and so may the accountable head. Whether the product is good is
    said by the office that asked for it: who gave it, to whom that post is lent, or the successor;
    another head of the agency is not that office. More time or an end may also be given by the
    province's controllers and inspectors. Nobody accepts one's own work, so who gave it to somebody
    else does not hand the product in, and who does it or answers for it does not lift what somebody
    else gave.
    Source: rule of the house, after the province's direction "6 rõ".
    """
    me = by.account_id
    if act is Act.PRODUCT and me == sides.giver_id != sides.person_id:
        return False
    if act in (Act.PROGRESS, Act.PRODUCT):
        return me in (sides.person_id, sides.accountable_id)
    if act is Act.HANDOVER:
        return sides.gives or me == sides.accountable_id
    if act in (Act.ACCEPTANCE, Act.RETURN) and me == sides.person_id:
        return False
    if me in (sides.person_id, sides.accountable_id) and me != sides.giver_id:
        return False
    if act in (Act.EXTENSION, Act.CANCELLATION) and by.has_role(*WIDE):
        return True
    return speaks_for_giver(by, sides=sides)


def speaks_for_giver(by: Actor, *, sides: Sides) -> bool:
    """Tell whether somebody holds the office that gave a duty, in their own right or lent to them.

    Source: rule of the house, after the province's direction "6 rõ".
    """
    office = sides.office
    if office is None:
        return by.has_role(*WIDE) or any(
            post.role == "chairman" and post.agency_level == "province" for post in by.posts
        )
    return any(
        post.post_id == office.post_id
        or (office.is_vacated and (post.agency_id, post.role) == (office.agency_id, office.role))
        for post in by.posts
    )


def acts_in(state: str) -> list[Act]:
    """Return the acts a state allows, whoever asks.

    Source: rule of the house.
    """
    return [act for act, states in STATES.items() if state in states]


def points_of(text: str) -> list[str]:
    """Return what a document asks for, one thing a line, without its numbering and blanks.

    Source: rule of the house.
    """
    lines = (line.strip() for line in text.splitlines())
    return [_unnumbered(line) for line in lines if line]


def _unnumbered(line: str) -> str:
    return _NUMBERED.sub("", line, count=1).lstrip("-•+– ").strip()


def left_over(points: Sequence[str], given: Iterable[int | None]) -> list[int]:
    """Return the numbers (from 0) of the points that are no duty yet.

    Source: rule of the house.
    """
    done = set(given)
    return [number for number in range(len(points)) if number not in done]
