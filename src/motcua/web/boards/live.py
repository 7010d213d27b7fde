"""Where open boards hear that their figures have moved; the stream itself is `config.push`."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

PATH = "/boards/live"


def address(request: HttpRequest) -> str:
    """Return the address of the push as this browser reaches it, "" when there is none."""
    told = str(settings.MOTCUA_PUSH)
    if not told.startswith(":"):
        return told
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    shown = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{shown}{told}{PATH}"


def origin(request: HttpRequest) -> str:
    """Return the origin that the page must be allowed to connect to, "" for our own."""
    parts = urlsplit(address(request))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
