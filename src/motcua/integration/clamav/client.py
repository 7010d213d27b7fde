"""A client of clamd: INSTREAM sends the bytes themselves, so the daemon needs no right to read files.

Protocol: https://docs.clamav.net/manual/Usage/Scanning.html#clamd (commands begin with "z" and end
with a zero byte; a stream is pieces, each after its length, and a piece of length 0 ends it).
"""

import socket
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

from motcua.documents.ports import ScannerUnreachable, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONNECT_SECONDS, _VERDICT_SECONDS = 3.0, 60.0
_PIECE_BYTES = 64 * 1024
_MOST_ANSWER_BYTES = 4096


class Clamd:
    """One daemon at an address: unix:/run/clamav/clamd.ctl or tcp://host:3310."""

    def __init__(self, address: str) -> None:
        self._address = address

    def threat_in(self, stream: Stream) -> str:
        """Return the name of what was found, "" when the bytes are clean.

        Raises ScannerUnreachable: no connection, no answer in time, or an answer that is no verdict.
        """
        with self._connected() as line:
            line.sendall(b"zINSTREAM\0")
            try:
                while piece := stream.read(_PIECE_BYTES):
                    line.sendall(struct.pack(">L", len(piece)) + piece)
                line.sendall(struct.pack(">L", 0))
            except BrokenPipeError:
                pass  # it had enough (its StreamMaxLength), and says so
            return _verdict(_answer(line))

    def version(self) -> str:
        """Return the daemon's version with the age of its signatures.

        Raises ScannerUnreachable: it does not answer.
        """
        with self._connected() as line:
            line.sendall(b"zVERSION\0")
            return _answer(line)

    @contextmanager
    def _connected(self) -> "Iterator[socket.socket]":
        try:
            with self._socket() as line:
                line.settimeout(_VERDICT_SECONDS)
                yield line
        except (OSError, ValueError) as error:
            raise ScannerUnreachable(str(error)) from error

    def _socket(self) -> socket.socket:
        scheme, _colon, place = self._address.partition(":")
        if scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(_CONNECT_SECONDS)
            try:
                line.connect(place.removeprefix("//"))
            except OSError:
                line.close()
                raise
            return line
        host, _colon, port = place.removeprefix("//").rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT_SECONDS)


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MOST_ANSWER_BYTES:
        part = line.recv(_MOST_ANSWER_BYTES)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> str:
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")[:200]
    raise ScannerUnreachable(answer or "clamd closed the connection")
