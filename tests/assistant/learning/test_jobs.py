"""What the worker does by night: the list grows, old conversations go."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import world as worlds

from motcua.assistant import jobs
from motcua.assistant.models import Topic
from motcua.assistant.models.talk import Conversation, Turn
from motcua.assistant.services import talk

pytestmark = pytest.mark.django_db


def test_the_night_gathers_what_was_asked_in_vain_and_forgets_what_is_old():
    worlds.build()
    now = timezone.now()
    for token, at in (("mới", now), ("cũ", now - talk.KEPT - timedelta(days=1))):
        conversation = Conversation.objects.create(token=token, begun_at=at, last_at=at)
        Turn.objects.create(
            conversation=conversation, number=1, question=f"nuôi chim yến {token}",
            outcome="unknown", confidence=0.1, asked_at=at,
        )  # fmt: skip

    jobs.gather_questions(timestamp=0)
    jobs.forget_conversations(timestamp=0)

    assert [topic.count for topic in Topic.objects.all()] == [1]
    assert list(Conversation.objects.values_list("token", flat=True)) == ["mới"]
    jobs.gather_questions(timestamp=0)
    assert Topic.objects.get().count == 1
