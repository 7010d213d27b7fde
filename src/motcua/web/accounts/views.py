"""Signing in and out, the second step, and one's own security page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import segno
from django import forms
from django.contrib import auth, messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.directory.queries import signing_in as door
from motcua.directory.services import signing_in
from motcua.kernel.refused import Refused
from motcua.web.accounts import session
from motcua.web.accounts.forms import CodeForm, PasswordForm, SignInForm
from motcua.web.accounts.guards import public, signed_in
from motcua.web.accounts.request import actor_of, address_of

if TYPE_CHECKING:
    from motcua.directory.models import Account

T = TypeVar("T")
_SECRET_IN_SESSION = "totp_secret"  # noqa: S105  the name of a key, not a secret


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; on to the second step, or in."""
    form = SignInForm(request.POST or None)
    account = _attempt(
        form,
        lambda typed: signing_in.check_password(
            username=typed["username"],
            password=typed["password"],
            address=address_of(request),
            at=timezone.now(),
        ),
    )
    if account is None:
        return _page(request, "login", form)
    if not session.needs_second_step(account):
        return _enter(request, account)
    session.owe_second_step(request, account)
    step = "accounts:code" if account.totp_cipher else "accounts:enrolment"
    return redirect(f"{reverse(step)}?{urlencode({'next': session.wanted(request)})}")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code."""
    account = session.owing(request)
    if account is None:
        return redirect("accounts:login")
    form = CodeForm(request.POST or None)
    accepted = _attempt(
        form,
        lambda typed: signing_in.check_code(
            account=account, code=typed["code"], address=address_of(request), at=timezone.now()
        ),
    )
    return _enter(request, accepted) if accepted else _page(request, "code", form)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enrolment(request: HttpRequest) -> HttpResponse:
    """Set up the second step: for one who just showed a password, or who is signed in."""
    owing = session.owing(request)
    account = owing or _own_account(request)
    if account is None or (owing and account.totp_cipher):
        return redirect("accounts:login")
    secret = request.session.setdefault(_SECRET_IN_SESSION, signing_in.new_totp_secret())
    form = CodeForm(request.POST or None)
    enrolled = _attempt(
        form,
        lambda typed: signing_in.enrol_totp(
            account=account,
            secret=secret,
            code=typed["code"],
            address=address_of(request),
            at=timezone.now(),
        ),
    )
    if enrolled is None:
        address = signing_in.totp_address(account=account, secret=secret)
        return _page(request, "enrolment", form, secret=secret, picture=_picture(address))
    del request.session[_SECRET_IN_SESSION]
    messages.success(request, _("Đã bật xác thực hai bước."))
    return _enter(request, enrolled) if owing else redirect("accounts:security")


@public
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    account = _own_account(request)
    if account is not None:
        signing_in.note_exit(account=account, address=address_of(request), at=timezone.now())
    auth.logout(request)
    messages.success(request, _("Đã đăng xuất."))
    return redirect("accounts:login")


@signed_in
@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def security(request: HttpRequest) -> HttpResponse:
    """Show who came in with this account, and change its password."""
    account = _own_account(request)
    if account is None:
        return redirect("accounts:login")
    form = PasswordForm(request.POST or None)
    changed = _attempt(
        form,
        lambda typed: signing_in.change_password(
            account=account,
            old=typed["old"],
            new=typed["new"],
            address=address_of(request),
            at=timezone.now(),
        ),
    )
    if changed is None:
        entries = door.entries(account, at=timezone.now())
        return _page(request, "security", form, entries=entries, account=account)
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = changed.get_session_auth_hash()
    messages.success(request, _("Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc."))
    return redirect("accounts:security")


def _own_account(request: HttpRequest) -> "Account | None":
    return door.active_account(account_id=actor_of(request).account_id or 0)


def _attempt(form: forms.Form, act: Callable[[dict[str, str]], T]) -> T | None:
    """Do the act with what was typed; None when nothing (valid) was, or it was refused."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _enter(request: HttpRequest, account: "Account") -> HttpResponse:
    target = session.where_to(request, account)
    session.come_in(request, account)
    return redirect(target)


def _page(request: HttpRequest, name: str, form: forms.Form, **more: object) -> HttpResponse:
    context = {"form": form, "next": session.wanted(request), "place": "account", **more}
    status = 422 if form.is_bound else 200
    return render(request, f"accounts/{name}.html", context, status=status)


def _picture(address: str) -> str:
    """Return the QR of an address as a data URI, for an img."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4)
