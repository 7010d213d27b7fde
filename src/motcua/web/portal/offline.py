"""The script of the offline page, to be put into a file that stands alone."""

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

_SCRIPT = Path(__file__).parent / "static" / "portal" / "js" / "check-qr.js"


@cache
def script() -> SafeString:
    """Return the script's own text, which we wrote."""
    return mark_safe(_SCRIPT.read_text("utf-8"))  # noqa: S308
