"""Advice beside a dossier: dated guidance, the law cited, figures of what the officer may see."""

from datetime import date, timedelta

import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

from motcua.assistant.advice import basis, guidance, panel, similar
from motcua.assistant.models import Passage
from motcua.directory.actor import PUBLIC

TODAY = date(2026, 11, 9)


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


@pytest.mark.parametrize(("on", "numbers"), [(TODAY, ["1022"]), (date(2025, 6, 30), [])])
def test_a_hotline_holds_from_its_day_on(on, numbers):
    found = guidance.of_step(procedure="1.004222", acts=frozenset({"accept"}), on=on)

    assert [hotline.number for hotline in found.hotlines] == numbers
    assert found.videos == ()


@pytest.mark.django_db
def test_a_cited_article_brings_its_words():
    Passage.objects.create(
        key="vb:118/2025/NĐ-CP:17", kind="law", load="law", title="Tiếp nhận hồ sơ",
        text="Cán bộ tiếp nhận kiểm tra.", document="118/2025/NĐ-CP", article="17",
        section="article", checksum="x", changed_at=MONDAY_8AM,
    )  # fmt: skip

    known, unknown = basis.cited("118/2025/NĐ-CP Điều 17 khoản 1; 30/2020/NĐ-CP Điều 32", on=TODAY)

    assert known.text == "Cán bộ tiếp nhận kiểm tra."
    assert (unknown.citation, unknown.text) == ("30/2020/NĐ-CP Điều 32", "")


def test_similar_dossiers_are_only_those_that_may_be_read(world):
    for days in (1, 2, 3):
        worlds.filed(world, at=MONDAY_8AM - timedelta(days=days))
    row = worlds.filed(world)

    seen = similar.of_dossier(row, names={}, actor=world["receptionist"], at=MONDAY_8AM)
    unseen = similar.of_dossier(row, names={}, actor=PUBLIC, at=MONDAY_8AM)

    assert (seen.dossiers, seen.is_telling) == (3, True)
    assert (unseen.dossiers, unseen.is_telling) == (0, False)


def test_the_time_of_a_step_is_that_of_closed_ones(world):
    for days in (1, 2, 3):
        worlds.accepted(world, at=MONDAY_8AM - timedelta(days=7 * days))
    row = worlds.accepted(world)

    seen = similar.of_dossier(row, names={}, actor=world["receptionist"], at=MONDAY_8AM)

    assert all(step.count == 3 for step in seen.steps)


def test_a_settled_dossier_has_no_drafts(world):
    row = worlds.issued(world)

    told = panel.advice(row, actor=world["receptionist"], at=MONDAY_8AM + timedelta(days=9))

    assert told.drafts == ()
