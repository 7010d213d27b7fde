"""Gathering: questions asked in vain, and published answers to written ones, put on the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from motcua.assistant.learning import events, states
from motcua.assistant.learning.clusters import Clusters
from motcua.assistant.learning.states import Asked
from motcua.assistant.models import LearnedAnswer, Topic, TopicQuestion
from motcua.assistant.services.learning import core
from motcua.catalog import queries as catalog
from motcua.directory.actor import SYSTEM, Actor
from motcua.kernel import personal
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger

STREAM = "assistant:learning"
_LOCK = 743201
_TITLE_MOST, _TEXT_MOST, _ANSWER_MOST = 300, 1000, 5000


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many topics were made, and how many questions joined one that was there."""

    topics: int = 0
    joined: int = 0


@core.act
def gather(*, asked: Iterable[Asked], by: Actor, at: datetime) -> Gathered:
    """Put questions on the list: each joins the topic it is nearest to, or opens one.

    A turn is gathered once, however often it comes. Questions are masked before they are kept.
    A topic that was answered is open again when people still ask in vain.
    """
    with connection.cursor() as cursor:  # one at a time, so that no topic is opened twice
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    new = _not_yet_gathered(asked)
    if not new:
        return Gathered()
    leaders = TopicQuestion.objects.filter(leads=True).order_by("asked_at", "pk")
    clusters = Clusters(
        leaders.values_list("topic_id", "text"),
        background=list(catalog.offered().order_by("pk").values_list("name", flat=True)),
    )
    topics = 0
    for one in new:
        text = personal.mask(squeeze(one.text)).text[:_TEXT_MOST]
        found = clusters.place(text)
        topics += found is None
        topic = _opened(text, one) if found is None else Topic.objects.get(pk=found)
        _join(topic, one, text, leads=clusters.lead(topic.pk, text), by=by, at=at)
    fact = events.QuestionsGathered(topics=topics, joined=len(new) - topics)
    ledger.record(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
    return Gathered(topics, len(new) - topics)


@core.act
def draft_from_case(
    *, case: str, question: str, text: str, asked_at: datetime, at: datetime
) -> Topic | None:
    """Put the published answer to a written question on the list as a draft; None if it is there.

    Both come masked, as they were published. A keeper adds sources and dates; another accepts.
    """
    if Topic.objects.filter(case=case).exists():
        return None
    said = personal.mask(squeeze(question)).text
    topic = Topic.objects.create(
        title=said[:_TITLE_MOST],
        count=1,
        reasons={states.WRITTEN: 1},
        first_asked_at=asked_at,
        last_asked_at=asked_at,
        case=case,
    )
    TopicQuestion.objects.create(
        topic=topic, text=said[:_TEXT_MOST], reason=states.WRITTEN, leads=True, asked_at=asked_at
    )
    answer = LearnedAnswer.objects.create(
        topic=topic,
        question=said[:_TITLE_MOST],
        text=personal.mask(text.strip()).text[:_ANSWER_MOST],
        case=case,
        written_at=at,
    )
    fact = events.AnswerDrafted(topic=topic.pk, answer=answer.pk, case=case)
    core.note(topic, fact, by=SYSTEM, at=at)
    return topic


def _not_yet_gathered(asked: Iterable[Asked]) -> list[Asked]:
    listed = sorted(asked, key=lambda one: (one.asked_at, one.turn or 0))
    turns = [one.turn for one in listed if one.turn is not None]
    known = set(TopicQuestion.objects.filter(turn__in=turns).values_list("turn", flat=True))
    return [
        one for one in listed if one.text.strip() and (one.turn is None or one.turn not in known)
    ]


def _opened(text: str, one: Asked) -> Topic:
    return Topic.objects.create(
        title=text[:_TITLE_MOST],
        language=one.language,
        first_asked_at=one.asked_at,
        last_asked_at=one.asked_at,
    )


def _join(
    topic: Topic, one: Asked, text: str, *, leads: bool, by: Actor, at: datetime
) -> TopicQuestion:
    topic.count += 1
    topic.reasons = topic.reasons | {one.reason: topic.reasons.get(one.reason, 0) + 1}
    if topic.title.isascii() and not text.isascii():  # with its marks a keeper reads it at once
        topic.title = text[:_TITLE_MOST]
    topic.last_asked_at = max(topic.last_asked_at, one.asked_at)
    topic.first_asked_at = min(topic.first_asked_at, one.asked_at)
    if topic.state == Topic.State.ANSWERED:
        topic.state, topic.owner, topic.taken_at = Topic.State.OPEN, None, None
        fact = events.TopicReopened(topic=topic.pk, reason="asked again")
        core.note(topic, fact, by=by, at=at)
    topic.save()
    return TopicQuestion.objects.create(
        topic=topic,
        turn=one.turn,
        text=text,
        reason=one.reason,
        leads=leads,
        asked_at=one.asked_at,
    )
