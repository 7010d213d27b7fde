"""Servers of language models on loopback: a real one with a model of our own, and ill-behaved ones."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.factories import tiny_model


@contextmanager
def llama(
    folder: Path, sentences: list[str], *, phrase: int = 3, embeddings: bool = False
) -> Iterator[str]:
    """Run llama.cpp's own server with a model taught these sentences; give its address."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp is a development dependency")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(tiny_model.write(folder / "tiny.gguf", sentences, phrase=phrase))
    parameters.n_ctx, parameters.n_parallel, parameters.verbosity = 8192, 1, -1
    parameters.cpuparams.n_threads = 1
    if embeddings:
        parameters.embedding = True
        parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server


@dataclass
class Behaviour:
    """How an ill-behaved server answers, and what it was sent."""

    answer: Callable[[BaseHTTPRequestHandler], None]
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def sent(self) -> str:
        """Everything that was said to it."""
        return json.dumps(self.bodies, ensure_ascii=False)


@contextmanager
def behaving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, Behaviour]]:
    """Run a server that answers every request so; give its address and what it hears."""
    behaviour = Behaviour(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            behaviour.bodies.append(json.loads(self.rfile.read(length)))
            behaviour.headers.append(dict(self.headers))
            try:
                behaviour.answer(self)
            except OSError:  # the client had enough
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", behaviour
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def begin(handler: BaseHTTPRequestHandler, *, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def event(text: str) -> bytes:
    chunk = {"choices": [{"index": 0, "delta": {"content": text}}]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def saying(text: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer properly, with these words."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        begin(handler, Content_Type="text/event-stream")
        handler.wfile.write(event(text) + b"data: [DONE]\n\n")

    return answer


def raw(content: bytes, *, status: int = 200, **headers: str) -> Any:
    """Answer with these bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        begin(handler, status=status, **headers)
        handler.wfile.write(content)

    return answer


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Break off in the middle of the stream."""
    begin(handler, Content_Type="text/event-stream", Content_Length="5000")
    handler.wfile.write(event("[1] Hồ sơ"))


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(1.2)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Send something all the time, and never end within its time."""
    begin(handler, Content_Type="text/event-stream")
    for _ in range(60):
        handler.wfile.write(event("à "))
        handler.wfile.flush()
        time.sleep(0.03)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send more than anybody can hold."""
    begin(handler, Content_Type="text/event-stream")
    for _ in range(200):
        handler.wfile.write(b"data: " + b"x" * 65536)
