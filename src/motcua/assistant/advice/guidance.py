"""Videos and hotlines for a step, from dated configuration (data/guidance.toml). Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Video:
    """A film that shows how a step is done."""

    title: str
    url: str


@dataclass(frozen=True)
class Hotline:
    """A number that helps with a step."""

    number: str
    name: str
    name_en: str


@dataclass(frozen=True)
class Guidance:
    """What there is for a step on a day."""

    videos: tuple[Video, ...] = ()
    hotlines: tuple[Hotline, ...] = ()


def of_step(*, procedure: str, acts: frozenset[str], on: date) -> Guidance:
    """Return the videos and hotlines of these acts on that procedure."""
    videos = [
        Video(row["title"], row["url"])
        for row in _rows("video")
        if _fits(row, procedure=procedure, acts=acts, on=on)
    ]
    hotlines = [
        Hotline(row["number"], row["name"], row.get("name_en", row["name"]))
        for row in _rows("hotline")
        if _fits(row, procedure=procedure, acts=acts, on=on)
    ]
    return Guidance(tuple(videos), tuple(hotlines))


def _fits(row: dict[str, Any], *, procedure: str, acts: frozenset[str], on: date) -> bool:
    if row.get("procedure", "") not in ("", procedure):
        return False
    if row.get("act") and row["act"] not in acts:
        return False
    ended: date | None = row.get("valid_to")
    begun: date = row["valid_from"]
    return begun <= on and (ended is None or on < ended)


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    text = files("motcua.assistant.advice.data").joinpath("guidance.toml").read_text("utf-8")
    return tuple(tomllib.loads(text).get(name, ()))
