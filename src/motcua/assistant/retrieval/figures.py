"""The tables of docs/figures/retrieval.md: `python -m motcua.assistant.retrieval.figures --texts …`.

Questions are those of the split that nothing was trained or tuned on ("test", or the one named).
Time and memory are taken in processes of their own: one builds and saves, one opens and asks.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from motcua.assistant.retrieval import corpus, taught
from motcua.assistant.retrieval.evaluate import Measures, Question, Report, evaluate
from motcua.assistant.retrieval.index import Index
from motcua.assistant.retrieval.passages import Passage
from motcua.assistant.retrieval.train import passages
from motcua.kernel.text import fold


def main(given: Sequence[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="motcua.assistant.retrieval.figures")
    parser.add_argument(
        "part", nargs="?", default="all", choices=("all", "quality", "build", "ask")
    )
    parser.add_argument("--texts", type=Path, required=True, help="folder of legal texts")
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))
    parser.add_argument("--folder", type=Path, help="where the index lies (build, ask)")
    arguments = parser.parse_args(given)
    if arguments.part in ("all", "quality"):
        for name, texts in _corpora(arguments.texts):
            _tell(_quality(name, texts, arguments.split))
    if arguments.part == "all":
        with tempfile.TemporaryDirectory() as folder:
            for part in ("build", "ask"):
                _apart(part, arguments.texts, Path(folder) / "index")
    elif arguments.part == "build":
        _tell(_build(arguments.texts, arguments.folder))
    elif arguments.part == "ask":
        _tell(_ask(arguments.folder))
    return 0


def _corpora(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    core = passages(folder, full=False)
    whole = {key.split("|")[0] for q in taught.law_questions() for key in q.gold} - {"phapdien"}
    acts = {number for number in whole if "/QH" in number or "VBHN" in number}
    yield "the laws asked about", {k: t for k, t in core.items() if k.split("|")[0] in acts}
    yield "laws, decrees and codified subjects", core
    yield "all texts", passages(folder, full=True)


def _quality(name: str, texts: dict[str, str], split: str) -> str:
    questions = [
        Question(question.question, frozenset(question.gold))
        for question in taught.law_questions(split)
        if all(key in texts for key in question.gold)
    ]
    report = evaluate(texts, questions)
    return "\n".join(
        [f"\n{name}: {len(texts)} articles, {len(questions)} questions", *_rows(report)]
    )


def _rows(report: Report) -> Iterator[str]:
    yield "| questions | | hit@1 | recall@5 | recall@10 | MRR | F2 | F2@3 | ms | p95 |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for asked, found in (("as typed", report.marked), ("no diacritics", report.bare)):
        yield _row(asked, "BM25", found["bm25"])
        yield _row(asked, "ours", found["ours"])
        away = report.taken_away["marked" if found is report.marked else "bare"]
        shares = [away[n] for n in ("hit_at_1", "recall_at_5", "recall_at_10", "mrr")]
        yield (
            f"| {asked} | misses taken away | "
            + " | ".join(f"{s:.0%}" for s in shares)
            + " | | | | |"
        )


def _row(asked: str, way: str, found: Measures) -> str:
    shares = (
        found.hit_at_1,
        found.recall_at_5,
        found.recall_at_10,
        found.mrr,
        found.f2,
        found.f2_at_3,
    )
    told = " | ".join(f"{share:.3f}" for share in shares)
    return f"| {asked} | {way} | {told} | {found.ms_mean:.1f} | {found.ms_p95:.1f} |"


def _apart(part: str, texts: Path, folder: Path) -> None:
    given = [part, "--texts", str(texts), "--folder", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "motcua.assistant.retrieval.figures", *given], check=True
    )


def _build(texts: Path, folder: Path) -> str:
    begun, spent = time.perf_counter(), time.process_time()
    index = Index.build(
        Passage(article.doc_id, f"{article.heading}\n{article.body}")
        for article in corpus.read(texts, full=True, bare=True)
    )
    index.write(folder)
    size = sum(file.stat().st_size for file in folder.iterdir()) / 2**20
    document = {
        "passages": len(index),
        "build_seconds": round(time.perf_counter() - begun, 1),
        "build_cpu_seconds": round(time.process_time() - spent, 1),
        "build_peak_mb": _peak(),
        "files_mb": round(size),
    }
    return json.dumps(document)


def _ask(folder: Path) -> str:
    begun = time.perf_counter()
    index = Index.open(folder)
    opened = time.perf_counter() - begun
    questions = [question.question for question in taught.law_questions()]
    for question in questions[:20]:
        index.search(question)
    clocks = []
    for question in [*questions, *map(fold, questions)]:
        begun, spent = time.perf_counter(), time.process_time()
        index.search(question)
        clocks.append((time.perf_counter() - begun, time.process_time() - spent))
    wall, cpu = np.percentile(np.array(clocks) * 1000, [50, 95, 100], axis=0).round(1).T
    document = {
        "open_seconds": round(opened, 2),
        "searches": len(clocks),
        "cpu_ms_p50_p95_longest": cpu.tolist(),
        "wall_ms_p50_p95_longest": wall.tolist(),
        "ask_peak_mb": _peak(),
    }
    return json.dumps(document)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
