"""Our own commands as they are measured: each in a process of its own, its document read."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from motcua.config.paths import HOME
from motcua.kernel.refused import Refused

_NO_FIGURES = frozenset({"machine", "thresholds"})


class MeasuringFailed(Refused):
    """The measured house did not do what was asked of it."""


def document(words: Sequence[str], environment: Mapping[str, str]) -> dict[str, Any]:
    """Run a command of ours and return its document.

    Raises MeasuringFailed: it ended with a fault, in its own words.
    """
    command = [sys.executable, "-m", "motcua", *words, "--json"]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=False, cwd=HOME
    )
    found: dict[str, Any] = json.loads(done.stdout or "{}")
    if done.returncode or "error" in found:
        raise MeasuringFailed(str(found.get("error", {}).get("message", "không đo được")))
    return found


def figures_in(found: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yield the numbers of a document by their path in it; the machine is told elsewhere."""
    parts: Iterable[tuple[str, object]] = ()
    if isinstance(found, dict):
        parts = ((str(key), part) for key, part in found.items() if key not in _NO_FIGURES)
    elif isinstance(found, list):
        parts = ((str(part.get("key", place)), part) for place, part in enumerate(found))
    elif isinstance(found, int | float) and not isinstance(found, bool):
        yield name, found
    for key, part in parts:
        yield from figures_in(part, f"{name}.{key}" if name else key)
