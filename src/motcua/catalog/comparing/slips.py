"""Lists whose column of codes has slipped against the column of names: many lines, one cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.catalog.comparing.values import Listed

LEAST = 5
_FARTHEST = 12
_GAP = 3


@dataclass(frozen=True)
class Slip:
    """Lines whose names carry the code of a line some lines away, and how many they are."""

    offset: int
    rows: tuple[Listed, ...]

    @property
    def words(self) -> str:
        """Where it is, for people."""
        first, last = self.rows[0].line, self.rows[-1].line
        return (
            f"từ dòng {first} đến dòng {last}: {len(self.rows)} tên mang mã của dòng lệch "
            f"{abs(self.offset)} dòng"
        )


def slips_of(rows: Sequence[Listed], meant: Mapping[int, str]) -> list[Slip]:
    """Return the slips of a list; `meant`: the right code of each line whose code is another's."""
    found: list[Slip] = []
    for offset in (one for step in range(1, _FARTHEST + 1) for one in (step, -step)):
        run: list[int] = []
        for place in sorted(
            place
            for place, code in meant.items()
            if 0 <= place + offset < len(rows) and rows[place + offset].code == code
        ):
            if run and place - run[-1] > _GAP:
                _take(found, offset, run, rows, meant)
                run = []
            run.append(place)
        _take(found, offset, run, rows, meant)
    return found


def _take(
    found: list[Slip],
    offset: int,
    run: list[int],
    rows: Sequence[Listed],
    meant: Mapping[int, str],
) -> None:
    """Keep a run that is long enough, with the lines at its ends whose own code fell off the list."""
    if len(run) < LEAST:
        return
    there = {row.code for row in rows}
    edge = run[-1] + 1 if offset > 0 else run[0] - 1
    while edge in meant and meant[edge] not in there:
        run.append(edge)
        edge += 1 if offset > 0 else -1
    found.append(Slip(offset, tuple(rows[place] for place in sorted(run))))
