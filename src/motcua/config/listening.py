"""Joining at start: every module's listeners and jobs are imported once, so that they register."""

from django.utils.module_loading import autodiscover_modules
from procrastinate import App


def register(app: App) -> None:
    """Import `listeners` of every module; procrastinate has just imported the `jobs`."""
    autodiscover_modules("listeners")
