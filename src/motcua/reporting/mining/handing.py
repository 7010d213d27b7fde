"""Hand-overs: from which post to which the next act on a dossier passes."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from motcua.reporting.mining.log import NONE
from motcua.reporting.mining.own import Facts

PERSON = "\x00person"
_MOST = 12


@dataclass(frozen=True)
class Matrix:
    """How often work passed from one (row) to another (column); `left`: passes not shown."""

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    left: int = 0

    @property
    def pairs(self) -> list[tuple[str, str, int]]:
        """Every pair with its count, the most first."""
        found = [
            (one, other, self.counts[row][column])
            for row, one in enumerate(self.names)
            for column, other in enumerate(self.names)
            if self.counts[row][column]
        ]
        return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def between_posts(facts: Facts, agencies: Collection[str]) -> Matrix:
    """Return the hand-overs between posts by their titles; the person is one of them.

    agencies: the names by which an agency is told from the title before it ("title, agency").
    """
    names = [_parted(post, agencies)[0] for post in facts.posts]
    return _matrix(facts, names, with_person=True)


def between_agencies(facts: Facts, agencies: Collection[str]) -> Matrix:
    """Return the hand-overs between agencies."""
    names = [_parted(post, agencies)[1] for post in facts.posts]
    return _matrix(facts, names, with_person=False)


def _parted(post: str, agencies: Collection[str]) -> tuple[str, str]:
    """The title and the agency; both may have commas in them."""
    plain = post.partition(" (thay ")[0]
    parts = plain.split(", ")
    for place in range(1, len(parts)):
        if ", ".join(parts[place:]) in agencies:
            return ", ".join(parts[:place]), ", ".join(parts[place:])
    title, _comma, agency = plain.rpartition(", ")
    return title or plain, agency or plain


def _matrix(facts: Facts, names: list[str], *, with_person: bool) -> Matrix:
    if not len(facts.case):
        return Matrix((), ())
    known = dict.fromkeys([*names, PERSON])
    numbers = {name: number for number, name in enumerate(known)}
    of_post = np.array([*(numbers[name] for name in names), NONE], dtype=np.int64)
    order = np.lexsort((facts.time, facts.case))
    people = np.array([who.startswith("account:") for who in facts.people] + [False])
    at = of_post[facts.post[order]]
    if with_person:
        at = np.where((at == NONE) & people[facts.who[order]], numbers[PERSON], at)
    case = facts.case[order]
    said = at != NONE
    at, case = at[said], case[said]
    passed = (case[1:] == case[:-1]) & (at[1:] != at[:-1])
    many = len(numbers)
    keys = at[:-1][passed] * many + at[1:][passed]
    counts = np.bincount(keys, minlength=many * many).reshape(many, many)
    weight = counts.sum(axis=0) + counts.sum(axis=1)
    shown = [int(n) for n in np.argsort(-weight, kind="stable")[:_MOST] if weight[n]]
    told = tuple(known)
    cells = counts[np.ix_(shown, shown)] if shown else np.zeros((0, 0), dtype=np.int64)
    return Matrix(
        tuple(told[n] for n in shown),
        tuple(tuple(int(n) for n in row) for row in cells),
        int(counts.sum() - cells.sum()),
    )
