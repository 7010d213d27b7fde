"""A question goes through small steps over one draft and comes out as an answer."""

import time
from datetime import date, datetime

from motcua.assistant.answering import compose, facets, find, guards
from motcua.assistant.answering.answer import Answer, Outcome, Thread
from motcua.assistant.answering.draft import Draft, Step, Stop
from motcua.assistant.answering.lead import lead
from motcua.assistant.answering.text import read
from motcua.directory.actor import Actor

STEPS: tuple[Step, ...] = (
    guards.danger,
    guards.attack,
    guards.complaint,
    guards.own_dossier,
    guards.courtesy,
    guards.elsewhere,
    facets.facets,
    find.procedures,
    lead,
    compose.body,
    compose.choices,
    compose.actions,
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
    draft.confidence = 0.5
    try:
        draft.outcome = Outcome.ANSWERED
        for step in STEPS:
            begun = time.perf_counter()
            name = getattr(step, "__name__", "step")
            try:
                draft = step(draft)
            finally:
                spent.append((name, _since(begun)))
    except Stop as stop:
        draft.outcome, draft.confidence = stop.outcome, stop.confidence
    return _answer(draft, spent)


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 2)


def _answer(draft: Draft, spent: list[tuple[str, float]]) -> Answer:
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
