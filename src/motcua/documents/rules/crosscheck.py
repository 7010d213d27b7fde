"""What papers of one case say of the same person, laid side by side; a difference is a question.

Pure, and a rule of the house: it decides nothing, it asks. Two papers speak of the same person when
the number is the same, or the name is (marks, capitals and order left aside).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rapidfuzz import fuzz

from motcua.kernel.text import fold, fold_tone

_ALIKE = 82.0


@dataclass(frozen=True)
class Person:
    """Somebody as one source names them; "" is what it does not say.

    source: the source in words ("giấy chứng sinh", "hồ sơ"). `role`: who it is there. `is_sure`:
    a person confirmed these values, or they hold by themselves.
    """

    source: str
    role: str
    name: str = ""
    id_number: str = ""
    birth_date: str = ""
    sex: str = ""
    is_sure: bool = True


@dataclass(frozen=True)
class Difference:
    """Two sources that differ: about whom, in what, and what each says."""

    about: str
    what: str
    first: str
    first_says: str
    second: str
    second_says: str
    is_swapped: bool = False


NAME, NUMBER, BIRTH, SEX = "name", "id_number", "birth_date", "sex"


def differences(people: Sequence[Person]) -> list[Difference]:
    """Return where two sources differ about somebody, each difference once."""
    found: dict[tuple[str, str, str], Difference] = {}
    for one, other in combinations(people, 2):
        if one.source != other.source and is_same(one, other):
            for difference in _between(one, other):
                low, high = sorted((difference.first_says, difference.second_says))
                found.setdefault((difference.what, low, high), difference)
    return list(found.values())


def is_same(one: Person, other: Person) -> bool:
    """Tell whether two sources speak of the same person.

    The same number; or the same name but for marks, capitals and the order of its words; or, born
    on the same day, a name that is nearly the same.
    """
    if one.id_number and one.id_number == other.id_number:
        return True
    if not (one.name and other.name):
        return False
    first, second = _plain(one.name), _plain(other.name)
    if first == second:
        return True
    is_born_alike = bool(one.birth_date) and one.birth_date == other.birth_date
    is_one_off = _is_one_digit_off(one.id_number, other.id_number)
    return (is_born_alike or is_one_off) and fuzz.ratio(first, second) >= _ALIKE


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are one: capitals, tone placement and order do not matter, marks do."""
    return _marked(one) == _marked(other)


def is_same_day_swapped(one: str, other: str) -> bool:
    """Tell whether a day and month changed places: 2026-03-02 and 2026-02-03."""
    try:
        first, second = date.fromisoformat(one), date.fromisoformat(other)
    except ValueError:
        return False
    return (first.year, first.month, first.day) == (second.year, second.day, second.month)


def _between(one: Person, other: Person) -> Iterator[Difference]:
    """Yield the differences of two sources about one person; what is not sure is not asked."""
    about = other.name or one.name
    if one.name and other.name and not is_same_name(one.name, other.name):
        only_marks = _plain(one.name) == _plain(other.name)
        if not only_marks or (one.is_sure and other.is_sure):
            yield Difference(about, NAME, one.source, one.name, other.source, other.name)
    for what in (NUMBER, BIRTH, SEX):
        first, second = getattr(one, what), getattr(other, what)
        if first and second and fold(first) != fold(second):
            swapped = what == BIRTH and is_same_day_swapped(first, second)
            yield Difference(about, what, one.source, first, other.source, second, swapped)


def _is_one_digit_off(one: str, other: str) -> bool:
    if not one or len(one) != len(other):
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _plain(name: str) -> str:
    return " ".join(sorted(fold(name).split()))


def _marked(name: str) -> list[str]:
    return sorted(fold_tone(word) for word in name.lower().split())


def people_of(
    *, source: str, values: dict[str, str], roles: Iterable[dict[str, str]], sure: frozenset[str]
) -> list[Person]:
    """Return the people whom a paper names, by the fields in which it names them."""
    found = []
    for role in roles:
        keys = {what: role[what] for what in ("name", "id", "birth", "sex") if what in role}
        said = {what: values.get(key, "") for what, key in keys.items()}
        if said.get("name") or said.get("id"):
            told = {key for what, key in keys.items() if said[what]}
            found.append(
                Person(
                    source=source,
                    role=role["role"],
                    name=said.get("name", ""),
                    id_number=said.get("id", ""),
                    birth_date=said.get("birth", ""),
                    sex=said.get("sex", ""),
                    is_sure=told <= sure,
                )
            )
    return found
