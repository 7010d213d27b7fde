"""A question goes through small steps over one draft and comes out as an answer."""

import time
from datetime import date, datetime

from motcua.assistant.answering import (
    certainty,
    clarify,
    compose,
    english,
    facets,
    find,
    guards,
    law,
    learned,
    places,
)
from motcua.assistant.answering.answer import Answer, Outcome, Thread
from motcua.assistant.answering.draft import Draft, Step, Stop
from motcua.assistant.answering.lead import lead
from motcua.assistant.answering.text import read
from motcua.directory.actor import Actor

STEPS: tuple[Step, ...] = (
    guards.intent,
    guards.danger,
    guards.attack,
    guards.complaint,
    guards.own_dossier,
    guards.courtesy,
    guards.elsewhere,
    facets.facets,
    law.validity,
    places.directory,
    places.territory_of,
    learned.written,
    find.procedures,
    english.prefer,
    law.look,
    english.look,
    clarify.several,
    lead,
    compose.body,
    compose.choices,
    compose.by_law,
    compose.number,
    compose.counted,
    compose.actions,
    certainty.judge,
)


def ask(
    question: str,
    *,
    on: date,
    at: datetime,
    thread: Thread | None = None,
    by: Actor | None = None,
    place: str = "",
) -> Answer:
    """Return the answer to a question with what is in force on the day; nothing is stored.

    place: code of the person's own commune, where it is known.
    """
    begun = time.perf_counter()
    draft = Draft(
        question, read(question), on=on, at=at, thread=thread or Thread(), by=by, place=place
    )
    spent = [("read", _since(begun))]
    run(draft, STEPS, spent)
    return composed(draft, spent)


def run(draft: Draft, steps: tuple[Step, ...], spent: list[tuple[str, float]]) -> None:
    """Hand the draft from step to step until one says that the answer is ready."""
    draft.outcome = Outcome.ANSWERED
    for step in steps:
        begun = time.perf_counter()
        try:
            step(draft)
        except Stop as stop:
            draft.outcome, draft.confidence = stop.outcome, stop.confidence
            break
        finally:
            spent.append((getattr(step, "__name__", "step"), _since(begun)))


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 2)


def composed(draft: Draft, spent: list[tuple[str, float]]) -> Answer:
    """Return the draft as an answer."""
    english.mark(draft)
    first = (draft.code,) if draft.code else ()
    others = tuple(hit.code for hit in draft.hits if hit.code != draft.code)
    return Answer(
        outcome=draft.outcome,
        language=draft.language,
        blocks=tuple(draft.blocks),
        sources=tuple(draft.sources),
        procedures=(first + others)[:4],
        choices=tuple(draft.choices),
        actions=tuple(draft.actions),
        confidence=round(draft.confidence, 3),
        facets=draft.asked,
        case=draft.case,
        place=draft.place,
        steps=tuple(spent),
        retrieved=tuple(draft.retrieved),
    )
