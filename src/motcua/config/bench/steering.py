"""The published quarter made and counted, a million events mined, boards at size."""

import os
import random
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from motcua.config.bench import machine
from motcua.config.bench.commands import MeasuringFailed, document, figures_in
from motcua.config.bench.report import Figures
from motcua.config.cli.progress import Progress
from motcua.config.paths import VAR

QUARTER = "2025Q3"
EVENTS, PER_CASE = 1_000_000, 20
_ACTIVITIES = tuple(f"Bước {number:02d}" for number in range(24))
_TOLD = ("received", "settled", "on_time", "late")
_RATES = ("province", "commune")


def measure(parts: list[str], *, boards: int, progress: Progress) -> Figures:
    """Return the figures of those of "quarter", "mining", "boards" that are asked for."""
    figures: Figures = {}
    if "quarter" in parts:
        figures["quarter"] = _quarter(progress)
    if "mining" in parts:
        figures["mining"] = _mining(progress)
    if "boards" in parts:
        progress.say("Đo các bảng số…")
        shutil.rmtree(VAR / "bench-boards", ignore_errors=True)
        where = machine.environment("bench-boards")
        found = document(["bench-figures", "--dossiers", str(boards)], where)
        figures["boards"] = dict(figures_in(found))
    return figures


def _quarter(progress: Progress) -> dict[str, object]:
    """Simulate the whole quarter in a new house; count it, and count it once more from the ledger."""
    shutil.rmtree(VAR / "bench-quarter", ignore_errors=True)
    where = machine.environment("bench-quarter")
    document(["prepare"], where)
    progress.say(f"Mô phỏng cả quý {QUARTER}…")
    begun = time.monotonic()
    document(["simulate", "--quarter", QUARTER, "--seed", "1"], where)
    simulated = time.monotonic()
    found = document(["report", "quarter", QUARTER], where)
    counted = time.monotonic()
    progress.say("Tính lại cả quý từ sổ cái…")
    document(["report", "recompute"], where)
    figures: dict[str, object] = {key: found[key] for key in _TOLD}
    figures |= {f"on_time_rate_{key}": found["on_time_rate"][key] for key in _RATES}
    figures["digitised_rate"] = found["digitised_rate"]
    figures["simulate_seconds"] = round(simulated - begun, 1)
    figures["report_seconds"] = round(counted - simulated, 1)
    figures["recompute_seconds"] = round(time.monotonic() - counted, 1)
    return figures


def _mining(progress: Progress) -> dict[str, object]:
    """Mine a million events as CSV and as XES, beside Python's own reading of the same CSV."""
    folder = VAR / "bench-mining"
    folder.mkdir(parents=True, exist_ok=True)
    progress.say("Viết nhật ký một triệu sự kiện…")
    table, tree = folder / "events.csv", folder / "events.xes"
    _write(table, tree)
    figures: dict[str, object] = {"events": EVENTS}
    for name, file in (("csv", table), ("xes", tree)):
        progress.say(f"Khai phá {name}…")
        begun = time.monotonic()
        found = document(["mine", str(file)], dict(os.environ))
        figures[f"{name}_seconds"] = round(time.monotonic() - begun, 1)
        if found["events"] != EVENTS:
            raise MeasuringFailed(f"{name}: {found['events']} events read")
    begun = time.monotonic()
    with table.open() as lines:
        sum(len(line.split(",")) for line in lines)
    figures["only_splitting_the_csv_seconds"] = round(time.monotonic() - begun, 2)
    return figures


def _write(table: Path, tree: Path) -> None:
    rng = random.Random(5)  # noqa: S311  a log to measure with, the same each time
    begun = datetime(2025, 7, 1, 7, 30)  # noqa: DTZ001  written with its offset below
    with table.open("w") as csv, tree.open("w") as xes:
        csv.write("case_id,activity,timestamp,resource\n")
        xes.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n')
        for case in range(EVENTS // PER_CASE):
            xes.write(f'<trace><string key="concept:name" value="H{case}"/>\n')
            for at, activity, who in _trace(rng, begun):
                stamp = f"{at:%Y-%m-%dT%H:%M:%S}+07:00"
                csv.write(f"H{case},{activity},{stamp},{who}\n")
                xes.write(
                    f'<event><string key="concept:name" value="{activity}"/>'
                    f'<date key="time:timestamp" value="{stamp}"/>'
                    f'<string key="org:resource" value="{who}"/></event>\n'
                )
            xes.write("</trace>\n")
        xes.write("</log>\n")


def _trace(rng: random.Random, begun: datetime) -> Iterator[tuple[datetime, str, str]]:
    at = begun + timedelta(minutes=rng.randrange(130_000))
    path = [
        min(step + rng.choice((0, 0, 0, 1, 3)), len(_ACTIVITIES) - 1) for step in range(PER_CASE)
    ]
    for step in path:
        at += timedelta(seconds=rng.randrange(60, 90_000))
        yield at, _ACTIVITIES[step], f"cb{rng.randrange(900)}"
