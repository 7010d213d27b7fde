"""Places where a value stands without a label: the head, the title, the date line, the signature."""

import re
from collections.abc import Callable, Iterator

from motcua.documents.reading.words import Word
from motcua.documents.understanding.layout import Run, Sheet, bare
from motcua.documents.understanding.spec import Field, Kind
from motcua.kernel.text import fold

_DATED = re.compile(r"^(.{2,45}?)[,.]?\s+ngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}\W*$")
_DATE_LINE = re.compile(r"^\W*ngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}\W*$")
_NOT_PLACES = (
    "can cu",
    "hom nay",
    "theo",
    "sinh",
    "ngay",
    "den het",
    "thoi han",
    "dang ky",
    "da sinh",
)
_PARENTS = ("tỉnh ", "sở ", "bộ ", "cơ sở khám", "khoa ", "cộng hòa", "độc lập", "mã số",
            "hiệu trưởng", "giám đốc", "chủ tịch")  # fmt: skip
_TITLES = ("giấy ", "bằng ", "tờ khai", "đơn ", "hóa đơn", "biên lai", "hợp đồng", "trích lục")
_OFFICES = (
    "chi nhánh", "văn phòng đăng ký", "ủy ban nhân dân", "trường đại học", "trường cao đẳng", "sở ",
)  # fmt: skip
_SIGNERS = ("chu tich", "giam doc", "hieu truong", "truong phong", "nguoi ky", "thu truong")

Place = Callable[[Sheet, Kind, Field], Iterator[list[Word]]]


def _words(*runs: Run) -> list[Word]:
    return [token.word for run in runs for token in run.tokens]


def _place_date(sheet: Sheet, _kind: Kind, _field: Field) -> Iterator[list[Word]]:
    """A place and a day ("…, ngày 05 tháng 02 năm 2026"): the last such line of the page."""
    found = [run for run in sheet.runs if _is_dated(run)]
    if found:
        yield _words(found[-1])


def _is_dated(run: Run) -> bool:
    said = fold(run.text).removeprefix("lam tai").removeprefix("cap tai").lstrip(" :")
    match = _DATED.match(said)
    if match is None or said.startswith(_NOT_PLACES):
        return False
    return ":" not in match.group(1)


def _date_line(sheet: Sheet, _kind: Kind, _field: Field) -> Iterator[list[Word]]:
    for run in sheet.runs:
        if _DATE_LINE.match(fold(run.text)):
            yield _words(run)


def _head(sheet: Sheet, kind: Kind, _field: Field) -> Iterator[list[Word]]:
    """The issuer's name at the top, its superior left out."""
    lines: list[Run] = []
    for run in sheet.runs:
        said = run.text.lower()
        if run.box.y > sheet.tall * 0.3 or _is_title(kind, run) or said.startswith(_TITLES):
            break
        if said.startswith(_PARENTS) or (lines and not _under(lines[-1], run, sheet)):
            continue
        if run.text.isupper() and not said.startswith(("số:", "số ")):
            lines.append(run)
    if lines:
        yield _words(*lines)


def _under(above: Run, run: Run, sheet: Sheet) -> bool:
    """Whether a run stands right under another, middle below middle."""
    aside = abs((above.box.x + above.right) - (run.box.x + run.right)) / 2
    return run.box.y - above.bottom < sheet.height and aside < 2 * sheet.height


def _is_title(kind: Kind, run: Run) -> bool:
    return any(bare(run.text).startswith(bare(title)) for title in kind.titles)


def _title(sheet: Sheet, kind: Kind, _field: Field) -> Iterator[list[Word]]:
    found = title_runs(sheet, kind)
    if found:
        yield _words(*found)


def title_runs(sheet: Sheet, kind: Kind) -> list[Run]:
    """Return the run that bears the title and the capital lines that continue it."""
    for run in sheet.runs:
        if not _is_title(kind, run):
            continue
        found = [run]
        for below in sheet.runs:
            near = (
                below.row > found[-1].row and below.box.y - found[-1].bottom < 0.9 * sheet.height
            )
            if near and below.text.isupper() and below.box.h > 0.8 * run.box.h:
                found.append(below)
        return found
    return []


def _subtitle(sheet: Sheet, kind: Kind, _field: Field) -> Iterator[list[Word]]:
    """The lines between the title and the next line in capitals."""
    title = title_runs(sheet, kind)
    if not title:
        return
    lines: list[Run] = []
    for run in sheet.runs:
        if run.row > title[-1].row:
            if run.text.isupper() or len(lines) == 4:
                break
            lines.append(run)
    if lines:
        yield _words(*lines)


def _office_line(sheet: Sheet, _kind: Kind, _field: Field) -> Iterator[list[Word]]:
    """A line of its own that names an office, with the line it runs on to."""
    for at, run in enumerate(sheet.runs):
        if not run.text.lower().startswith(_OFFICES):
            continue
        after = sheet.runs[at + 1 : at + 3]
        more = [one for one in after if one.text.isupper() and _under(run, one, sheet)]
        yield _words(run, *more[:1])


def _signature(sheet: Sheet, _kind: Kind, _field: Field) -> Iterator[list[Word]]:
    """The name under the last heading of those who sign."""
    heads = [run for run in sheet.runs if any(word in fold(run.text) for word in _SIGNERS)]
    for head in reversed(heads):
        middle = head.box.x + head.box.w / 2
        for run in sheet.runs:
            if run.row > head.row and run.box.x < middle < run.right and not run.text.isupper():
                yield _words(run)


def _anywhere(sheet: Sheet, _kind: Kind, _field: Field) -> Iterator[list[Word]]:
    for run in sheet.runs:
        yield _words(run)


PLACES: dict[str, Place] = {
    "place_date": _place_date, "date_line": _date_line, "head": _head, "title": _title,
    "subtitle": _subtitle, "office_line": _office_line, "signature": _signature,
    "anywhere": _anywhere,
}  # fmt: skip
