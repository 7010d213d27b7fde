"""The command that makes a quarter real."""

import argparse
from dataclasses import asdict
from math import isfinite

from motcua.config.cli.command import Answer, Arguments, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quarter", default="2025Q3", help="quý, ví dụ 2025Q3")
    parser.add_argument("--seed", type=int, default=1, help="số gieo: số khác, quý khác")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="1 = 191.957 hồ sơ nhận trong quý"
    )
    parser.add_argument("--dossiers", type=int, default=0, help="hoặc ghi thẳng số hồ sơ nhận")
    parser.add_argument(
        "--settle-rest", action="store_true", help="đi tiếp sau quý đến khi giải quyết hết"
    )
    parser.add_argument("--processes", type=int, default=0, help="số tiến trình, mặc định 2")


@command(
    "simulate",
    help="mô phỏng cả một quý của tỉnh theo đúng quy tắc nghiệp vụ, ghi hàng loạt",
    arguments=_arguments,
)
def simulate(arguments: Arguments, progress: Progress) -> Answer:
    """Simulate a quarter, then make the figures of it."""
    from motcua.config.simulation import loading, published

    if not isfinite(arguments.scale):
        raise Refused("Tỷ lệ ghi bằng số, ví dụ 1 hoặc 0.02.", field="scale")
    count = arguments.dossiers or round(published.RECEIVED * arguments.scale)
    made = loading.simulate(
        quarter=arguments.quarter,
        seed=arguments.seed,
        dossiers=count,
        settle_rest=arguments.settle_rest,
        processes=arguments.processes,
        progress=progress,
    )
    whole = sum(made.seconds.values())
    counted = (
        f"Đã mô phỏng quý {made.quarter}: nhận {made.received}, giải quyết {made.settled}, "
        f"đúng hạn {made.on_time}, quá hạn {made.late}, số hóa {made.digitised}."
    )
    written = (
        f"{made.dossiers} hồ sơ, {made.facts} sự kiện, {made.people} người dân mẫu, "
        f"{made.officers} cán bộ mới, {whole:.0f} giây."
    )
    return Answer(asdict(made), (counted, written))
