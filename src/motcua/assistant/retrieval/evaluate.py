"""How well any corpus is searched: hits, recall, rank and time, beside plain BM25 in the same run."""

import json
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from motcua.assistant.retrieval.baseline import PlainBm25
from motcua.assistant.retrieval.index import Index
from motcua.assistant.retrieval.passages import Passage
from motcua.kernel.refused import Refused
from motcua.kernel.text import fold, words

_MOST_BYTES = 2 * 2**30
_LONGEST_LINE = 8 * 2**20
_DEPTH = 10
Search = Callable[[str], Sequence[str]]


class BadFile(Refused):
    """A corpus or a file of questions cannot be used; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the keys of the passages that answer it."""

    question: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over all questions; times in milliseconds."""

    hit_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr: float
    f2: float
    f2_at_3: float
    ms_mean: float
    ms_p95: float


@dataclass(frozen=True, slots=True)
class Report:
    """One run: what was read, how long the index took, and the measures of each way of asking."""

    passages: int
    questions: int
    unknown_gold: int
    build_seconds: float
    marked: Mapping[str, Measures]  # "bm25" and "ours", questions as they stand
    bare: Mapping[str, Measures]  # the same questions without diacritics

    memory_mb: int  # the most that the process held, the yardstick and the texts included

    @property
    def taken_away(self) -> dict[str, dict[str, float]]:
        """Return the share of BM25's misses taken away, as typed and without diacritics."""
        return {
            "marked": taken_away(self.marked["bm25"], self.marked["ours"]),
            "bare": taken_away(self.bare["bm25"], self.bare["ours"]),
        }

    def document(self) -> dict[str, object]:
        """Return the report for programs."""
        return asdict(self) | {"misses_taken_away": self.taken_away}


def evaluate(corpus: Mapping[str, str], questions: Sequence[Question]) -> Report:
    """Build the index of the corpus and ask it and plain BM25 every question, twice."""
    keys = list(corpus)
    begun = time.perf_counter()
    index = Index.build(Passage(key, text) for key, text in corpus.items())
    seconds = time.perf_counter() - begun

    def ours(question: str) -> list[str]:
        return [hit.key for hit in index.search(question, limit=_DEPTH)]

    return Report(
        passages=len(corpus),
        questions=len(questions),
        unknown_gold=sum(not q.gold <= corpus.keys() for q in questions),
        build_seconds=round(seconds, 2),
        marked={
            "bm25": measure(_plain(corpus, keys, words), questions),
            "ours": measure(ours, questions),
        },
        bare={
            "bm25": measure(_plain(corpus, keys, _folded), questions, bare=True),
            "ours": measure(ours, questions, bare=True),
        },
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _plain(
    corpus: Mapping[str, str], keys: Sequence[str], split: Callable[[str], list[str]]
) -> Search:
    plain = PlainBm25(list(corpus.values()), split=split)
    return lambda question: [keys[at] for at in plain.search(question, limit=_DEPTH)]


def _folded(text: str) -> list[str]:
    return words(fold(text))


def measure(search: Search, questions: Sequence[Question], *, bare: bool = False) -> Measures:
    """Ask every question and return the means."""
    rows, times = [], []
    for asked in questions:
        text = fold(asked.question) if bare else asked.question
        begun = time.perf_counter()
        found = search(text)
        times.append((time.perf_counter() - begun) * 1000)
        rows.append(_judged(found, asked.gold))
    means = [round(float(mean), 4) for mean in np.mean(rows, axis=0)]
    means += [round(float(np.mean(times)), 2), round(float(np.percentile(times, 95)), 2)]
    return Measures(*means)


def _judged(found: Sequence[str], gold: frozenset[str]) -> tuple[float, ...]:
    right = [key in gold for key in found]
    first = right.index(True) + 1 if any(right) else 0
    return (
        float(first == 1),
        sum(right[:5]) / len(gold),
        sum(right[:10]) / len(gold),
        1 / first if first else 0.0,
        _f2(right[:1], len(gold)),
        _f2(right[:3], len(gold)),
    )


def _f2(right: Sequence[bool], wanted: int) -> float:
    if not any(right):
        return 0.0
    precision, recall = sum(right) / len(right), sum(right) / wanted
    return 5 * precision * recall / (4 * precision + recall)


def taken_away(plain: Measures, ours: Measures) -> dict[str, float]:
    """Return the share of the yardstick's misses that are hits with us, measure by measure."""
    names = ("hit_at_1", "recall_at_5", "recall_at_10", "mrr")
    pairs = {name: (getattr(plain, name), getattr(ours, name)) for name in names}
    return {
        name: round((new - old) / (1 - old), 3) if old < 1 else 0.0
        for name, (old, new) in pairs.items()
    }


def read_corpus(path: Path) -> dict[str, str]:
    """Return the texts of a JSONL file of {doc_id, text} by key."""
    corpus: dict[str, str] = {}
    for number, row in _rows(path):
        key, text = row.get("doc_id"), row.get("text")
        if not isinstance(key, str | int) or not isinstance(text, str):
            raise BadFile(f"Dòng {number} của {path.name} thiếu doc_id hoặc text.")
        if str(key) in corpus:
            raise BadFile(f"Dòng {number} của {path.name}: doc_id «{key}» đã có ở dòng trước.")
        corpus[str(key)] = text
    if not corpus:
        raise BadFile(f"{path.name} không có văn bản nào.")
    return corpus


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a JSONL file of {question, gold: [doc_id]}."""
    questions: list[Question] = []
    for number, row in _rows(path):
        text, gold = row.get("question"), row.get("gold")
        if not isinstance(text, str) or not text.strip():
            raise BadFile(f"Dòng {number} của {path.name} thiếu question.")
        if not isinstance(gold, list) or not gold:
            raise BadFile(f"Dòng {number} của {path.name}: gold phải là danh sách doc_id.")
        questions.append(Question(text, frozenset(str(key) for key in gold)))
    if not questions:
        raise BadFile(f"{path.name} không có câu hỏi nào.")
    return questions


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadFile(f"{path.name} lớn hơn {_MOST_BYTES // 2**30} GiB.")
        with path.open(encoding="utf-8-sig") as lines:
            number = 0
            while line := lines.readline(_LONGEST_LINE):
                number += 1
                if line.strip():
                    yield number, _row(line, number, path)
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"Không đọc được {path}: {error}") from error


def _row(line: str, number: int, path: Path) -> Mapping[str, object]:
    if len(line) >= _LONGEST_LINE:
        raise BadFile(f"Dòng {number} của {path.name} dài quá {_LONGEST_LINE // 2**20} MiB.")
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadFile(f"Dòng {number} của {path.name} không phải JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadFile(f"Dòng {number} của {path.name} phải là một đối tượng JSON.")
    return row
