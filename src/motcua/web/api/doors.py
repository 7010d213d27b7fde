"""Who calls: a bearer token, read in one query with the posts that its account holds."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from motcua.directory.actor import Actor
from motcua.directory.queries import people
from motcua.dossiers.services import NotAllowed

_LONGEST_TOKEN = 200


class TokenAuth(HttpBearer):
    """Lets in whoever shows a token that is neither expired nor revoked."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor whose token this is (one query)."""
        if not 0 < len(token) <= _LONGEST_TOKEN:
            return None
        return people.actor_of_token(token, at=timezone.now())


def caller(request: HttpRequest) -> Actor:
    """Return who calls."""
    return cast(Actor, request.auth)  # type: ignore[attr-defined]


def staff(request: HttpRequest) -> Actor:
    """Return the officer who calls.

    Raises NotAllowed: the caller is no officer.
    """
    actor = caller(request)
    if not actor.is_staff:
        raise NotAllowed(_("Chỉ cán bộ dùng được phần này."))
    return actor


def moment() -> datetime:
    """Return the moment at which the call is answered."""
    return timezone.now()
