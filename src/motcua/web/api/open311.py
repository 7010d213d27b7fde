"""Open311 (GeoReport v2): other cities' programs send us requests and read how they stand.

https://wiki.open311.org/GeoReport_v2/ : JSON and XML, errors as a list of code and description.
Reading shows only what everybody may read, masked; the owner of an api_key also sees the state of
what came in under it. Our own words stand in /api/v1/feedback.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory.actor import PUBLIC, Actor
from motcua.directory.queries import people
from motcua.feedback import services as feedback
from motcua.feedback.queries import public, reading
from motcua.feedback.rules import fields
from motcua.kernel.refused import Refused
from motcua.web.accounts import guards
from motcua.web.accounts.request import address_of
from motcua.web.api import open311_shapes as shapes
from motcua.web.api.doors import moment
from motcua.web.api.feedback import SENDING
from motcua.web.ui.throttle import TooManyTries

if TYPE_CHECKING:
    from motcua.feedback.models import Case

_LONGEST_KEY = 200
_DAYS = 90
_MOST = 200
View = Callable[..., HttpResponseBase]


@guards.public
@require_safe
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the service is and what it speaks."""
    return shapes.written(
        shapes.discovery(settings.MOTCUA_PUBLIC_URL), form=form, root="discovery"
    )


@guards.public
@require_safe
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List the fields of feedback as services."""
    rows = [shapes.service(key, name) for key, name in _names(request).items()]
    return shapes.written(rows, form=form, root="services", item="service")


@guards.public
@require_safe
def service(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Say what a service asks beside the usual: nothing."""
    if not fields.is_field(code):
        return shapes.failed(404, "service_code không có", form=form)
    return shapes.written(
        {"service_code": code, "attributes": []}, form=form, root="service_definition"
    )


@csrf_exempt  # no cookie speaks here: a key in the body, or nobody in particular
@guards.public
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List public requests, or take one in."""
    if request.method == "POST":
        return _take(request, form)
    return _list(request, form)


@guards.public
@require_safe
def one(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Return one request as everybody, or the owner of the key, may read it."""
    found = public.public_case(code)
    if found is not None:
        row = shapes.request_of(found, _names(request))
    else:
        case = _own(request, code)
        if case is None:
            return shapes.failed(404, "service_request_id không có hoặc chưa công khai", form=form)
        row = shapes.own_request(case, _names(request))
    return shapes.written([row], form=form, root="service_requests", item="request")


@guards.public
@require_safe
def token(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Return the id for a token: ours are ready at once, so they are the same."""
    rows = [{"service_request_id": code, "token": code}]
    return shapes.written(rows, form=form, root="service_requests", item="request")


def _names(request: HttpRequest) -> dict[str, str]:
    return fields.names("en" if request.GET.get("locale", "").startswith("en") else "vi")


def _key(request: HttpRequest) -> str:
    return (request.POST.get("api_key") or request.GET.get("api_key") or "").strip()


def _actor(request: HttpRequest) -> Actor | None:
    """Who sends: the owner of the key, somebody of the public without one, None for a bad key."""
    key = _key(request)
    if not key:
        return PUBLIC
    return people.actor_of_token(key, at=moment()) if len(key) <= _LONGEST_KEY else None


def _own(request: HttpRequest, code: str) -> "Case | None":
    actor = _actor(request)
    return reading.case_for(actor, code) if actor and actor is not PUBLIC else None


def _take(request: HttpRequest, form: str) -> HttpResponse:
    by = _actor(request)
    if by is None:
        return shapes.failed(403, "api_key không hợp lệ", form=form)
    if by is PUBLIC:
        try:
            SENDING.count(address_of(request))
        except TooManyTries:
            return shapes.failed(429, "gửi quá nhiều, xin thử lại sau", form=form)
    try:
        told = shapes.told(request.POST)
        made = feedback.send_with_pin(by=by, at=moment(), channel="api", **told)
    except shapes.Unfit as problem:
        return shapes.failed(400, str(problem), form=form)
    except Refused as refusal:
        return shapes.failed(400, f"{refusal.field or 'description'}: {refusal}", form=form)
    notice = _("Mã tra cứu kèm PIN %s.") % made.pin if made.pin else ""
    row = {"service_request_id": made.case.code, "service_notice": notice, "account_id": ""}
    return shapes.written([row], form=form, root="service_requests", item="request", status=201)


def _list(request: HttpRequest, form: str) -> HttpResponse:
    try:
        wish, codes = shapes.wish(request.GET, at=moment(), days=_DAYS)
    except shapes.Unfit as problem:
        return shapes.failed(400, str(problem), form=form)
    rows = public.public(wish)
    if codes:
        rows = rows.filter(code__in=codes)
    found = public.as_public(list(rows[:_MOST]))
    names = _names(request)
    listed = [shapes.request_of(case, names) for case in found]
    return shapes.written(listed, form=form, root="service_requests", item="request")
