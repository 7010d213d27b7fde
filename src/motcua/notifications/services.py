"""The verbs of messages: tell a person or a post, hand over what waits, note that it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from motcua.directory.actor import Actor
from motcua.notifications import ports
from motcua.notifications.models import Message
from motcua.notifications.queries import to
from motcua.notifications.texts import words_of

RETRY_MINUTES = (1, 5, 30, 120, 720)
BATCH = 50


@dataclass(frozen=True)
class Notice:
    """What is told: a template with its context, about which dossier, since when.

    `key` names the fact that is told; the same fact is told once to each reader. `seen_at`: it is
    told as history and rings no bell.
    """

    key: str
    template: str
    context: Mapping[str, object]
    about: str
    at: datetime
    seen_at: datetime | None = None


def tell_person(*, notice: Notice, party_id: int, email: str = "", phone: str = "") -> int:
    """Tell a citizen: in the account always, by e-mail when there is one, else by message.

    A channel that nothing serves here keeps its message, marked as not configured. Returns how
    many messages were made anew (one statement).
    Source: 118/2025/NĐ-CP Điều 17 khoản 2 điểm c; 224/2026/NĐ-CP Điều 15.
    """
    found = [_message(notice, Message.Channel.IN_APP, party_id=party_id)]
    if email:
        found.append(_message(notice, Message.Channel.EMAIL, party_id=party_id, address=email))
    elif phone:
        found.append(_message(notice, Message.Channel.SMS, party_id=party_id, address=phone))
    return _keep(found)


def tell_post(*, notice: Notice, agency_id: int, role: str) -> int:
    """Tell whoever holds a post at an agency, on the desk (one statement).

    Source: 118/2025/NĐ-CP Điều 17 khoản 2.
    """
    return _keep([_message(notice, Message.Channel.IN_APP, agency_id=agency_id, role=role)])


def tell_officer(*, notice: Notice, account_id: int) -> int:
    """Tell one officer alone, on the desk: colleagues in the same post do not read it.

    Source: 118/2025/NĐ-CP Điều 12; 91/2025/QH15.
    """
    return _keep([_message(notice, Message.Channel.IN_APP, account_id=account_id)])


def tell_address(*, notice: Notice, agency_id: int, email: str = "", phone: str = "") -> int:
    """Tell somebody without an account, in an agency's name: by e-mail if there is one, else by SMS.

    The agency is who tells; nothing of it stands on its desk. Returns how many were made anew.
    Source: 224/2026/NĐ-CP Điều 15.
    """
    if not (email or phone):
        return 0
    channel = Message.Channel.EMAIL if email else Message.Channel.SMS
    return _keep([_message(notice, channel, agency_id=agency_id, address=email or phone)])


def _message(
    notice: Notice,
    channel: Message.Channel,
    *,
    party_id: int | None = None,
    agency_id: int | None = None,
    role: str = "",
    account_id: int | None = None,
    address: str = "",
) -> Message:
    reader = f"party:{party_id}" if party_id else f"agency:{agency_id}:{role}"
    if account_id:
        reader = f"account:{account_id}"
    state, sent_at = Message.State.SENT, notice.at
    if channel != Message.Channel.IN_APP:
        known = ports.is_configured(channel)
        state = Message.State.QUEUED if known else Message.State.NOT_CONFIGURED
    is_sent = state == Message.State.SENT
    return Message(
        key=f"{notice.key}:{channel}:{reader}"[:120],
        channel=channel,
        state=state,
        party_id=party_id,
        agency_id=agency_id,
        role=role,
        account_id=account_id,
        address=address,
        template=notice.template,
        context=dict(notice.context),
        about=notice.about,
        at=notice.at,
        sent_at=sent_at if is_sent else None,
        read_at=notice.seen_at,
        next_try_at=notice.at if state == Message.State.QUEUED else None,
    )


def _keep(messages: list[Message]) -> int:
    made = Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(made)


def deliver(*, at: datetime, limit: int = BATCH) -> int:
    """Hand over what waits, each message in its own transaction; return how many were sent.

    What fails is tried again later, five times; two workers never send the same message.
    """
    sent = 0
    for _number in range(limit):
        done = _deliver_next(at)
        if done is None:
            break
        sent += done
    return sent


@transaction.atomic
def _deliver_next(at: datetime) -> int | None:
    waiting = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=at)
    message = (
        waiting.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at").first()
    )
    if message is None:
        return None
    with translation.override("vi"):
        told = words_of(message.template, message.context)
    try:
        ports.channels.get(message.channel).send(
            to=message.address, subject=told.subject, body=told.body
        )
    except OSError as error:
        _postpone(message, at, str(error))
        return 0
    message.state, message.sent_at, message.error = Message.State.SENT, at, ""
    message.attempts += 1
    message.save(update_fields=["state", "sent_at", "error", "attempts"])
    return 1


def _postpone(message: Message, at: datetime, error: str) -> None:
    message.error = error[:300]
    if message.attempts >= len(RETRY_MINUTES):
        message.state = Message.State.FAILED
    else:
        message.next_try_at = at + timedelta(minutes=RETRY_MINUTES[message.attempts])
    message.attempts += 1
    message.save(update_fields=["state", "error", "next_try_at", "attempts"])


@transaction.atomic
def mark_read(*, by: Actor, at: datetime, about: str = "") -> int:
    """Note that somebody has read their messages (about one dossier, when it is named)."""
    unread = to(by).filter(read_at__isnull=True)
    if about:
        unread = unread.filter(about=about)
    return unread.update(read_at=at)
