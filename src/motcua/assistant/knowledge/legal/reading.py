"""Reading files of legal texts, one JSON object a line; bad lines are told by their number.

A line that is no article refuses the file; an article whose number cannot be trusted is set aside.
"""

import gzip
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

from motcua.assistant.knowledge.legal.dates import date_in
from motcua.assistant.knowledge.legal.notes import Note, read_note
from motcua.assistant.knowledge.legal.numbers import NUMBER, is_number, tidy_number
from motcua.kernel.refused import Refused
from motcua.kernel.text import nfc

LONGEST_LINE = 2_000_000
_LONGEST_TEXT = 200_000
_MOST_ROWS = 500_000
_LOST_NUMBER = re.compile(r"(?:19|20)\d{2}/(?:TT|NĐ)")  # "2018/TT-NHNN" lost what stood before it
_HEADING = re.compile(r"(?:#+\s*)?(?:Phần|Chương|Mục|Tiểu mục)\s+(?:thứ\s+)?[\dIVXLC]+\b[^.;]*$")
_ARTICLE = re.compile(r"\d{1,4}[a-zđ]{0,3}")
_WEB_MARKS = re.compile(r"\[(?:\d{1,4})\]|\*\*|^\s*---\s*$|^#+[ \d]*$", re.MULTILINE)
_RELATED = re.compile(
    r"\((?:Điều|Mục|Chương) này có nội dung liên quan đến [^()]*(?:\([^()]*\)[^()]*)*\)"
)
# In codified texts the next article may be glued to the end of this one.
_GLUED = re.compile(
    rf"Điều \d+\.\d+\.[A-ZĐ]+\.[\w.]+\. (?P<title>[^\n]{{1,300}})\n"
    rf"\((?P<note>Điều (?P<article>\d{{1,4}}[a-z]?) [^()\n]*?số (?P<number>{NUMBER})[^()\n]*)\)\n"
)


class BadLawFile(Refused):
    """The file is not a list of articles."""

    field = "file"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a file gives it."""

    document: str
    document_title: str
    article: str
    title: str
    text: str
    issued: date | None = None
    begins: date | None = None
    status: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of a file, and those set aside: (where, why) of each."""

    articles: tuple[Article, ...]
    set_aside: tuple[tuple[str, str], ...]


def read_file(path: Path) -> Reading:
    """Return the articles of a JSONL file (plain, .gz or .xz).

    Raises BadLawFile: a line is too long, is not JSON, or is not an article; it names the line.
    """
    articles: list[Article] = []
    aside: list[tuple[str, str]] = []
    for number, line in enumerate(_lines(path), start=1):
        where = f"{path.name}, dòng {number}"
        if number > _MOST_ROWS:
            raise BadLawFile(f"{path.name}: quá {_MOST_ROWS} dòng")
        if not line.strip():
            continue
        known = _row(line, where)
        why = _flaw(known)
        if why:
            aside.append((where, why))
        else:
            articles.extend(_split(_article(known)))
    return Reading(tuple(articles), tuple(aside))


def _lines(path: Path) -> Iterator[str]:
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise BadLawFile(
                        f"{path.name}, dòng {number}: dài quá {LONGEST_LINE // 1_000_000} triệu byte"
                    )
                yield line.decode()
    except UnicodeDecodeError as error:
        raise BadLawFile(f"{path.name}, dòng {number}: không phải chữ UTF-8") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise BadLawFile(f"{path.name}: không đọc được tệp") from error


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".xz":
        return lzma.open(path, "rb")
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _row(line: str, where: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLawFile(f"{where}: không phải JSON") from error
    if not isinstance(row, dict):
        raise BadLawFile(f"{where}: không phải một điều luật")
    known = {key: value for key, value in row.items() if isinstance(value, str)}
    if "text" not in known or "doc_number" not in known:
        raise BadLawFile(f"{where}: thiếu doc_number hoặc text")
    if len(known["text"]) > _LONGEST_TEXT:
        raise BadLawFile(f"{where}: một điều dài quá {_LONGEST_TEXT} chữ")
    return {**known, "article": known.get("article", known.get("doc_article", "")).strip()}


def _flaw(known: dict[str, str]) -> str:
    """Why an article cannot be cited, "" when it can."""
    number = tidy_number(known["doc_number"])
    if not number:
        return "nguồn không ghi là văn bản nào"
    if _LOST_NUMBER.match(number) or not is_number(number):
        return "số hiệu văn bản không đọc được"
    return "" if _ARTICLE.fullmatch(known["article"]) else "không có số điều"


def _article(known: dict[str, str]) -> Article:
    note = known.get("source_note", "")
    return Article(
        document=tidy_number(known["doc_number"]),
        document_title=nfc(known.get("doc_title", "")).strip(),
        article=known["article"],
        title=_clean(nfc(known.get("article_title", known.get("title", "")))),
        text=nfc(known["text"]),
        issued=date_in(known.get("issued", "")),
        begins=date_in(known.get("effective", "")),
        status=known.get("status", ""),
        note=read_note(note) if note else None,
    )


def _split(article: Article) -> Iterator[Article]:
    """Yield the article, then those that were glued to its end."""
    parts = list(_GLUED.finditer(article.text))
    ends = [part.start() for part in parts] + [len(article.text)]
    yield replace(article, text=_clean(article.text[: ends[0]]))
    for part, end in zip(parts, ends[1:], strict=True):
        yield Article(
            document=tidy_number(part["number"]),
            document_title="",
            article=part["article"],
            title=_clean(part["title"]),
            text=_clean(article.text[part.end() : end]),
            note=read_note(part["note"]),
        )


def _clean(text: str) -> str:
    """Drop footnote marks, cross references of the code, blank lines, the heading that follows."""
    plain = _WEB_MARKS.sub("", _RELATED.sub("", text))
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    while len(lines) > 1 and (lines[-1].isupper() or _HEADING.match(lines[-1])):
        lines.pop()
    return "\n".join(lines)
