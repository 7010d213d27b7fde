"""A paper as JSON for the template: text made drawable, moments put in words.

Values reach Typst only through this JSON, never as source, so markup in a citizen's text stays
text.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from motcua.documents.papers import glyphs, words
from motcua.kernel import money


def as_json(values: dict[str, object]) -> str:
    """Return the values as one JSON document."""
    return json.dumps(_plain(values), ensure_ascii=False)


def _plain(value: object) -> Any:  # noqa: ANN401 (JSON)
    if is_dataclass(value):
        return {item.name: _named(item.name, getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return glyphs.safe(value)
    return _moment(value) if isinstance(value, date) else value


def _named(name: str, value: object) -> Any:  # noqa: ANN401 (JSON)
    if name.endswith("_vnd") and isinstance(value, int):
        return {"amount": money.vnd(value), "words": money.in_words(value)}
    return _plain(value)


def _moment(value: date) -> dict[str, str]:
    if not isinstance(value, datetime):
        return {"day": words.day(value), "short_day": words.short_day(value)}
    local = value.astimezone(words.HERE)
    return {
        "moment": words.moment(value),
        "day": words.day(local.date()),
        "short_day": words.short_day(local.date()),
        "short": words.short_moment(value),
        "stamp": words.stamp(value),
    }
