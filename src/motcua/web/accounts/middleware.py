"""Who asks: `request.actor`, read once and only when somebody looks at it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from motcua.directory.actor import PUBLIC, Actor

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class ActorMiddleware:
    """Give the request its `actor`, from the session; the public where nobody signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(partial(_actor, request.session))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(session: "SessionBase") -> Actor:
    account_id = session.get(SESSION_KEY)
    if not account_id:
        return PUBLIC
    from motcua.directory import queries as directory

    return directory.actor_of(int(account_id)) or PUBLIC
