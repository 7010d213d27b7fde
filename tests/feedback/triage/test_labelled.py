"""The texts that were written for triage: many, varied, and split by writer."""

from collections import Counter

from motcua.directory.data import build
from motcua.feedback.rules import fields
from motcua.feedback.triage import labelled
from motcua.feedback.triage.labelled import group_of
from motcua.feedback.triage.model import WEIGHTS
from motcua.kernel.personal import mask

ROWS = labelled.read()


def test_there_are_enough_of_every_kind() -> None:
    assert len(ROWS) >= 2000
    assert len({row.writer for row in ROWS}) >= 35
    of_field = Counter(row.field for row in ROWS if row.split == "train")
    assert min(of_field.values()) >= 40
    assert sum(row.harassment or row.bribe or row.delay for row in ROWS) >= 90
    assert sum(row.danger for row in ROWS) >= 40
    assert sum(bool(row.referred) for row in ROWS) >= 20
    groups = Counter(group_of(row) for row in ROWS)
    assert sum(size > 1 for size in groups.values()) >= 60
    lengths = [len(row.text.split()) for row in ROWS]
    assert min(lengths) < 10
    assert max(lengths) > 120


def test_no_writer_and_no_group_is_in_both_splits() -> None:
    splits = {split: {r.writer for r in ROWS if r.split == split} for split in ("train", "test")}
    by_id = {row.id: row for row in ROWS}

    assert not splits["train"] & splits["test"]
    assert len(by_id) == len(ROWS)
    assert all(by_id[group_of(row)].split == row.split for row in ROWS)


def test_labels_are_of_the_house() -> None:
    communes = {place["code"] for place in build.communes()}

    assert all(fields.is_field(row.field) for row in ROWS)
    assert {row.kind for row in ROWS} == {"scene", "conduct", "rule", "question"}
    assert all(row.place in communes for row in ROWS)


def test_nobody_real_is_in_them() -> None:
    kinds = {one.kind for row in ROWS for one in mask(row.text).found}

    assert not kinds & {"identity", "phone", "email", "account", "plate", "dossier"}


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size <= 4 * 1024 * 1024
