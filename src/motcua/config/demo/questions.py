"""The keepers' list of the demo world: questions asked in vain, answers on their way."""

import tomllib
from datetime import datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from motcua.assistant.models import Topic
from motcua.assistant.services import learning
from motcua.directory.actor import SYSTEM
from motcua.directory.queries.people import actor_by_username
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

WRITER, REVIEWER = "danhmuc", "kiemsoat"


def lay_out(*, now: datetime, progress: "Progress") -> int:
    """Put the list in place; return how many topics there are."""
    progress.say("Thêm câu hỏi mẫu chờ người quản trị danh mục trả lời…")
    folder = resources.files("motcua.config.demo")
    topics = tomllib.loads(folder.joinpath("questions.toml").read_text("utf-8"))["topic"]
    for told in topics:
        _live(told, now)
    return len(topics)


def _live(told: dict[str, Any], now: datetime) -> None:
    last = now - timedelta(days=int(told["days"]), hours=3)
    asked = [
        learning.Asked(text, told["reason"], last - timedelta(hours=5 * before))
        for before, text in enumerate(reversed(told["asked"]))
    ]
    learning.gather(asked=asked, by=SYSTEM, at=last)
    topic = Topic.objects.order_by("-pk")[0]
    try:
        _come_to(told, topic, last + timedelta(hours=1))
    except Refused:  # the catalogue in use lacks the procedure: the topic stays open
        return


def _come_to(told: dict[str, Any], topic: Topic, at: datetime) -> None:
    writer, reviewer = (actor_by_username(name, at=at) for name in (WRITER, REVIEWER))
    fate = told["fate"]
    if fate == "dismissed":
        learning.dismiss(topic=topic.pk, reason=told["note"], by=writer, at=at)
    if fate in {"open", "dismissed"}:
        return
    learning.take(topic=topic.pk, by=writer, at=at)
    if fate == "taken":
        return
    answer = learning.propose(
        topic=topic.pk,
        words=learning.Words(told["question"], told["text"]),
        sources=[{"kind": "procedure", "reference": code} for code in told["sources"]],
        valid_from=timezone.localdate(at),
        by=writer,
        at=at,
    )
    later = at + timedelta(minutes=40)
    if fate == "accepted":
        learning.accept(answer=answer.pk, by=reviewer, at=later)
    elif fate == "returned":
        learning.send_back(answer=answer.pk, reason=told["note"], by=reviewer, at=later)
