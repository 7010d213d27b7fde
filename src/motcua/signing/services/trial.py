"""Trial keys for the demo's officers and agencies, so that signing can be tried at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils.timezone import localdate

from motcua.directory.actor import Actor
from motcua.directory.models import Agency, Post
from motcua.signing.models import KeyRef
from motcua.signing.pades import trust
from motcua.signing.services.keeping import add_key
from motcua.signing.trial.authority import PIN, Authority, Subject, write

_SIGNING = ("head", "chairman", "centre_lead", "receptionist", "appraiser", "clerk")


@dataclass(frozen=True)
class Equipped:
    """How many keys were made, where they lie, and the PIN that opens them."""

    officers: int
    agencies: int
    folder: Path
    pin: str = PIN


@transaction.atomic
def equip(*, by: Actor, at: datetime, usernames: Iterable[str] = ()) -> Equipped:
    """Give demo officers who sign, and their agencies, a trial key; those who have one keep it.

    usernames: only these officers; none named means all.
    Source: rule of the house, no decree.
    """
    folder = Path(settings.MOTCUA_KEYS)
    authority = Authority.at(folder / trust.TRIAL)
    trust.configured.cache_clear()
    trust.roots.cache_clear()
    posts = _posts(at, frozenset(usernames))
    officers = {post.account_id: post for post in posts}
    agencies = {post.agency_id: post.agency for post in posts}
    has_key: set[tuple[int | None, int | None]] = set(
        KeyRef.objects.filter(is_enabled=True).values_list("account_id", "agency_id")
    )
    made = 0
    for account_id, post in officers.items():
        if (account_id, None) in has_key:
            continue
        subject = Subject(post.account.name, post.title, post.agency.name)
        _give(authority, subject, f"officer-{account_id}", by=by, at=at, account_id=account_id)
        made += 1
    sealed = 0
    for agency_id, agency in agencies.items():
        if (None, agency_id) in has_key:
            continue
        _give(authority, _seal(agency), f"agency-{agency_id}", by=by, at=at, agency_id=agency_id)
        sealed += 1
    return Equipped(made, sealed, folder / trust.TRIAL)


def _posts(at: datetime, usernames: frozenset[str]) -> list[Post]:
    day = localdate(at)
    rows = Post.objects.filter(
        account__is_demo=True, account__is_active=True, role__in=_SIGNING, valid_from__lte=day
    ).exclude(valid_to__lt=day)
    rows = rows.exclude(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if usernames:
        rows = rows.filter(account__username__in=usernames)
    return list(rows.select_related("account", "agency").order_by("pk"))


def _seal(agency: Agency) -> Subject:
    return Subject(agency.name, organisation=agency.name)


def _give(
    authority: Authority,
    subject: Subject,
    name: str,
    *,
    by: Actor,
    at: datetime,
    account_id: int | None = None,
    agency_id: int | None = None,
) -> None:
    issued = authority.issue(subject, at=at)
    file = f"{trust.TRIAL}/{name}.p12"
    write(Path(settings.MOTCUA_KEYS) / file, issued.packed())
    add_key(
        port="pkcs12",
        place={"file": file},
        certificate=issued.pem,
        chain=authority.own.pem,
        by=by,
        at=at,
        account_id=account_id,
        agency_id=agency_id,
        is_trial=True,
    )
