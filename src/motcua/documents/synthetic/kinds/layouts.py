"""Layouts as plain text: one line, one block; the first sign says what the block is.

^ head of the issuer (left lines by "/", ";;" place and date) · ^^ nation alone · = title ·
~ centred · == subtitle · # section · > right · _ signatures (left | right, "/" between lines) ·
! table row, !! its head · [ ][ ] two columns · @qr @mrz @page · anything else a line, "|" parts it.
Values: {key}, {key:upper}, {key:day}, {key:words}.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.documents.papers import words
from motcua.documents.synthetic.kinds.values import Value, Values
from motcua.kernel import money

_HERE = Path(__file__).resolve().parent / "texts"
SEEN, HELD_OUT = ("a", "b"), "c"
_SIGNS = (
    "^card",
    "^left",
    "^^",
    "^",
    "==",
    "=",
    "~",
    "#",
    ">",
    "_",
    "!!",
    "!",
    "][",
    "[",
    "]",
    "@",
)
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Layout:
    """One way in which a kind of paper is set."""

    options: dict[str, str]
    lines: tuple[str, ...]


def kinds() -> list[str]:
    """Return the keys of the fifteen kinds."""
    return sorted(path.stem for path in _HERE.glob("*.txt"))


@cache
def layouts(kind: str) -> dict[str, Layout]:
    """Return the layouts of a kind by letter; HELD_OUT is used in the test set only."""
    found: dict[str, Layout] = {}
    for part in (_HERE / f"{kind}.txt").read_text(encoding="utf-8").split("--- ")[1:]:
        head, *lines = part.rstrip("\n").split("\n")
        letter, *options = head.split()
        pairs = dict(option.split("=", 1) for option in options)
        found[letter] = Layout(pairs, tuple(lines))
    return found


def blocks(layout: Layout, values: Values) -> list[dict[str, Any]]:
    """Return the layout filled: one block per line, for the template."""
    return [_block(line, values) for line in layout.lines]


def _block(line: str, values: Values) -> dict[str, Any]:
    sign = next((sign for sign in _SIGNS if line.startswith(sign)), "")
    text = line[len(sign) :].strip()
    if sign == "@":
        return {"sign": f"@{text}", "cells": []}
    left, _mark, right = text.partition(";;")
    parting = "!" if sign in {"!", "!!"} else "/" if sign in {"^", "^left"} else "|"
    cells = [_spans(cell.strip(), values) for cell in left.split(parting)]
    if sign == "_":
        cells = []
        signers = [[_spans(p.strip(), values) for p in s.split("/")] for s in left.split("|")]
        return {"sign": sign, "cells": cells, "signers": signers}
    return {"sign": sign, "cells": cells, "right": _spans(right.strip(), values)}


def _spans(text: str, values: Values) -> list[dict[str, Any]]:
    """Split a cell into printed words and filled values, which a form sets in another hand."""
    spans: list[dict[str, Any]] = []
    at = 0
    for found in _PLACE.finditer(text):
        if found.start() > at:
            spans.append({"text": text[at : found.start()], "filled": False})
        shown = show(values[found.group(1)], found.group(2) or "")
        spans.append({"text": shown, "filled": True})
        at = found.end()
    if at < len(text):
        spans.append({"text": text[at:], "filled": False})
    return spans


def show(value: Value, how: str) -> str:
    """Return a value as the paper shows it."""
    if isinstance(value, date):
        return _day(value, how)
    if isinstance(value, int):
        if how == "words":
            return money.in_words(value)
        return money.grouped(value) if value >= 10_000 else str(value)
    if how == "upper":
        return value.upper()
    return value[0].upper() + value[1:] if how == "first" else value


def _day(value: date, how: str) -> str:
    if how == "words":
        parts = [money.number_in_words(n) for n in (value.day, value.month, value.year)]
        return "ngày {} tháng {} năm {}".format(*parts)
    if how in {"day", "Day"}:
        told = words.day(value)
        return told if how == "day" else told.capitalize()
    return words.short_day(value)
