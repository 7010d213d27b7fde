"""The session at the door: who has shown a password and still owes the second step."""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.directory.queries import signing_in as door
from motcua.directory.services import signing_in
from motcua.web.accounts.request import address_of

if TYPE_CHECKING:
    from motcua.directory.models import Account

_PENDING = "pending"
_PENDING_SECONDS = 600
_BACKEND = "motcua.web.accounts.backend.PasswordBackend"


def owe_second_step(request: HttpRequest, account: "Account") -> None:
    """Remember for ten minutes that this account's password was shown here."""
    request.session.cycle_key()
    request.session[_PENDING] = {"account": account.pk, "since": time.time()}


def owing(request: HttpRequest) -> "Account | None":
    """Return the account that still owes its second step here."""
    pending = request.session.get(_PENDING)
    if not pending or time.time() - pending["since"] > _PENDING_SECONDS:
        return None
    return door.active_account(account_id=pending["account"])


def needs_second_step(account: "Account") -> bool:
    """Tell whether a password alone does not open the door for this account."""
    if account.totp_cipher:
        return True
    return account.kind == "staff" and settings.MOTCUA_TOTP == "required"


def come_in(request: HttpRequest, account: "Account") -> None:
    """Begin the session of the account, under a key that nobody has seen."""
    request.session.pop(_PENDING, None)
    auth.login(request, account, backend=_BACKEND)
    signing_in.note_entry(account=account, address=address_of(request), at=timezone.now())


def wanted(request: HttpRequest) -> str:
    """Return the page that a person wanted before signing in ("" when none, or not ours)."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else ""


def where_to(request: HttpRequest, account: "Account") -> str:
    """Return where a person goes after signing in: where they wanted to, else their own place."""
    return wanted(request) or ("/desk/" if account.kind == "staff" else "/")
