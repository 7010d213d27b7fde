"""The one way in for people: a user name and a password (the second step comes after it)."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.http import HttpRequest

if TYPE_CHECKING:
    from motcua.directory.models import Account


class PasswordBackend:
    """Checks a password at the same cost whether or not the account exists.

    Not a BaseBackend: that one brings tables of permissions, and ours are the posts.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: object
    ) -> "Account | None":
        """Return the active account with that name and password."""
        account = get_user_model().objects.filter(username=username.lower()).first()
        if account is None:
            get_user_model()().set_password(password)  # costs what a check costs
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> "Account | None":
        """Return the active account of that id."""
        return get_user_model().objects.filter(pk=user_id, is_active=True).first()
