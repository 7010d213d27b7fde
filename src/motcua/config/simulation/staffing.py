"""Officers for a whole quarter: every agency has its posts, busy ones have more people in them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.config.demo import staff
from motcua.config.simulation import telling
from motcua.config.simulation.volumes import BUSY, ELSEWHERE
from motcua.directory import events
from motcua.directory.actor import SYSTEM
from motcua.directory.data import people as invented
from motcua.directory.models import Account, Agency, Post

FIRST, SEED = 800_000, 17
SINCE = staff.SINCE
# How many there are where nothing is said: enough for the work of a quarter, not for every Monday.
DEPARTMENTS = {"G01.56": 26, "H32.03": 8, "H32.18": 5, "H32.06": 5, "H32.02.01": 6, "H32.02": 5}
CENTRAL_DESKS = 28


@transaction.atomic
def appoint(*, at: datetime) -> int:
    """Appoint whoever is still missing, in bulk; return how many."""
    if not Post.objects.exists():
        staff.appoint_everybody(at=at)
    wanted: list[tuple[Agency, str, int]] = []
    held = Counter(Post.objects.values_list("agency_id", "role"))
    agencies = list(Agency.objects.filter(is_active=True).order_by("code"))
    for agency in agencies:
        for role, count in _needed(agency).items():
            there = held[agency.pk, role]
            wanted += [(agency, role, number) for number in range(there, count)]
    if wanted:
        _write(wanted, at)
    return len(wanted)


def _needed(agency: Agency) -> dict[str, int]:
    """Return how many of each post an agency needs for a quarter."""
    busy = BUSY.get(agency.place_id or "", ELSEWHERE)
    if agency.kind == "centre" and agency.level == "province":
        return {"receptionist": CENTRAL_DESKS, "cashier": 2}
    if agency.kind == "centre":
        return {"receptionist": 2 + round(busy * 1.3)}
    if agency.kind == "committee" and agency.level == "commune":
        return {"appraiser": 3 + round(busy * 1.5), "head": 1 + round(busy / 3), "clerk": 1}
    if agency.code.startswith("G01.56."):
        return {"appraiser": 2 + round(busy * 1.4), "head": 1 + round(busy / 5), "clerk": 1}
    if agency.code.startswith("H32.06.01."):
        return {"appraiser": 9, "head": 2, "clerk": 1}
    if agency.kind in ("department", "sector", "office"):
        count = DEPARTMENTS.get(agency.code, 3)
        return {"appraiser": count, "head": 1 + count // 8, "clerk": 1 + count // 12}
    return {}


def _write(wanted: Sequence[tuple[Agency, str, int]], at: datetime) -> None:
    names = invented.people(len(wanted), seed=SEED, first=FIRST)
    accounts = [
        Account(
            username=f"{role}{number + 1}.{agency.code}.q".lower(), name=person.name,
            kind=Account.Kind.STAFF, created_at=at, is_demo=True, password=make_password(None),
        )
        for (agency, role, number), person in zip(wanted, names, strict=True)
    ]  # fmt: skip
    Account.objects.bulk_create(accounts, batch_size=2000)
    Post.objects.bulk_create(
        [
            Post(account=account, agency=agency, role=role, valid_from=SINCE,
                 title=invented.title(_group(agency), role))
            for account, (agency, role, _number) in zip(accounts, wanted, strict=True)
        ],
        batch_size=2000,
    )  # fmt: skip
    appointed = [
        events.OfficerAppointed(account_id=account.pk, agency_id=agency.pk, role=role)
        for account, (agency, role, _number) in zip(accounts, wanted, strict=True)
    ]
    telling.tell(
        "directory", [telling.Said(fact, at, SYSTEM.key, SYSTEM.name) for fact in appointed]
    )


def _group(agency: Agency) -> str:
    if agency.code.startswith("G01.56."):
        return "police"
    return "branch" if agency.code.startswith("H32.06.01.") else agency.level
