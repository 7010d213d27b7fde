"""Appointing everybody: the necessary posts at every agency, more of them where there is much to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from motcua.config.demo import accounts
from motcua.config.demo.volumes import BUSY
from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.data import people as invented
from motcua.directory.data.people import Person
from motcua.directory.models import Account, Agency
from motcua.directory.services import people
from motcua.directory.services.parties import PartyDetails, register_many

SINCE = date(2025, 7, 1)
OFFICERS_FROM, CITIZENS_FROM = 900_000, 0
CITIZENS = 240


@dataclass(frozen=True)
class Place:
    """A post to fill: where, as what, with which user name ("" = none can sign in)."""

    agency: Agency
    role: str
    title: str
    username: str


def appoint_everybody(*, at: datetime) -> int:
    """Open the officers' accounts and appoint them; who is there already stays. Return how many."""
    places = list(_places(list(Agency.objects.filter(is_active=True).order_by("code"))))
    names = invented.people(len(places), seed=11, first=OFFICERS_FROM)
    fixed = {one.username for one in accounts.STAFF}
    there = set(Account.objects.filter(is_demo=True).values_list("username", flat=True))
    made = 0
    for place, person in zip(places, names, strict=True):
        if place.username in there:
            continue
        secret = accounts.password() if place.username in fixed else None
        account = people.open_staff_account(
            username=place.username, name=person.name, password=secret, at=at, is_demo=True
        )
        people.appoint(
            account=account, agency=place.agency, role=place.role, title=place.title,
            since=SINCE, by=SYSTEM, at=at,
        )  # fmt: skip
        made += 1
    return made


def open_citizens(*, at: datetime) -> None:
    """Open accounts for the people who file online; the first ones can sign in."""
    persons = list(invented.people(CITIZENS, seed=5, first=CITIZENS_FROM))
    parties = register_many(many=[details(person) for person in persons], at=at)
    names = [_citizen_name(place) for place in range(CITIZENS)]
    there = set(Account.objects.filter(username__in=names).values_list("username", flat=True))
    for place, (name, party) in enumerate(zip(names, parties, strict=True)):
        if name not in there:
            secret = accounts.password() if place < len(accounts.CITIZENS) else None
            people.open_citizen_account(
                username=name, party=party, password=secret, at=at, is_demo=True
            )


def _citizen_name(place: int) -> str:
    fixed = place < len(accounts.CITIZENS)
    return accounts.CITIZENS[place].username if fixed else f"dan.{place:04d}"


def details(person: Person) -> PartyDetails:
    """Return an invented person as the services take one."""
    return PartyDetails(
        name=person.name,
        id_number=person.id_number,
        birth_date=person.birth_date,
        sex=person.sex,
        phone=person.phone,
        address=person.street,
        is_demo=True,
    )


def _places(agencies: list[Agency]) -> Iterator[Place]:
    for agency in agencies:
        for role, count in _roles_of(agency).items():
            title = invented.title(_group(agency), role)
            named = [
                one.username
                for one in accounts.STAFF
                if (one.agency, one.role) == (agency.code, role)
            ]
            for number in range(count):
                username = (
                    named[number] if number < len(named) else _username(agency, role, number)
                )
                yield Place(agency, role, title, username)


def _username(agency: Agency, role: str, number: int) -> str:
    return f"{role}{number + 1}.{agency.code}".lower()


def _roles_of(agency: Agency) -> dict[str, int]:
    """How many of each post an agency has."""
    many = BUSY.get(agency.place_id or "", 0) if agency.level == "commune" else 0
    if agency.code == accounts.PROVINCE:
        return {"chairman": 1, "clerk": 1, "appraiser": 1, "head": 1}
    if agency.code == accounts.OFFICE:
        return {"controller": 2, "auditor": 1, "keeper": 1, "admin": 1, "head": 1,
                "appraiser": 1, "clerk": 1}  # fmt: skip
    if agency.kind == "centre":
        wide = 4 if agency.level == "province" else 1 + many // 2
        return {"receptionist": wide, "cashier": 1, "centre_lead": 1, "support": int(many > 0)}
    if agency.kind == "support_point":
        return {"receptionist": 1, "support": 1, "centre_lead": 1}
    # where the walk through the demo goes, one appraiser takes every step
    appraisers = (
        1
        if agency.place_id == accounts.WARD
        else 2
        if agency.level == "province"
        else 1 + many // 3
    )
    deciding = {"appraiser": appraisers, "head": 1, "clerk": 1}
    return deciding | {"chairman": 1} if agency.kind == "committee" else deciding


def _group(agency: Agency) -> str:
    if agency.code.startswith("G01.56."):
        return "police"
    if agency.code.startswith("H32.06.01."):
        return "branch"
    return agency.level


def citizens() -> list[Actor]:
    """Return the people with accounts as they act on the portal, in the order of the people."""
    names = [_citizen_name(place) for place in range(CITIZENS)]
    rows = {row.username: row for row in Account.objects.filter(username__in=names)}
    return [
        Actor("citizen", rows[name].name, rows[name].pk, rows[name].party_id) for name in names
    ]
