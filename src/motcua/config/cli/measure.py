"""`motcua bench`: measure, print the table with the machine's description, keep a history."""

import argparse
import json
import subprocess
import sys

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

_PARTS = ("start", "due", "api", "desk", "sql", "forms", "pages")
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
    measured = {"machine": described, "figures": figures}
    report.keep(measured)
    table = Table(("Phần", "Số đo", "Kết quả", "Mục tiêu"), tuple(report.rows(figures)))
    return Answer(measured, (report.heading(measured),), table=table)


def _inside(
    parts: list[str], arguments: Arguments, environment: dict[str, str]
) -> dict[str, dict[str, object]]:
    words = [sys.executable, "-m", "motcua", "bench-inside", "--json", "--only", ",".join(parts)]
    words += ["--dossiers", str(arguments.dossiers), "--scale", str(arguments.scale)]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    figures: dict[str, dict[str, object]] = json.loads(done.stdout or "{}")
    if done.returncode or "error" in figures:
        raise MeasuringFailed(str(figures.get("error", {}).get("message", "không đo được")))
    return figures


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
