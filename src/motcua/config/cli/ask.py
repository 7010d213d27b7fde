"""Command to ask the assistant."""

import argparse
from datetime import date

from motcua.config.cli.command import Answer, Arguments, command
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


@command("assistant train", help="học lại trọng số của trợ lý từ nửa câu hỏi dùng để học")
def train(arguments: Arguments, progress: Progress) -> Answer:
    """Learn what weighs how much; only the development half of the questions is looked at."""
    from motcua.assistant.answering import training, training_intents

    lines = (training_intents.learn(), training.learn())
    return Answer({"learned": list(lines)}, lines)
