"""Server push: tells open boards that their figures have moved, and carries none of them.

One small process beside the web servers. It hears `NOTIFY motcua_figures` of the follower and hands
each notice on to the streams that it concerns; the page then fetches its figures itself, with the
reader's own rights. So a stream needs no session, and whoever listens learns only that something has
moved. Agencies go by names that nobody can guess (`reporting.queries.channels`): which one has moved
is heard by boards that were told its name, and those are officers'.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

CHANNEL, PATH = "motcua_figures", "/boards/live"
MOST_STREAMS, MOST_PER_ADDRESS = 2000, 60
LIFETIME_SECONDS, BEAT_SECONDS, PAUSE_SECONDS, RETRY_MS = 900.0, 20.0, 0.4, 2000
_BROKEN_SECONDS, _MOST_SCOPES, _LONGEST_SCOPE = 2.0, 100, 16
_PROXIES = int(os.environ.get("MOTCUA_PROXIES", "0"))
_ORIGINS = frozenset(
    word.strip() for word in os.environ.get("MOTCUA_ORIGINS", "").split(",") if word.strip()
)
_Scope = dict[str, Any]
_Receive = Callable[[], Awaitable[dict[str, Any]]]
_Send = Callable[[dict[str, Any]], Awaitable[None]]
log = logging.getLogger("motcua.push")


@dataclass(eq=False)
class Stream:
    """One open board: which agencies it shows (none: all), and what it has not been told yet."""

    scope: frozenset[str]
    waiting: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def tell(self, event: str, notice: dict[str, Any]) -> None:
        """Put an event into the line; a later notice of the same kind takes the earlier's place."""
        self.waiting = [one for one in self.waiting if one[0] != event] + [(event, notice)]
        self.woken.set()

    def end(self) -> None:
        """Let the stream end after what waits has been told."""
        self.is_over = True
        self.woken.set()

    async def events(self) -> AsyncIterator[bytes]:
        """Yield the events as they come, a sign of life when none comes, until its time is up."""
        clock = asyncio.get_running_loop().time
        end = clock() + LIFETIME_SECONDS
        while not self.is_over and clock() < end:
            try:
                await asyncio.wait_for(self.woken.wait(), BEAT_SECONDS)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            self.woken.clear()
            waiting, self.waiting = self.waiting, []
            if waiting:
                yield b"".join(_event(name, notice) for name, notice in waiting)
            await asyncio.sleep(PAUSE_SECONDS)  # many acts at once are one event


@dataclass
class Hub:
    """All open streams, and the last notice that was heard."""

    streams: set[Stream] = field(default_factory=set)
    addresses: Counter[str] = field(default_factory=Counter)
    last: dict[str, Any] = field(default_factory=dict)
    is_hearing: bool = False

    def heard(self, payload: str) -> None:
        """Hand a notice on to every stream that shows one of its agencies."""
        try:
            notice = json.loads(payload)
            moved = frozenset(str(one) for one in notice.get("agencies", ()))
        except (ValueError, TypeError, AttributeError):
            log.warning("not a notice: %.80s", payload)
            return
        self.last = {"upto": notice.get("upto"), "at": notice.get("at")}
        for stream in self.streams:
            if not stream.scope or not moved or stream.scope & moved:
                stream.tell("moved", self.last)

    def turn(self, *, hearing: bool) -> None:
        """Tell every stream that notices come again, or no longer: then pages look by themselves."""
        self.is_hearing = hearing
        for stream in self.streams:
            stream.tell("state", {"hearing": hearing})

    async def listen(self, dsn: str) -> None:
        """Hear the database for ever; a lost connection is made anew."""
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True)
                async with connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self.turn(hearing=True)
                    async for one in connection.notifies():
                        self.heard(one.payload)
            except (psycopg.Error, OSError) as fault:
                log.warning("the database does not answer: %s", fault)
            self.turn(hearing=False)
            await asyncio.sleep(_BROKEN_SECONDS)

    @contextlib.contextmanager
    def open(self, scope: frozenset[str], address: str) -> Iterator[Stream]:
        """Keep a stream among the open ones while it lasts."""
        stream = Stream(scope)
        self.streams.add(stream)
        self.addresses[address] += 1
        stream.tell("state", {"hearing": self.is_hearing} | self.last)
        try:
            yield stream
        finally:
            self.streams.discard(stream)
            self.addresses -= Counter({address: 1})

    def has_room(self, address: str) -> bool:
        """Tell whether one more stream may be opened (from that address)."""
        few = self.addresses[address] < MOST_PER_ADDRESS
        return few and len(self.streams) < MOST_STREAMS


