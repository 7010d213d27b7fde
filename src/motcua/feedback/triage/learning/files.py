"""Labelled files of others: JSONL, CSV or TSV, with columns under whatever names they have."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from motcua.kernel.refused import Refused

TEXT_NAMES = (
    "text", "sentence", "content", "review", "free_text", "comment", "question", "title", "body",
    "cau", "noi_dung", "van_ban",
)  # fmt: skip
LABEL_NAMES = (
    "label", "labels", "topic", "sentiment", "class", "category", "emotion", "field", "target",
    "complaint", "nhan", "rating", "y",
)  # fmt: skip


class NotLabelled(Refused):
    """The file has no such column, or no rows."""


@dataclass(frozen=True)
class Rows:
    """Texts and their labels, and the columns they came from."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    text_column: str
    label_column: str


def read(path: Path, *, text: str = "", label: str = "") -> Rows:
    """Return the labelled rows of a file; rows without a text or a label are left out.

    text, label: names of the columns; guessed from usual names where not given.
    Raises NotLabelled: the file is not there, has no rows, or no column fits.
    """
    if not path.is_file():
        raise NotLabelled(f"không có tệp {path}")
    rows = _rows(path)
    if not rows:
        raise NotLabelled(f"tệp {path.name} không có dòng nào")
    columns = list(rows[0])
    of_text = _column(columns, text, TEXT_NAMES, path.name)
    of_label = _column([c for c in columns if c != of_text], label, LABEL_NAMES, path.name)
    kept = [
        (str(row[of_text]), _plain(row[of_label]))
        for row in rows
        if str(row.get(of_text) or "").strip() and row.get(of_label) not in (None, "")
    ]
    if not kept:
        raise NotLabelled(f"tệp {path.name} không có dòng nào đủ văn bản và nhãn")
    texts, labels = zip(*kept, strict=True)
    return Rows(tuple(texts), tuple(labels), of_text, of_label)


def _rows(path: Path) -> Sequence[Mapping[str, object]]:
    written = path.read_text(encoding="utf-8-sig", errors="replace")
    head = written.lstrip()[:1]
    if head == "[":
        return [row for row in json.loads(written) if isinstance(row, dict)]
    if head == "{":
        return [json.loads(line) for line in written.splitlines() if line.strip()]
    first = written.split("\n", 1)[0]
    mark = max("\t,;", key=first.count)
    return list(csv.DictReader(written.splitlines(keepends=True), delimiter=mark))


def _column(columns: Sequence[str], wanted: str, usual: Sequence[str], name: str) -> str:
    if wanted:
        if wanted not in columns:
            raise NotLabelled(f"tệp {name} không có cột {wanted}; các cột: {', '.join(columns)}")
        return wanted
    lowered = {column.lower().strip(): column for column in columns if column}
    for guess in usual:
        if guess in lowered:
            return lowered[guess]
    for guess in usual:
        for low, column in lowered.items():
            if guess in low and len(guess) > 1:
                return column
    raise NotLabelled(f"không đoán được cột trong {name}; các cột: {', '.join(columns)}")


def _plain(value: object) -> str:
    """Labels as text: 1.0 and "1" are one label."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
