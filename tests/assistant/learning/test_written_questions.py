"""The published answer to a written question reaches the keepers' list."""

import json

from tests.factories.world import World
from tests.feedback import stories
from tests.feedback.conftest import world

from motcua.assistant.models import LearnedAnswer, Topic
from motcua.assistant.queries import learning as queries
from motcua.ledger import services as ledger

__all__ = ["world"]


def test_a_published_answer_is_proposed_and_a_pothole_is_not(world: World):
    asked = stories.published(
        world, kind="question", text="Nuôi chim yến trong khu dân cư được không?"
    )
    stories.published(world)

    while ledger.dispatch(batch=1000):
        pass

    (topic,) = Topic.objects.all()
    (answer,) = queries.answers_of(topic)
    assert (topic.case, topic.reasons) == (asked.code, {"written": 1})
    assert (answer.state, answer.text) == (LearnedAnswer.State.DRAFT, stories.ANSWER)
    assert "Mẫu" not in json.dumps([topic.title, answer.question])
