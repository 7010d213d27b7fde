"""The door: a text and what is known of it become a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from motcua.feedback.triage import duplicates, lexicon, model
from motcua.feedback.triage.fields import Routing, field_of, route
from motcua.feedback.triage.shapes import About, Candidate, Proposal, Proposed
from motcua.feedback.triage.signs import Sign, all_signs

# Chosen on writers held out of training, so that nearly every true one is shown to a person.
FLAGGED = {"harassment": 0.25, "bribe": 0.25, "delay": 0.35}
DANGEROUS = 0.1  # of the learned chance; a sign in words is enough by itself
ABOUT_OFFICIALS = 0.5  # chance that the field is conduct, where it is no praise
REFERRED = 0.5
_OFFICIAL = ("conduct", "procedure", "land", "social")
_SIGN_SHARE = 0.3

Chances = Mapping[str, Mapping[str, float]]


def propose(
    text: str,
    *,
    at: datetime,
    place_code: str | None = None,
    about: About | None = None,
    recent: Sequence[Candidate] = (),
    lat: float | None = None,
    lon: float | None = None,
) -> Proposal:
    """Return what a text seems to be, who should deal with it, and which recent cases it repeats.

    at: when it was sent; recent: the cases of the last weeks near there, in any order.
    """
    said, signs = chances(text), all_signs(text)
    kind = _kind(said, about)
    routing, field = _routing(text, said, kind.value, has_place=bool(place_code))
    levels = {name: _level(said, signs, name) for name in FLAGGED}
    danger = said["danger"]["yes"] >= DANGEROUS or signs["danger"].strength >= 0.5
    new = Candidate("", text, at, field.value, place_code or "", lat, lon)
    shown = ("danger", "harassment", "bribe", "delay")
    return Proposal(
        kind=kind,
        field=field,
        urgency=_urgency(field, levels, signs["danger"], is_danger=danger),
        agency_key=_agency(routing, said, about, kind.value),
        **levels,
        danger=danger,
        duplicates=duplicates.likely_same(new, recent),
        referred=_referred(said, signs),
        signs=tuple(word for name in shown for word in signs[name].words),
        is_for_inspectors=_is_for_inspectors(said, signs, levels, field.value),
    )


def chances(text: str) -> Chances:
    """Return for every learned question the chance of each answer."""
    trained = model.load()
    return {
        name: dict(zip(trained.tasks[name].labels, map(float, row[0]), strict=True))
        for name, row in trained.chances([text]).items()
    }


def _kind(said: Chances, about: About | None) -> Proposed:
    if about and about.is_rule:
        return Proposed("rule", 1.0, ("người gửi nói về quy định",))
    best = max(said["kind"], key=lambda key: said["kind"][key])
    return Proposed(best, round(said["kind"][best], 3))


def _routing(text: str, said: Chances, kind: str, *, has_place: bool) -> tuple[Routing, Proposed]:
    """The field, and the agency in whose favour the fields together speak."""
    field = max(said["field"], key=lambda key: said["field"][key])
    pooled: dict[str, float] = {}
    routes: dict[str, Routing] = {}
    for key, chance in said["field"].items():
        one = route(text, field=key, kind=kind, has_place=has_place)
        pooled[one.agency_key] = pooled.get(one.agency_key, 0.0) + chance
        if key == field or one.agency_key not in routes:
            routes[one.agency_key] = one
    best = max(pooled, key=lambda key: pooled[key])
    reasons = [phrase for of, phrase in lexicon.hits(text) if of == field]
    longest = sorted(set(reasons), key=lambda phrase: (-len(phrase), phrase))[:4]
    proposed = Proposed(field, round(said["field"][field], 3), tuple(longest))
    return Routing(best, routes[best].reason), proposed


def _agency(routing: Routing, said: Chances, about: About | None, kind: str) -> Proposed:
    if about and about.agency_code and kind == "conduct":
        return Proposed(about.agency_code, 0.95, ("cơ quan do người gửi nêu",))
    chance = float(np.clip(max(said["field"].values()) + 0.05, 0, 1))
    return Proposed(routing.agency_key, round(chance, 3), (routing.reason,))


def _level(said: Chances, signs: Mapping[str, Sign], name: str) -> float:
    praise = 0.5 * signs["praise"].strength
    level = said[name]["yes"] + _SIGN_SHARE * signs[name].strength - praise
    return round(float(np.clip(level, 0, 1)), 3)


def _urgency(
    field: Proposed, levels: Mapping[str, float], danger: Sign, *, is_danger: bool
) -> Proposed:
    if is_danger:
        return Proposed("high", 0.9, danger.words[:3])
    if max(levels["harassment"], levels["bribe"]) >= 0.5:
        return Proposed("high", 0.7)
    return Proposed(field_of(field.value).urgency, field.confidence)


def _referred(said: Chances, signs: Mapping[str, Sign]) -> str:
    """Where a text calls itself a complaint or denunciation, or reads like one."""
    levels = {
        name: said["referred"].get(name, 0.0) + 0.5 * signs[name].strength
        for name in ("complaint", "denunciation")
    }
    best = max(levels, key=lambda name: levels[name])
    return best if levels[best] >= REFERRED else ""


def _is_for_inspectors(
    said: Chances, signs: Mapping[str, Sign], levels: Mapping[str, float], field: str
) -> bool:
    if signs["praise"].strength >= 0.5 and max(levels["harassment"], levels["bribe"]) < 0.5:
        return False
    if levels["delay"] >= FLAGGED["delay"] and field in _OFFICIAL:
        return True
    if max(levels["harassment"] - FLAGGED["harassment"], levels["bribe"] - FLAGGED["bribe"]) >= 0:
        return True
    return said["field"]["conduct"] >= ABOUT_OFFICIALS
