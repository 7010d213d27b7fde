"""The sections of the boards: which of them there are, and which this person may open."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from motcua.directory.actor import Actor
from motcua.web.boards import visitors

_PERIOD = ("ky", "tu", "den")


def may_open(actor: Actor, guard: str) -> bool:
    """Tell whether somebody passes a guard of `motcua.web.accounts.guards`."""
    if guard == "signed_in":
        return actor.account_id is not None
    if guard == "citizen":
        return actor.is_citizen
    kind, _colon, roles = guard.partition(":")
    if kind == "staff":
        return actor.is_staff and (not roles or actor.has_role(*roles.split(",")))
    return guard == "public"


def address_for(name: str, actor: Actor) -> str:
    """Return the address of a section, "" when there is none or this person may not open it."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return ""
    view = resolve(address).func
    if getattr(view, "is_of_parts", False) and not visitors.sees_parts(actor):
        return ""
    return address if may_open(actor, getattr(view, "guard", "")) else ""


def is_current(request: HttpRequest, address: str) -> bool:
    """Tell whether the page asked for belongs to a section; the first one holds itself only."""
    if address == reverse("boards:home"):
        return request.path == address
    return request.path.startswith(address)


def with_period(request: HttpRequest, address: str) -> str:
    """Return the address with the period that stands in the present one."""
    said = {key: request.GET[key] for key in _PERIOD if request.GET.get(key)}
    return f"{address}?{urlencode(said)}" if said else address
