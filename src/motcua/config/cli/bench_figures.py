"""The command that measures figures."""

import argparse

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="số hồ sơ dựng để đo")
    parser.add_argument("--times", type=int, default=20, help="số lần đọc mỗi bảng")
    parser.add_argument("--facts-of", type=int, default=0, metavar="N", help="dựng sổ cái N hồ sơ")
    parser.add_argument("--rate", type=int, default=200, help="số việc mỗi giây khi đo độ trễ")


@command(
    "bench-figures",
    help="đo bảng số và độ trễ số liệu, trong một MOTCUA_VAR riêng không có hồ sơ",
    arguments=_arguments,
)
def bench_figures(arguments: Arguments, progress: Progress) -> Answer:
    """Fill a database of its own and measure what boards read."""
    from motcua.config.bench import figures, filling, machine

    document: dict[str, object] = {
        "machine": machine.description(),
        "dossiers": arguments.dossiers,
    }
    if arguments.facts_of:
        document["rebuild"] = figures.rebuild(arguments.facts_of, progress=progress.say)
    document["filled"] = filling.fill(arguments.dossiers, progress=progress)
    boards = figures.boards(times=arguments.times)
    document |= {"boards_ms": boards, "lag_seconds": figures.lag(rate=arguments.rate)}
    rows = tuple((name, str(one["p50"]), str(one["p95"])) for name, one in boards.items())
    lines = (f"{arguments.dossiers} hồ sơ", str(document["lag_seconds"]), str(document["filled"]))
    return Answer(document, lines, table=Table(("Bảng số", "p50 ms", "p95 ms"), rows))
