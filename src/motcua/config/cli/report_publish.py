"""Publishing the open data of months from the command line."""

import argparse

from motcua.config.cli.command import Answer, Arguments, command
from motcua.config.cli.progress import Progress


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--month", default="", metavar="THÁNG", help="như 2026-10; bỏ trống: mọi tháng đã hết"
    )


@command("report publish", help="công bố dữ liệu mở của tháng đã hết", arguments=_arguments)
def publish(arguments: Arguments, progress: Progress) -> Answer:
    """Publish one month, or every month that is over and not published."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.reporting.services import open_data

    at = timezone.localtime()
    if arguments.month:
        open_data.publish(name=arguments.month, by=SYSTEM, at=at)
        done = [arguments.month]
    else:
        progress.say("Công bố các tháng đã hết…")
        done = open_data.publish_due(at=at)
    line = f"Đã công bố: {', '.join(done)}." if done else "Không còn tháng nào phải công bố."
    return Answer({"published": done}, (line,))
