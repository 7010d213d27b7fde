"""The four figures of digitisation (766/QĐ-TTg, 4.1 to 4.4)."""

from dataclasses import dataclass

from motcua.directory.queries import cards
from motcua.reporting.definitions import DIGITISATION
from motcua.reporting.queries.figures import total
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period, Ratio


@dataclass(frozen=True)
class Share:
    """One of the four figures: its key, and what it is made of by the keys of its counts."""

    key: str
    ratio: Ratio
    numerator: str
    denominator: str


def shares(period: Period, *, agency: cards.AgencyCard | None = None) -> list[Share]:
    """Return the four figures of a period, of one agency when it is given.

    Source: 766/QĐ-TTg nhóm số hóa hồ sơ.
    """
    counts = total(period, scope=Scope(agency=agency)).counts
    return [
        Share(one.key, Ratio(counts[one.of[0]], counts[one.of[1]]), *one.of)
        for one in DIGITISATION
        if one.of
    ]
