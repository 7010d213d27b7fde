"""Verbs at the door: sign in, the second step, passwords. Each try is a fact in the ledger."""

from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory import events, identity, rules
from motcua.directory.models import Account
from motcua.directory.queries import signing_in as door
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger


class WrongPassword(Refused):
    """The user name or the password is wrong; which of them is not said."""


class WrongCode(Refused):
    """The one-time code is wrong, too old, or was used before."""


class DoorShut(Refused):
    """Too many wrong tries; the door opens again by itself."""


class WeakPassword(Refused):
    """The new password is too easy to guess."""


@dataclass(frozen=True)
class _Try:
    """One try to come in."""

    address: str
    at: datetime


def check_password(*, username: str, password: str, address: str, at: datetime) -> Account:
    """Return the account whose name and password these are; the second step comes after.

    Raises WrongPassword: no active account has that name and password.
    Raises DoorShut: too many wrong tries at that account or from that address.
    """
    attempt = _Try(address, at)
    refusal: Refused
    with transaction.atomic():
        account = (
            Account.objects.select_for_update().filter(username=username.strip().lower()).first()
        )
        _refuse_when_shut(account, attempt)
        if _is_right(account, password):
            assert account is not None  # noqa: S101  narrows the type; _is_right has looked
            return account
        _note_failure(account, attempt, reason="password")
        refusal = WrongPassword(_("Tên đăng nhập hoặc mật khẩu chưa đúng."), field="password")
    raise refusal


def check_code(*, account: Account, code: str, address: str, at: datetime) -> Account:
    """Accept a one-time code once and return its account.

    Raises WrongCode: it is not the code of this minute, or it was used before.
    Raises DoorShut: too many wrong tries.
    """
    attempt = _Try(address, at)
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        _refuse_when_shut(locked, attempt)
        secret = identity.unseal(bytes(locked.totp_cipher or b""))
        step = _step_of(secret, code, after=locked.totp_last_step, at=at)
        if step is not None:
            locked.totp_last_step = step
            locked.save(update_fields=["totp_last_step"])
            return locked
        _note_failure(locked, attempt, reason="code")
    raise WrongCode(_("Mã xác thực chưa đúng hoặc đã dùng rồi. Xin nhập mã mới."), field="code")


def note_entry(*, account: Account, address: str, at: datetime) -> None:
    """Record that somebody came in."""
    fact = events.SignedIn(account_id=account.pk, address=address)
    _tell(fact, account=account, at=at)


def note_exit(*, account: Account, address: str, at: datetime) -> None:
    """Record that somebody left."""
    _tell(events.SignedOut(account_id=account.pk, address=address), account=account, at=at)


def new_totp_secret() -> str:
    """Return a secret for an authenticator app; nothing is kept until it is enrolled."""
    return pyotp.random_base32()


def totp_address(*, account: Account, secret: str) -> str:
    """Return the otpauth:// address that an authenticator app reads from a QR."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name="Một Cửa")


@transaction.atomic
def enrol_totp(*, account: Account, secret: str, code: str, address: str, at: datetime) -> Account:
    """Make that secret the account's second step, shown to work by one code of it.

    Raises WrongCode: the app shows another code, so its clock or the secret is wrong.
    """
    locked = Account.objects.select_for_update().get(pk=account.pk)
    step = _step_of(secret, code, after=0, at=at)
    if step is None:
        raise WrongCode(_("Mã chưa đúng. Xin kiểm tra giờ của điện thoại."), field="code")
    locked.totp_cipher = identity.seal(secret)
    locked.totp_last_step = step
    locked.save(update_fields=["totp_cipher", "totp_last_step"])
    _tell(events.TotpEnrolled(account_id=locked.pk, address=address), account=locked, at=at)
    return locked


@transaction.atomic
def reset_totp(*, account: Account, at: datetime) -> None:
    """Take the second step away, so that its owner enrols again at the next sign-in."""
    account.totp_cipher = None
    account.totp_last_step = 0
    account.save(update_fields=["totp_cipher", "totp_last_step"])
    _tell(events.TotpReset(account_id=account.pk), account=account, at=at)


def change_password(
    *, account: Account, old: str, new: str, address: str, at: datetime
) -> Account:
    """Change the password and return the account; every other session of the account ends.

    Raises WrongPassword: the old password is wrong.
    Raises WeakPassword: the new one is too easy to guess.
    Raises DoorShut: too many wrong tries.
    """
    try:
        check_password(username=account.username, password=old, address=address, at=at)
    except WrongPassword as refusal:
        raise WrongPassword(_("Mật khẩu hiện tại chưa đúng."), field="old") from refusal
    return set_password(account=account, password=new, at=at)


@transaction.atomic
def set_password(*, account: Account, password: str, at: datetime) -> Account:
    """Give the account a password.

    Raises WeakPassword: it is too easy to guess.
    """
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages), field="new") from weak
    account.set_password(password)
    account.save(update_fields=["password"])
    _tell(events.PasswordChanged(account_id=account.pk), account=account, at=at)
    return account


def _refuse_when_shut(account: Account | None, attempt: _Try) -> None:
    since = attempt.at - rules.WINDOW
    doors = [(door.door_from(attempt.address), "", rules.TRIES_OF_ONE_ADDRESS)]
    if account is not None:
        own = door.door_of(account)
        doors.append((own, attempt.address, rules.TRIES_FROM_ONE_ADDRESS))
        doors.append((own, "", rules.TRIES_AT_ONE_ACCOUNT))
    for stream, address, allowed in doors:
        failures = door.failures(stream, since=since, address=address)
        until = rules.shut_until(failures=failures, allowed=allowed, at=attempt.at)
        if until is not None:
            hour = timezone.localtime(until).strftime("%H:%M")
            words = _("Đã nhập sai quá nhiều lần. Xin thử lại sau %(hour)s.") % {"hour": hour}
            raise DoorShut(words)


def _is_right(account: Account | None, password: str) -> bool:
    if account is None:
        Account().set_password(password)  # costs what a check costs, so that names stay secret
        return False
    return account.check_password(password) and account.is_active


def _note_failure(account: Account | None, attempt: _Try, *, reason: str) -> None:
    """Record the failure at both doors; a name that is nobody's may be a secret: not kept."""
    fact = events.SignInFailed(
        username=account.username if account else "", address=attempt.address, reason=reason
    )
    streams = [door.door_from(attempt.address)] + ([door.door_of(account)] if account else [])
    for stream in streams:
        ledger.record_alone(fact, stream=stream, at=attempt.at, actor="public")


def _step_of(secret: str, code: str, *, after: int, at: datetime) -> int | None:
    """Return the half-minute whose code this is (the one before and after count too)."""
    digits = "".join(code.split())
    if not digits.isdigit():
        return None
    step = rules.totp_step(at=at)
    for candidate in (step, step - 1, step + 1):
        shown = pyotp.TOTP(secret).generate_otp(candidate)
        if candidate > after and pyotp.utils.strings_equal(shown, digits):
            return candidate
    return None


def _tell(fact: Fact, *, account: Account, at: datetime) -> None:
    ledger.record_alone(
        fact,
        stream=door.door_of(account),
        at=at,
        actor=f"account:{account.pk}",
        actor_name=account.name,
    )
