"""What an owner may allow beyond settling: purposes and their texts, by day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Purpose:
    """One purpose with the text that is shown from a day on."""

    key: str
    title: str
    version: str
    since: date
    text: str


def purposes(on: date) -> list[Purpose]:
    """Return what may be allowed on a day, each with the text of that day.

    Source: Luật 91/2025/QH15 (consent for each purpose beyond the state's own settling).
    """
    shown: dict[str, Purpose] = {}
    for purpose in sorted(_told(), key=lambda one: one.since):
        if purpose.since <= on:
            shown[purpose.key] = purpose
    return list(shown.values())


def purpose(key: str, on: date) -> Purpose | None:
    """Return one purpose with its text of that day, None when there is no such purpose.

    Source: Luật 91/2025/QH15.
    """
    return next((one for one in purposes(on) if one.key == key), None)


@cache
def _told() -> tuple[Purpose, ...]:
    text = (resources.files(__package__) / "consents.toml").read_text(encoding="utf-8")
    return tuple(Purpose(**row) for row in tomllib.loads(text)["purpose"])
