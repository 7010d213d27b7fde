"""A client of a timestamp authority.

pyHanko's own opens a line, and reads the system's certificates, for every signature; this one keeps
its line until it is told to rest.
"""

import http.client
import ssl
from functools import cache
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

_SECONDS = 10
_MOST_ANSWER_BYTES = 256 * 1024
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class Stamper(TimeStamper):
    """One authority at an address, used by one thread."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._address = urlsplit(url)
        self._line: http.client.HTTPConnection | None = None

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the authority's answer; a line that was closed meanwhile is opened once more.

        Raises TimestampRequestError: no answer in time, or one that is no timestamp.
        """
        was_open = self._line is not None
        try:
            return self._asked(req.dump())
        except (OSError, http.client.HTTPException) as error:
            self.rest()
            if not was_open:
                raise TimestampRequestError("no answer") from error
        try:
            return self._asked(req.dump())
        except (OSError, http.client.HTTPException) as error:
            self.rest()
            raise TimestampRequestError("no answer") from error

    def rest(self) -> None:
        """Close the line; the next timestamp opens it again."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _asked(self, query: bytes) -> tsp.TimeStampResp:
        if self._line is None:
            self._line = self._opened()
        path = self._address.path or "/"
        path += f"?{self._address.query}" if self._address.query else ""
        self._line.request("POST", path, query, {"Content-Type": _QUERY})
        answer = self._line.getresponse()
        content = answer.read(_MOST_ANSWER_BYTES)
        if answer.status != http.HTTPStatus.OK or answer.getheader("Content-Type") != _REPLY:
            self.rest()
            raise TimestampRequestError(f"HTTP {answer.status}")
        try:
            return tsp.TimeStampResp.load(content)
        except ValueError as error:
            raise TimestampRequestError("no timestamp") from error

    def _opened(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._address.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=_tls())
        return http.client.HTTPConnection(host, port, timeout=_SECONDS)


@cache
def _tls() -> ssl.SSLContext:
    """Return the system's trust, read once."""
    return ssl.create_default_context()
