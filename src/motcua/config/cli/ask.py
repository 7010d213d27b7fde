"""Command to ask the assistant."""

import argparse
import itertools
from datetime import date
from pathlib import Path

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress


def _ask_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="CÂU HỎI", help="hỏi như nói thường")
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="NGÀY",
        help="trả lời theo điều có hiệu lực ngày ấy",
    )


@command("ask", help="hỏi về thủ tục; câu trả lời kèm nguồn", arguments=_ask_arguments)
def ask(arguments: Arguments, progress: Progress) -> Answer:
    """Answer a question with what is in force today, or on a given day."""
    from datetime import datetime, time

    from django.utils import timezone

    from motcua.assistant.answering.ask import ask as answer_to
    from motcua.kernel.worktime import VIETNAM

    now = timezone.now().astimezone(VIETNAM)
    on = arguments.on or now.date()
    at = now if on == now.date() else datetime.combine(on, time(8), VIETNAM)
    answer = answer_to(arguments.question, on=on, at=at)
    document = {
        "outcome": answer.outcome.value,
        "text": answer.text,
        "procedures": list(answer.procedures),
        "sources": [{"id": s.id, "title": s.title, "url": s.url} for s in answer.sources],
        "confidence": answer.confidence,
        "ms": answer.ms,
    }
    sources = [f"[{s.id}] {s.title} {s.url}".rstrip() for s in answer.sources]
    return Answer(document, (*answer.text.splitlines(), "", *sources))


def measured(arguments: Arguments, progress: Progress) -> Answer:
    """Measure the answers on the repo's own questions, by part, each half by itself."""
    from motcua.config import prepare

    prepare.stand_up("world", progress=progress)
    from motcua.assistant.quality import answers, report  # reads tables: only once they stand

    halves = {split: answers.questions(split) for split in ("dev", "test")}
    done = itertools.count(1)
    with progress.bar("Hỏi trợ lý", total=sum(map(len, halves.values()))) as tell:
        figures = {
            split: answers.measure(rows, told=lambda: tell(next(done)))
            for split, rows in halves.items()
        }
    if arguments.write:
        Path(arguments.write).write_text(report.markdown(figures), "utf-8")
    missed = report.missed(figures) if arguments.missed else ()
    return Answer(
        report.document(figures), missed, table=Table(report.HEADINGS, report.rows(figures))
    )


@command("assistant train", help="học lại trọng số của trợ lý từ nửa câu hỏi dùng để học")
def train(arguments: Arguments, progress: Progress) -> Answer:
    """Learn what weighs how much; only the development half of the questions is looked at."""
    from motcua.assistant.answering import training, training_intents

    lines = (training_intents.learn(), training.learn())
    return Answer({"learned": list(lines)}, lines)
