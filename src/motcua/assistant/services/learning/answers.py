"""Answers: written by one keeper, looked at by another, withdrawn when they no longer hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.assistant.learning import events, refusals
from motcua.assistant.models import LearnedAnswer, Topic
from motcua.assistant.services import knowing
from motcua.assistant.services.learning import core, sourcing
from motcua.directory.actor import Actor
from motcua.kernel import personal
from motcua.kernel.text import squeeze

TEXT_LEAST, TEXT_MOST = 20, 5000
QUESTION_MOST = 300
_WAITING = (LearnedAnswer.State.DRAFT, LearnedAnswer.State.REVIEW, LearnedAnswer.State.RETURNED)
_PAPERS = {personal.IDENTITY, personal.DOSSIER, personal.ACCOUNT}


@dataclass(frozen=True, slots=True)
class Words:
    """What a keeper writes: the question that is answered and the answer, in English where given."""

    question: str
    text: str
    question_en: str = ""
    text_en: str = ""


@core.act
def propose(
    *,
    topic: int,
    words: Words,
    sources: Sequence[dict[str, str]],
    valid_from: date,
    valid_to: date | None = None,
    by: Actor,
    at: datetime,
) -> LearnedAnswer:
    """Write an answer, or write it anew before it was accepted; another keeper is to look at it.

    sources: {"kind": "law", "procedure" or "link", "reference", "title"}; valid_to: first day on
    which it no longer holds.
    Raises NotAKeeper, NoSuchTopic, WrongTopicState, UnfitAnswer, SourceReplaced, HoldsPersonalData.
    """
    found = core.locked(topic, by=by)
    if found.state in core.CLOSED:
        raise core.wrong(found.get_state_display())
    _check_words(words)
    if valid_to is not None and valid_to <= valid_from:
        raise refusals.UnfitAnswer(_("Ngày thôi áp dụng phải sau ngày áp dụng."), field="valid_to")
    answer = found.answers.filter(state__in=_WAITING).first() or LearnedAnswer(topic=found)
    answer.question, answer.question_en = squeeze(words.question), squeeze(words.question_en)
    answer.text, answer.text_en = words.text.strip(), words.text_en.strip()
    answer.sources = sourcing.checked(sources, on=valid_from)
    answer.valid_from, answer.valid_to = valid_from, valid_to
    answer.state, answer.writer_id, answer.written_at = "review", by.account_id, at
    answer.reviewer, answer.reviewed_at, answer.note = None, None, ""
    answer.save()
    if found.state == Topic.State.OPEN:
        found.state, found.owner_id, found.taken_at = Topic.State.TAKEN, by.account_id, at
        found.save()
    fact = events.AnswerProposed(
        topic=found.pk,
        answer=answer.pk,
        sources=len(answer.sources),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    core.note(found, fact, by=by, at=at)
    return answer


@core.act
def send_back(*, answer: int, reason: str, by: Actor, at: datetime) -> LearnedAnswer:
    """Ask the writer to change an answer.

    Raises NotAKeeper, NoSuchTopic, WrongTopicState, OwnAnswer, UnfitAnswer: no reason.
    """
    found = core.under_review(answer, by=by)
    said = core.reason_said(reason)
    found.state, found.note = LearnedAnswer.State.RETURNED, said
    found.reviewer_id, found.reviewed_at = by.account_id, at
    found.save()
    fact = events.AnswerReturned(topic=found.topic_id, answer=found.pk, reason=said)
    core.note(found.topic, fact, by=by, at=at)
    return found


@core.act
def accept(*, answer: int, by: Actor, at: datetime) -> LearnedAnswer:
    """Accept an answer that somebody else wrote: it is knowledge, and a row of the evaluation.

    Its sources are looked at once more: one that was replaced meanwhile stops it.
    Raises NotAKeeper, NoSuchTopic, WrongTopicState, OwnAnswer, UnfitAnswer, SourceReplaced.
    """
    found = core.under_review(answer, by=by)
    if found.valid_from is None:
        raise refusals.UnfitAnswer(_("Câu trả lời chưa có ngày áp dụng."), field="valid_from")
    sourcing.checked(found.sources, on=max(found.valid_from, timezone.localdate(at)))
    found.state, found.reviewer_id, found.reviewed_at = "accepted", by.account_id, at
    found.save()
    topic = found.topic
    topic.state, topic.owner, topic.taken_at = Topic.State.ANSWERED, None, None
    fact = events.AnswerAccepted(
        topic=topic.pk,
        answer=found.pk,
        writer=found.writer_id or 0,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )
    core.saved(topic, fact, by=by, at=at)
    knowing.keep_answer(_known(found, found.valid_from), by=by, at=at)
    return found


@core.act
def withdraw(*, answer: int, reason: str, by: Actor, at: datetime) -> LearnedAnswer:
    """Stop giving an accepted answer from today on; its topic is open again.

    Raises NotAKeeper, NoSuchTopic, WrongTopicState, UnfitAnswer: no reason.
    """
    found = core.answer_of(answer, by=by)
    if found.state != LearnedAnswer.State.ACCEPTED or found.valid_from is None:
        raise core.wrong(found.get_state_display())
    said, today = core.reason_said(reason), timezone.localdate(at)
    found.state, found.note = LearnedAnswer.State.WITHDRAWN, said
    found.valid_to = max(today, found.valid_from)
    found.save()
    topic = found.topic
    topic.state, topic.owner, topic.taken_at = Topic.State.OPEN, None, None
    fact = events.AnswerWithdrawn(
        topic=topic.pk, answer=found.pk, reason=said, valid_to=found.valid_to
    )
    core.saved(topic, fact, by=by, at=at)
    if found.valid_to > found.valid_from:  # earlier days are answered as they were
        knowing.keep_answer(_known(found, found.valid_from), by=by, at=at)
    else:
        knowing.forget_answer(key=found.key, by=by, at=at)
    return found


def _known(answer: LearnedAnswer, since: date) -> knowing.AcceptedAnswer:
    """The answer as knowledge takes it in: first article, first procedure, how it is asked."""
    by_kind = {source["kind"]: source["reference"] for source in reversed(answer.sources)}
    document, _colon, article = by_kind.get("law", "").partition(":")
    ways = answer.topic.questions.filter(leads=True).values_list("text", flat=True)
    return knowing.AcceptedAnswer(
        key=answer.key,
        question=answer.question,
        answer=answer.text,
        source="; ".join(source["title"] for source in answer.sources),
        valid_from=since,
        valid_to=answer.valid_to,
        procedure=by_kind.get("procedure", ""),
        document=document,
        article=article,
        others=tuple(dict.fromkeys(way for way in ways if way != answer.question)),
    )


def _check_words(words: Words) -> None:
    if not TEXT_LEAST <= len(words.text.strip()) <= TEXT_MOST:
        raise refusals.UnfitAnswer(_("Câu trả lời dài từ 20 đến 5000 ký tự."), field="text")
    if len(words.text_en) > TEXT_MOST:
        raise refusals.UnfitAnswer(_("Câu trả lời dài từ 20 đến 5000 ký tự."), field="text_en")
    for field in ("question", "question_en"):
        length = len(squeeze(getattr(words, field)))
        if length > QUESTION_MOST or (field == "question" and not length):
            raise refusals.UnfitAnswer(_("Câu hỏi dài từ 1 đến 300 ký tự."), field=field)
    for said in (words.question, words.text, words.text_en):
        if {one.kind for one in personal.mask(said).found} & _PAPERS:
            raise refusals.HoldsPersonalData(
                _("Câu trả lời có số giấy tờ, tài khoản hoặc mã hồ sơ của người khác. Hãy bỏ đi.")
            )
