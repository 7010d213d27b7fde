"""Reads of the work list: for the keepers' desk, for knowledge, for the evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from motcua.assistant.learning import evaluation, states
from motcua.assistant.models import LearnedAnswer, Topic, TopicQuestion
from motcua.assistant.models.talk import Turn
from motcua.directory.actor import Actor

MOST_EXAMPLES = 5
_ORDER = {
    "count": ("-count", "-last_asked_at", "pk"),
    "latest": ("-last_asked_at", "-count", "pk"),
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted answer as knowledge takes it in. valid_to: first day no longer in force."""

    key: str
    question: str
    text: str
    question_en: str
    text_en: str
    sources: tuple[Mapping[str, str], ...]
    procedures: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    changed_at: datetime
    ways: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where its first source can be opened."""
        return next((s["url"] for s in self.sources if s.get("url")), "")


def is_keeper(actor: Actor) -> bool:
    """Tell whether somebody keeps the work list."""
    return states.is_keeper(actor)


def topics(actor: Actor, *, state: str = "", order: str = "count") -> "QuerySet[Topic]":
    """Return the topics in a state, none to those who do not keep the list.

    state: "" all, "mine" taken by the actor, "review" with an answer to look at.
    """
    if not states.is_keeper(actor):
        return Topic.objects.none()
    rows = Topic.objects.select_related("owner").order_by(*_ORDER.get(order, _ORDER["count"]))
    if state == "mine":
        return rows.filter(state=Topic.State.TAKEN, owner_id=actor.account_id)
    if state == "review":
        return rows.filter(answers__state=LearnedAnswer.State.REVIEW).distinct()
    return rows.filter(state=state) if state else rows


def counts(actor: Actor) -> dict[str, int]:
    """Return how many topics are in each state, how many are the actor's, how many wait for review."""
    mine = Q(state=Topic.State.TAKEN, owner_id=actor.account_id)
    named = {state: Count("pk", filter=Q(state=state)) for state in Topic.State.values}
    found = topics(actor).order_by().aggregate(**named, mine=Count("pk", filter=mine))
    return found | {"review": topics(actor, state="review").count()}


def topic(actor: Actor, number: int) -> Topic | None:
    """Return a topic, None to those who do not keep the list."""
    return topics(actor).filter(pk=number).first()


def examples(found: Topic) -> list[TopicQuestion]:
    """Return the latest questions of a topic, each said once."""
    said: dict[str, TopicQuestion] = {}
    for one in found.questions.order_by("-asked_at", "-pk")[: 4 * MOST_EXAMPLES]:
        said.setdefault(one.text.casefold(), one)
    return list(said.values())[:MOST_EXAMPLES]


def answers_of(found: Topic) -> list[LearnedAnswer]:
    """Return the answers to a topic, latest first, with writer and reviewer."""
    return list(found.answers.select_related("writer", "reviewer"))


def may_review(actor: Actor, answer: LearnedAnswer) -> bool:
    """Tell whether somebody may accept an answer or send it back: a keeper who did not write it."""
    waits = answer.state == LearnedAnswer.State.REVIEW
    return waits and states.is_keeper(actor) and answer.writer_id != actor.account_id


def accepted(on: date | None = None) -> list[Accepted]:
    """Return the accepted answers: those in force on a day, or all that ever were, with their dates.

    One that was withdrawn is there until its last day, so that an earlier day is answered as it was.
    """
    given = (LearnedAnswer.State.ACCEPTED, LearnedAnswer.State.WITHDRAWN)
    rows = LearnedAnswer.objects.filter(
        state__in=given, reviewed_at__isnull=False, valid_from__isnull=False
    )
    rows = rows.exclude(valid_to=F("valid_from")).order_by("pk")
    if on is not None:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    found = list(rows)
    ways = _ways([row.topic_id for row in found])
    return [_accepted(row, ways.get(row.topic_id, ())) for row in found]


def evaluation_rows() -> list[dict[str, object]]:
    """Return the accepted answers that still hold as rows of the evaluation."""
    return [
        row
        for one in accepted()
        if one.valid_to is None
        for row in evaluation.rows(
            number=int(one.key.removeprefix("tl:")),
            question=one.question,
            text=one.text,
            procedures=one.procedures,
            on=one.valid_from,
            ways=one.ways,
        )
    ]


def asked_in_vain(*, since: datetime) -> list[states.Asked]:
    """Return the questions since a moment that got no good answer and are not on the list yet."""
    rows = (
        Turn.objects.filter(asked_at__gte=since)
        .exclude(pk__in=TopicQuestion.objects.filter(turn__isnull=False).values("turn"))
        .order_by("asked_at", "pk")
        .values_list(
            "pk", "question", "outcome", "confidence", "language", "asked_at", "vote__choice"
        )
    )
    return [
        states.Asked(question, reason, asked_at, turn=pk, language=language)
        for pk, question, outcome, confidence, language, asked_at, vote in rows.iterator(2000)
        if (reason := states.reason_of(outcome, confidence, vote or ""))
    ]


def _accepted(row: LearnedAnswer, ways: tuple[str, ...]) -> Accepted:
    sources: list[dict[str, Any]] = row.sources
    if row.valid_from is None or row.reviewed_at is None:
        raise ValueError(f"answer {row.pk} was never accepted")
    return Accepted(
        key=row.key,
        question=row.question,
        text=row.text,
        question_en=row.question_en,
        text_en=row.text_en,
        sources=tuple(sources),
        procedures=tuple(s["reference"] for s in sources if s["kind"] == "procedure"),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        changed_at=row.reviewed_at,
        ways=ways,
    )


def _ways(topics: list[int]) -> dict[int, tuple[str, ...]]:
    """How people asked, by topic: the questions that lead its cluster."""
    found: dict[int, tuple[str, ...]] = {}
    rows = TopicQuestion.objects.filter(topic_id__in=topics, leads=True).order_by("asked_at", "pk")
    for topic_id, text in rows.values_list("topic_id", "text"):
        found[topic_id] = (*found.get(topic_id, ()), text)
    return found
