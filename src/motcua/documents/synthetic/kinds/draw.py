"""Drawing lots for invented values, always the same ones for a seed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from motcua.directory.data import build
from motcua.directory.data.people import Person, id_number, people

_TODAY = date(2026, 11, 20)
_HOSPITALS = (
    "Bệnh viện Đa khoa tỉnh Khánh Hòa", "Bệnh viện Đa khoa khu vực Cam Ranh",
    "Bệnh viện Sản Nhi Khánh Hòa", "Trung tâm Y tế khu vực Ninh Hòa",
    "Bệnh viện Đa khoa Ninh Thuận", "Trung tâm Y tế khu vực Vạn Ninh",
)  # fmt: skip
_GIVEN = {
    "nam": ("Gia Bảo", "Minh Khôi", "Đức Anh", "Quốc Thịnh", "Hoàng Phúc", "Tuấn Kiệt"),
    "nữ": ("Bảo Ngọc", "Khánh An", "Thùy Dương", "Mỹ Duyên", "Ngọc Hân", "Phương Thảo"),
}


@dataclass
class Draw:
    """One specimen's lots: people, places, days and numbers."""

    seed: int
    random: Random = field(init=False)
    drawn: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311  # specimens, not secrets

    def person(self, sex: str = "") -> Person:
        """Return somebody who does not exist, of that sex when one is named."""
        while True:
            self.drawn += 1
            one = next(people(1, seed=self.seed * 131 + self.drawn, first=self._place()))
            if sex in ("", one.sex):
                return one

    def child(self, parent: Person) -> tuple[str, str, date, str]:
        """Return a child's name, sex, birth day and number."""
        sex = self.random.choice(("nam", "nữ"))
        name = f"{parent.name.split()[0]} {self.random.choice(_GIVEN[sex])}"
        born = self.day(date(2025, 12, 1), date(2026, 10, 30))
        return name, sex, born, id_number(born.year, sex, self._place())

    def day(self, first: date, last: date = _TODAY) -> date:
        """Return a day between two days."""
        return first + timedelta(days=self.random.randrange((last - first).days))

    def digits(self, count: int) -> str:
        """Return so many digits, the first not 0."""
        return str(self.random.randrange(10 ** (count - 1), 10**count))

    def pick(self, *choices: Any) -> Any:  # noqa: ANN401 (whatever is chosen from)
        """Return one of the choices."""
        return self.random.choice(choices)

    @cached_property
    def commune(self) -> str:
        """One of the province's 65 communes, as "phường Tây Nha Trang"."""
        row = self.random.choice(build.communes())
        return f"{build.KIND_WORDS[row['kind']]} {row['name']}"

    @cached_property
    def hospital(self) -> str:
        """A place where children are born."""
        return self.random.choice(_HOSPITALS)

    def address(self, one: Person, commune: str = "") -> str:
        """Return where somebody lives."""
        return f"{one.street}, {commune or self.other_commune()}, tỉnh Khánh Hòa"

    def other_commune(self) -> str:
        """Return any commune."""
        row = self.random.choice(build.communes())
        return f"{build.KIND_WORDS[row['kind']]} {row['name']}"

    def _place(self) -> int:
        return self.random.randrange(1_000_000)
