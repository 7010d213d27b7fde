"""Talking with the assistant: a turn is asked, worded, kept masked; voted on; forgotten."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.assistant.answering.answer import Answer, Outcome, Thread
from motcua.assistant.answering.ask import ask as answered
from motcua.assistant.models import KnowledgeIndex
from motcua.assistant.models.talk import Conversation, Turn, Vote
from motcua.assistant.queries import talk as queries
from motcua.assistant.talking import packing
from motcua.assistant.wording import reword
from motcua.directory.actor import Actor
from motcua.kernel import bounds, personal
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze

# Rule of the house: long enough for the keepers' list and for a vote, no longer.
KEPT = timedelta(days=90)
MOST_TURNS, LONGEST_QUESTION, LONGEST_WORDS = 60, 1000, 500


class NoSuchTurn(Refused):
    """There is no such answer in this conversation."""

    field = "turn"


class Unasked(Refused):
    """The question is empty or too long."""

    field = "question"


@dataclass(frozen=True, slots=True)
class Said:
    """A turn that was just taken. conversation: the token by which it goes on."""

    conversation: str
    turn: Turn
    answer: Answer


def ask(
    *,
    question: str,
    on: date,
    at: datetime,
    by: Actor | None = None,
    conversation: str = "",
    place: str = "",
    channel: str = "portal",
    about: str = "",
) -> Said:
    """Answer a question and keep the turn, its question masked.

    conversation: token of the one that goes on; an unknown one begins another. place: code of the
    person's commune; about: code of the procedure on the table.
    Raises Unasked: it is empty or too long. Raises Unkeepable: it holds what no table can hold.
    """
    if not 0 < len(question.strip()) <= LONGEST_QUESTION:
        raise Unasked(_("Câu hỏi dài từ 1 đến 1000 ký tự."))
    for field, value in (("question", question), ("place", place), ("about", about)):
        bounds.check(field=field, value=value)
    known = queries.conversation(token=conversation, by=by)
    thread = queries.thread(known) if known else Thread()
    if about:
        thread = thread.after("", Answer(Outcome.ANSWERED, procedures=(about,)))
    answer = answered(question, on=on, at=at, thread=thread, by=by, place=place)
    answer = reword(answer, question)  # may wait for a model: no transaction is open
    kept = _kept(known, question, answer, by=by, at=at, place=place, channel=channel)
    return Said(kept.conversation.token, kept, answer)


@transaction.atomic
def vote(
    *,
    conversation: str,
    turn: int,
    choice: str,
    at: datetime,
    words: str = "",
    by: Actor | None = None,
) -> Turn:
    """Keep what somebody thinks of an answer of their own conversation; the latest word counts.

    choice: yes, not_quite or wrong. Raises NoSuchTurn: it is somebody else's, or none.
    """
    bounds.check(field="words", value=words)
    known = queries.conversation(token=conversation, by=by)
    found = known.turns.filter(number=turn).first() if known else None
    if found is None or choice not in Vote.Choice.values:
        raise NoSuchTurn(_("Không tìm thấy câu trả lời này."))
    said = personal.mask(squeeze(words)).text[:LONGEST_WORDS]
    Vote.objects.update_or_create(turn=found, defaults={"choice": choice, "words": said, "at": at})
    return found


@transaction.atomic
def forget(*, conversation: str, by: Actor | None = None) -> bool:
    """Delete a conversation at the wish of whoever holds it; tell whether there was one."""
    known = queries.conversation(token=conversation, by=by)
    return bool(known and known.delete()[0])


@transaction.atomic
def forget_old(*, before: datetime) -> int:
    """Delete the conversations whose last turn is older; return how many rows went."""
    return Conversation.objects.filter(last_at__lt=before).delete()[0]


@transaction.atomic
def _kept(
    known: Conversation | None,
    question: str,
    answer: Answer,
    *,
    by: Actor | None,
    at: datetime,
    place: str,
    channel: str,
) -> Turn:
    conversation = _locked(known) or Conversation.objects.create(
        token=secrets.token_urlsafe(24),
        account_id=by.account_id if by else None,
        place=place[:5],
        channel=channel[:10],
        begun_at=at,
        last_at=at,
    )
    last = conversation.turns.aggregate(last=Max("number"))["last"] or 0
    turn = Turn.objects.create(
        conversation=conversation,
        number=last + 1,
        question=personal.mask(squeeze(question)).text[:LONGEST_QUESTION],
        outcome=str(answer.outcome),
        language=answer.language,
        procedure=next(iter(answer.procedures), "")[:40],
        confidence=min(max(answer.confidence, 0.0), 1.0),
        answer=packing.packed(answer),
        retrieved=[list(pair) for pair in answer.retrieved],
        steps=[list(pair) for pair in answer.steps],
        index=KnowledgeIndex.objects.values_list("folder", flat=True).first() or "",
        asked_at=at,
    )
    conversation.last_at = max(at, conversation.last_at)
    conversation.save(update_fields=["last_at"])
    return turn


def _locked(known: Conversation | None) -> Conversation | None:
    """The conversation, if it is still there and has room for another turn."""
    if known is None:
        return None
    found = Conversation.objects.select_for_update(of=("self",)).filter(pk=known.pk).first()
    return found if found and found.turns.count() < MOST_TURNS else None
