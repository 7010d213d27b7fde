"""Who is told of what becomes of a duty: the post that does it, the post that gave it."""

from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.models import Post
from motcua.kernel.facts import Fact
from motcua.notifications import services as notifications
from motcua.notifications.texts import TEMPLATES
from motcua.supervision import duty_wording as wording
from motcua.supervision.models import Duty


class Said(Protocol):
    """A notice's context whose gaps read as nothing."""

    def __getitem__(self, key: str) -> str:
        """Return a value as text."""

    def moment(self, key: str) -> str:
        """Return a kept moment as people read it."""


def _words(said: Said) -> tuple[str, list[str]]:
    return _("Nhiệm vụ %(duty)s: %(what)s") % {"duty": said["duty"], "what": said["sentence"]}, [
        said["title"],
        _("Hạn: %s") % said.moment("due_at"),
    ]


def offer() -> None:
    """Let messages about duties be worded (once, as the app starts)."""
    TEMPLATES["duty"] = _words


def tell_doer(duty: Duty, fact: Fact, *, by: Actor, at: datetime) -> int:
    """Tell whoever does it and whoever answers for it, at their desks."""
    return _tell(duty, fact, {duty.person_id, duty.accountable_id}, by=by, at=at)


def tell_giver(duty: Duty, fact: Fact, *, by: Actor, at: datetime) -> int:
    """Tell whoever gave it."""
    return _tell(duty, fact, {duty.given_by_id or 0}, by=by, at=at)


def _tell(duty: Duty, fact: Fact, people: set[int], *, by: Actor, at: datetime) -> int:
    notice = notifications.Notice(
        key=f"{duty.stream}:{duty.revision}",
        template="duty",
        context={
            "agency": duty.agency.name,
            "who": by.name,
            "at": at.isoformat(),
            "code": "",
            "duty": duty.code,
            "title": duty.work[:200],
            "due_at": duty.due_at.isoformat(),
            "sentence": wording.say(fact.kind, fact.body()),
        },
        about=duty.code,
        at=at,
    )
    posts = Post.objects.filter(
        account_id__in=people, valid_from__lte=timezone.localdate(at)
    ).exclude(valid_to__lt=timezone.localdate(at))
    desks = set(posts.values_list("agency_id", "role"))
    return sum(
        notifications.tell_post(notice=notice, agency_id=agency_id, role=role)
        for agency_id, role in sorted(desks)
    )
