"""What a question is about at all, by weights learned from texts: attack, danger, complaint, …"""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

KINDS = ("procedure", "attack", "danger", "complaint", "own", "outside")
_LONGEST = 400


def grams(folded: str) -> list[str]:
    """Return what is counted of a folded text: words, pairs of words, pieces of four letters."""
    words = folded[:_LONGEST].split()
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    triples = [f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    line = f" {folded[:_LONGEST]} "
    pieces = [f"#{line[at : at + 4]}" for at in range(max(0, len(line) - 3))]
    return [*words, *pairs, *triples, *pieces]


def chances(folded: str) -> dict[str, float]:
    """Return how likely each kind is; together they are 1."""
    learned = _instead[-1] if _instead else _weights()
    counted = {gram for gram in grams(folded) if gram in learned["grams"]}
    scale = 1 / math.sqrt(len(counted) or 1)
    totals = list(learned["bias"])
    for gram in counted:
        for kind, weight in enumerate(learned["grams"][gram]):
            totals[kind] += weight * scale
    most = max(totals)
    raised = [math.exp(total - most) for total in totals]
    whole = sum(raised)
    return {kind: value / whole for kind, value in zip(KINDS, raised, strict=True)}


@contextmanager
def taught(learned: dict[str, Any]) -> Iterator[None]:
    """Within, use these weights instead of the written ones (training without a question)."""
    _instead.append(learned)
    try:
        yield
    finally:
        _instead.pop()


_instead: list[dict[str, Any]] = []


@cache
def _weights() -> dict[str, Any]:
    folder = resources.files("motcua.assistant.answering.data")
    learned: dict[str, Any] = json.loads(folder.joinpath("intents.json").read_text("utf-8"))
    return learned
