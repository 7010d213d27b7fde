"""The command that measures figures."""

import argparse

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="số hồ sơ dựng để đo")
    parser.add_argument("--filled", action="store_true", help="đã dựng rồi, chỉ đo")
    parser.add_argument("--pages", action="store_true", help="đo cả trang, không chỉ số liệu")
    parser.add_argument("--only", default="", help="chỉ các trang có tên bắt đầu như thế")
    parser.add_argument("--times", type=int, default=20, help="số lần đọc mỗi bảng")
    parser.add_argument("--facts-of", type=int, default=0, metavar="N", help="dựng sổ cái N hồ sơ")
    parser.add_argument("--rate", type=int, default=200, help="số việc mỗi giây khi đo độ trễ")


@command(
    "bench-figures",
    help="đo bảng số và độ trễ số liệu, trong một MOTCUA_VAR riêng không có hồ sơ",
    arguments=_arguments,
)
def bench_figures(arguments: Arguments, progress: Progress) -> Answer:
    """Fill a database of its own and measure what boards read, as whole pages where asked."""
    from motcua.config.bench import asking, figures, filling, machine

    document: dict[str, object] = {
        "machine": machine.description(),
        "dossiers": arguments.dossiers,
    }
    if arguments.facts_of:
        document["rebuild"] = figures.rebuild(arguments.facts_of, progress=progress.say)
    if not arguments.filled:
        document["filled"] = filling.fill(arguments.dossiers, progress=progress)
    if arguments.pages:
        found = asking.pages(progress=progress, times=arguments.times, only=arguments.only)
    else:
        found = figures.boards(times=arguments.times)
    document |= {"boards_ms": found, "lag_seconds": figures.lag(rate=arguments.rate)}
    heads = tuple(next(iter(found.values()), {}))
    rows = tuple((name, *(str(one[head]) for head in heads)) for name, one in found.items())
    lines = (
        machine.words(machine.description()), str(document["lag_seconds"]),
        str(document.get("filled", "")),
    )  # fmt: skip
    return Answer(document, lines, table=Table(("Bảng số", *heads), rows))
