"""How sessions find their account; `directory.services.signing_in` decides who comes in."""

from typing import TYPE_CHECKING

from motcua.directory.queries import signing_in

if TYPE_CHECKING:
    from motcua.directory.models import Account


class PasswordBackend:
    """Finds the account of a session. Not a BaseBackend: that one brings tables of permissions.

    It lets nobody in by itself: no `authenticate`, so there is one door only.
    """

    def get_user(self, user_id: int) -> "Account | None":
        """Return the active account of that id."""
        return signing_in.active_account(account_id=user_id)
