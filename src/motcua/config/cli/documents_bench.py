"""`motcua documents bench PART`: how well papers are read, understood and checked, as a table."""

import argparse
from importlib import import_module

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress

# Each module has measure(progress) -> Answer and writes its own table into docs/figures/.
_PARTS = {
    "completeness": "motcua.config.bench.completeness",
    "reading": "motcua.config.bench.reading",
    "understanding": "motcua.config.bench.understanding",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("part", metavar="PHẦN", choices=sorted(_PARTS), help=", ".join(_PARTS))


@command(
    "documents bench",
    help="đo độ đúng trên giấy tờ; ghi bảng số vào docs/figures/",
    needs=Needs.NOTHING,
    arguments=_arguments,
)
def bench(arguments: Arguments, progress: Progress) -> Answer:
    """Measure one part on its own set."""
    part = import_module(_PARTS[arguments.part])
    answer: Answer = part.measure(progress=progress)
    return answer
