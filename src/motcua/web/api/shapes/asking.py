"""The assistant as programs speak with it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from motcua.assistant.answering.answer import Answer
from motcua.web.api.shapes.filing import In


class QuestionIn(In):
    """A question. on: the day whose rules answer it; thread: as the answer before gave it."""

    question: Annotated[str, Field(min_length=1, max_length=1000)]
    on: date | None = None
    thread: Annotated[str, Field(max_length=60)] = ""
    place: Annotated[str, Field(max_length=10)] = ""


class VoteIn(In):
    """What the person thinks of an answer, named by its thread and turn."""

    thread: Annotated[str, Field(min_length=1, max_length=60)]
    turn: Annotated[int, Field(ge=1, le=1000)]
    vote: Literal["yes", "not_quite", "wrong"]
    words: Annotated[str, Field(max_length=500)] = ""


class ClaimOut(BaseModel):
    """One thing that is said; sources are ids of sources; exact: copied, not to be rephrased."""

    text: str
    sources: tuple[int, ...]
    exact: bool


class BlockOut(BaseModel):
    """Claims shown together."""

    kind: str
    title: str
    claims: tuple[ClaimOut, ...]


class SourceOut(BaseModel):
    """What claims stand on."""

    id: int
    title: str
    url: str
    quote: str
    kind: str
    valid_from: date | None


class ChoiceOut(BaseModel):
    """One way to read the question; choosing it asks `question`."""

    label: str
    question: str


class ActionOut(BaseModel):
    """What the person can do next."""

    label: str
    url: str
    kind: str


class AnswerOut(BaseModel):
    """An answer made by a machine, and marked as such (ai_generated, notice)."""

    ai_generated: Literal[True] = True
    notice: str
    outcome: str
    language: str
    text: str
    blocks: tuple[BlockOut, ...]
    sources: tuple[SourceOut, ...]
    procedures: tuple[str, ...]
    choices: tuple[ChoiceOut, ...]
    actions: tuple[ActionOut, ...]
    confidence: float
    facets: tuple[str, ...]
    steps: tuple[tuple[str, float], ...]
    ms: float
    thread: str
    turn: int

    @classmethod
    def of(cls, answer: Answer, *, notice: str, site: str, thread: str, turn: int) -> Self:
        """Return the answer as it is sent; addresses of ours begin with the site's."""
        return cls(
            notice=notice,
            outcome=str(answer.outcome),
            language=answer.language,
            text=answer.text,
            blocks=tuple(
                BlockOut(
                    kind=block.kind,
                    title=block.title,
                    claims=tuple(
                        ClaimOut(text=c.text, sources=c.sources, exact=c.exact)
                        for c in block.claims
                    ),
                )
                for block in answer.blocks
            ),
            sources=tuple(
                SourceOut(
                    id=s.id,
                    title=s.title,
                    url=_whole(s.url, site),
                    quote=s.quote,
                    kind=s.kind,
                    valid_from=s.valid_from,
                )
                for s in answer.sources
            ),
            procedures=answer.procedures,
            choices=tuple(ChoiceOut(label=c.label, question=c.question) for c in answer.choices),
            actions=tuple(
                ActionOut(label=a.label, url=_whole(a.url, site), kind=a.kind)
                for a in answer.actions
            ),
            confidence=answer.confidence,
            facets=answer.facets,
            steps=answer.steps,
            ms=answer.ms,
            thread=thread,
            turn=turn,
        )


def _whole(url: str, site: str) -> str:
    return site + url if url.startswith("/") else url
