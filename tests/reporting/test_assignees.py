"""Who has a dossier is told by its facts alone, whatever people do, in whatever order."""

from random import Random

import pytest
from django.db import transaction

from motcua.dossiers import events
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.kernel.refused import Refused
from motcua.ledger import queries as trail
from motcua.reporting import services
from motcua.reporting.models import Standing
from motcua.reporting.rules import folding
from tests.dossiers.test_machine import Walk
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World


def folded(row: Dossier) -> folding.Standing:
    """Return how a dossier stands after its facts."""
    standing = folding.Standing(row.pk)
    for fact in trail.facts_of(row.stream):
        folding.hear(
            standing, kind=fact.kind, at=fact.at, body=fact.body, agencies={}, actor=fact.actor
        )
    return standing


class _Walk(Walk):
    """A walk in which the head also gives work out, and everybody's facts are looked at."""

    def step(self) -> None:
        super().step()
        if self.chance.random() < 0.4:
            to = self.world.accounts[self.chance.choice(["appraiser", "appraiser2"])]
            try:
                dossiers.assign(code=self.row.code, to=to, by=self.world["head"], at=self.at)
            except Refused:
                return
            self.row = Dossier.objects.get(pk=self.row.pk)

    def check(self) -> None:
        told = folded(self.row)
        assert told.assignee_id == self.row.assignee_id, (self.row.state, self.row.step_key)
        self.seen.add("given" if told.assignee_id else "nobody's")
        assert told.ended_at == self.row.ended_at


def test_who_has_a_dossier_is_what_its_facts_say(world: World):
    seen: set[str] = set()
    for number in range(3, 24, 2):
        with transaction.atomic():
            walk = _Walk(world, Random(number))  # noqa: S311  a game of chance, no secret
            for _step in range(8):
                walk.pass_time()
                walk.step()
                walk.check()
            walk.finish()
            transaction.set_rollback(True)
        seen |= walk.seen
    assert {"given", "nobody's", "wait_supplement"} <= seen


def test_work_given_by_load_counts_for_the_officer(world: World):
    row = worlds.accepted(world)
    given = row.assignee_id
    services.follow()
    assert given
    assert Standing.objects.get(pk=row.pk).officer_id == given

    dossiers.appraise(code=row.code, by=worlds.assigned_actor(world, row), at=MONDAY_8AM)
    services.follow()
    waits = Standing.objects.get(pk=row.pk)
    assert (waits.assignee_id, waits.officer_id) == (None, given)

    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    dossiers.issue(code=row.code, by=world["clerk"], at=MONDAY_8AM)
    services.follow()
    assert Standing.objects.get(pk=row.pk).officer_id == given


def test_a_result_that_is_revoked_lies_with_nobody(world: World):
    row = worlds.issued(world)
    dossiers.revoke_result(
        code=row.code, reason="Kết quả cấp sai người", law="30/2020/NĐ-CP Điều 18",
        by=world["head"], at=MONDAY_8AM,
    )  # fmt: skip
    told = folded(row)

    assert (told.step_key, told.turn_agency_id, told.assignee_id) == ("", None, None)


@pytest.mark.parametrize("kind", sorted(folding.OPENING))
def test_facts_of_before_fold_as_nobodys(kind: str):
    """A fact written before facts said who has the step leaves the dossier open to everybody."""
    said = ("code", "procedure", "field", "channel", "receiving", "competent", "next_step")
    body = dict.fromkeys(said, "x")
    row = folding.Standing(1, assignee_id=5)
    folding.hear(row, kind=f"dossier.{kind}", at=MONDAY_8AM, body=body, agencies={})

    assert row.assignee_id is None


def test_only_who_has_a_step_is_written():
    nobody = events.DossierAccepted(code="x", due_at=None, originals=0)
    somebody = events.DossierAccepted(code="x", due_at=None, originals=0, officer_id=7)

    assert "officer_id" not in nobody.body()
    assert somebody.body()["officer_id"] == 7
