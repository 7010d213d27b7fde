"""`motcua bench`: measure, print the table with the machine's description, keep a history."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.config.paths import HOME
from motcua.kernel.refused import Refused

# Each of these writes a table of its own beside the common one.
_PAPERS = {
    "reading": ("documents", "bench", "reading"),
    "understanding": ("documents", "bench", "understanding"),
    "completeness": ("documents", "bench", "completeness"),
    "signing": ("signing", "bench", "-o", "docs/figures/signing.md"),
    "answers": ("assistant", "eval", "--write", "docs/figures/assistant.md"),
    "feedback": ("feedback", "eval"),
}
_PARTS = ("start", "due", "api", "desk", "sql", "forms", "pages", *_PAPERS)
_NO_FIGURES = frozenset({"machine", "thresholds"})
_QUICK = ("due", "api", "sql", "forms")


class MeasuringFailed(Refused):
    """The measured house did not do what was asked of it."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", default=",".join(_PARTS), metavar="PHẦN", help=f"trong: {', '.join(_PARTS)}"
    )
    parser.add_argument(
        "--quick", action="store_true", help=f"đo nhanh: {', '.join(_QUICK)}, ít hồ sơ"
    )
    parser.add_argument("--dossiers", type=int, default=400, help="số hồ sơ mỗi lần đo")
    parser.add_argument("--scale", type=int, default=200_000, help="số hồ sơ khi đo các trang")


@command("bench", help="đo tốc độ; in bảng số và giữ lịch sử", needs=Needs.NOTHING,
         arguments=_arguments)  # fmt: skip
def bench(arguments: Arguments, progress: Progress) -> Answer:
    """Measure in a house of its own (var/bench), so that nobody's data is touched."""
    from motcua.config.bench import machine, report, starts

    if arguments.quick:
        arguments.only, arguments.dossiers = ",".join(_QUICK), min(arguments.dossiers, 80)
    described = machine.description()
    wanted = [part for part in arguments.only.split(",") if part]
    figures: dict[str, dict[str, object]] = {}
    if "start" in wanted:
        figures |= starts.measure(progress=progress)
    small = [part for part in wanted if part in {"due", "api", "desk", "sql", "forms"}]
    if small:
        figures |= _inside(small, arguments, machine.environment("bench"))
    if "pages" in wanted:
        starts.copy_for_scale(progress=progress)
        figures |= _inside(["pages"], arguments, machine.environment("bench-large"))
    for part in [part for part in wanted if part in _PAPERS]:
        progress.say(f"Đo {part}…")
        figures[part] = dict(_plain_figures(_document(_PAPERS[part], dict(os.environ))))
    measured = {"machine": described, "figures": figures}
    report.keep(measured)
    table = Table(("Phần", "Số đo", "Kết quả", "Mục tiêu"), tuple(report.rows(figures)))
    return Answer(measured, (report.heading(measured),), table=table)


def _inside(
    parts: list[str], arguments: Arguments, environment: dict[str, str]
) -> dict[str, dict[str, object]]:
    words = ["bench-inside", "--only", ",".join(parts)]
    words += ["--dossiers", str(arguments.dossiers), "--scale", str(arguments.scale)]
    figures: dict[str, dict[str, object]] = _document(words, environment)
    return figures


def _document(words: Sequence[str], environment: dict[str, str]) -> dict[str, Any]:
    """Run a command of ours in a process of its own and return its document."""
    command = [sys.executable, "-m", "motcua", *words, "--json"]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=False, cwd=HOME
    )
    document: dict[str, Any] = json.loads(done.stdout or "{}")
    if done.returncode or "error" in document:
        raise MeasuringFailed(str(document.get("error", {}).get("message", "không đo được")))
    return document


def _plain_figures(document: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yield the numbers of a document by their path in it; the machine is told elsewhere."""
    parts: Iterable[tuple[str, object]] = ()
    if isinstance(document, dict):
        parts = ((str(key), part) for key, part in document.items() if key not in _NO_FIGURES)
    elif isinstance(document, list):
        parts = ((str(part.get("key", place)), part) for place, part in enumerate(document))
    elif isinstance(document, int | float) and not isinstance(document, bool):
        yield name, document
    for key, part in parts:
        yield from _plain_figures(part, f"{name}.{key}" if name else key)


@command("bench-inside", help=argparse.SUPPRESS, arguments=_arguments)
def inside(arguments: Arguments, progress: Progress) -> Answer:
    """Measure here: the environment is already that of a house of its own."""
    from motcua.config.bench import plan

    parts = [part for part in arguments.only.split(",") if part]
    unknown = set(parts) - set(_PARTS)
    if unknown:
        raise Refused(f"không có phần {', '.join(unknown)}; chọn trong: {', '.join(_PARTS)}")
    figures = plan.measure(
        parts=parts, dossiers=arguments.dossiers, scale=arguments.scale, progress=progress
    )
    return Answer(figures)
