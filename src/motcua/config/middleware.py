"""What every answer carries, whichever surface made it."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from motcua.config import errors
from motcua.documents.services import HeldBack, Lost
from motcua.web.boards import live

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class ContentSecurityPolicyMiddleware:
    """Allow our own origin only: nothing inline, nothing from elsewhere, never framed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy_for(request))
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self)")
        return response


def _policy_for(request: HttpRequest) -> str:
    """Return the policy; a board may also hear the push, which answers on a port of its own."""
    if not settings.MOTCUA_PUSH or not request.path_info.startswith("/boards/"):
        return _POLICY
    try:
        push = live.origin(request)
    except DisallowedHost:  # answered 400: there is no page that would hear
        return _POLICY
    return _POLICY.replace("connect-src 'self'", f"connect-src 'self' {push}".rstrip())


class ReadableAddressMiddleware:
    """Let no NUL of an address reach a query: PostgreSQL keeps none, so nothing is named by one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path_info = request.path_info.replace("\x00", _UNREADABLE)
        asked = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = asked.replace("%00", quote(_UNREADABLE))
        return self.get_response(request)


class WithheldFileMiddleware:
    """Tell in words that a file is held back or lost, whichever page was to hand it out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what `open_file` refuses; a form that catches it itself tells it at its field."""
        if isinstance(exception, (HeldBack, Lost)):
            return errors.not_handed_out(request, exception)
        return None


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Speak Vietnamese unless the person chose English here.

    What a browser asks for is not what its owner reads: many in Viet Nam are set to English.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        known = dict(settings.LANGUAGES)
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
