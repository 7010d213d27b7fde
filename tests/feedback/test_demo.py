"""The demo's feedback: every state is there, nothing personal is public, figures hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.catalog import services as catalogue
from motcua.config.demo import feedback as demo
from motcua.config.demo import staff
from motcua.directory.actor import SYSTEM
from motcua.directory.queries import calendars, cards
from motcua.directory.services import territory
from motcua.feedback.models import Case
from motcua.feedback.queries import figures, public
from motcua.kernel.personal import mask
from motcua.workflow import services as workflow

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


class Quiet:
    """Takes progress and shows none."""

    def say(self, _text: str) -> None:
        """Say nothing."""


def test_the_demo_lives_in_every_state() -> None:
    now = timezone.localtime().replace(microsecond=0)
    territory.load_territory(by=SYSTEM, at=now)
    catalogue.load_file("starter", by=SYSTEM, at=now)
    workflow.load_file(by=SYSTEM, at=now)
    cards.forget()
    calendars.forget()
    staff.appoint_everybody(at=now)
    staff.open_citizens(at=now)

    count = demo.lay_out(now=now, progress=Quiet())  # type: ignore[arg-type]

    assert count == Case.objects.filter(is_demo=True).count() >= 55
    assert set(Case.objects.values_list("state", flat=True)) >= {
        "sent", "refused", "supplement_requested", "referred", "merged", "accepted", "assigned",
        "in_progress", "returned", "answered", "approved", "published", "withheld", "rated",
        "reopened", "closed",
    }  # fmt: skip
    shown = public.as_public(list(public.public()))
    assert len(shown) >= 25
    assert not [c.code for c in shown if not mask(f"{c.title} {c.text}").is_clean]
    days = {"first": (now - timedelta(days=90)).date(), "last": now.date(), "at": now}
    assert figures.board(**days) == figures.board_from_facts(**days)
