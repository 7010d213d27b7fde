"""`motcua assistant eval`: how well passages are found, and how well questions are answered."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.assistant.retrieval.evaluate import Measures, Report

_HEADINGS = (
    "câu hỏi",
    "cách tìm",
    "hit@1",
    "recall@5",
    "recall@10",
    "MRR",
    "F2",
    "F2@3",
    "ms",
    "p95",
)
_WAYS = {"bm25": "BM25 thường", "ours": "Một Cửa"}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", metavar="TỆP", help="JSONL {doc_id, text}")
    parser.add_argument("--questions", metavar="TỆP", help="JSONL {question, gold: [doc_id]}")
    parser.add_argument(
        "--missed", action="store_true", help="kể các câu trả lời sai (nửa để học)"
    )
    parser.add_argument("--write", metavar="TỆP", help="ghi bảng thành trang Markdown")


@command(
    "assistant eval",
    help="đo tìm kiếm trên một kho văn bản; không có --corpus: đo câu trả lời của trợ lý",
    needs=Needs.NOTHING,
    arguments=_arguments,
)
def evaluate(arguments: Arguments, progress: Progress) -> Answer:
    """Measure retrieval on a corpus; without one, measure answers on the repo's own questions."""
    if arguments.corpus:
        return _retrieval(arguments, progress)
    from motcua.config.cli.ask import measured

    return measured(arguments, progress)


def _retrieval(arguments: Arguments, progress: Progress) -> Answer:
    from motcua.assistant.retrieval import evaluate as measuring  # numpy and scipy: slow to load

    if not arguments.questions:
        raise Refused("Cần --questions: tệp JSONL {question, gold: [doc_id]}.")
    corpus = measuring.read_corpus(Path(arguments.corpus))
    questions = measuring.read_questions(Path(arguments.questions))
    progress.say(f"{len(corpus)} văn bản, {len(questions)} câu hỏi; đang dựng chỉ mục và hỏi …")
    report = measuring.evaluate(corpus, questions)
    return Answer(report.document(), _lines(report), table=_table(report))


def _lines(report: "Report") -> tuple[str, ...]:
    size = f"{report.passages} văn bản, {report.questions} câu hỏi"
    cost = f"dựng chỉ mục {report.build_seconds:.1f} giây, nhiều nhất {report.memory_mb} MB"
    lines = [f"{size}; {cost}."]
    if report.unknown_gold:
        lines.append(f"{report.unknown_gold} câu hỏi có đáp án không nằm trong kho văn bản.")
    for name, shares in report.taken_away.items():
        asked = "có dấu" if name == "marked" else "không dấu"
        lines.append(
            f"Bớt được so với BM25 ({asked}): {shares['hit_at_1']:.0%} lần trượt hit@1, "
            f"{shares['recall_at_10']:.0%} lần trượt recall@10."
        )
    return tuple(lines)


def _table(report: "Report") -> Table:
    rows = []
    for asked, ways in (("có dấu", report.marked), ("không dấu", report.bare)):
        rows += [_row(asked, _WAYS[way], measures) for way, measures in ways.items()]
    return Table(_HEADINGS, tuple(rows))


def _row(asked: str, way: str, found: "Measures") -> tuple[str, ...]:
    shares = (found.hit_at_1, found.recall_at_5, found.recall_at_10, found.mrr, found.f2)
    return (
        asked,
        way,
        *(f"{share:.3f}" for share in (*shares, found.f2_at_3)),
        f"{found.ms_mean:.1f}",
        f"{found.ms_p95:.1f}",
    )
