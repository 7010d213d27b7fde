"""What a request says about who asks."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest

from motcua.directory.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks (see ActorMiddleware)."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def address_of(request: HttpRequest) -> str:
    """Return the address that asks: what our own proxies saw, never what the client claims."""
    proxies = settings.MOTCUA_PROXIES
    if proxies:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(seen) >= proxies:
            return seen[-proxies][:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]
