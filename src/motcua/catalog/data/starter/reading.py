"""Reads the starter files and expands their shorthand into the full shape of a procedure.

`procedures()` is the only door: whoever loads the starter catalogue never sees the shorthand.
The format is described in README.md beside this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

Row = dict[str, Any]

CHANNELS = ("counter", "online", "post")
UNITS = ("working_hour", "working_day", "day", "hour", "month")
SAME_DAY_TEXT = "Trong ngày làm việc; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo"
FREE_TEXT = "Không thu"
FEE_NAMES = {"le_phi": "Lệ phí", "phi": "Phí"}
OUTSIDE = {
    "code": "",
    "aliases": [],
    "usage": 0,
    "online_filing": False,
    "online_level": "",
    "online_reason": "",
    "checked": True,
}
PLAIN_TEXT = ("name", "authority", "plain", "conditions")


def files() -> Iterator[tuple[str, Row]]:
    """Every starter file: its name and its parsed TOML, in the order of names."""
    folder = resources.files(__package__)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            yield entry.name, tomllib.loads(entry.read_text(encoding="utf-8"))


def procedures() -> list[Row]:
    """Every procedure of the starter catalogue in the full shape."""
    return [expand(raw, data) for _, data in files() for raw in data.get("procedure", [])]


def expand(raw: Row, data: Row) -> Row:
    """One procedure with the defaults of its file filled in and every shorthand written out.

    `content` is what `Content.from_json` reads; the rest describes the procedure around its text.
    """
    row = {**data.get("defaults", {}), **raw}
    content: Row = {key: row.get(key, "") for key in PLAIN_TEXT}
    content |= {
        "field": row.get("field", data["field"]),
        "subjects": row["subjects"],
        "levels": row["levels"],
        "cases": [_case(item) for item in row.get("cases", [])],
        "components": [_component(item, data) for item in row.get("components", [])],
        "immediate": bool(row.get("immediate", row.get("limit") == "same_day")),
        "channels": [_channel(kind, row) for kind in row.get("channels", CHANNELS)],
        "steps": [_step(item) for item in row.get("steps", [])],
        "results": [_result(item) for item in row.get("results", [])],
        "legal": [{"number": number, "name": data["laws"][number]} for number in row["legal"]],
        "form": _form(row["form"], data) if row.get("form") else None,
    }
    return {**{key: row.get(key, empty) for key, empty in OUTSIDE.items()}, "content": content}


def _case(item: list[str]) -> Row:
    key, name = item
    return {"key": key, "name": name}


def _component(item: str | Row, data: Row) -> Row:
    """A shared component by its key, or one written out; what is written out wins."""
    own: Row = {"key": item} if isinstance(item, str) else item
    shared = data.get("component", {}).get(own["key"], {})
    blank = {
        "case": "",
        "originals": 1,
        "copies": 0,
        "required": True,
        "held_by": "",
        "paper_kind": "",
        "form": "",
        "note": "",
    }
    return {**blank, **shared, **own}


def _channel(kind: str, row: Row) -> Row:
    limits = [_limit(item) for item in _of_channel(row.get("limits", []), kind)]
    if "limit" in row:
        limits.insert(0, _limit(row["limit"]))
    fees_raw = row.get("fees", "free")
    listed = [{"amount": 0, "text": FREE_TEXT}] if fees_raw == "free" else fees_raw
    fees = [_fee(item, place) for place, item in enumerate(_of_channel(listed, kind), start=1)]
    return {"kind": kind, "limits": limits, "fees": fees}


def _of_channel(items: list[Row], kind: str) -> list[Row]:
    return [item for item in items if item.get("channel", kind) == kind]


def _limit(item: str | Row) -> Row:
    """Read "7 working_day", "same_day", or a table with case, value, unit and text."""
    if item == "same_day":
        return {"case": "", "value": 0, "unit": "working_day", "text": SAME_DAY_TEXT}
    if isinstance(item, str):
        value, unit = item.split()
        return {"case": "", "value": int(value), "unit": unit, "text": ""}
    if item.get("same_day"):
        return {**_limit("same_day"), "case": item.get("case", "")}
    return {
        "case": item.get("case", ""),
        "value": item.get("value"),
        "unit": item.get("unit"),
        "text": item.get("text", ""),
    }


def _fee(item: Row, place: int) -> Row:
    kind = item.get("kind", "le_phi")
    return {
        "key": item.get("key", f"fee{place}"),
        "name": item.get("name", FEE_NAMES[kind]),
        "kind": kind,
        "amount_vnd": item.get("amount"),
        "per": item.get("per", "dossier" if "amount" in item else "unknown"),
        "case": item.get("case", ""),
        "text": item.get("text", ""),
    } | {key: item[key] for key in ("tiers", "max_vnd") if key in item}


def _step(item: str | Row) -> Row:
    return {"case": "", "text": item} if isinstance(item, str) else item


def _result(item: str | Row) -> Row:
    return {"code": "", "name": item} if isinstance(item, str) else item


def _form(key: str, data: Row) -> Row:
    """A form with its fields; a field without a section stays in the section before it."""
    form = data["form"][key]
    fields: list[Row] = []
    section = ""
    for item in form["fields"]:
        section = item.get("section", section)
        blank = {"kind": "text", "required": True, "options": [], "hint": "", "fill": ""}
        fields.append({**blank, **item, "section": section})
    return {"key": key, "title": form["title"], "fields": fields}
