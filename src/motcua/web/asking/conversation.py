"""A conversation as pages hold it: its token lies in the session of whoever asks, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils import timezone

from motcua.assistant.answering.answer import Answer, Outcome, Thread
from motcua.assistant.answering.ask import ask
from motcua.assistant.queries import talk as queries
from motcua.assistant.services import talk
from motcua.web.accounts.request import actor_of

if TYPE_CHECKING:
    from motcua.assistant.models.talk import Turn as TurnRow

LONGEST_QUESTION = talk.LONGEST_QUESTION


@dataclass(frozen=True)
class Turn:
    """One question with its answer. vote: "yes", "not_quite", "wrong" or ""."""

    key: int
    question: str
    at: datetime
    answer: Answer
    vote: str = ""
    words: str = ""


def turns(request: HttpRequest, place: str = "portal") -> list[Turn]:
    """Return what was said so far, oldest first."""
    token = _token(request, place)
    if not token:
        return []
    return [_turn(row) for row in queries.turns(token=token, by=actor_of(request))]


def say(request: HttpRequest, question: str, place: str = "portal", *, about: str = "") -> Turn:
    """Ask, keep the turn, and return it. about: code of the procedure that is on the table.

    Raises Refused: the question cannot be kept.
    """
    at = timezone.now()
    said = talk.ask(
        question=question,
        on=timezone.localdate(at),
        at=at,
        by=actor_of(request),
        conversation=_token(request, place),
        place=request.COOKIES.get("xa", "")[:5],
        channel=place.partition("_")[0],
        about=about,
    )
    request.session[_name(place)] = said.conversation
    return Turn(said.turn.number, said.turn.question, at, said.answer)


def first_words(request: HttpRequest, question: str, place: str = "portal") -> Answer:
    """Return the plain answer, before a model rewords it; nothing is kept."""
    at, before = timezone.now(), Thread()
    for turn in turns(request, place):
        before = before.after(turn.question, turn.answer)
    commune = request.COOKIES.get("xa", "")[:5]
    return ask(question, on=timezone.localdate(at), at=at, thread=before, place=commune)


def vote(
    request: HttpRequest, key: int, choice: str, words: str, place: str = "portal"
) -> Turn | None:
    """Keep what somebody thinks of an answer; return its turn.

    Raises Refused: there is no such answer in their conversation.
    """
    talk.vote(
        conversation=_token(request, place),
        turn=key,
        choice=choice,
        words=words,
        at=timezone.now(),
        by=actor_of(request),
    )
    return next((turn for turn in turns(request, place) if turn.key == key), None)


def forget(request: HttpRequest, place: str = "portal") -> None:
    """Delete the conversation."""
    token = request.session.pop(_name(place), "")
    if token:
        talk.forget(conversation=token, by=actor_of(request))


def unasked(question: str) -> Turn:
    """Return a turn that only shows the question, while its answer is on the way."""
    return Turn(0, question, timezone.now(), Answer(Outcome.UNKNOWN))


def _name(place: str) -> str:
    return f"asking_{place}"


def _token(request: HttpRequest, place: str) -> str:
    return str(request.session.get(_name(place), ""))


def _turn(row: "TurnRow") -> Turn:
    answer = queries.answer_of(row)
    try:
        voted = row.vote
    except ObjectDoesNotExist:
        return Turn(row.number, row.question, row.asked_at, answer)
    return Turn(row.number, row.question, row.asked_at, answer, voted.choice, voted.words)
