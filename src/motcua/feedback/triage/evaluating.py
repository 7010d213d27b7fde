"""Triage measured on our own test split, whose writers no training text has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score  # type: ignore[import-untyped]  # ships no types

from motcua.feedback.triage import labelled
from motcua.feedback.triage.labelled import Labelled, group_of
from motcua.feedback.triage.model import YES_NO
from motcua.feedback.triage.proposing import propose
from motcua.feedback.triage.shapes import Proposal


@dataclass(frozen=True)
class Found:
    """How many of the true ones were found, and how many others were taken for them."""

    true: int
    found: int
    others: int
    false: int

    @property
    def recall(self) -> float:
        """Share of the true ones that were found."""
        return self.found / self.true if self.true else 0.0

    @property
    def false_share(self) -> float:
        """Share of the others that were taken for true ones."""
        return self.false / self.others if self.others else 0.0


@dataclass(frozen=True)
class Report:
    """What was measured: shares right at first, and each sign."""

    train: int
    test: int
    writers: tuple[str, ...]
    right: Mapping[str, float]
    field_f1: float
    signs: Mapping[str, Found]
    duplicates: Found
    by_writer: Mapping[str, float]

    def as_dict(self) -> dict[str, object]:
        """Return it as what JSON can hold."""
        return {
            "train": self.train,
            "test": self.test,
            "right": dict(self.right),
            "field_weighted_f1": self.field_f1,
            "signs": {
                name: vars(found) | {"recall": found.recall} for name, found in self.signs.items()
            },
            "duplicates": vars(self.duplicates) | {"recall": self.duplicates.recall},
            "routing_by_writer": dict(self.by_writer),
        }


def measure() -> Report:
    """Return how triage does on the test split, text by text as it would arrive."""
    rows = labelled.of_split("test")
    ordered = sorted(rows, key=lambda row: (row.day, row.id))
    proposals = [_proposal(row, ordered[:at]) for at, row in enumerate(ordered)]
    pairs = list(zip(ordered, proposals, strict=True))
    right = {
        "field": _share(pairs, lambda row, p: p.field.value == row.field),
        "agency": _share(pairs, lambda row, p: p.agency_key.value == row.agency_key),
        "kind": _share(pairs, lambda row, p: p.kind.value == row.kind),
        "urgency": _share(pairs, lambda row, p: p.urgency.value == row.urgency),
    }
    fields = [row.field for row in ordered], [p.field.value for p in proposals]
    return Report(
        train=len(labelled.of_split("train")),
        test=len(rows),
        writers=tuple(sorted({row.writer for row in rows})),
        right=right,
        field_f1=float(f1_score(*fields, average="weighted", zero_division=0)),
        signs=_signs(pairs),
        duplicates=_duplicates(pairs),
        by_writer=_by_writer(pairs),
    )


def _proposal(row: Labelled, before: Sequence[Labelled]) -> Proposal:
    recent = [one.as_candidate() for one in before]
    return propose(
        row.text, at=row.at, place_code=row.place, recent=recent, lat=row.lat, lon=row.lon
    )


Pair = tuple[Labelled, Proposal]
Says = Callable[[Labelled, Proposal], bool]


def _share(pairs: Sequence[Pair], is_right: Says) -> float:
    return sum(is_right(row, proposal) for row, proposal in pairs) / len(pairs)


def _found(pairs: Sequence[Pair], is_true: Callable[[Labelled], bool], says: Says) -> Found:
    counts = Counter((is_true(row), says(row, proposal)) for row, proposal in pairs)
    true = counts[True, True] + counts[True, False]
    return Found(true, counts[True, True], len(pairs) - true, counts[False, True])


def _signs(pairs: Sequence[Pair]) -> dict[str, Found]:
    """Each kind of sign; inspectors: whether any of the three reaches them at once."""

    def any_of(row: Labelled) -> bool:
        return row.harassment or row.bribe or row.delay

    found = {name: _found(pairs, _has(name), _reaches(name)) for name in YES_NO}
    found["any to the inspectors"] = _found(pairs, any_of, lambda _row, p: p.is_for_inspectors)
    found["referred by law"] = _found(
        pairs, lambda row: bool(row.referred), lambda _row, p: bool(p.referred)
    )
    return found


def _has(name: str) -> Callable[[Labelled], bool]:
    return lambda row: bool(getattr(row, name))


def _reaches(name: str) -> Says:
    """Danger by its mark; the others when they reach the inspectors."""
    if name == "danger":
        return lambda _row, proposal: proposal.danger
    return lambda _row, proposal: proposal.is_for_inspectors


def _duplicates(pairs: Sequence[Pair]) -> Found:
    """A later text of a group counts as found when the first case offered is of its group."""
    groups = {row.id: group_of(row) for row, _proposal in pairs}
    seen: set[str] = set()
    true = found = others = false = 0
    for row, proposal in pairs:
        offered = groups[proposal.duplicates[0][0]] if proposal.duplicates else ""
        if group_of(row) in seen:
            true += 1
            found += offered == group_of(row)
            false += bool(offered) and offered != group_of(row)
        else:
            others += 1
            false += bool(offered)
        seen.add(group_of(row))
    return Found(true, found, len(pairs), false)


def _by_writer(pairs: Sequence[Pair]) -> dict[str, float]:
    writers = sorted({row.writer for row, _proposal in pairs})
    return {
        writer: _share(
            [pair for pair in pairs if pair[0].writer == writer],
            lambda row, p: p.agency_key.value == row.agency_key,
        )
        for writer in writers
    }
