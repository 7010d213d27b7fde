"""The map of the communes: their borders where they were loaded, else a diagram of their seats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from motcua.directory.queries import cards, shapes
from motcua.reporting.queries import Figures
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import GOAL, Ratio
from motcua.web.boards import charts
from motcua.web.boards.asked import Asked
from motcua.web.boards.numbers import Number

WIDTH, LOWEST, LEAST_FOR_LOWEST, KEEP_SECONDS = 290, 3, 5, 120


@dataclass(frozen=True)
class Commune:
    """A commune on the map: its outline, its share on time, how it is shaded, its own board."""

    code: str
    path: str
    name: str
    ratio: Ratio
    shade: str
    href: str
    overdue: Number


@dataclass(frozen=True)
class Province:
    """The map of the communes and those that are lowest; `island` lies beside it."""

    width: int
    height: int
    is_real: bool
    communes: list[Commune] = field(default_factory=list)
    island: Commune | None = None
    lowest: list[tuple[Commune, str]] = field(default_factory=list)

    @property
    def sea_y(self) -> int:
        """How far down the sea's name stands."""
        return round(self.height * 0.74)

    @property
    def island_y(self) -> int:
        """How far down the words for the far island stand."""
        return self.height - 6

    @property
    def everyone(self) -> list[Commune]:
        """All communes, those of the map and the island."""
        return [*self.communes, *([self.island] if self.island else [])]


def province(
    agencies: Sequence[Figures],
    asked: Asked,
    *,
    lowest: int = LOWEST,
    way: Callable[[str], str] | None = None,
) -> Province:
    """Return the communes by their share on time; all agencies of a commune count for it.

    way: where each leads by its code, its own board otherwise.
    """
    counts: dict[str, list[int]] = {}
    for row in agencies:
        card = cards.card_by_code(row.key)
        if card is not None and card.level == "commune":
            sums = counts.setdefault(card.place_code, [0, 0, 0])
            for place, more in enumerate(
                (row.on_time.numerator, row.on_time.denominator, row.counts["overdue"])
            ):
                sums[place] += more
    size, drawn, is_real = _drawn()
    communes = [_commune(code, path, counts, asked, way) for code, path in sorted(drawn.items())]
    islands = sorted({card.place_code for card in cards.all_cards() if card.kind == "committee"
                      and card.level == "commune"} - set(drawn))  # fmt: skip
    island = _commune(islands[0], "", counts, asked, way) if len(islands) == 1 else None
    return Province(*size, is_real, communes, island, _lowest(communes, asked, lowest))


def _drawn() -> tuple[tuple[int, int], dict[str, str], bool]:
    return kept("boards:map", _read, seconds=KEEP_SECONDS)


def _read() -> tuple[tuple[int, int], dict[str, str], bool]:
    drawn = shapes.map_for(WIDTH)
    if drawn is None:
        return charts.size(), charts.cells(), False
    return drawn.size, {code: path for code, _name, path in drawn.paths}, True


def _commune(
    code: str,
    path: str,
    counts: dict[str, list[int]],
    asked: Asked,
    way: Callable[[str], str] | None,
) -> Commune:
    good, decided, overdue = counts.get(code, [0, 0, 0])
    ratio = Ratio(good, decided)
    committee = cards.committee_at(code)
    name = committee.short_name.removeprefix("UBND ") if committee else code
    return Commune(
        code,
        path,
        name[:1].upper() + name[1:],
        ratio,
        charts.shade(ratio),
        way(code) if way else f"{reverse('boards:commune', args=[code])}?{asked.in_period()}",
        Number("overdue", overdue, asked.to("overdue", xa=code) if overdue else ""),
    )


def _lowest(communes: Sequence[Commune], asked: Asked, count: int) -> list[tuple[Commune, str]]:
    enough = [one for one in communes if one.ratio.denominator >= LEAST_FOR_LOWEST]
    low = sorted(enough, key=lambda one: (one.ratio.percent or 0, one.name))
    return [
        (one, asked.to("late", xa=one.code))
        for one in low[:count]
        if (one.ratio.percent or 0) < GOAL
    ]
