"""A form as an official paper: PDF/A-2a and PDF/UA-1, by the house's own layout."""

from datetime import datetime
from typing import Any

from motcua.documents.papers import data, manifest, plain, press, qr
from motcua.reporting.forms.sheet import Row, Sheet, shown

_LAYOUT = manifest.TEMPLATES / "report" / "v1.typ"
_HINTS = ("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên, đóng dấu)")


def as_pdf(sheet: Sheet, *, at: datetime) -> bytes:
    """Return the form as PDF; `at` is the date printed and the time in the QR."""
    payload = qr.Payload(
        dossier_code="",
        procedure_code="",
        owner_id="",
        paper=sheet.number,
        agency_code=sheet.issuer.code,
        at=at,
        key="report",
        number="",
    )
    inputs = {"paper": plain.as_json(_inputs(sheet, at)), "qr": qr.svg(qr.encode(payload))}
    return press.pressed(_LAYOUT, inputs, at=at, standards=press.STANDARDS)


def _inputs(sheet: Sheet, at: datetime) -> dict[str, object]:
    issuer = sheet.issuer
    return {
        "form": sheet.number,
        "source": sheet.law,
        "size": sheet.size,
        "title": sheet.title,
        "at": at,
        "data": {
            "issuer": data.Issuer(
                name=issuer.name, code=issuer.code, place=issuer.place, parent=issuer.parent
            ),
            "period_line": f"Kỳ báo cáo: {sheet.period}",
            "span_line": f"(Từ ngày {sheet.first:%d/%m/%Y} đến ngày {sheet.last:%d/%m/%Y})",
            "lines": _lines(sheet),
            "sections": [
                {"title": one.title, "paragraphs": list(one.paragraphs)} for one in sheet.sections
            ],
            "first_head": sheet.first_head,
            "groups": _groups(sheet),
            "columns": [
                {"words": one.words, "number": one.number or f"({place})", "group": one.group,
                 "kind": one.kind}
                for place, one in enumerate(sheet.columns, start=3)
            ],
            "rows": [_row(sheet, row) for row in sheet.rows],
            "checks": [_check(one.words, holds=one.holds) for one in sheet.checks],
            "notes": list(sheet.notes),
            "signers": _signers(sheet),
        },
    }  # fmt: skip


def _lines(sheet: Sheet) -> list[str]:
    lines = [f"Biểu ban hành theo Thông tư số {sheet.law}."] if sheet.law[:1].isdigit() else []
    if sheet.receiver:
        lines.append(
            f"Đơn vị báo cáo: {sheet.issuer.name}. Đơn vị nhận báo cáo: {sheet.receiver}."
        )
    if sheet.unit:
        lines.append(f"Đơn vị tính: {sheet.unit}.")
    return lines


def _groups(sheet: Sheet) -> list[dict[str, Any]]:
    found, place = [], 0
    for words, count in sheet.groups:
        own = [one.words for one in sheet.columns[place : place + count]]
        found.append({"words": words, "count": count, "columns": own})
        place += count
    return found


def _row(sheet: Sheet, row: Row) -> dict[str, Any]:
    pairs = zip(sheet.columns, row.values, strict=True)
    return {
        "mark": row.mark,
        "name": row.name,
        "is_sum": row.is_sum,
        "cells": [shown(value, column, row) for column, value in pairs],
    }


def _check(words: str, *, holds: bool) -> str:
    return f"{words} khớp" if holds else f"{words} LỆCH"


def _signers(sheet: Sheet) -> list[dict[str, str]]:
    if not any(sheet.signers):
        return []
    return [
        {"heading": one, "hint": hint} for one, hint in zip(sheet.signers, _HINTS, strict=True)
    ]
