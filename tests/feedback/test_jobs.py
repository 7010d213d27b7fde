"""The worker knows feedback's sweep, and the sweep may run twice."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app
from tests.factories.world import MONDAY_8AM, World
from tests.feedback import stories

from motcua.feedback import jobs
from motcua.feedback.models import Case
from motcua.feedback.queries import figures
from motcua.ledger import queries as trail


def test_the_sweep_is_registered() -> None:
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert "motcua.feedback.jobs.sweep" in names


def test_sweeping_twice_does_nothing_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    late, silent = stories.assigned(world), stories.published(world)
    monkeypatch.setattr(jobs.timezone, "now", lambda: MONDAY_8AM + timedelta(days=20))

    for _time in range(2):
        jobs.sweep(0)

    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {late.pk: "assigned", silent.pk: "closed"}
    reminded = [f for f in trail.facts_of(late.stream) if f.kind == "feedback.reminded"]
    assert len(reminded) == 1
    assert figures.late_now(at=MONDAY_8AM + timedelta(days=20)) == 1
    for row in Case.objects.all():
        assert row.revision == len(trail.facts_of(row.stream))
