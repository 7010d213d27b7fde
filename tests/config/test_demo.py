"""The demo world in small: five weeks of real acts, in every state, and nothing past the rules."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from motcua.catalog import queries as catalog
from motcua.catalog import services as catalogue
from motcua.config import demo
from motcua.config.demo import loading, plan
from motcua.directory.actor import SYSTEM
from motcua.directory.models import Account, Agency
from motcua.directory.queries import calendars, cards
from motcua.directory.queries.people import actor_by_username
from motcua.directory.services import territory
from motcua.documents.models import Batch, StoredPaper
from motcua.dossiers.models import Dossier, Guidance, HandOver
from motcua.dossiers.queries.visibility import visible_to
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.reporting import queries as figures
from motcua.reporting import rules, services
from motcua.signing.models import Signature
from motcua.workflow import queries as workflow

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
COUNT = 150


class Quiet:
    """Takes progress and shows none."""

    def say(self, _text: str) -> None:
        """Say nothing."""

    @contextmanager
    def bar(self, _label: str, total: int | None = None) -> Iterator[object]:  # noqa: ARG002
        """Count for nobody."""
        yield lambda _done: None


def _forget() -> None:
    cards.forget()
    calendars.forget()
    workflow.forget_processes()
    catalog.forget_index()
    catalog.content_of.cache_clear()
    cache.clear()


@pytest.fixture(scope="module")
def refused(django_db_setup: None, django_db_blocker) -> Iterator[Counter[str]]:
    """Load the world once for this module, and roll it back afterwards."""
    _forget()
    with django_db_blocker.unblock(), transaction.atomic():
        at = timezone.now()
        territory.load_territory(by=SYSTEM, at=at)
        catalogue.load_file("starter", by=SYSTEM, at=at)
        yield loading.load(progress=Quiet(), count=COUNT, parts=1)
        transaction.set_rollback(True)
    _forget()


def test_no_act_of_the_story_is_refused(refused: Counter[str]):
    assert not refused


def test_as_many_dossiers_as_asked_in_every_kind_of_state(refused):
    states = set(Dossier.objects.values_list("state", flat=True))

    assert Dossier.objects.count() == COUNT
    assert {"accepted", "in_progress", "wait_supplement", "result_ready", "returned"} <= states
    assert set(Dossier.objects.values_list("channel", flat=True)) >= {"counter", "online"}


def test_the_world_knows_that_it_is_loaded(refused):
    assert demo.is_loaded()


def test_the_chain_of_every_dossier_is_whole(refused):
    verdict = trail.verify()

    assert verdict.is_whole, verdict.faults


def test_figures_are_the_same_from_the_ledger(refused):
    services.catch_up()
    period = rules.period("month", at=timezone.localtime())

    assert all(one.is_same for one in figures.differences(period))
    assert figures.board(period).total.balances


def test_a_believable_share_is_on_time(refused):
    at = timezone.localtime()
    period = rules.period(
        "custom", at=at, first=at.date().replace(year=at.year - 1), last=at.date()
    )

    services.catch_up()
    share = figures.board(period).total.on_time.percent

    assert share is not None
    assert 80 <= share < 100


def test_acts_happen_when_agencies_are_open(refused):
    office = calendars.calendar_for("hanh-chinh-thu-bay")
    kinds = ["dossier.accepted", "dossier.step_done", "dossier.approved", "dossier.result_issued"]

    odd = [
        fact.at
        for fact in FactRow.objects.filter(kind__in=kinds)
        if office.minutes_on(timezone.localtime(fact.at).date()) == 0
    ]

    assert not odd


def test_nothing_happens_after_now(refused):
    assert not FactRow.objects.filter(at__gt=timezone.now()).exists()


def test_what_belongs_to_a_world_is_there(refused):
    kinds = set(FactRow.objects.values_list("kind", flat=True))

    assert Guidance.objects.exists()
    assert HandOver.objects.filter(received_at__isnull=False).exists()
    assert {
        "read.dossier",
        "dossier.officer_notified",
        "directory.calendar_corrected",
        "directory.post_delegated",
        "directory.absence_recorded",
    } <= kinds


def test_there_are_papers_to_look_at(refused):
    citizen = actor_by_username("nguoidan", at=timezone.now())

    assert StoredPaper.objects.filter(owner_id=citizen.party_id).count() >= 3
    assert Batch.objects.filter(opened_by__startswith="account:").exists()
    assert set(Signature.objects.values_list("kind", flat=True)) >= {"personal", "agency"}
    assert Dossier.objects.filter(state="result_ready", results__file__isnull=False).exists()


def test_a_day_that_was_taken_away_is_given_back(refused):
    from motcua.directory.services.calendars import load_calendars

    again = load_calendars(by=SYSTEM, at=timezone.now())

    assert again.changed == ()


def test_everybody_who_is_printed_can_sign_in(refused):
    for words, username, password in demo.logins():
        assert words
        assert Account.objects.get(username=username).check_password(password), username


def test_nobody_else_can_sign_in(refused):
    printed = {username for _words, username, _password in demo.logins()}

    others = Account.objects.filter(is_demo=True).exclude(username__in=printed)

    assert others.count() > 500
    assert not others.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


def test_every_commune_can_take_a_dossier_from_end_to_end(refused):
    for kind, roles in (
        ("centre", {"receptionist", "centre_lead", "cashier"}),
        ("committee", {"appraiser", "head", "clerk", "chairman"}),
    ):
        for agency in Agency.objects.filter(kind=kind, level="commune").prefetch_related("posts"):
            assert roles <= {post.role for post in agency.posts.all()}, agency


@pytest.mark.parametrize("username", ["tiepnhan", "thuly", "lanhdao", "vanthu", "nguoidan"])
def test_whoever_signs_in_finds_dossiers(refused, username: str):
    actor = actor_by_username(username, at=timezone.now())

    assert visible_to(actor).exists()


def test_the_same_seed_plans_the_same_world(refused):
    now = timezone.localtime()
    wanted = {
        "count": 40,
        "first": now.date() - timedelta(weeks=5),
        "now": now,
        "calendar": calendars.calendar_for("hanh-chinh"),
        "people": 90,
    }

    assert plan.plans(seed=3, **wanted) == plan.plans(seed=3, **wanted)
    assert plan.plans(seed=3, **wanted) != plan.plans(seed=4, **wanted)
