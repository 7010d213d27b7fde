"""A form as CSV, as plain JSON and back: what programs read, and what is kept of a sent form."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from motcua.reporting.forms.sheet import (
    Check,
    Column,
    Issuer,
    Opens,
    Row,
    Section,
    Sheet,
    Value,
    shown,
)

BOM = "\ufeff"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return (
        f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS) or text[:1] in _STARTS else text
    )


def as_csv(sheet: Sheet) -> bytes:
    """Return the form as CSV in UTF-8 with its mark, numbers as numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    for words in head_lines(sheet):
        writer.writerow([harmless(words)])
    for section in sheet.sections:
        writer.writerow([harmless(section.title)])
        writer.writerows([harmless(paragraph)] for paragraph in section.paragraphs)
    if sheet.columns:
        writer.writerow(["STT", sheet.first_head, *(_head(column) for column in sheet.columns)])
    for row in sheet.rows:
        writer.writerow([harmless(row.mark), harmless(row.name), *_cells(sheet, row)])
    for note in sheet.notes:
        writer.writerow([harmless(note)])
    return (BOM + out.getvalue()).encode()


def head_lines(sheet: Sheet) -> list[str]:
    """Return what stands above the table, a line each."""
    lines = [
        f"{sheet.number} ({sheet.law})" if sheet.law else sheet.number,
        sheet.title,
        f"Kỳ báo cáo: {sheet.period} (từ {sheet.first:%d/%m/%Y} đến {sheet.last:%d/%m/%Y})",
        f"Đơn vị báo cáo: {sheet.issuer.name}",
    ]
    if sheet.receiver:
        lines.append(f"Đơn vị nhận báo cáo: {sheet.receiver}")
    if sheet.unit:
        lines.append(f"Đơn vị tính: {sheet.unit}")
    return lines


def _head(column: Column) -> str:
    name = f"{column.group}: {column.words}" if column.group else column.words
    return f"{column.number} {name}".strip()


def _cells(sheet: Sheet, row: Row) -> list[object]:
    cells: list[object] = []
    for column, value in zip(sheet.columns, row.values, strict=True):
        if isinstance(value, int):
            cells.append(value)
        elif isinstance(value, float):
            cells.append(round(value, 2))
        else:
            cells.append(harmless(shown(value, column, row)))
    return cells


def as_document(sheet: Sheet) -> dict[str, Any]:
    """Return the form as plain JSON values; `from_document` reads it back."""
    plain = asdict(sheet)
    plain["first"], plain["last"] = sheet.first.isoformat(), sheet.last.isoformat()
    plain["until"] = sheet.until.isoformat()
    plain["balances"] = sheet.balances
    return plain


def from_document(plain: dict[str, Any]) -> Sheet:
    """Return the form that `as_document` wrote."""
    known = {name: plain[name] for name in Sheet.__dataclass_fields__ if name in plain}
    return Sheet(
        **known
        | {
            "first": date.fromisoformat(plain["first"]),
            "last": date.fromisoformat(plain["last"]),
            "until": datetime.fromisoformat(plain["until"]),
            "issuer": Issuer(**plain["issuer"]),
            "columns": tuple(_column(one) for one in plain["columns"]),
            "rows": tuple(_row(one) for one in plain["rows"]),
            "checks": tuple(
                Check(words=one["words"], broken=tuple(one["broken"])) for one in plain["checks"]
            ),
            "sections": tuple(
                Section(
                    title=one["title"],
                    paragraphs=tuple(one["paragraphs"]),
                    opens=tuple(
                        tuple(Opens(**number) for number in own) for own in one.get("opens", ())
                    ),
                )
                for one in plain["sections"]
            ),
            "notes": tuple(plain["notes"]),
            "signers": tuple(plain["signers"]),
        }
    )


def _column(plain: dict[str, Any]) -> Column:
    return Column(**plain | {"sum_of": tuple(plain["sum_of"])})


def _row(plain: dict[str, Any]) -> Row:
    opens = plain["opens"]
    return Row(
        **plain
        | {
            "values": tuple(plain["values"]),
            "sums": tuple(plain["sums"]),
            "opens": (opens[0], opens[1]),
            "figures": tuple(plain["figures"]),
            "of": tuple(plain.get("of", ())),
        }
    )


def changes(before: Sheet, after: Sheet) -> list[tuple[str, str, Value, Value]]:
    """Return every figure that differs: row, column, what it was, what it is."""
    old, new = _figures(before), _figures(after)
    words = {column.key: _head(column) for column in (*before.columns, *after.columns)}
    return [
        (row, words[key], old.get((row, key)), new.get((row, key)))
        for row, key in _in_order((*old, *new))
        if old.get((row, key)) != new.get((row, key))
    ]


def _figures(sheet: Sheet) -> dict[tuple[str, str], Value]:
    seen = Counter(row.name for row in sheet.rows)
    return {
        (f"{row.mark}. {row.name}" if seen[row.name] > 1 else row.name, column.key): value
        for row in sheet.rows
        for column, value in zip(sheet.columns, row.values, strict=True)
        if column.kind != "text"
    }


def _in_order(keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(keys))
