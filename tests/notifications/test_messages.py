"""Messages: told once, queued, sent, tried again, read."""

from datetime import timedelta

import pytest
from django.core import mail

from motcua.notifications import ports, queries, services
from motcua.notifications.models import Message
from motcua.notifications.texts import TEMPLATES, words_of
from tests.factories.world import MONDAY_8AM, World

NOTICE = services.Notice(
    key="dossier:1#2",
    template="accepted",
    context={
        "procedure": "Đăng ký thường trú",
        "code": "H32.66-1",
        "due_at": MONDAY_8AM.isoformat(),
    },
    about="H32.66-1",
    at=MONDAY_8AM,
)


def test_the_same_fact_is_told_once(world: World):
    party = world.parties["citizen"].pk
    services.tell_person(notice=NOTICE, party_id=party, email="dan@example.vn")

    services.tell_person(notice=NOTICE, party_id=party, email="dan@example.vn")

    assert Message.objects.count() == 2  # in the account and by e-mail


def test_mail_is_queued_and_sent(world: World):
    services.tell_person(
        notice=NOTICE, party_id=world.parties["citizen"].pk, email="dan@example.vn"
    )

    sent = services.deliver(at=MONDAY_8AM)

    assert sent == 1
    assert mail.outbox[0].to == ["dan@example.vn"]
    assert "H32.66-1" in mail.outbox[0].body
    assert Message.objects.get(channel="email").state == "sent"
    assert services.deliver(at=MONDAY_8AM) == 0


def test_a_channel_that_nothing_serves_says_so(world: World):
    services.tell_person(notice=NOTICE, party_id=world.parties["citizen"].pk, phone="0905222318")

    assert Message.objects.get(channel="sms").state == "not_configured"
    assert not ports.is_configured("zalo")


def test_what_fails_is_tried_again_and_given_up_at_last(world: World, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    services.tell_person(
        notice=NOTICE, party_id=world.parties["citizen"].pk, email="dan@example.vn"
    )

    at = MONDAY_8AM
    for _round in range(8):
        services.deliver(at=at)
        at += timedelta(days=1)

    message = Message.objects.get(channel="email")
    assert message.state == "failed"
    assert message.attempts == len(services.RETRY_MINUTES) + 1
    assert message.error


def test_a_failed_try_waits_before_the_next(world: World, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    services.tell_person(
        notice=NOTICE, party_id=world.parties["citizen"].pk, email="dan@example.vn"
    )

    services.deliver(at=MONDAY_8AM)

    message = Message.objects.get(channel="email")
    assert (message.state, message.attempts) == ("queued", 1)
    assert message.next_try_at == MONDAY_8AM + timedelta(minutes=1)


def test_only_the_reader_sees_a_message(world: World):
    services.tell_person(notice=NOTICE, party_id=world.parties["citizen"].pk)

    assert queries.unread_count(world["citizen"]) == 1
    assert queries.messages_for(world["neighbour"]) == []
    assert queries.messages_for(world["receptionist"]) == []


def test_a_post_is_told_on_the_desk(world: World):
    services.tell_post(notice=NOTICE, agency_id=world.agencies["centre"].pk, role="receptionist")

    assert queries.unread_count(world["receptionist"]) == 1
    assert queries.unread_count(world["other_receptionist"]) == 0
    assert queries.unread_count(world["cashier"]) == 0


def test_read_messages_no_longer_ring(world: World):
    services.tell_person(notice=NOTICE, party_id=world.parties["citizen"].pk)

    services.mark_read(by=world["citizen"], at=MONDAY_8AM, about="H32.66-1")

    assert queries.unread_count(world["citizen"]) == 0
    assert not queries.messages_for(world["citizen"])[0].is_new


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_reads_well_with_little(template: str):
    told = words_of(template, {"procedure": "Tách hộ", "at": MONDAY_8AM.isoformat()})

    assert told.subject
    assert "None" not in told.body
