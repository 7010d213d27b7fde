"""How long the house takes to open, the first time and later, and how fast a life is simulated."""

import json
import shutil
import subprocess
import sys

from motcua.config.bench import machine
from motcua.config.bench.report import Figures
from motcua.config.cli.progress import Progress
from motcua.config.paths import VAR


def measure(*, progress: Progress) -> Figures:
    """Open a house that has nothing yet, demo world included, and open it again."""
    shutil.rmtree(VAR / "bench", ignore_errors=True)
    progress.say("Đo lần mở đầu tiên, cả thế giới mẫu…")
    first = _open(DEMO="1")
    progress.say("Đo lần mở sau…")
    later = _open(DEMO="1")
    return {
        "start": {
            "first_seconds": first["seconds"],
            "of_which_demo_seconds": first["demo_seconds"],
            "later_seconds": later["seconds"],
        }
    }


def copy_for_scale(*, progress: Progress) -> None:
    """Copy the demo world's house once, to be grown; the copy stays for the next measurement."""
    if (VAR / "bench-large" / "postgres").exists():
        return
    if not (VAR / "bench" / "prepared.json").exists():
        measure(progress=progress)
    progress.say("Chép thế giới mẫu để nhân lên…")
    # cp keeps the owners: the server refuses data that is not its own.
    subprocess.run(["cp", "-a", str(VAR / "bench"), str(VAR / "bench-large")], check=True)


def _open(**environment: str) -> dict[str, object]:
    words = [sys.executable, "-m", "motcua", "run", "--stop-after-start", "--json", "--port", "0"]
    done = subprocess.run(
        words,
        env=machine.environment("bench") | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said: dict[str, object] = json.loads(done.stdout)
    return said
