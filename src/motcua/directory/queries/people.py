"""Who acts: accounts with the posts they hold at a moment, their own and delegated ones."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from motcua.directory.actor import Actor, PostRef
from motcua.directory.identity import digest_of_token
from motcua.directory.models import Absence, Account, Agency, ApiToken, Delegation, Post

_POSTS = """
SELECT p.id, a.id, a.code, a.name, a.level, a.kind, p.role, p.title, '' AS behalf,
       NULL::bigint AS holder, p.fields
FROM directory_post p JOIN directory_agency a ON a.id = p.agency_id
WHERE p.account_id = %(account)s AND p.valid_from <= %(day)s
  AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
UNION ALL
SELECT p.id, a.id, a.code, a.name, a.level, a.kind, p.role, p.title, o.name,
       o.id, p.fields
FROM directory_delegation d
JOIN directory_post p ON p.id = d.post_id
JOIN directory_account o ON o.id = p.account_id
JOIN directory_agency a ON a.id = p.agency_id
WHERE d.to_id = %(account)s AND d.revoked_at IS NULL
  AND d.valid_from <= %(at)s AND d.valid_to > %(at)s
  AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
ORDER BY 9, 1
"""

_BY_BEARER = """
SELECT c.id, c.kind, c.name, c.party_id, p.id, a.id, a.code, a.name, a.level, a.kind, p.role,
       p.title, p.behalf, p.holder, p.fields
FROM directory_apitoken t
JOIN directory_account c ON c.id = t.account_id AND c.is_active
LEFT JOIN LATERAL (
    SELECT o.id, o.agency_id, o.role, o.title, '' AS behalf, NULL::bigint AS holder, o.fields
    FROM directory_post o
    WHERE o.account_id = c.id AND o.valid_from <= %(day)s
      AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
    UNION ALL
    SELECT o.id, o.agency_id, o.role, o.title, w.name, w.id, o.fields FROM directory_delegation d
    JOIN directory_post o ON o.id = d.post_id JOIN directory_account w ON w.id = o.account_id
    WHERE d.to_id = c.id AND d.revoked_at IS NULL AND d.valid_from <= %(at)s
      AND d.valid_to > %(at)s AND o.valid_from <= %(day)s
      AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
) p ON true
LEFT JOIN directory_agency a ON a.id = p.agency_id
WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND t.expires_at > %(at)s
ORDER BY p.behalf, p.id
"""


def actor_of(account: Account, *, at: datetime) -> Actor:
    """Return the actor of a signed-in account, with the posts held at `at` (one query)."""
    posts: tuple[PostRef, ...] = ()
    if account.kind == Account.Kind.STAFF:
        with connection.cursor() as cursor:
            cursor.execute(_POSTS, {"account": account.pk, "at": at, "day": localdate(at)})
            posts = tuple(_post(row) for row in cursor.fetchall())
    return Actor(
        kind=account.kind,
        name=account.name,
        account_id=account.pk,
        party_id=account.party_id,
        posts=posts,
    )


def actor_of_token(token: str, *, at: datetime) -> Actor | None:
    """Return the actor whose valid token this is, or None (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_BEARER, {"digest": digest_of_token(token), "at": at, "day": localdate(at)}
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    account_id, kind, name, party_id = rows[0][:4]
    posts = tuple(_post(row[4:]) for row in rows if row[4] is not None)
    return Actor(kind=kind, name=name, account_id=account_id, party_id=party_id, posts=posts)


def _post(row: tuple[Any, ...]) -> PostRef:
    fields = json.loads(row[-1]) if isinstance(row[-1], str) else row[-1]
    return replace(PostRef(*row[:9]), holder_id=row[9], fields=tuple(fields or ()))


def actor_by_username(username: str, *, at: datetime) -> Actor:
    """Return the actor of a user name, for commands and the demo world.

    Raises Account.DoesNotExist: nobody has that name.
    """
    return actor_of(Account.objects.get(username=username.lower()), at=at)


def officers_at(*, agency_id: int, role: str, at: datetime) -> list[Account]:
    """Return the officers who hold a role at an agency and are present at `at`."""
    day = localdate(at)
    return list(
        Account.objects.filter(
            is_active=True,
            posts__in=Post.objects.filter(agency_id=agency_id, role=role, valid_from__lte=day)
            .exclude(valid_to__lt=day)
            .values("pk"),
        )
        .exclude(absences__starts_at__lte=at, absences__ends_at__gt=at)
        .order_by("pk")
        .distinct()
    )


def staff_of(agency: Agency) -> list[Post]:
    """Return the posts of an agency, with their people, by role."""
    return list(agency.posts.select_related("account").order_by("role", "account__name"))


def current_posts(*, agency_ids: Collection[int], on: date) -> list[Post]:
    """Return the posts that are held at these agencies on a day, with their people."""
    rows = Post.objects.filter(agency_id__in=agency_ids, valid_from__lte=on)
    rows = rows.filter(account__is_active=True).exclude(valid_to__lt=on)
    return list(rows.select_related("account", "agency").order_by("agency", "role", "pk"))


def current_post(post_id: int, *, on: date) -> Post | None:
    """Return a post that somebody holds on a day, or None."""
    rows = Post.objects.filter(pk=post_id, valid_from__lte=on).exclude(valid_to__lt=on)
    return rows.select_related("account", "agency").first()


def delegations_of(actor: Actor) -> list[Delegation]:
    """Return the delegations of an officer's own posts and those received, latest first."""
    own = Delegation.objects.filter(post__account_id=actor.account_id or 0)
    received = Delegation.objects.filter(to_id=actor.account_id)
    return list(
        (own | received)
        .select_related("post__agency", "post__account", "to")
        .order_by("-valid_from")[:50]
    )


def account_named(username: str) -> Account | None:
    """Return the active account of a user name, or None."""
    return Account.objects.filter(username=username.lower(), is_active=True).first()


def account_of(actor: Actor) -> Account:
    """Return the account of a signed-in person.

    Raises Account.DoesNotExist: nobody has signed in.
    """
    return Account.objects.get(pk=actor.account_id or 0, is_active=True)


def tokens_of(actor: Actor) -> list[ApiToken]:
    """Return the tokens of one's own account that may still be used or were used, latest first."""
    return list(ApiToken.objects.filter(account_id=actor.account_id or 0).order_by("-pk")[:100])


def account_by_id(account_id: int) -> Account:
    """Return an active account.

    Raises Account.DoesNotExist: there is none.
    """
    return Account.objects.get(pk=account_id, is_active=True)


def post_by_id(post_id: int) -> Post:
    """Return a post.

    Raises Post.DoesNotExist: there is none.
    """
    return Post.objects.get(pk=post_id)


def absences_of(actor: Actor, *, at: datetime) -> list[Absence]:
    """Return when this officer is or will be away, soonest first."""
    rows = Absence.objects.filter(account_id=actor.account_id or 0, ends_at__gt=at)
    return list(rows.order_by("starts_at"))
