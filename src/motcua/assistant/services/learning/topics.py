"""Topics: taken, given back, dismissed, opened again."""

from datetime import datetime

from motcua.assistant.learning import events
from motcua.assistant.models import Topic
from motcua.assistant.services.learning import core
from motcua.directory.actor import Actor


@core.act
def take(*, topic: int, by: Actor, at: datetime) -> Topic:
    """Take a topic on, so that nobody else writes the same answer.

    Raises NotAKeeper, NoSuchTopic, WrongTopicState: somebody has it, or it is closed.
    """
    found = core.locked(topic, by=by)
    if found.state != Topic.State.OPEN:
        raise core.wrong(found.get_state_display())
    found.state, found.owner_id, found.taken_at = Topic.State.TAKEN, by.account_id, at
    return core.saved(found, events.TopicTaken(topic=found.pk), by=by, at=at)


@core.act
def release(*, topic: int, by: Actor, at: datetime) -> Topic:
    """Give a topic back; a colleague may do it for somebody who is away.

    Raises NotAKeeper, NoSuchTopic, WrongTopicState: nobody has it.
    """
    found = core.locked(topic, by=by)
    if found.state != Topic.State.TAKEN:
        raise core.wrong(found.get_state_display())
    found.state, found.owner, found.taken_at = Topic.State.OPEN, None, None
    return core.saved(found, events.TopicReleased(topic=found.pk), by=by, at=at)


@core.act
def dismiss(*, topic: int, reason: str, by: Actor, at: datetime) -> Topic:
    """Say that a topic needs no answer of ours, and why.

    Raises NotAKeeper, NoSuchTopic, WrongTopicState, UnfitAnswer: no reason.
    """
    found = core.locked(topic, by=by)
    if found.state in core.CLOSED:
        raise core.wrong(found.get_state_display())
    said = core.reason_said(reason)
    found.state, found.owner, found.taken_at = Topic.State.DISMISSED, None, None
    found.dismissed_reason = said
    fact = events.TopicDismissed(topic=found.pk, reason=said)
    return core.saved(found, fact, by=by, at=at)


@core.act
def reopen(*, topic: int, reason: str, by: Actor, at: datetime) -> Topic:
    """Open a topic that was dismissed or answered once more.

    Raises NotAKeeper, NoSuchTopic, WrongTopicState, UnfitAnswer: no reason.
    """
    found = core.locked(topic, by=by)
    if found.state not in core.CLOSED:
        raise core.wrong(found.get_state_display())
    said = core.reason_said(reason)
    found.state, found.dismissed_reason = Topic.State.OPEN, ""
    found.owner, found.taken_at = None, None
    return core.saved(found, events.TopicReopened(topic=found.pk, reason=said), by=by, at=at)
