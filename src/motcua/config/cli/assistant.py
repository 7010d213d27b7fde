"""Commands about what the assistant knows."""

import argparse
from pathlib import Path

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress


def _load_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--law",
        nargs="+",
        metavar="TỆP",
        default=None,
        help="tệp văn bản pháp luật theo điều (JSONL, .gz, .xz); mặc định: ../shared/data nếu có",
    )


@command(
    "assistant load",
    help="nạp kiến thức của trợ lý và dựng chỉ mục; nạp lại không đổi gì",
    arguments=_load_arguments,
)
def load(arguments: Arguments, progress: Progress) -> Answer:
    """Load procedures, law, places and hours, then build the index."""
    from motcua.config import knowledge

    law = [Path(name) for name in arguments.law or ()] or knowledge.texts_at_hand()
    with progress.bar("Kiến thức của trợ lý") as tell:
        loaded = knowledge.load(law, progress=progress, advance=tell)
    document = {"loads": [report.as_dict() for report in loaded.reports], "built": loaded.is_built}
    lines = [f"{report.load}: {report}" for report in loaded.reports]
    aside = [
        f"  để lại {where}: {why}" for report in loaded.reports for where, why in report.set_aside
    ]
    if not loaded.reports:
        lines.append("Không nguồn nào đổi.")
    lines.append("Chỉ mục đã dựng lại." if loaded.is_built else "Chỉ mục đang dùng còn đúng.")
    return Answer(document, (*lines, *aside[:20]))


@command("assistant status", help="trợ lý biết gì, từ đâu, chỉ mục ở trạng thái nào")
def status(arguments: Arguments, progress: Progress) -> Answer:
    """Say what was loaded and which index is in use."""
    from motcua.assistant.queries import knowing

    standing = knowing.standing()
    rows = tuple(
        (one.name, str(one.passages), str(one.set_aside), f"{one.loaded_at:%d/%m/%Y %H:%M}")
        for one in standing.loads
    )
    counts = standing.coverage
    known = (
        f"Thủ tục: {counts.procedures}; điều luật: {counts.articles} của {counts.documents} "
        f"văn bản; nơi: {counts.places}; câu trả lời đã duyệt: {counts.answers}"
    )
    state = (
        f"Chỉ mục: trạng thái {standing.built}, cần {standing.wanted}, {standing.passages} đoạn"
        f"{'' if standing.is_current else '; đang chờ dựng lại'}"
    )
    lines = (known, state)
    table = Table(("Nguồn", "Đoạn", "Để lại", "Nạp lúc"), rows)
    return Answer(standing.as_dict(), lines, is_ok=standing.is_usable, table=table)
