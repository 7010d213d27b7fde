"""Reads about signing in: the account of a session, and what happened at the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from motcua.directory.models import Account
from motcua.ledger import queries as ledger

DOOR = "door"


@dataclass(frozen=True)
class Entry:
    """One event at an account's door, as its owner reads it."""

    at: datetime
    kind: str
    address: str

    @property
    def words(self) -> str:
        """What happened, in words."""
        return str(_WORDS.get(self.kind, self.kind))


_WORDS = {
    "directory.signed_in": _("đăng nhập"),
    "directory.signed_out": _("đăng xuất"),
    "directory.sign_in_failed": _("đăng nhập không thành"),
    "directory.password_changed": _("đổi mật khẩu"),
    "directory.totp_enrolled": _("bật xác thực hai bước"),
    "directory.totp_reset": _("đặt lại xác thực hai bước"),
}


def door_of(account: Account) -> str:
    """Return the ledger's stream of an account's door."""
    return f"{DOOR}:account:{account.pk}"


def door_from(address: str) -> str:
    """Return the ledger's stream of the failures from one address."""
    return f"{DOOR}:address:{address}"


def active_account(*, account_id: int) -> Account | None:
    """Return the account of a session while it may be used."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


def failures(stream: str, *, since: datetime, address: str = "") -> list[datetime]:
    """Return when sign-ins failed in a stream (from one address, when given), since a moment.

    A successful sign-in wipes out the failures before it.
    """
    moments: list[datetime] = []
    for told in ledger.recent(stream, since=since):
        if told.kind == "directory.sign_in_failed":
            if address in {"", told.body.get("address")}:
                moments.append(told.at)
        elif told.kind == "directory.signed_in":
            moments.clear()
    return moments


def entries(account: Account, *, at: datetime, days: int = 90) -> list[Entry]:
    """Return what happened at an account's door in the last days, latest first."""
    told = ledger.recent(door_of(account), since=at - timedelta(days=days))
    return [Entry(t.at, t.kind, str(t.body.get("address", ""))) for t in reversed(told)][:50]
