"""Who asks: `request.actor`, read once and only when somebody looks at it."""

import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from motcua.directory.actor import PUBLIC, Actor
from motcua.directory.queries import people, signing_in

_SEEN = "seen"
_NOTE_EVERY_SECONDS = 300


class ActorMiddleware:
    """Give the request its `actor`, from the session; the public where nobody signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lazy = SimpleLazyObject(partial(_actor, request.session))
        request.actor = lazy  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(session: SessionBase) -> Actor:
    account_id = session.get(SESSION_KEY)
    if not account_id:
        return PUBLIC
    account = signing_in.active_account(account_id=int(account_id))
    if account is None or _is_idle(session):
        session.flush()
        return PUBLIC
    if not constant_time_compare(
        str(session.get(HASH_SESSION_KEY, "")), account.get_session_auth_hash()
    ):
        session.flush()  # the password was changed elsewhere
        return PUBLIC
    return people.actor_of(account, at=timezone.now())


def _is_idle(session: SessionBase) -> bool:
    """Tell whether the session was left alone too long; note that it was not, now and then."""
    now = time.time()
    seen = float(session.get(_SEEN, now))
    if now - seen > settings.MOTCUA_IDLE_SECONDS:
        return True
    if _SEEN not in session or now - seen > _NOTE_EVERY_SECONDS:
        session[_SEEN] = now
    return False
