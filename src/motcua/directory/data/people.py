"""Makes people who do not exist, for demonstrations and load tests, from demo_people.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_HERE = Path(__file__).resolve().parent
MALE, FEMALE = "nam", "nữ"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; the number starts with a prefix that nobody alive can have."""

    name: str
    sex: str
    birth_date: date
    id_number: str
    phone: str
    street: str
    ethnicity: str


def people(count: int, *, seed: int = 1, first: int = 0) -> Iterator[Person]:
    """Yield that many different people, always the same ones for a seed.

    `first` moves the running number on, so that two calls never share an ID number.
    """
    random = Random(seed)  # noqa: S311  # names, not secrets
    for place in range(first, first + count):
        yield _person(random, place)


def title(group: str, role: str) -> str:
    """Return the title of a post in "province", "commune", "police" or "branch"; "" when none."""
    titles = _parts()["titles"]
    return str(titles.get(group, {}).get(role) or titles["province"].get(role, ""))


@cache
def _parts() -> dict[str, Any]:
    return tomllib.loads((_HERE / "demo_people.toml").read_text(encoding="utf-8"))


def _person(random: Random, place: int) -> Person:
    parts = _parts()
    shares = [group["share"] for group in parts["groups"]]
    group = random.choices(parts["groups"], weights=shares)[0]
    sex = random.choice((MALE, FEMALE))
    year = random.randint(parts["first_year"], parts["last_year"])
    born = date(year, random.randint(1, 12), random.randint(1, 28))
    return Person(
        name=_name(random, group, sex),
        sex=sex,
        birth_date=born,
        id_number=id_number(born.year, sex, place),
        phone=f"{parts['phone_prefix']}{place % 1_000_000:06d}",
        street=_street(random, parts["streets"]),
        ethnicity=group["name"],
    )


def id_number(year: int, sex: str, place: int) -> str:
    """Return the demo number of somebody born that year: prefix, sex and century, year, order."""
    century = 2 * ((year - 1900) // 100) + (sex == FEMALE)
    return f"{_parts()['id_prefix']}{century}{year % 100:02d}{place % 1_000_000:06d}"


def _name(random: Random, group: dict[str, Any], sex: str) -> str:
    suffix = "male" if sex == MALE else "female"
    words: Sequence[str] = (
        random.choice(group["surnames"]),
        random.choice(group[f"middles_{suffix}"]),
        random.choice(group[f"given_{suffix}"]),
    )
    return " ".join(word for word in words if word)


def _street(random: Random, streets: dict[str, Any]) -> str:
    number, name = random.randint(1, 240), random.choice(streets["names"])
    group = f"{random.choice(streets['groups'])} {random.randint(1, 12)}"
    return f"{number} đường {name}, {group}"
