"""The client of the remote signing port."""

import base64
import binascii
import http.client
import json
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.kernel.refused import Refused
from motcua.signing.ports import Key, Place
from motcua.signing.refusals import TokenLocked, TokenMissing, WrongPin

_SECONDS = 20
_MOST_ANSWER_BYTES = 64 * 1024
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class RemoteKey:
    """A session at the service: one PIN, many hashes, one connection."""

    def __init__(self, line: http.client.HTTPConnection, base: str, session: str) -> None:
        self._line = line
        self._base = base
        self._session = session

    def sign(self, digest: bytes) -> bytes:
        """Return the signature over a SHA-256 digest.

        Raises TokenMissing: the service does not answer, or answers nonsense.
        """
        hashed = base64.b64encode(digest).decode()
        answer = _asked(
            self._line,
            f"{self._base}/sign",
            {"session": self._session, "algorithm": "sha256", "hash": hashed},
        )
        try:
            return base64.b64decode(str(answer["signature"]), validate=True)
        except (KeyError, binascii.Error):
            raise _absent() from None

    def close(self) -> None:
        """End the session at the service; one that is gone has ended."""
        try:
            _asked(self._line, f"{self._base}/session/close", {"session": self._session})
        except Refused:
            pass
        finally:
            self._line.close()


def open_remote(place: Place, pin: str) -> Key:
    """Open a session for the key that the place names.

    Raises WrongPin, TokenLocked: the service said so. Raises TokenMissing: it is not there.
    """
    address = urlsplit(settings.MOTCUA_REMOTE_SIGNING)
    line: http.client.HTTPConnection
    if address.scheme == "https" and address.hostname:
        line = http.client.HTTPSConnection(address.hostname, address.port, timeout=_SECONDS)
    elif address.scheme == "http" and address.hostname in _LOOPBACK:
        line = http.client.HTTPConnection(address.hostname, address.port, timeout=_SECONDS)
    else:
        raise TokenMissing(_("Máy chủ chưa được nối với dịch vụ ký số từ xa qua HTTPS."))
    base, key = address.path.rstrip("/"), quote(place.values["key"], safe="")
    try:
        answer = _asked(line, f"{base}/keys/{key}/session", {"pin": pin})
        return RemoteKey(line, base, str(answer["session"]))
    except (Refused, KeyError) as error:
        line.close()
        if isinstance(error, KeyError):
            raise _absent() from None
        raise


def _asked(line: http.client.HTTPConnection, path: str, body: dict[str, str]) -> dict[str, object]:
    try:
        line.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = line.getresponse()
        content = answer.read(_MOST_ANSWER_BYTES)
    except (OSError, http.client.HTTPException):
        raise _absent() from None
    if answer.status == http.HTTPStatus.UNAUTHORIZED:
        raise WrongPin(_("Mã PIN không đúng. Hãy nhập lại."))
    if answer.status == http.HTTPStatus.LOCKED:
        raise TokenLocked(_("Khóa ký số từ xa đã bị khóa. Hãy liên hệ nhà cung cấp."))
    if answer.status == http.HTTPStatus.NO_CONTENT:
        return {}
    try:
        found = json.loads(content) if answer.status == http.HTTPStatus.OK else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _absent()
    return found


def _absent() -> TokenMissing:
    return TokenMissing(
        _("Dịch vụ ký số từ xa chưa trả lời. Chưa ký; việc vẫn đang chờ, hãy thử lại sau.")
    )
