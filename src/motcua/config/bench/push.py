"""What open boards cost: memory of the push with so many streams, and how soon all of them hear.

python -m motcua.config.bench.push [streams]
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from motcua.config import embedded, push, serving

STREAMS, NOTICES = 300, 20
_STARTS_SECONDS, _HEARS_SECONDS = 60.0, 20.0
_HOST = "127.0.0.1"


def measure(*, streams: int = STREAMS) -> dict[str, float]:
    """Start a push of its own, open so many streams, and tell them of facts."""
    dsn = embedded.ensure_database()
    port = serving.free_port(_HOST)
    env = os.environ | {"MOTCUA_PROXIES": "1", "DATABASE_URL": dsn}
    process = subprocess.Popen(serving.push_command(_HOST, port), env=env)
    try:
        return asyncio.run(_measured(port, process.pid, streams, dsn))
    finally:
        process.terminate()
        process.wait()


async def _measured(port: int, pid: int, streams: int, dsn: str) -> dict[str, float]:
    await _wait(port)
    empty = _megabytes(pid)
    open_ones = [await _opened(port, number) for number in range(streams)]
    told = []
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as database:
        for upto in range(1, NOTICES + 1):
            notice = json.dumps({"upto": upto, "agencies": [1]})
            started = time.perf_counter()
            await database.execute("SELECT pg_notify(%s, %s)", [push.CHANNEL, notice])
            await asyncio.gather(*(_heard(reader, upto) for reader, _writer in open_ones))
            told.append(time.perf_counter() - started)
            await asyncio.sleep(2 * push.PAUSE_SECONDS)
    full = _megabytes(pid)
    for _reader, writer in open_ones:
        writer.close()
    told.sort()
    return {
        "streams": streams,
        "empty_mb": round(empty, 1),
        "open_mb": round(full, 1),
        "all_told_median_ms": round(1000 * told[len(told) // 2], 1),
        "all_told_most_ms": round(1000 * told[-1], 1),
    }


async def _wait(port: int) -> None:
    end = time.monotonic() + _STARTS_SECONDS
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection(_HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await reader.readline()
        writer.close()
        if b" 200 " in answer:
            return
        await asyncio.sleep(0.1)
    raise RuntimeError("the push does not answer")


async def _opened(port: int, number: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(_HOST, port)
    address = f"203.0.{number // 250}.{number % 250 + 1}"
    head = f"GET {push.PATH} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\n\r\n"
    writer.write(head.encode())
    await asyncio.wait_for(reader.readuntil(b"event: state\n"), _HEARS_SECONDS)
    return reader, writer


async def _heard(reader: asyncio.StreamReader, upto: int) -> None:
    await asyncio.wait_for(reader.readuntil(b'"upto":%d,' % upto), _HEARS_SECONDS)


def _megabytes(pid: int) -> float:
    """Return what a process and its children use of their own (proportional set size)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = next(
        int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")
    )
    return kilobytes / 1024 + sum(_megabytes(int(child)) for child in children)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(streams=int(next(iter(sys.argv[1:]), STREAMS)))) + "\n")
