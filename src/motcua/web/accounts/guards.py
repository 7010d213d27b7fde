"""Who may open a page: every view carries exactly one of these marks.

`public` (anybody), `signed_in` (anybody with an account), `citizen`, `staff` (any officer, or one
who holds one of the roles). They decide about the page only; which rows it shows is decided by the
query's own predicate.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.web.accounts.request import actor_of

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public(view: View[P, R]) -> View[P, R]:
    """Mark a page that anybody may open."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View[P, R]) -> Guarded[P]:
    """Let in anybody who has signed in; send others to sign in first."""
    return _guarded(view, "signed_in", lambda actor: actor.account_id is not None)


def citizen(view: View[P, R]) -> Guarded[P]:
    """Let in citizens and organisations who have signed in."""
    return _guarded(view, "citizen", lambda actor: actor.is_citizen)


def staff(*roles: str) -> Callable[[View[P, R]], Guarded[P]]:
    """Return a guard that lets in officers (holding one of these roles, when any is named)."""

    def guard(view: View[P, R]) -> Guarded[P]:
        name = "staff:" + ",".join(roles) if roles else "staff"
        return _guarded(view, name, lambda actor: _is_officer(actor, roles))

    return guard


def _is_officer(actor: Actor, roles: tuple[str, ...]) -> bool:
    return actor.is_staff and (not roles or actor.has_role(*roles))


def _guarded(view: View[P, R], name: str, may: Callable[[Actor], bool]) -> Guarded[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if may(actor):
            return view(request, *args, **kwargs)
        if actor.account_id is None:
            return _to_sign_in(request)
        raise PermissionDenied(_("Tài khoản của ông/bà không có quyền xem trang này."))

    guarded.guard = name  # type: ignore[attr-defined]
    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    address = reverse("accounts:login")
    if request.method in {"GET", "HEAD"}:
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)
