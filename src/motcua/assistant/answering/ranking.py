"""Which procedures a text means: two searches asked in three ways, weighed by what was learned."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from motcua.assistant.answering import meant
from motcua.assistant.answering.text import Text
from motcua.assistant.answering.wording import about, plain_words, reduced, unlost
from motcua.catalog import queries as catalog

_LOOKED_AT = 12
_MOST_USED = 100
NAMES = (
    "typed_share", "typed_score", "typed_rank", "meant_share", "meant_score", "meant_rank",
    "told_share", "told_score", "told_rank", "plain_share", "plain_score", "plain_rank",
    "fit", "offered", "usage", "known", "commune", "ours",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """A procedure with how likely it is the one meant (0..1) and what that was made of."""

    code: str
    name: str
    score: float
    features: tuple[float, ...]
    is_offered: bool

    def feature(self, name: str) -> float:
        """Return one feature by its name."""
        return self.features[NAMES.index(name)]


def rank(text: Text, *, also: str = "", limit: int = 8) -> list[Ranked]:
    """Return the procedures that the text may mean, the likeliest first.

    also: words said before that belong to the question.
    """
    typed = f"{also} {text.marked}".strip()[:300]
    typed = (about(typed, "en") or typed) if text.language == "en" else unlost(typed)
    plain = plain_words(typed, is_marked=text.is_marked)
    bare = reduced(plain) or plain
    looks = _looks(text, typed, bare)
    codes = list(dict.fromkeys(code for look in looks for code in look))
    rows = catalog.procedures_of(codes)
    fits = catalog.fits(bare, codes)
    ranked = []
    for code in codes:
        procedure = rows.get(code)
        if procedure is None or procedure.state != "active":
            continue
        row = _features(code, looks, fits[code].share, procedure)
        ranked.append(
            Ranked(code, procedure.name, probability("ranking", row), row, procedure.is_offered)
        )
    ranked.sort(key=lambda one: (-one.score, one.code))
    return ranked[:limit]


def _looks(text: Text, typed: str, bare: str) -> list[dict[str, float]]:
    """What each search found, by code."""
    spelled = typed if text.language == "en" else catalog.spelled(typed)
    told = meant.search(typed, _LOOKED_AT)
    plain = meant.search(bare if spelled == typed else spelled, _LOOKED_AT)
    if text.language == "en":
        first: list[dict[str, float]] = [{}, {}]
    else:
        first = [
            {hit.code: hit.score for hit in catalog.search(said, limit=_LOOKED_AT)}
            for said in (typed, bare)
        ]
    return [*first, *({hit.key: hit.score for hit in hits} for hits in (told, plain))]


def _features(
    code: str,
    looks: list[dict[str, float]],
    fit: float,
    procedure: Any,  # noqa: ANN401 - a row of the catalogue, whose models are not ours to name
) -> tuple[float, ...]:
    row: list[float] = []
    for look in looks:
        score = look.get(code, 0.0)
        best = max(look.values(), default=0.0) or 1.0
        place = sum(other > score for other in look.values())
        row += [score / best, score, 1 / (1 + place) if score else 0.0]
    usage = min(procedure.usage, _MOST_USED) / _MOST_USED
    flags = (procedure.is_offered, usage, procedure.usage > 0, procedure.level_commune)
    return (*row, fit, *map(float, flags), float(procedure.scope == "province"))


def probability(name: str, row: Iterable[float]) -> float:
    """Return what a learned set of weights makes of a row of features, 0 to 1."""
    learned = weights()[name]
    total = learned["bias"] + sum(
        weight * value for weight, value in zip(learned["weights"], row, strict=True)
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def weights() -> dict[str, dict[str, Any]]:
    """Return everything that was learned (`python -m motcua.assistant.answering.training`)."""
    folder = resources.files("motcua.assistant.answering.data")
    learned: dict[str, dict[str, Any]] = json.loads(
        folder.joinpath("weights.json").read_text("utf-8")
    )
    return learned
