"""Rewording: the open claims of an answer out, masked; back in only where they are borne out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.assistant import ports
from motcua.assistant.answering.answer import Answer, Block, Claim, Outcome
from motcua.assistant.wording import asking, checking
from motcua.kernel import personal

STEP = "reword"
UNSUPPORTED = "unsupported"
MOST_CLAIMS, LONGEST_CLAIM = 12, 500
_REWORDED = {Outcome.ANSWERED, Outcome.PARTLY}


@dataclass(frozen=True, slots=True)
class _Open:
    """A claim that may be reworded, and where it stands."""

    block: int
    claim: int
    text: str


def reword(answer: Answer, question: str, *, model: ports.Rewriter | None = None) -> Answer:
    """Return the answer with its open claims said by the model where it kept to them.

    The question itself stays here; names in it are hidden in what goes out. Outcome, sources, links,
    choices and exact claims are never touched. Why the plain words stood is kept as a step:
    "reword:slow", "reword:unsupported" and so on; without a model there is no step.
    """
    model = model or ports.rewriter()
    claims = _open_claims(answer)
    if model is None or answer.outcome not in _REWORDED or not claims:
        return answer
    started = time.perf_counter()
    try:
        said = _said(model, claims, answer.language, question)
        step = STEP if said else f"{STEP}:{UNSUPPORTED}"
    except ports.ModelUnavailable as gone:
        said, step = {}, f"{STEP}:{gone.reason}"
    spent = round((time.perf_counter() - started) * 1000, 1)
    blocks = _with(answer.blocks, said) if said else answer.blocks
    return replace(answer, blocks=blocks, steps=(*answer.steps, (step, spent)))


def _open_claims(answer: Answer) -> list[_Open]:
    found = [
        _Open(at, number, claim.text)
        for at, block in enumerate(answer.blocks)
        if block.kind in ("lead", "para")
        for number, claim in enumerate(block.claims)
        if not claim.exact and 0 < len(claim.text) <= LONGEST_CLAIM and "\n" not in claim.text
    ]
    return found[:MOST_CLAIMS]


def _said(
    model: ports.Rewriter, claims: list[_Open], language: str, question: str
) -> Mapping[tuple[int, int], str]:
    """What the model said, by the place of the claim; only what is borne out."""
    names = [f.text for f in personal.mask(question).found if f.kind == personal.NAME]
    hidden = personal.hide("\n".join(claim.text for claim in claims), names=names)
    lines = hidden.text.split("\n")
    written = model.complete(
        asking.messages(lines, language), most_characters=2 * len(hidden.text) + 200
    )
    said = {}
    for number, line in asking.lines_of(written, len(lines)).items():
        masked = checking.supported(line, lines[number - 1], language)
        if masked:
            claim = claims[number - 1]
            said[claim.block, claim.claim] = hidden.restore(masked)
    return said


def _with(blocks: tuple[Block, ...], said: Mapping[tuple[int, int], str]) -> tuple[Block, ...]:
    return tuple(
        replace(
            block, claims=tuple(_claim(c, said.get((at, n))) for n, c in enumerate(block.claims))
        )
        for at, block in enumerate(blocks)
    )


def _claim(claim: Claim, text: str | None) -> Claim:
    return claim if text is None else replace(claim, text=text)