hub = Hub()


async def application(scope: _Scope, receive: _Receive, send: _Send) -> None:
    """Answer `/boards/live?scope=NAME,NAME` with a stream of events, `/healthz` with how it is."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _live(receive: _Receive, send: _Send) -> None:
    """Listen from the start to the end of this process."""
    listening: asyncio.Task[None] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            listening = asyncio.create_task(hub.listen(os.environ["DATABASE_URL"]))
            await send({"type": "lifespan.startup.complete"})
        else:
            if listening is not None:
                listening.cancel()
            for stream in hub.streams:
                stream.end()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _answer(scope: _Scope, receive: _Receive, send: _Send) -> None:
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    address = _address(scope, headers)
    origin = headers.get("origin", "")
    if scope["path"] == "/healthz":
        await _plain(send, 200 if hub.is_hearing else 503, "ok" if hub.is_hearing else "deaf")
    elif scope["path"] != PATH:
        await _plain(send, 404, "not here")
    elif scope["method"] != "GET":
        await _plain(send, 405, "GET only")
    elif origin and not _is_ours(origin, headers.get("host", "")):
        await _plain(send, 403, "not from there")
    elif not hub.has_room(address):
        await _plain(send, 503, "full", (b"retry-after", b"60"))
    else:
        with hub.open(_wanted(scope), address) as stream:
            await _stream(stream, origin, receive, send)


async def _stream(stream: Stream, origin: str, receive: _Receive, send: _Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # a proxy in front hands each event on at once
        (b"vary", b"origin"),
    ]
    if origin:
        headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_until_gone(stream, receive))
    try:
        await _body(send, b"retry: %d\n\n" % RETRY_MS, more=True)
        async for part in stream.events():
            await _body(send, part, more=True)
        await _body(send, b"", more=False)
    finally:
        gone.cancel()


async def _until_gone(stream: Stream, receive: _Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _plain(send: _Send, status: int, words: str, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await _body(send, words.encode(), more=False)


async def _body(send: _Send, part: bytes, *, more: bool) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": more})


def _event(name: str, notice: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(notice, separators=(',', ':'))}\n\n".encode()


def _wanted(scope: _Scope) -> frozenset[str]:
    """Return the agencies asked for; what cannot be read asks for all of them."""
    said = parse_qs(scope["query_string"].decode("latin-1")).get("scope", [""])[0].split(",")
    named = [word for word in said if word.isalnum() and len(word) <= _LONGEST_SCOPE]
    return frozenset(named[:_MOST_SCOPES])


def _address(scope: _Scope, headers: dict[str, str]) -> str:
    """Return the address that asks: what our own proxies saw, never what the client claims."""
    seen = [part.strip() for part in headers.get("x-forwarded-for", "").split(",")]
    if _PROXIES and len(seen) >= _PROXIES:
        return seen[-_PROXIES][:45]
    client = scope.get("client")
    return str(client[0]) if client else ""


def _is_ours(origin: str, host: str) -> bool:
    """Tell whether a page of this very host (on whichever port), or of a trusted origin, asks."""
    return origin in _ORIGINS or urlsplit(origin).hostname == urlsplit(f"//{host}").hostname
