"""`motcua assistant learned`: what people taught the assistant, and its rows of the evaluation."""

import argparse
import json
from pathlib import Path

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--export", metavar="TỆP", help="ghi các dòng đánh giá (JSONL) vào tệp; - là màn hình"
    )


@command(
    "assistant learned",
    help="các câu trả lời đã duyệt; --export ghi chúng thành câu hỏi đánh giá",
    needs=Needs.TABLES,
    arguments=_arguments,
)
def learned(arguments: Arguments, progress: Progress) -> Answer:
    """List the accepted answers, or write them as rows of the evaluation."""
    from motcua.assistant.queries import learning

    found = learning.accepted()
    if arguments.export:
        return _exported(arguments.export, learning.evaluation_rows())
    document = [
        {
            "key": one.key,
            "question": one.question,
            "text": one.text,
            "sources": [dict(source) for source in one.sources],
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
        }
        for one in found
    ]
    rows = tuple(
        (one.key, one.question, f"{one.valid_from:%d/%m/%Y}", str(one.valid_to or ""))
        for one in found
    )
    table = Table(("mã", "câu hỏi", "áp dụng từ", "đến trước"), rows)
    return Answer(document, (f"{len(found)} câu trả lời đã duyệt",), table=table)


def _exported(file: str, rows: list[dict[str, object]]) -> Answer:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    if file == "-":
        return Answer(rows, tuple(lines))
    Path(file).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return Answer({"file": file, "rows": len(rows)}, (f"{len(rows)} dòng → {file}",))
