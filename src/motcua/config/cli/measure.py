"""`motcua bench`: measure, print the table with the machine's description, keep a history."""

import argparse
import json
import subprocess
import sys

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

_PARTS = ("due", "start", "api", "desk", "sql", "pages", "life")


class MeasuringFailed(Refused):
    """The measured house did not do what was asked of it."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", default=",".join(_PARTS), metavar="PHẦN", help=f"trong: {', '.join(_PARTS)}"
    )
    parser.add_argument("--dossiers", type=int, default=400, help="số hồ sơ mỗi lần đo")
    parser.add_argument("--scale", type=int, default=200_000, help="số hồ sơ khi đo các trang")


@command("bench", help="đo tốc độ; in bảng số và giữ lịch sử", needs=Needs.NOTHING,
         arguments=_arguments)  # fmt: skip
def bench(arguments: Arguments, progress: Progress) -> Answer:
    """Measure in a house of its own (var/bench), so that nobody's data is touched."""
    from motcua.config.bench import machine, report

    described = machine.description()
    words = [sys.executable, "-m", "motcua", "bench-inside", "--json"]
    words += ["--only", arguments.only, "--dossiers", str(arguments.dossiers)]
    words += ["--scale", str(arguments.scale)]
    done = subprocess.run(
        words, env=machine.environment(), stdout=subprocess.PIPE, text=True, check=False
    )
    figures = json.loads(done.stdout)
    if done.returncode or "error" in figures:
        raise MeasuringFailed(str(figures.get("error", {}).get("message", "không đo được")))
    measured = {"machine": described, "figures": figures}
    report.keep(measured)
    table = Table(("Phần", "Số đo", "Kết quả", "Mục tiêu"), tuple(report.rows(figures)))
    return Answer(measured, (report.heading(measured),), table=table)


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
