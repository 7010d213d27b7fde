"""The worker's periodic jobs are known to it and do what their services do."""

from datetime import date, timedelta

import pytest
from procrastinate.contrib.django import app

from motcua.directory.actor import SYSTEM
from motcua.directory.services import calendars
from motcua.dossiers import jobs
from motcua.kernel.worktime import DayException
from tests.factories import world as worlds
from tests.factories.world import World


def test_every_periodic_job_is_registered() -> None:
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {
        "motcua.dossiers.jobs.sweep",
        "motcua.dossiers.jobs.replay_corrected_calendars",
        "motcua.ledger.jobs.anchor",
        "motcua.documents.jobs.sweep",
    } <= names


def test_a_correction_reaches_what_was_accepted_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.accepted(world)
    due = row.due_at
    now = worlds.MONDAY_8AM + timedelta(minutes=1)
    monkeypatch.setattr(jobs.timezone, "now", lambda: now)
    calendars.correct_calendar(
        key="hanh-chinh", add=[DayException(date(2026, 11, 16), "off", "bão")], remove=(),
        reason="bão", by=SYSTEM, at=worlds.MONDAY_8AM,
    )  # fmt: skip
    jobs.replay_corrected_calendars(0)
    row.refresh_from_db()
    assert row.due_at == due + timedelta(days=1)
