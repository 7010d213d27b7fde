"""The law by article, read from a folder of legal texts: what the ranker is trained and measured on.

Identifiers are stable: `68/2020/QH14|20`, and `phapdien|3.3.LQ.1` where the source names no document.
"""

import json
import lzma
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_BY_ARTICLE = ("laws_articles.jsonl", "nd118_2025.jsonl", "nd309_2026.jsonl")
_CODIFIED = "phapdien_core.jsonl"
_CODIFIED_WHOLE = "phapdien_full.jsonl.xz"
_REPLACED = Path(__file__).parent / "data" / "questions" / "replaced.toml"
_BOOKMARK = re.compile(r"^#+[ \d]*$", re.MULTILINE)
_RELATED = re.compile(
    r"\(?(?:Điều|Mục|Chương|Phần) này có nội dung liên quan đến.*$", re.MULTILINE
)
_RELATED_ALONE = re.compile(
    r"^.*Điều \d+\.\d+\.[A-ZĐ]{2}\..*$", re.MULTILINE
)  # what is left of one
# An article that the source ran on to the one before it: code, title, (Điều N … số M
_SWALLOWED = re.compile(
    r"Điều (\d+(?:\.\d+)*\.[A-ZĐ]{2}(?:\.\d+)*\.\d+[a-zđ]?)\. ((?:(?!Điều \d+\.\d)[^\n])+)\n"
    r"\s*\(Điều (\d+[a-zđ]?) [^\n]*?số (\d+[^\s,)]*)[^\n]*"
)
_NEXT_ON_LINE = re.compile(r"(?<=[.;:)])(?:Chương|Mục) [\dIVXLC]+\s*$")
_NEXT_HEADING = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục)\s+(?:thứ\s+)?[\dIVXLC]+\b")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: where it stands, its heading, its words and the document it belongs to."""

    doc_id: str
    heading: str
    body: str
    document: str

    @property
    def text(self) -> str:
        """Return the heading, the body and the document's title, a line each."""
        return "\n".join(part for part in (self.heading, self.body, self.document) if part)


def articles(
    folder: Path, *, full: bool = False, bare: bool = False, in_force: bool = False
) -> Iterator[tuple[str, str]]:
    """Return (doc_id, text) of every article of the folder; the switches are those of `read`."""
    found = read(folder, full=full, bare=bare, in_force=in_force)
    return ((article.doc_id, article.text) for article in found)


def read(
    folder: Path, *, full: bool = False, bare: bool = False, in_force: bool = False
) -> Iterator[Article]:
    """Return every article once, whole documents before the codified law.

    `full` adds the codified law on every subject; `bare` keeps articles known by heading only;
    `in_force` leaves out documents that another one of the texts replaced.
    """
    seen: set[str] = set()
    gone = _replaced() if in_force else frozenset()
    for article in _all(folder, full=full):
        if article.doc_id in seen or article.doc_id.split("|")[0] in gone:
            continue
        if article.body or (bare and article.heading):
            seen.add(article.doc_id)
            yield article


def _replaced() -> frozenset[str]:
    return frozenset(tomllib.loads(_REPLACED.read_text(encoding="utf-8"))["replaced"])


def _all(folder: Path, *, full: bool) -> Iterator[Article]:
    for name in _BY_ARTICLE:
        yield from map(_of_document, _rows(folder / name))
    names = (_CODIFIED, _CODIFIED_WHOLE) if full else (_CODIFIED,)
    for name in names:
        for row in _rows(folder / name):
            yield from map(_of_codified, _apart(row))


def _apart(row: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Return the row, and apart from it the articles that its text has swallowed."""
    found = list(_SWALLOWED.finditer(row["text"]))
    ends = [match.start() for match in found] + [len(row["text"])]
    yield {**row, "text": row["text"][: ends[0]]}
    for match, end in zip(found, ends[1:], strict=True):
        code, title, article, number = match.groups()
        text = row["text"][match.end() : end]
        known = {
            "phapdien_code": code,
            "title": title,
            "doc_number": number,
            "doc_article": article,
        }
        yield {**row, **known, "doc_title": "", "text": text}


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with _opened(path) as lines:
        for line in lines:
            yield json.loads(line)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _of_document(row: Mapping[str, str]) -> Article:
    return Article(
        doc_id=f"{row['doc_number']}|{row['article']}",
        heading=_heading(row["article"], row["article_title"]),
        body=row["text"].strip(),
        document=row["doc_title"].strip(),
    )


def _of_codified(row: Mapping[str, str]) -> Article:
    number, article = row["doc_number"].strip(), row["doc_article"].strip()
    whole = bool(
        number and article and not re.match(r"\d{4}/", number)
    )  # «2018/TT-NHNN» has lost its number
    return Article(
        doc_id=f"{number}|{article}" if whole else f"phapdien|{row['phapdien_code']}",
        heading=_heading(article, row["title"]),
        body=_clean(row["text"]),
        document=row.get("doc_title", "").strip() or row["subject"].strip(),
    )


def _heading(article: str, title: str) -> str:
    return ". ".join(
        part for part in (f"Điều {article}" if article else "", title.strip()) if part
    )


def _clean(text: str) -> str:
    """Return the article without bookmarks, notes on related articles and the next heading."""
    plain = _RELATED_ALONE.sub("", _RELATED.sub("", _BOOKMARK.sub("", text)))
    lines = plain.strip().split("\n")
    while lines and _is_next_heading(lines[-1].strip()):
        lines.pop()
    return _NEXT_ON_LINE.sub("", "\n".join(lines).strip())


def _is_next_heading(line: str) -> bool:
    return not line or line.isupper() or _NEXT_HEADING.match(line) is not None
