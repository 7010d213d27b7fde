"""Eight clients at once against a running house, and what a settled dossier costs it."""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from motcua.config.bench import meter

_SETTLE_SECONDS = 3.0


class Story(Protocol):
    """A client that settles one dossier after another."""

    def settle(self) -> str:
        """Settle one dossier and return its code."""


@dataclass(frozen=True)
class Cost:
    """What it cost to settle dossiers."""

    dossiers: int
    seconds: float
    cpu_ms: dict[str, float]
    latencies_ms: list[float]

    def as_dict(self) -> dict[str, object]:
        """Return the figures for the report: CPU per settled dossier, by part and in all."""
        each = {part: round(ms / self.dossiers, 2) for part, ms in self.cpu_ms.items()}
        ordered = sorted(self.latencies_ms)
        return {
            "dossiers": self.dossiers,
            "dossiers_per_second": round(self.dossiers / self.seconds, 1),
            "cpu_ms_per_dossier": round(sum(self.cpu_ms.values()) / self.dossiers, 2),
            "cpu_ms_by_part": each,
            "story_ms_median": round(median(ordered), 1),
            "story_ms_p95": round(ordered[int(len(ordered) * 0.95)], 1),
        }


def run(stories: Sequence[Story], *, dossiers: int, parts: dict[str, list[int]]) -> Cost:
    """Settle so many dossiers with all clients at once.

    parts: the processes of each part of the house. The time ends with the last answer; the CPU is
    read a little later, so that what the worker does afterwards counts too.
    """
    _together(stories, max(len(stories), dossiers // 10))  # warm: code, plans, connections
    before = {part: meter.cpu_seconds(pids) for part, pids in parts.items()}
    started = time.perf_counter()
    latencies = _together(stories, dossiers)
    seconds = time.perf_counter() - started
    time.sleep(_SETTLE_SECONDS)
    cpu = {part: (meter.cpu_seconds(pids) - before[part]) * 1000 for part, pids in parts.items()}
    return Cost(len(latencies), seconds, cpu, latencies)


def _together(stories: Sequence[Story], dossiers: int) -> list[float]:
    left = iter(range(dossiers))
    lock, latencies, faults = threading.Lock(), list[float](), list[Exception]()

    def work(story: Story) -> None:
        try:
            while not faults and _next(lock, left):
                began = time.perf_counter()
                story.settle()
                latencies.append((time.perf_counter() - began) * 1000)
        except Exception as fault:  # noqa: BLE001  told once, by the thread that waits
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(story,)) for story in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return latencies


def _next(lock: threading.Lock, left: Iterator[int]) -> bool:
    with lock:
        return next(left, None) is not None


def randoms(count: int) -> list[random.Random]:
    """Return a source of chance for each client; nobody's secret depends on it."""
    return [random.Random(f"{time.time_ns()}:{number}") for number in range(count)]  # noqa: S311
