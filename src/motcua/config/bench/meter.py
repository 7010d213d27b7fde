"""What processes cost: CPU seconds and memory, read from /proc with their children included."""

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Process:
    """One line of /proc: who, whose child, and what it has used so far."""

    pid: int
    parent: int
    cpu_seconds: float


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return the CPU seconds of those processes, their living and their ended children."""
    return sum(process.cpu_seconds for process in _family(roots))


def memory_mib(roots: Iterable[int]) -> float:
    """Return the memory of those processes and their children, shared pages counted once (PSS)."""
    return sum(_pss_kib(process.pid) for process in _family(roots)) / 1024


def _family(roots: Iterable[int]) -> list[Process]:
    every = _processes()
    children = defaultdict(list)
    for process in every.values():
        children[process.parent].append(process.pid)
    waiting, found = [pid for pid in roots if pid in every], []
    while waiting:
        pid = waiting.pop()
        found.append(every[pid])
        waiting += children[pid]
    return found


def _processes() -> dict[int, Process]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:
                continue  # it ended while we looked
            pid = int(folder.name)
            fields = text.rpartition(")")[2].split()
            used = sum(int(value) for value in fields[11:15])  # own and reaped children's
            found[pid] = Process(pid, int(fields[1]), used / _TICKS)
    return found


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return _rss_kib(pid)
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _rss_kib(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE // 1024
    except OSError:
        return 0
