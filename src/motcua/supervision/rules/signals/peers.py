"""S3 and S4: how often an officer asks or refuses, beside colleagues with the same procedures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist
from typing import Any

_LEAST_TAIL = 1e-15


@dataclass(frozen=True)
class Share:
    """Of one procedure: what this officer handled and did, and what everybody did."""

    handled: int
    did: int
    all_handled: int
    all_did: int


@dataclass(frozen=True)
class Standard:
    """An officer's count beside what colleagues would have come to with the same procedures."""

    handled: int
    did: int
    peers: int
    expected: float
    variance: float

    @property
    def z(self) -> float:
        """How far above the expected count, in standard deviations; 0 where nothing can be said.

        Few cases make the normal curve lie, so that the tail of the Poisson curve is asked as well,
        and the milder answer holds.
        """
        if self.variance <= 0:
            return 0.0
        return min((self.did - self.expected) / sqrt(self.variance), self._tail())

    def _tail(self) -> float:
        """The deviation at which a normal curve has the tail that Poisson's has from this count on."""
        term = below = exp(-self.expected)
        for count in range(1, self.did):
            term *= self.expected / count
            below += term
        tail = 1 - below if self.did else 1.0
        return -NormalDist().inv_cdf(min(max(tail, _LEAST_TAIL), 1 - _LEAST_TAIL))


def standard(rows: Iterable[Share]) -> Standard:
    """Return an officer's count with the count expected of the others' shares, by procedure.

    A procedure that nobody else handled says nothing and is left out. The share is drawn a little
    towards what is usual (half a case), so that few cases of the others are no certainty.
    Source: rule of the house; 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ.
    """
    handled = did = peers = 0
    expected = variance = 0.0
    for row in rows:
        others = row.all_handled - row.handled
        if others <= 0:
            continue
        share = (row.all_did - row.did + 0.5) / (others + 1)
        handled, did, peers = handled + row.handled, did + row.did, peers + others
        expected += row.handled * share
        variance += row.handled * share * (1 - share)
    return Standard(handled, did, peers, expected, variance)


def often_reason(found: Standard, table: Mapping[str, Any]) -> str:
    """Return "often" where an officer asks far more often than colleagues with the same procedures.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ; rule of the house (z, least numbers).
    """
    is_enough = found.handled >= table["minimum"] and found.peers >= table["peers"]
    is_much = found.did >= table["least"] and found.z >= table["z"]
    return "often" if is_enough and is_much else ""


def refusal_reason(found: Standard, said: Iterable[str], table: Mapping[str, Any]) -> str:
    """Return "often", "short" or "same": refused far more often, or for reasons that say little.

    said: the reasons in the officer's words.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ, Điều 19 khoản 3.
    """
    if reason := often_reason(found, table):
        return reason
    words = [" ".join(text.lower().split()) for text in said]
    if found.handled < table["minimum"] or len(words) < table["least"]:
        return ""
    short = sum(len(text) < table["short_chars"] for text in words)
    if short >= table["short_share"] * len(words):
        return "short"
    _text, same = Counter(words).most_common(1)[0]
    is_same = same >= table["same_least"] and same >= table["same_share"] * len(words)
    return "same" if is_same else ""
