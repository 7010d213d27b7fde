"""The machine on which a figure was measured: a figure without it means nothing."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from motcua.config.paths import HOME, VAR


def description() -> dict[str, object]:
    """Return what kind of machine this is and which code ran on it."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "cpu": _first("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(_memory_kib() / 1024 / 1024, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def words(machine: dict[str, object]) -> str:
    """Return the description as one line."""
    return (
        f"{machine['cpu']}, {machine['cores']} nhân, {machine['memory_gib']} GiB, "
        f"{machine['system']}, Python {machine['python']}, mã {machine['commit']}, "
        f"tải lúc bắt đầu {machine['load_before']}"
    )


def environment(name: str) -> dict[str, str]:
    """Return the environment of a measurement: a house of its own that stays between runs."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "MOTCUA_VAR": str(VAR / name),
        "MOTCUA_TOTP": "optional",
        "CATALOG": "starter",
        "DEMO": "0",
    }


def _first(file: str, key: str) -> str:
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "?")


def _memory_kib() -> int:
    return int(_first("/proc/meminfo", "MemTotal").split()[0] or 0)


def _commit() -> str:
    asked = ["git", "-C", str(HOME), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "?"
