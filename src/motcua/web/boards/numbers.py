"""Figures as boards show them: in words, with their dossiers behind them and how they moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting.queries import Figures
from motcua.reporting.rules import Ratio
from motcua.web.boards.asked import Asked
from motcua.web.ui import words

UP, DOWN, LEVEL = "▲", "▼", "＝"
_NOTICEABLE = 0.05


@dataclass(frozen=True)
class Number:
    """A figure and where its dossiers are ("" when this person may not open them)."""

    key: str
    value: int
    href: str = ""


@dataclass(frozen=True)
class Change:
    """How a figure stands against the equal period before; tone: good, bad or ""."""

    mark: str
    amount: str
    tone: str


def numbers(
    figures: Figures,
    asked: Asked,
    *,
    keys: Sequence[str],
    by: cards.AgencyCard | None = None,
    narrow: Mapping[str, str] | None = None,
) -> list[Number]:
    """Return figures by their keys, each with the way to its dossiers; nothing lies behind a 0."""
    return [
        Number(
            key,
            figures.counts[key],
            asked.to(key, by=by, **(narrow or {})) if figures.counts[key] else "",
        )
        for key in keys
    ]


def percent(ratio: Ratio) -> str:
    """Return "96,2%", a dash of nothing."""
    return "–" if ratio.percent is None else f"{words.number(ratio.percent, 1)}%"


def points(now: Ratio, then: Ratio, *, good: str) -> Change | None:
    """Return by how many points a share moved, None when one of them is a share of nothing."""
    if now.percent is None or then.percent is None:
        return None
    by = now.percent - then.percent
    return _change(by, _("%s điểm") % words.number(abs(by), 1), good)


def growth(now: int, then: int, *, good: str = "") -> Change | None:
    """Return by how much a count moved in per cent, None when there was nothing before."""
    if not then:
        return None
    by = 100 * (now - then) / then
    return _change(by, f"{words.number(abs(by), 1)}%", good)


def _change(by: float, amount: str, good: str) -> Change:
    if abs(by) < _NOTICEABLE:
        return Change(LEVEL, _("không đổi"), "")
    way = "up" if by > 0 else "down"
    tone = "" if not good else "good" if way == good else "bad"
    return Change(UP if by > 0 else DOWN, amount, tone)
