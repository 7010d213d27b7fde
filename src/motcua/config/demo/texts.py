"""What people of the demo world write, read once from texts.toml."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any


def one_of(kind: str, random: Random) -> str:
    """Return one of the texts of a kind."""
    return str(random.choice(_texts()[kind]))


def text(kind: str) -> str:
    """Return the one text of a kind."""
    return str(_texts()[kind])


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
