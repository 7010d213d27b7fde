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
                _take(found, offset, run, rows)
                run = []
            run.append(place)
        _take(found, offset, run, rows)
    return found


def _take(found: list[Slip], offset: int, run: list[int], rows: Sequence[Listed]) -> None:
    if len(run) >= LEAST:
        found.append(Slip(offset, tuple(rows[place] for place in run)))
