"""Commands about accounts: open one, give it a post, a token, a new second step."""

import argparse
import getpass
import secrets
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.directory.models import Account


class NoSuchAccount(Refused):
    """Nobody has that user name."""


class NoSuchAgency(Refused):
    """No agency has that code."""


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="TÊN", help="tên đăng nhập")


def _create_arguments(parser: argparse.ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--name", required=True, metavar="HỌ TÊN", help="họ và tên")
    parser.add_argument("--agency", required=True, metavar="MÃ", help="mã cơ quan")
    parser.add_argument("--role", required=True, metavar="VAI", help="vai trò, như receptionist")
    parser.add_argument("--title", default="", metavar="CHỨC DANH", help="chức danh")


@command("account create", help="mở tài khoản cán bộ, kèm vị trí", arguments=_create_arguments)
def create(arguments: Arguments, progress: Progress) -> Answer:
    """Open an officer's account with one post."""
    from django.db import transaction
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.directory.models import Agency, Role
    from motcua.directory.queries import people as known
    from motcua.directory.services import people

    now = timezone.now()
    if arguments.role not in Role.values:
        raise Refused(f"không có vai “{arguments.role}”; chọn: {', '.join(Role.values)}")
    agency = Agency.objects.filter(code=arguments.agency).first()
    if agency is None:
        raise NoSuchAgency(f"không có cơ quan mã “{arguments.agency}”")
    if known.account_named(arguments.username) is not None:
        raise Refused(f"tên “{arguments.username}” đã có người dùng")
    password = _password()
    with transaction.atomic():
        account = people.open_staff_account(
            username=arguments.username, name=arguments.name, password=password, at=now
        )
        people.appoint(
            account=account,
            agency=agency,
            role=arguments.role,
            title=arguments.title,
            since=timezone.localdate(),
            by=SYSTEM,
            at=now,
        )
    document = {"username": account.username, "password": password, "agency": agency.code}
    lines = (f"Đã mở tài khoản {account.username} tại {agency.name}.", f"Mật khẩu: {password}")
    return Answer(document, lines)


@command("account password", help="đặt mật khẩu mới", arguments=_named)
def password(arguments: Arguments, progress: Progress) -> Answer:
    """Give an account a new password: typed, or made where nobody types."""
    from django.utils import timezone

    from motcua.directory.services import signing_in

    account = _account(arguments.username)
    new = _password()
    signing_in.set_password(account=account, password=new, at=timezone.now())
    document = {"username": account.username, "password": new}
    return Answer(document, (f"Mật khẩu mới của {account.username}: {new}",))


@command("account reset-totp", help="đặt lại xác thực hai bước", arguments=_named)
def reset_totp(arguments: Arguments, progress: Progress) -> Answer:
    """Take the second step away; its owner sets it up again at the next sign-in."""
    from django.utils import timezone

    from motcua.directory.services import signing_in

    account = _account(arguments.username)
    signing_in.reset_totp(account=account, at=timezone.now())
    words = f"{account.username} sẽ thiết lập lại xác thực hai bước ở lần đăng nhập tới."
    return Answer({"username": account.username}, (words,))


def _token_arguments(parser: argparse.ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--name", default="dòng lệnh", metavar="TÊN MÃ", help="dùng để làm gì")
    parser.add_argument("--days", type=int, default=30, metavar="SỐ", help="dùng được mấy ngày")


@command("account token", help="cấp mã truy cập API (hiện một lần)", arguments=_token_arguments)
def token(arguments: Arguments, progress: Progress) -> Answer:
    """Make a bearer token for the API."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.directory.services import people

    now = timezone.now()
    expires_at = now + timedelta(days=arguments.days)
    made = people.issue_token(
        account=_account(arguments.username),
        name=arguments.name,
        expires_at=expires_at,
        by=SYSTEM,
        at=now,
    )
    return Answer({"token": made, "expires_at": expires_at.isoformat()}, (made,))


def _account(username: str) -> "Account":
    from motcua.directory.queries import people

    account = people.account_named(username)
    if account is None:
        raise NoSuchAccount(f"không có tài khoản “{username}”")
    return account


def _password() -> str:
    """Ask a person at a terminal; elsewhere, or for an empty answer, make one."""
    if sys.stdin.isatty():
        typed = getpass.getpass("Mật khẩu mới (bỏ trống để tạo tự động): ")
        if typed:
            return typed
    return secrets.token_urlsafe(12)
