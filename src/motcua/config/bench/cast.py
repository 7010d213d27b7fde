"""Who works while we measure: the posts of eight communes, each with a token and a password."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from motcua.directory.actor import SYSTEM
from motcua.directory.data import build
from motcua.directory.models import Account, Agency, Post
from motcua.directory.services import people, signing_in

ROLES = {"receptionist": "centre", "appraiser": "committee", "head": "committee",
         "clerk": "committee"}  # fmt: skip


@dataclass(frozen=True)
class Officer:
    """One who works: a name, a password for the pages, a token for the API."""

    username: str
    password: str
    token: str


@dataclass(frozen=True)
class Town:
    """A commune with its centre, its committee and the officers of both."""

    code: str
    centre: str
    committee: str
    officers: dict[str, Officer]


def towns(count: int) -> list[Town]:
    """Return so many communes with one officer for each post; new passwords and tokens each time.

    Where several share a post, the work goes to whichever has least to do, and a story could not
    know whose turn it is: such communes are left out.
    """
    codes = [str(row["code"]) for row in build.communes()]
    return [_town(code) for code in codes if _is_simple(code)][:count]


def _is_simple(code: str) -> bool:
    holders = Counter(
        Post.objects.filter(agency__place_id=code, role__in=ROLES, valid_to=None).values_list(
            "agency__code", "role"
        )
    )
    return all(holders[build.code_of(place, code), role] <= 1 for role, place in ROLES.items())


def busiest_town() -> Town:
    """Return the commune at whose centre most dossiers were filed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.place_id FROM dossiers_dossier d JOIN directory_agency a "
            "ON a.id = d.receiving_id WHERE a.level = 'commune' "
            "GROUP BY a.place_id ORDER BY count(*) DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return _town(str(row[0]) if row else str(build.communes()[0]["code"]))


@transaction.atomic
def _town(code: str) -> Town:
    codes = {
        "centre": build.code_of("centre", code),
        "committee": build.code_of("committee", code),
    }
    officers = {role: _officer(role, codes[place], code) for role, place in ROLES.items()}
    return Town(code, codes["centre"], codes["committee"], officers)


def _officer(role: str, agency_code: str, town: str) -> Officer:
    now = timezone.now()
    post = Post.objects.filter(agency__code=agency_code, role=role, valid_to=None).first()
    account = post.account if post else _open(f"bench.{role}.{town}", role, agency_code)
    password = secrets.token_urlsafe(16)
    signing_in.set_password(account=account, password=password, at=now)
    token = people.issue_token(
        account=account, name="bench", expires_at=now + timedelta(days=1), by=SYSTEM, at=now
    )
    return Officer(account.username, password, token)


def _open(username: str, role: str, agency_code: str) -> Account:
    now = timezone.now()
    account = people.open_staff_account(
        username=username, name=f"Đo lường {role}", password=None, at=now, is_demo=True
    )
    people.appoint(
        account=account,
        agency=Agency.objects.get(code=agency_code),
        role=role,
        since=timezone.localdate() - timedelta(days=30),
        by=SYSTEM,
        at=now,
    )
    return account
