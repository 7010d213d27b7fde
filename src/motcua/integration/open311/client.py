"""A client of a GeoReport v2 server: JSON, one request at a time, bounded in time and size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import httpx2

_SECONDS = 10.0
_MOST_BYTES = 2 * 1024 * 1024
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_MOST_NOTES = 2000


class ServerFailed(Exception):
    """The other server did not answer as GeoReport asks; nothing is known to have been taken."""


@dataclass(frozen=True)
class Standing:
    """How a request stands there: "open" or "closed", with their words."""

    status: str
    notes: str = ""


@dataclass(frozen=True)
class OtherServer:
    """A server at its address (ending in /v2), with our key there and their code by our field."""

    url: str
    key: str = ""
    jurisdiction: str = ""
    services: Mapping[str, str] | None = None
    seconds: float = _SECONDS

    def service_codes(self) -> list[str]:
        """Return the codes of the services that the server offers."""
        return [str(row.get("service_code", "")) for row in self._rows("GET", "services.json")]

    def send(self, told: Mapping[str, str]) -> str:
        """Hand a request over and return its id there.

        Raises ServerFailed: no answer, a refusal, or an answer without an id or token.
        """
        body = {**told, **({"api_key": self.key} if self.key else {})}
        rows = self._rows("POST", "requests.json", body)
        first = rows[0] if rows else {}
        if first.get("service_request_id"):
            return str(first["service_request_id"])
        if first.get("token"):
            found = self._rows("GET", f"tokens/{quote(str(first['token']), safe='')}.json")
            if found and found[0].get("service_request_id"):
                return str(found[0]["service_request_id"])
        raise ServerFailed("no service_request_id in the answer")

    def standing(self, request_id: str) -> Standing:
        """Return how a request stands. Raises ServerFailed."""
        rows = self._rows("GET", f"requests/{quote(request_id, safe='')}.json")
        if not rows or rows[0].get("status") not in {"open", "closed"}:
            raise ServerFailed("no status in the answer")
        notes = str(rows[0].get("status_notes") or "")[:_MOST_NOTES]
        return Standing(str(rows[0]["status"]), notes)

    def _rows(
        self, method: str, path: str, body: Mapping[str, str] | None = None
    ) -> list[dict[str, object]]:
        address = urlsplit(self.url)
        if address.scheme != "https" and address.hostname not in _LOOPBACK:
            raise ServerFailed("only https, or http on loopback")
        asked = {"jurisdiction_id": self.jurisdiction} if self.jurisdiction else {}
        if method == "GET" and self.key:
            asked["api_key"] = self.key
        content = self._content(method, f"{self.url.rstrip('/')}/{path}", asked, body)
        try:
            found = json.loads(content)
        except ValueError as error:
            raise ServerFailed("the answer is no JSON") from error
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise ServerFailed("the answer is no list")
        return found

    def _content(
        self, method: str, url: str, asked: Mapping[str, str], body: Mapping[str, str] | None
    ) -> bytes:
        kept = bytearray()
        try:
            with (
                httpx2.Client(
                    timeout=self.seconds, follow_redirects=False, trust_env=False
                ) as client,
                client.stream(method, url, params=dict(asked), data=body) as answer,
            ):
                for part in answer.iter_bytes():
                    kept += part
                    if len(kept) > _MOST_BYTES:
                        raise ServerFailed("the answer is too long")
                if answer.status_code not in {200, 201}:
                    raise ServerFailed(f"{answer.status_code}: {bytes(kept[:200])!r}")
        except httpx2.HTTPError as error:
            raise ServerFailed(type(error).__name__) from error
        return bytes(kept)
