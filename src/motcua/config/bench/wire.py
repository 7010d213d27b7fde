"""The client's side of HTTP: one kept connection, forms and multipart bodies, cookies."""

import http.client
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode


class Unexpected(Exception):
    """The server answered otherwise than the story needs."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:  # noqa: ANN401  JSON is what it is
        """The body as JSON."""
        return json.loads(self.body)

    def must(self, *statuses: int) -> "Reply":
        """Return itself when the status is one of these.

        Raises Unexpected: it is another.
        """
        if self.status not in statuses:
            raise Unexpected(f"{self.status}: {self.body[:600].decode(errors='replace')}")
        return self


@dataclass
class Wire:
    """One client: its connection and its cookies."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request on the kept connection."""
        said = dict(headers or {})
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            answer = self._ask(method, path, body, said)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection = None  # it was idle too long; a browser connects anew as well
            answer = self._ask(method, path, body, said)
        reply = Reply(answer.status, dict(answer.getheaders()), answer.read())
        for value in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(value.strip()).items():
                self.cookies[name] = morsel.value
        return reply

    def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        self._connection.request(method, path, body=body or None, headers=headers)
        return self._connection.getresponse()

    def post_json(self, path: str, document: object, headers: Mapping[str, str]) -> Reply:
        """Post a JSON document."""
        said = {**headers, "Content-Type": "application/json"}
        return self.send("POST", path, body=json.dumps(document).encode(), headers=said)

    def post_form(self, path: str, fields: Mapping[str, object]) -> Reply:
        """Post a form as a browser does, with the token of the cookie."""
        typed = {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        body = urlencode(typed, doseq=True).encode()
        said = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, body=body, headers=said)

    def post_parts(
        self,
        path: str,
        fields: Mapping[str, str],
        files: Mapping[str, tuple[str, bytes]],
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Post a multipart body: fields, and files as (name, bytes)."""
        boundary = secrets.token_hex(12)
        body = b"".join(_field(boundary, name, value) for name, value in fields.items())
        body += b"".join(_file(boundary, name, *file) for name, file in files.items())
        said = {**(headers or {}), "Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.send("POST", path, body=body + f"--{boundary}--\r\n".encode(), headers=said)


def _field(boundary: str, name: str, value: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + value.encode() + b"\r\n"


def _file(boundary: str, name: str, filename: str, content: bytes) -> bytes:
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return head.encode() + content + b"\r\n"


def paper(size_bytes: int = 20_000) -> bytes:
    """Return a PDF of that size: one empty page and a long stream."""
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    )
    tail = b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
    filler = secrets.token_hex(size_bytes).encode()[: size_bytes - len(head) - len(tail) - 60]
    stream = f"4 0 obj<</Length {len(filler)}>>stream\n".encode() + filler
    return head + stream + tail
