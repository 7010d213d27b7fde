"""Lists as files: the national JSONL, the national listing, what a decision or a ward announces."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.catalog.comparing.values import Listed, bare_code, uncut
from motcua.catalog.national import SetAside, read_row
from motcua.catalog.sources import NotACatalogue
from motcua.kernel.text import fold, squeeze

MOST_BYTES, MOST_ROWS = 300 * 1024 * 1024, 50_000
_COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "ma", "ma thu tuc", "ma tthc", "ma so"),
    "name": ("name", "ten", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc", "ten tthc"),
    "field": ("field", "linh vuc"),
    "agency": ("issuing_agency", "ministry", "agency", "bo", "co quan", "co quan ban hanh", "bo nganh"),
    "online": ("online_link", "online", "truc tuyen", "hinh thuc"),
    "state": ("state", "trang thai", "tinh trang"),
    "type": ("type", "scope_type", "loai"),
}  # fmt: skip
_ENDED = ("bai bo", "het hieu luc", "deleted", "inactive", "withdrawn")
_AT_DESK = ("truc tiep", "khong", "no", "0", "false")


@dataclass
class List:
    """What a file announces; `is_whole`: what it does not name has ended."""

    rows: list[Listed] = field(default_factory=list)
    has_parts: bool = False
    is_whole: bool = False
    set_aside: int = 0


def read_list(path: Path) -> List:
    """Return the procedures that a file announces: JSON lines, or CSV with headings.

    Raises NotACatalogue: no such file, too large, no column of names, or a line that is no JSON.
    """
    if not path.is_file():
        raise NotACatalogue(f"Không có tệp {path}.", field="file")
    return read_bytes(path.read_bytes()) if path.stat().st_size <= MOST_BYTES else _too_large()


def read_bytes(content: bytes) -> List:
    """Return the procedures that a file's bytes announce. Raises NotACatalogue, as `read_list`."""
    if len(content) > MOST_BYTES:
        return _too_large()
    if not content.strip():
        raise NotACatalogue("Tệp không có thủ tục nào: tệp rỗng.", field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"Dòng {line} không phải chữ UTF-8; xin lưu tệp lại bằng UTF-8."
        raise NotACatalogue(message, field="file") from error
    if "\x00" in text:
        raise NotACatalogue("Tệp này không phải tệp chữ CSV hay JSONL.", field="file")
    found = _json_lines(text) if text.lstrip()[:1] == "{" else _table(text)
    if not found.rows:
        raise NotACatalogue("Tệp không có thủ tục nào đọc được.", field="file")
    return found


def _too_large() -> List:
    raise NotACatalogue("Tệp lớn hơn 300 MiB.", field="file")


def _json_lines(text: str) -> List:
    found = List(has_parts=True)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        row = _row(line, number)
        parsed = read_row(row)
        if isinstance(parsed, SetAside):
            found.set_aside += 1
            continue
        full = parsed.content.detail == "full"
        found.rows.append(
            Listed(
                line=number, code=parsed.code, name=parsed.name, field=parsed.field,
                agency=parsed.issuer, is_active=parsed.state == "active",
                is_ours_to_offer=parsed.is_offered, content=parsed.content if full else None,
                forms=_forms(row),
            )
        )  # fmt: skip
        _check_count(found)
    found.is_whole = True
    return found


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        message = f"Dòng {number} không phải một thủ tục viết bằng JSON."
        raise NotACatalogue(message, field="file")
    return row


def _forms(row: dict[str, Any]) -> tuple[str, ...]:
    papers = row.get("components")
    names = (
        squeeze(str(form))
        for paper in (papers if isinstance(papers, list) else [])
        if isinstance(paper, dict)
        for form in paper.get("forms") or []
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _table(text: str) -> List:
    found = List()
    rows = csv.reader(text.splitlines(), delimiter=_delimiter(text))
    try:
        places = _places(next(rows, []))
        for number, row in enumerate(rows, start=2):
            if any(cell.strip() for cell in row):
                found.rows.append(_listed(row, places, number))
                _check_count(found)
    except csv.Error as error:
        raise NotACatalogue("Tệp CSV có dòng không đọc được.", field="file") from error
    found.set_aside = sum(not row.name for row in found.rows)
    found.rows = [row for row in found.rows if row.name]
    found.is_whole = "type" in places and "state" in places  # the national listing says both
    return found


def _delimiter(text: str) -> str:
    return max(",;\t|", key=text.partition("\n")[0].count)


def _places(headings: list[str]) -> dict[str, int]:
    plain = [fold(heading.replace("_", " ")) for heading in headings]
    places = {}
    for part, names in _COLUMNS.items():
        wanted = [fold(name.replace("_", " ")) for name in names]
        place = next((plain.index(name) for name in wanted if name in plain), None)
        if place is not None:
            places[part] = place
    if "name" not in places:
        shown = ", ".join(heading.strip() for heading in headings[:12])
        message = f"Dòng 1 không có cột tên thủ tục. Các cột có trong tệp: {shown}."
        raise NotACatalogue(message, field="file")
    return places


def _listed(row: list[str], places: dict[str, int], number: int) -> Listed:
    def cell(part: str) -> str:
        place = places.get(part, len(row))
        return squeeze(row[place]) if place < len(row) else ""

    online = cell("online")
    field, agency = uncut(cell("field"), cell("agency"))
    return Listed(
        line=number,
        code=bare_code(cell("code")),
        name=cell("name"),
        field=field,
        agency=agency,
        is_online=None if not online else fold(online) not in _AT_DESK,
        is_active=fold(cell("state")) not in _ENDED,
        is_ours_to_offer=cell("type") != "SPECIFIC",
    )


def _check_count(found: List) -> None:
    if len(found.rows) > MOST_ROWS:
        raise NotACatalogue(f"Tệp có hơn {MOST_ROWS} thủ tục.", field="file")


def lines_of(found: List) -> Iterator[str]:
    """Give what was read, for people."""
    yield f"{len(found.rows)} thủ tục trong danh sách, {found.set_aside} dòng để lại."
