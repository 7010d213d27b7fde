"""How well the check finds what is missing: cases made by a seed, read with modelled noise.

What the set is: the components of every case of the given procedures, each with a paper that is
there, dropped, out of date, somebody else's, another kind, unreadable, cut in two or scanned
together with the next one. What the machine reads of each is drawn from `Noise`, or from a pool of
papers of our own making that it really read (`Seen`). The numbers say how well the check decides on
readings of that quality; how well papers are read is measured by itself (understanding.md).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from motcua.documents.completeness.checking import check
from motcua.documents.completeness.values import Case, Document, Finding, Need, Reading, Status
from motcua.documents.rules import kho

DAY = date(2026, 11, 23)
_NAMES = ("Nguyễn Văn Phúc", "Trần Thị Bưởi", "Lê Quang Vinh", "Phạm Hoài An", "Đỗ Thị Mận")
_LACKING = ("dropped", "expired", "wrong_person", "wrong_kind", "unreadable")


@dataclass(frozen=True)
class Noise:
    """How readings go wrong. Shares from 0 to 1; a wrong reading is less sure than a right one.

    kind_wrong: another kind is read. kind_bold: of those, how many are sure all the same.
    name_letters: a letter of a name is misread. day_wrong: a day is misread.
    pale: a good copy is taken for an unreadable one.
    """

    kind_wrong: float = 0.03
    kind_bold: float = 0.10
    name_letters: float = 0.04
    day_wrong: float = 0.01
    pale: float = 0.005


@dataclass(frozen=True)
class Chances:
    """How often each thing happens to a paper that has to be brought; the rest is in order."""

    dropped: float = 0.12
    expired: float = 0.05
    wrong_person: float = 0.05
    wrong_kind: float = 0.06
    unreadable: float = 0.05
    split: float = 0.04
    merged: float = 0.05


@dataclass(frozen=True)
class Seen:
    """What the machine made of one paper of a known kind; `is_owner_right`: it read the name."""

    kind: str
    kind_confidence: float
    clarity: float
    owner_confidence: float = 0.0
    is_owner_right: bool = True


Pool = Mapping[str, Sequence[Seen]]


@dataclass
class Tally:
    """What came out, counted by what was true of each component."""

    cases: int = 0
    components: int = 0
    by_truth: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    flagged: int = 0
    flagged_rightly: int = 0
    proposed: int = 0
    proposed_rightly: int = 0
    held: int = 0
    held_found: int = 0

    @property
    def missing_recall(self) -> float:
        """Share of the papers that are not there at all which the check names."""
        return self.recall_of("dropped")

    @property
    def recall(self) -> float:
        """Share of all components that are not fulfilled (not there, or not good) which it names."""
        whole = sum(self.by_truth[truth] for truth in _LACKING)
        return sum(self.found[truth] for truth in _LACKING) / whole if whole else 1.0

    @property
    def precision(self) -> float:
        """Share of what it names that is indeed not fulfilled."""
        return self.flagged_rightly / self.flagged if self.flagged else 1.0

    @property
    def proposed_precision(self) -> float:
        """Share of what it ticks for the supplement request that is indeed not fulfilled."""
        return self.proposed_rightly / self.proposed if self.proposed else 1.0

    def recall_of(self, truth: str) -> float:
        """Share of the components of which this is true that the check names."""
        whole = self.by_truth[truth]
        return self.found[truth] / whole if whole else 1.0


def evaluate(
    cases: Iterable[Sequence[Need]],
    *,
    seeds: int = 20,
    noise: Noise | None = None,
    chances: Chances | None = None,
    pool: Pool | None = None,
) -> Tally:
    """Run the check on every case under every seed and count; the same seeds give the same tally.

    `pool`: papers that were really read, by their kind; readings are drawn from them where it has any.
    """
    tally = Tally()
    for place, needs in enumerate(cases):
        for seed in range(seeds):
            random = Random(f"{place}:{seed}")  # noqa: S311  a test set, no secret
            # the reader draws apart, so that however papers are read the same things are true
            reader = Random(f"{place}:{seed}:read")  # noqa: S311  a test set, no secret
            made = _Made(
                tuple(needs), random, reader, noise or Noise(), chances or Chances(), pool or {}
            )
            made.fill()
            _count(tally, made, check(made.case()))
    return tally


def _count(tally: Tally, made: "_Made", findings: Sequence[Finding]) -> None:
    tally.cases += 1
    for finding in findings:
        truth = made.truth[finding.need.key]
        lacking = truth in _LACKING
        tally.components += 1
        tally.by_truth[truth] += 1
        tally.found[truth] += finding.is_wanting
        tally.flagged += finding.is_wanting
        tally.flagged_rightly += finding.is_wanting and lacking
        tally.proposed += finding.is_proposed
        tally.proposed_rightly += finding.is_proposed and lacking
        if truth in ("store", "database"):
            tally.held += 1
            held = Status.HELD_BY_STORE if truth == "store" else Status.HELD_BY_DATABASE
            tally.held_found += finding.status is held


class _Made:
    """One case in the making: what is true of each component, and what was attached."""

    def __init__(
        self,
        needs: tuple[Need, ...],
        random: Random,
        reader: Random,
        noise: Noise,
        chances: Chances,
        pool: Pool,
    ) -> None:
        self.needs = needs
        self.random = random
        self.reader = reader
        self.noise = noise
        self.chances = chances
        self.pool = pool
        self.owner = random.choice(_NAMES)
        self.truth: dict[str, str] = {}
        self.documents: list[Document] = []
        self.store: dict[str, list[kho.Fit]] = {}

    def case(self) -> Case:
        """Return it as the check sees it."""
        return Case(
            needs=self.needs,
            on=DAY,
            owner=self.owner,
            documents=tuple(self.documents),
            store=self.store,
        )

    def fill(self) -> None:
        """Decide for each component what is true, and attach what follows from it."""
        slot = ""
        for need in self.needs:
            truth = self._truth_of(need)
            self.truth[need.key] = truth
            merged = truth == "merged" and slot
            if truth not in ("dropped", "store", "database", "declared", "left_out"):
                self._attach(need, truth, slot if merged else need.key)
            slot = need.key

    def _truth_of(self, need: Need) -> str:
        if need.is_declared:
            return "declared"
        if need.held_by:
            return "database"
        if not need.required and self.random.random() < 0.6:
            return "left_out"
        if kho.may_come_from_store(need.name) and need.kinds and self.random.random() < 0.08:
            held = kho.Held(need.key, need.kinds[0], need.name, 3)
            self.store[need.key] = [kho.Fit(held, kho.Use.REPLACES)]
            return "store"
        drawn = self.random.random()
        for truth, chance in vars(self.chances).items():
            drawn -= chance
            if drawn < 0:
                return self._possible(truth, need)
        return "good"

    def _possible(self, truth: str, need: Need) -> str:
        """Some things cannot happen to some papers: then it is in order, or left at home."""
        if truth == "dropped" and not need.required:
            return "left_out"
        if truth == "expired" and not need.kinds:
            return "good"
        if truth == "wrong_person" and not need.is_own:
            return "good"
        if truth == "wrong_kind" and need.is_open:
            return "good"
        if truth == "merged" and not need.kinds:
            return "good"
        return truth

    def _attach(self, need: Need, truth: str, slot: str) -> None:
        kind = self._kind_of(need, truth)
        parts = 2 if truth == "split" else 1
        for part in range(parts):
            reading = self._read(kind if part == 0 else kho.OTHER, need, truth)
            key = f"{need.key}/{part}"
            self.documents.append(Document(key, slot, reading))

    def _kind_of(self, need: Need, truth: str) -> str:
        """The kind that the paper truly is."""
        known = [key for key in kho.kinds() if key != kho.OTHER]
        if truth == "wrong_kind":
            asked = {kind for other in self.needs for kind in other.kinds}
            return self.random.choice([key for key in known if key not in asked])
        if need.kinds:
            return self.random.choice(need.kinds)
        return self.random.choice([*known, kho.OTHER]) if need.is_open else kho.OTHER

    def _read(self, kind: str, need: Need, truth: str) -> Reading:
        if truth != "unreadable" and self.pool.get(kind):
            return self._seen(self.reader.choice(self.pool[kind]), need, truth)
        if truth == "unreadable" or self.reader.random() < self.noise.pale:
            clarity = self.reader.uniform(0.05, 0.60)
            return Reading(self._any_kind(), self.reader.uniform(0.05, 0.55), clarity)
        read, confidence = self._read_kind(kind)
        last, last_confidence = self._read_day(truth)
        name = self.owner if truth != "wrong_person" else self._another()
        return Reading(
            kind=read,
            kind_confidence=confidence,
            clarity=self.reader.uniform(0.75, 0.99),
            owner=self._read_name(name) if need.is_own else "",
            owner_confidence=self.reader.triangular(0.6, 1.0, 0.97),
            last_day=last,
            last_day_confidence=last_confidence,
        )

    def _seen(self, seen: Seen, need: Need, truth: str) -> Reading:
        """A paper that was really read, with this case's name and day on it."""
        last, last_confidence = self._read_day(truth)
        name = self.owner if truth != "wrong_person" else self._another()
        return Reading(
            kind=seen.kind,
            kind_confidence=seen.kind_confidence,
            clarity=seen.clarity,
            owner=(name if seen.is_owner_right else name[::-1]) if need.is_own else "",
            owner_confidence=seen.owner_confidence,
            last_day=last,
            last_day_confidence=last_confidence,
        )

    def _read_kind(self, kind: str) -> tuple[str, float]:
        if self.reader.random() < self.noise.kind_wrong:
            bold = self.reader.random() < self.noise.kind_bold
            sure = self.reader.uniform(0.80, 0.92) if bold else self.reader.uniform(0.2, 0.79)
            return self._any_kind(), sure
        return kind, self.reader.triangular(0.45, 1.0, 0.98)

    def _read_day(self, truth: str) -> tuple[date | None, float]:
        if truth == "expired":
            last = DAY - timedelta(days=self.reader.randrange(1, 900))
        elif self.reader.random() < 0.3:
            last = DAY + timedelta(days=self.reader.randrange(0, 2000))
        else:
            return None, 0.0
        if self.reader.random() < self.noise.day_wrong:
            last += timedelta(days=self.reader.choice((-365, -30, 30, 365)))
        return last, self.reader.triangular(0.6, 1.0, 0.97)

    def _read_name(self, name: str) -> str:
        wrong = self.noise.name_letters
        return "".join("o" if self.reader.random() < wrong else letter for letter in name)

    def _another(self) -> str:
        return self.reader.choice([name for name in _NAMES if name != self.owner])

    def _any_kind(self) -> str:
        return self.reader.choice(list(kho.kinds()))
