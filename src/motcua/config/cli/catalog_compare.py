"""`motcua catalog compare`: our catalogue beside the national one, or what a decision announces."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress

if TYPE_CHECKING:
    from motcua.catalog.services import Compared


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp JSONL hoặc CSV của danh sách")
    parser.add_argument("--against", choices=("national", "decision"), default="decision",
                        help="so với danh mục quốc gia hay quyết định công bố (mặc định)")  # fmt: skip
    parser.add_argument("--name", default="", metavar="TÊN",
                        help="tên danh sách, số quyết định (mặc định: tên tệp)")  # fmt: skip


@command(
    "catalog compare",
    help="so danh mục của tỉnh với danh sách đã công bố; giữ lại từng sai khác",
    arguments=_arguments,
)
def compare(arguments: Arguments, progress: Progress) -> Answer:
    """Compare, keep what differs, and say how much of what kind."""
    from django.utils import timezone

    from motcua.catalog import services as catalog
    from motcua.catalog.comparing import read_list
    from motcua.catalog.comparing.wording import kinds
    from motcua.directory.actor import SYSTEM
    from motcua.workflow import lengths

    path = Path(arguments.file)
    progress.say("Đọc danh sách…")
    announced = read_list(path)
    announced.is_whole &= arguments.against == "national"
    progress.say(f"So {len(announced.rows)} thủ tục với danh mục của tỉnh…")
    done = catalog.compare_lists(
        against=arguments.against,
        name=arguments.name or path.name,
        announced=announced,
        content=path.read_bytes(),
        processes=lengths.offered(on=timezone.localdate()),
        by=SYSTEM,
        at=timezone.now(),
    )
    words = kinds()
    rows = tuple((words[kind], str(done.by_kind[kind])) for kind in words if kind in done.by_kind)
    said = f"{done.found} sai khác mới, {done.known} đã biết, {done.gone} không còn."
    line = f"{done.comparison.rows} thủ tục trong danh sách: {said}"
    if done.reopened:
        line += f" {done.reopened} việc đã đóng nay mở lại vì vẫn thấy."
    document = _document(done) | {"set_aside": announced.set_aside}
    return Answer(document, (line,), table=Table(("Sai khác", "Số"), rows))


def _document(done: "Compared") -> dict[str, object]:
    run = done.comparison
    return {
        "comparison": run.pk,
        "against": run.against,
        "name": run.name,
        "rows": run.rows,
        "found": done.found,
        "known": done.known,
        "gone": done.gone,
        "reopened": done.reopened,
        "by_kind": done.by_kind,
    }
