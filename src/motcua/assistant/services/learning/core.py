"""What every act on the work list does: check what is given and who acts, lock, write the fact."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.assistant.learning import refusals, states
from motcua.assistant.models import LearnedAnswer, Topic
from motcua.directory.actor import Actor
from motcua.kernel import personal
from motcua.kernel.facts import Fact
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger
from motcua.ledger.acts import acts

REASON_LEAST, REASON_MOST = 5, 500
CLOSED = (Topic.State.DISMISSED, Topic.State.ANSWERED)
# Not what somebody typed: who acts; questions are cut and masked one by one.
act = acts("by", "asked")


def locked(topic: int, *, by: Actor) -> Topic:
    """Return the topic, locked, for a keeper. Raises NotAKeeper, NoSuchTopic: see there."""
    if not states.is_keeper(by):
        raise refusals.NotAKeeper(_("Danh sách này do người quản trị danh mục thủ tục phụ trách."))
    found = Topic.objects.select_for_update(of=("self",)).filter(pk=topic).first()
    if found is None:
        raise refusals.NoSuchTopic(_("Không có mục này trong danh sách."))
    return found


def answer_of(answer: int, *, by: Actor) -> LearnedAnswer:
    """Return the answer for a keeper, its topic locked. Raises NotAKeeper, NoSuchTopic."""
    topic = LearnedAnswer.objects.filter(pk=answer).values_list("topic_id", flat=True).first()
    owner = locked(topic or 0, by=by)
    found = LearnedAnswer.objects.get(pk=answer)
    found.topic = owner
    return found


def under_review(answer: int, *, by: Actor) -> LearnedAnswer:
    """Return the answer for a reviewer. Raises WrongTopicState, OwnAnswer, and as `answer_of`."""
    found = answer_of(answer, by=by)
    if found.state != LearnedAnswer.State.REVIEW:
        raise wrong(found.get_state_display())
    if found.writer_id == by.account_id:
        raise refusals.OwnAnswer(_("Câu trả lời do người khác duyệt, không phải người soạn."))
    return found


def reason_said(reason: str) -> str:
    """Return the reason, masked. Raises UnfitAnswer: it says nothing."""
    said = squeeze(reason)
    if not REASON_LEAST <= len(said) <= REASON_MOST:
        raise refusals.UnfitAnswer(_("Hãy ghi lý do (từ 5 đến 500 ký tự)."), field="reason")
    return personal.mask(said).text[:REASON_MOST]


def wrong(state: str) -> refusals.WrongTopicState:
    """Return the refusal of an act that the state does not allow."""
    said = _("Mục này đang ở trạng thái “%s” nên không làm được việc đó.")
    return refusals.WrongTopicState(said % state)


def saved(topic: Topic, fact: Fact, *, by: Actor, at: datetime) -> Topic:
    """Save the topic with its fact and return it."""
    topic.save()
    note(topic, fact, by=by, at=at)
    return topic


def note(topic: Topic, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Record a fact in the topic's stream."""
    ledger.record(
        fact, stream=topic.stream, at=at, actor=by.key, actor_name=by.name, post=by.describe()
    )
