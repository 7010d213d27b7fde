"""Estimating what is open: from the ledger alone, written beside the dossiers, told to the heads."""

from datetime import timedelta

import numpy as np
import pytest

from motcua.directory.actor import SYSTEM
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.reporting import services as figures
from motcua.reporting.foresight import model
from motcua.reporting.foresight.features import Past
from motcua.reporting.foresight.hours import seconds
from motcua.reporting.foresight.standing import open_rows
from motcua.reporting.models import LearnedRisk
from motcua.reporting.queries import foresight as reading
from motcua.reporting.services import foresight, foresight_learning
from motcua.supervision.models import Warning
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

SURE = model.Risk(6.0, [model.Term("slack", np.array([0.0]), np.array([0.3]), usual=0.0)], {})
LATER = MONDAY_8AM + timedelta(days=2)


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def follow() -> None:
    while figures.follow().is_behind:
        pass


def holds(risk: model.Risk) -> None:
    LearnedRisk.objects.create(
        learned_at=MONDAY_8AM, by="system", first=MONDAY_8AM.date(), last=MONDAY_8AM.date(),
        document=model.as_document(risk),
    )  # fmt: skip


def test_open_dossiers_get_an_estimate_and_its_reasons(world):
    row = worlds.accepted(world)
    holds(SURE)
    follow()

    done = foresight.refresh_risks(at=LATER)

    row.refresh_from_db()
    assert (done.open, done.estimated, done.written) == (1, 1, 1)
    assert row.risk > 900
    assert row.risk_reasons["source"] == "own"
    assert [one["by"] for one in row.risk_reasons["reasons"]] == ["slack"]


def test_the_shipped_model_says_that_it_learned_from_a_simulation(world):
    found = reading.holding()

    assert found.is_simulated
    assert found.judged["auc"] > found.reference["auc"]
    assert found.judged["brier"] < found.reference["brier"]
    assert found.judged["ece"] < 0.05


def test_the_head_is_warned_once_of_what_is_surest_and_calmed_again(world):
    row = worlds.accepted(world)
    holds(SURE)
    follow()

    assert foresight.refresh_risks(at=LATER).warned == 1
    assert foresight.refresh_risks(at=LATER + timedelta(minutes=15)).warned == 0
    warning = Warning.objects.get(code=row.code, rung="risk")
    assert warning.agency_id == world.agencies["committee"].pk

    holds(model.Risk(-6.0, [], {}))
    done = foresight.refresh_risks(at=LATER + timedelta(minutes=30))

    warning.refresh_from_db()
    assert done.calmed == 1
    assert warning.gone_at is not None


def test_what_is_late_has_the_whole_risk_and_what_waits_or_ended_has_none(world):
    late, waits, ended = (worlds.accepted(world) for _number in range(3))
    holds(SURE)
    follow()
    foresight.refresh_risks(at=LATER)
    dossiers.request_supplement(
        code=waits.code, items={"ct01": "Tờ khai thiếu chữ ký"},
        reason="Tờ khai còn thiếu chữ ký",
        by=worlds.assigned_actor(world, waits), at=LATER,
    )  # fmt: skip
    dossiers.withdraw(
        code=ended.code, reason="Không còn nhu cầu nữa", by=world["receptionist"], at=LATER
    )
    follow()

    foresight.refresh_risks(at=late.due_at + timedelta(minutes=1))

    risks = dict(Dossier.objects.values_list("code", "risk"))
    assert risks == {late.code: 1000, waits.code: None, ended.code: None}


def test_an_estimate_as_of_a_moment_knows_nothing_later(world):
    row = worlds.appraised(world, at=MONDAY_8AM)
    follow()
    before = reading.near_spans(at=LATER, days=60)
    dossiers.approve(code=row.code, by=world["head"], at=LATER + timedelta(hours=1))
    follow()

    after = reading.near_spans(at=LATER, days=60)

    assert list(before.since) == list(after.since)
    assert all((before.columns[name] == after.columns[name]).all() for name in before.columns)


def test_too_little_history_is_refused(world):
    worlds.issued(world)
    follow()

    with pytest.raises(foresight_learning.NotEnough):
        foresight_learning.learn_risk(
            first=MONDAY_8AM.date(), last=LATER.date(), is_simulated=False, by=SYSTEM, at=LATER
        )
    assert foresight_learning.learn_when_ready(at=LATER) is None
    assert reading.learnings() == []


def test_an_act_is_followed_by_the_estimate_of_its_dossier_alone(world):
    row, other = worlds.accepted(world), worlds.accepted(world)
    holds(SURE)
    follow()
    foresight.forget()
    assert foresight.keep_fresh(at=LATER).estimated == 2
    Dossier.objects.update(risk=None)
    dossiers.appraise(code=row.code, by=worlds.assigned_actor(world, row), at=LATER)
    follow()

    done = foresight.keep_fresh(at=LATER + timedelta(minutes=1))

    assert (done.estimated, done.written) == (1, 1)
    assert list(Dossier.objects.filter(risk=None)) == [other]
    assert foresight.keep_fresh(at=LATER + timedelta(minutes=2)).open == 0
    assert foresight.keep_fresh(at=LATER + timedelta(minutes=9)).estimated == 2


def test_one_dossier_is_seen_as_among_all(world):
    row = worlds.accepted(world)
    worlds.accepted(world, at=MONDAY_8AM + timedelta(hours=1))
    follow()
    fold = reading.near_fold(at=LATER, days=60)
    spans, at = fold.spans(), seconds(LATER)
    past = Past(spans, reading.hours_between(LATER, LATER), reading.tet_days())
    rows = open_rows(spans, at)
    rows = rows[spans.ids[spans.columns["place"][rows]] == row.pk]

    alone = reading.spans_of([row.pk], at=LATER, days=60, names=fold.names)

    same = open_rows(alone, at)
    assert list(alone.ids) == [row.pk]
    np.testing.assert_array_equal(
        past.see(rows, np.full(1, at)).values, past.on(alone).see(same, np.full(1, at)).values
    )


def test_a_model_that_is_worse_is_not_taken_and_the_ledger_tells(world):
    def outcome(brier: float, held: float) -> foresight_learning.Outcome:
        facts = {"dossiers": 900, "is_simulated": False, "judged": {"count": 300, "brier": brier}}
        return foresight_learning.Outcome(
            model.Risk(0.0, [], facts), brier <= held, brier, held
        )  # fmt: skip

    for brier, held in ((0.12, 0.11), (0.1, 0.11)):
        foresight_learning.keep(
            outcome(brier, held), first=MONDAY_8AM.date(), last=LATER.date(), by=SYSTEM, at=LATER
        )

    taken, refused = reading.learnings()
    assert (taken.is_taken, refused.is_taken) == (True, False)
    assert (refused.brier, refused.held) == (0.12, 0.11)
    assert LearnedRisk.objects.count() == 1
    assert reading.holding().risk.facts["judged"]["brier"] == 0.1
