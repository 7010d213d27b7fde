"""A conversation as a page holds it: it lies in the session of whoever asks, and ends with it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from motcua.assistant.answering.answer import Answer, Outcome, Thread
from motcua.assistant.answering.ask import ask
from motcua.web.accounts.request import actor_of
from motcua.web.asking import kept

LONGEST_QUESTION = 1000
_MOST_TURNS = 20


@dataclass(frozen=True)
class Turn:
    """One question with its answer. vote: "yes", "not_quite", "wrong" or ""."""

    key: int
    question: str
    at: datetime
    answer: Answer
    vote: str = ""
    words: str = ""

    @property
    def is_disliked(self) -> bool:
        """Whether the person said that it did not help."""
        return self.vote in ("not_quite", "wrong")


def turns(request: HttpRequest, place: str = "portal") -> list[Turn]:
    """Return what was said so far, oldest first."""
    return [_turn(row) for row in request.session.get(_name(place), [])]


def say(request: HttpRequest, question: str, place: str = "portal", *, about: str = "") -> Turn:
    """Ask, keep the turn, and return it. about: code of the procedure that is on the table."""
    before, at = turns(request, place), timezone.now()
    thread = Thread()
    if about:
        thread = thread.after("", Answer(Outcome.ANSWERED, procedures=(about,)))
    for turn in before:
        thread = thread.after(turn.question, turn.answer)
    answer = ask(
        question,
        on=timezone.localdate(at),
        at=at,
        thread=thread,
        by=actor_of(request),
        place=request.COOKIES.get("xa", ""),
    )
    said = Turn(before[-1].key + 1 if before else 1, question, at, answer)
    _keep(request, place, [*before, said])
    return said


def vote(
    request: HttpRequest, key: int, choice: str, words: str, place: str = "portal"
) -> Turn | None:
    """Keep what somebody thinks of an answer; return its turn, None where there is none."""
    voted = [
        replace(turn, vote=choice, words=words) if turn.key == key else turn
        for turn in turns(request, place)
    ]
    _keep(request, place, voted)
    return next((turn for turn in voted if turn.key == key), None)


def forget(request: HttpRequest, place: str = "portal") -> None:
    """Delete the conversation."""
    request.session.pop(_name(place), None)


def _name(place: str) -> str:
    return f"asking_{place}"


def _keep(request: HttpRequest, place: str, said: list[Turn]) -> None:
    request.session[_name(place)] = [_row(turn) for turn in said[-_MOST_TURNS:]]


def _row(turn: Turn) -> dict[str, Any]:
    return {
        "key": turn.key,
        "question": turn.question,
        "at": turn.at.isoformat(),
        "answer": kept.packed(turn.answer),
        "vote": turn.vote,
        "words": turn.words,
    }


def _turn(row: dict[str, Any]) -> Turn:
    at, answer = datetime.fromisoformat(row["at"]), kept.unpacked(row["answer"])
    return Turn(row["key"], row["question"], at, answer, row["vote"], row["words"])
