"""Commands about the house as a whole: prepare it, run it, run its worker."""

import argparse
import os
import time

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=8000, help="cổng (mặc định 8000; 0: cổng nào cũng được)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1)")
    parser.add_argument("--processes", type=int, default=2, help="số tiến trình web")
    parser.add_argument(
        "--push-port",
        type=int,
        help="cổng đẩy tin cho bảng số (mặc định: cổng web + 1; 0: không đẩy)",
    )
    parser.add_argument("--no-demo", action="store_true", help="không nạp thế giới mẫu")
    parser.add_argument("--stop-after-start", action="store_true", help=argparse.SUPPRESS)


@command("run", help="chạy cả hệ thống: web, bộ xử lý nền, PostgreSQL", arguments=_run_arguments)
def run(arguments: Arguments, progress: Progress) -> Answer:
    """Start everything, say where it is, and end everything on Ctrl-C."""
    from motcua.config import first_start, serving

    started = time.monotonic()
    port = _port(arguments)
    serving.end_like_ctrl_c()
    with_demo = not arguments.no_demo and os.environ.get("DEMO", "1") != "0"
    if not os.environ.get("MOTCUA_ORIGINS"):  # it stands in the QR of every paper
        os.environ.setdefault("MOTCUA_PUBLIC_URL", f"http://localhost:{port}")
    if with_demo:  # the demo's officers can try everything without a telephone
        os.environ.setdefault("MOTCUA_TOTP", "optional")
    opening = first_start.complete(with_demo=with_demo, progress=progress)
    house = serving.House(arguments.host, port, arguments.processes, _push_port(arguments, port))
    document: dict[str, object] = {"address": house.address, "catalogue": opening.catalogue}
    try:
        house.start()
        house.wait_until_it_answers()
        seconds = round(time.monotonic() - started, 2)
        document |= {"seconds": seconds, "demo_seconds": round(opening.demo_seconds, 2)}
        progress.say(first_start.welcome(house.address, opening.catalogue, seconds))
        house.watch(seconds=0 if arguments.stop_after_start else None)
    except KeyboardInterrupt:
        progress.say("\nĐang dừng…")
    finally:
        house.stop()
    return Answer(document, ("Đã dừng.",))


def _port(arguments: Arguments) -> int:
    from motcua.config import serving
    from motcua.kernel.refused import Refused

    port = int(arguments.port) or serving.free_port(arguments.host)
    if not serving.is_free(arguments.host, port):
        raise Refused(f"cổng {port} đang được dùng; hãy chọn cổng khác: --port 8001")
    return port


def _push_port(arguments: Arguments, web: int) -> int:
    """Return the port asked for; without one the next after the web's, or any that is free."""
    from motcua.config import serving

    if arguments.push_port is not None:
        return int(arguments.push_port)
    host = arguments.host
    return web + 1 if serving.is_free(host, web + 1) else serving.free_port(host)


@command("worker", help="chạy bộ xử lý nền (việc định kỳ, thông báo)", needs=Needs.TABLES)
def worker(arguments: Arguments, progress: Progress) -> Answer:
    """Run jobs and listeners until told to end."""
    from motcua.config import worker as background

    progress.say("Bộ xử lý nền đang chạy; Ctrl-C để dừng.")
    background.run()
    return Answer({"stopped": True})


@command("follow", help="chạy bộ cộng số liệu: đọc sổ cái, cập nhật chỉ số", needs=Needs.TABLES)
def follow(arguments: Arguments, progress: Progress) -> Answer:
    """Fold new facts into the figures until told to end."""
    from motcua.config import figures

    progress.say("Bộ cộng số liệu đang chạy; Ctrl-C để dừng.")
    figures.run()
    return Answer({"stopped": True})


@command("prepare", help="tạo bảng, nạp địa bàn và danh mục; làm lại cũng không sao")
def prepare(arguments: Arguments, progress: Progress) -> Answer:
    """Make everything ready and say what stands."""
    from motcua.config import first_start

    standing = first_start.standing()
    lines = tuple(f"{name}: {count}" for name, count in standing.items())
    return Answer(standing, lines)
