"""The door: a text and what is known of it become a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.feedback.triage.fields import Field, field_of, fields, route, spaced
from motcua.feedback.triage.shapes import About, Candidate, Proposal, Proposed
from motcua.feedback.triage.signs import all_signs


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

    at: when it was sent; recent: the cases of the last weeks near there, newest or not.
    """
    signs = all_signs(text)
    chosen = _field(text)
    field = field_of(chosen.value)
    referred = ""
    kind = Proposed(field.kind, chosen.confidence, ())
    routing = route(text, field=field.key, kind=kind.value, has_place=bool(place_code))
    danger = signs["danger"].strength >= 0.5
    return Proposal(
        kind=kind,
        field=chosen,
        urgency=Proposed("high" if danger else field.urgency, 0.6),
        agency_key=Proposed(routing.agency_key, chosen.confidence, (routing.reason,)),
        harassment=signs["harassment"].strength,
        delay=signs["delay"].strength,
        bribe=signs["bribe"].strength,
        danger=danger,
        referred=referred,
        signs=tuple(w for k in ("danger", "harassment", "bribe") for w in signs[k].words),
        is_for_inspectors=max(signs["harassment"].strength, signs["bribe"].strength) >= 0.5,
    )


def _field(text: str) -> Proposed:
    said = f" {spaced(text)} "
    scored = [(_hits(one, said), one) for one in fields()]
    words, best = max(scored, key=lambda pair: (len(pair[0]), -scored.index(pair)))
    if not words:
        return Proposed("other", 0.2)
    total = sum(len(found) for found, _one in scored)
    return Proposed(best.key, len(words) / (total + 1), words)


def _hits(field: Field, said: str) -> tuple[str, ...]:
    return tuple(word for word in field.words if f" {word} " in said)
