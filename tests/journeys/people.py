"""People who come to the counter, all of them invented."""

from dataclasses import dataclass, replace

from motcua.directory.data import people as invented

_MADE_FOR_TESTS = 700_000  # running numbers that the demo world does not use


@dataclass(frozen=True)
class Person:
    """Somebody with a chip card and a phone."""

    name: str
    id_number: str
    phone: str
    birth: str
    sex: str
    address: str

    @property
    def card(self) -> str:
        """The text of the QR on the card."""
        return f"{self.id_number}||{self.name}|{self.birth}|{self.sex}|{self.address}|10082021"


def stranger(number: int, **changes: str) -> Person:
    """Return somebody nobody knows yet; every journey takes numbers of its own."""
    made = next(invented.people(1, seed=17, first=_MADE_FOR_TESTS + number))
    return replace(_with_card(made), **changes)


def account_holder(number: int = 0) -> Person:
    """Return the person of the demo world whose account is nguoidan, nguoidan2…"""
    return _with_card(list(invented.people(number + 1, seed=5, first=0))[number])


def _with_card(made: invented.Person) -> Person:
    return Person(
        name=made.name,
        id_number=made.id_number,
        phone=made.phone,
        birth=f"{made.birth_date:%d%m%Y}",
        sex="Nam" if made.sex == invented.MALE else "Nữ",
        address=made.street,
    )
