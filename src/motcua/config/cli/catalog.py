"""Commands about the catalogue of procedures."""

import argparse
from dataclasses import asdict, is_dataclass
from pathlib import Path

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.config.prepare import STARTER
from motcua.kernel.refused import Refused


def _load_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help=f"tệp JSONL của quốc gia, hoặc {STARTER}")


@command(
    "catalog load",
    help="nạp danh mục; nạp lại không tạo trùng",
    needs=Needs.TABLES,
    arguments=_load_arguments,
)
def load(arguments: Arguments, progress: Progress) -> Answer:
    """Load a file of procedures and report what was taken, set aside and why."""
    from django.utils import timezone

    from motcua.catalog import services as catalog
    from motcua.directory.actor import SYSTEM

    if arguments.file != STARTER and not Path(arguments.file).is_file():
        raise Refused(f"không có tệp {arguments.file}")
    with progress.bar("Nạp danh mục") as tell:
        report = catalog.load_file(arguments.file, by=SYSTEM, at=timezone.now(), progress=tell)
    return Answer(plain(report), tuple(str(report).splitlines()))


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="CÂU HỎI", help="câu hỏi, có dấu hay không dấu đều được")
    parser.add_argument("--limit", type=int, default=10, help="số kết quả (mặc định 10)")


@command("search", help="tìm thủ tục theo lời thường", arguments=_search_arguments)
def search(arguments: Arguments, progress: Progress) -> Answer:
    """Find procedures, best first."""
    from motcua.catalog import queries

    hits = queries.search(arguments.text, limit=arguments.limit)
    document = [{"code": h.code, "name": h.name, "score": round(float(h.score), 4)} for h in hits]
    rows = tuple((h.code, h.name, f"{h.score:.2f}") for h in hits)
    if not rows:
        return Answer(document, ("Không tìm thấy thủ tục nào. Xin thử từ khác.",))
    return Answer(document, table=Table(("Mã", "Thủ tục", "Điểm"), rows))


def plain(value: object) -> object:
    """Return a report as what JSON can hold."""
    as_dict = getattr(value, "as_dict", None)
    if as_dict is not None:
        return as_dict()
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
