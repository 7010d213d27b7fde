"""`motcua bench`: measure, print the table with the machine's description, keep a history."""

import argparse
import os

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
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
_STEERING = ("quarter", "mining", "boards")
_PARTS = ("start", "due", "api", "desk", "sql", "forms", "pages", *_STEERING, *_PAPERS)
_QUICK = ("due", "api", "sql", "forms")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", default=",".join(_PARTS), metavar="PHẦN", help=f"trong: {', '.join(_PARTS)}"
    )
    parser.add_argument(
        "--quick", action="store_true", help=f"đo nhanh: {', '.join(_QUICK)}, ít hồ sơ"
    )
    parser.add_argument("--dossiers", type=int, default=400, help="số hồ sơ mỗi lần đo")
    parser.add_argument("--scale", type=int, default=200_000, help="số hồ sơ khi đo các trang")
    parser.add_argument(
        "--boards", type=int, default=1_000_000, help="số hồ sơ khi đo các bảng số"
    )


@command("bench", help="đo tốc độ; in bảng số và giữ lịch sử", needs=Needs.NOTHING,
         arguments=_arguments)  # fmt: skip
def bench(arguments: Arguments, progress: Progress) -> Answer:
    """Measure in a house of its own (var/bench), so that nobody's data is touched."""
    from motcua.config.bench import machine, report, starts
    from motcua.config.bench.commands import document, figures_in

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
    if set(wanted) & set(_STEERING):
        from motcua.config.bench import steering

        figures |= steering.measure(wanted, boards=arguments.boards, progress=progress)
    for part in [part for part in wanted if part in _PAPERS]:
        progress.say(f"Đo {part}…")
        figures[part] = dict(figures_in(document(_PAPERS[part], dict(os.environ))))
    measured = {"machine": described, "figures": figures}
    report.keep(measured)
    table = Table(("Phần", "Số đo", "Kết quả", "Mục tiêu"), tuple(report.rows(figures)))
    return Answer(measured, (report.heading(measured),), table=table)


def _inside(
    parts: list[str], arguments: Arguments, environment: dict[str, str]
) -> dict[str, dict[str, object]]:
    from motcua.config.bench.commands import document

    words = ["bench-inside", "--only", ",".join(parts)]
    words += ["--dossiers", str(arguments.dossiers), "--scale", str(arguments.scale)]
    figures: dict[str, dict[str, object]] = document(words, environment)
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
