"""The demo world: about two thousand dossiers, made by the real services through simulated weeks.

Imports wait until they are needed: half of the world lives in a process of its own, which reads
this module before Django is set up.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress


def is_loaded() -> bool:
    """Tell whether the demo world was loaded to its end."""
    from motcua.config.demo import loading

    return loading.is_loaded()


def load(*, progress: "Progress") -> None:
    """Load the demo world by the real services: nothing is written past them."""
    from motcua.config.demo import loading

    loading.load(progress=progress)


def logins() -> list[tuple[str, str, str]]:
    """Return (role in words, user name, password), one per role, of the accounts that exist."""
    from motcua.config.demo import accounts

    return accounts.known()
