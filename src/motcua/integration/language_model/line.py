"""The line to a server: one request, bounded in time and size, never led elsewhere."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx2

from motcua.assistant.ports import (
    BROKEN,
    GONE,
    LARGE,
    MOVED,
    REFUSED,
    RESTING,
    SLOW,
    ModelUnavailable,
)
from motcua.integration.language_model.breaker import Breaker

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_CONNECT_SECONDS = 2.0


class Line:
    """A server at an address, with what it may take and give."""

    def __init__(self, *, url: str, key: str, seconds: float, most_bytes: int) -> None:
        self._url = url.rstrip("/")
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._breaker = Breaker()
        self._is_fit = is_fit(url)
        self._client = httpx2.Client(
            headers={"Accept-Encoding": "identity"}
            | ({"Authorization": f"Bearer {key}"} if key else {}),
            timeout=httpx2.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds)),
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connections that are kept open between calls."""
        self._client.close()

    @contextmanager
    def lines_of(self, path: str, body: Mapping[str, object]) -> Iterator[Iterator[str]]:
        """Post the body and give the lines of the answer as they come.

        Raises ModelUnavailable: anything but a whole, timely answer of bounded size.
        """
        if not self._is_fit:
            raise ModelUnavailable(REFUSED, "only https, or http on loopback")
        if not self._breaker.lets_through():
            raise ModelUnavailable(RESTING)
        try:
            with self._asked(path, body) as answer:
                yield self._read(answer)
        except ModelUnavailable:
            self._breaker.failed()
            raise
        except httpx2.TimeoutException as error:
            self._breaker.failed()
            raise ModelUnavailable(SLOW, type(error).__name__) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            self._breaker.failed()
            reason = GONE if isinstance(error, httpx2.NetworkError) else BROKEN
            raise ModelUnavailable(reason, type(error).__name__) from error
        self._breaker.succeeded()

    @contextmanager
    def _asked(self, path: str, body: Mapping[str, object]) -> Iterator[httpx2.Response]:
        with self._client.stream("POST", self._url + path, json=body) as answer:
            if answer.is_redirect:
                raise ModelUnavailable(MOVED)
            if answer.status_code != HTTPStatus.OK:
                raise ModelUnavailable(REFUSED, str(answer.status_code))
            yield answer

    def _read(self, answer: httpx2.Response) -> Iterator[str]:
        """Lines of the body; the whole is held to its time even when it drips byte by byte."""
        end, size, rest = time.monotonic() + self._seconds, 0, b""
        for piece in answer.iter_raw():
            size += len(piece)
            if size > self._most_bytes:
                raise ModelUnavailable(LARGE)
            if time.monotonic() > end:
                raise ModelUnavailable(SLOW)
            *whole, rest = (rest + piece).split(b"\n")
            yield from (line.decode("utf-8", "replace").rstrip("\r") for line in whole)
        if rest:
            yield rest.decode("utf-8", "replace")


def is_fit(url: str) -> bool:
    """Tell whether an address may be spoken to: TLS, or this machine itself."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.username or parts.password or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
