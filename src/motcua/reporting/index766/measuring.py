"""What the components of the index were in the days up to one day, for every agency at once."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from motcua.directory.queries import cards
from motcua.directory.queries import territory as directory
from motcua.feedback.queries import figures as feedback
from motcua.feedback.rules.counting import Figures
from motcua.feedback.rules.ratings import LOW
from motcua.ledger.models import FactRow
from motcua.reporting.index766 import procedures, rules
from motcua.reporting.index766.rules import Edition, Measured
from motcua.reporting.models import Rollup, Standing
from motcua.reporting.queries.keeping import kept

PROVINCE = "tinh"
KEEP_SECONDS = 600
NOTHING = "Trong thời gian này chưa có gì để đếm"
_FLOWS = ("received", "online", "obliged", "paid_online", "digitised", "reused", "from_store",
          "on_time", "late", "resolved", "e_result", "e_whole", "timed", "took_minutes")  # fmt: skip
_RATIOS = {
    "2.1": ("on_time", "settled"),
    "3.3": ("online", "received"),
    "3.6": ("paid_online", "obliged"),
    "4.1": ("e_result", "resolved"),
    "4.2": ("e_whole", "resolved"),
    "4.3": ("reused", "digitised"),
    "4.4": ("from_store", "received"),
}
Counts = dict[str, int]


@dataclass(frozen=True)
class Window:
    """The days that the row of one day counts, and the same number of days before them."""

    first: date
    last: date

    @property
    def before(self) -> "Window":
        """The window of the same length that ends where this one begins."""
        days = self.last - self.first
        return Window(self.first - days - timedelta(days=1), self.first - timedelta(days=1))

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time.min, timezone.get_current_timezone())

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        last = self.last + timedelta(days=1)
        return datetime.combine(last, time.min, timezone.get_current_timezone())


def window_of(day: date, *, edition: Edition) -> Window:
    """Return the days that the row of a day counts."""
    return Window(day - timedelta(days=edition.window_days - 1), day)


def measured(day: date) -> dict[str, dict[str, Measured]]:
    """Return every component of every agency by its code, and of the province ("tinh").

    Kept for ten minutes: it is the figure of a day.
    Source: 766/QĐ-TTg.
    """
    name = f"index766:{day.isoformat()}"
    return kept(name, lambda: measure(day), seconds=KEEP_SECONDS)


def agencies() -> list[cards.AgencyCard]:
    """Return those who are measured: everybody who settles; centres receive only."""
    rows = [cards.card(agency.pk) for agency in directory.agencies()]
    return [card for card in rows if card.kind not in ("centre", "support_point")]


def measure(day: date) -> dict[str, dict[str, Measured]]:
    """Count every component of every agency and of the province anew."""
    window = window_of(day, edition=rules.edition(on=day))
    now, before = _flows(window), _flows(window.before)
    used, cases, dislikes = _used(window), _cases(window), _dislikes(window)
    found: dict[str, dict[str, Measured]] = {}
    sums = {name: Counter[str]() for name in ("now", "before")}
    every: set[str] = set()
    offered = procedures.procedures(on=day)
    for card in agencies():
        sums["now"] += Counter(now[card.id])
        sums["before"] += Counter(before[card.id])
        every |= used[card.id]
        marks = procedures.settled_by(card, offered)
        found[card.code] = (
            _of_dossiers(now[card.id], before[card.id], dislikes[card.id])
            | _of_procedures(marks, used[card.id])
            | _of_cases(cases.get(card.code))
        )
    found[PROVINCE] = (
        _of_dossiers(sums["now"], sums["before"], sum(dislikes.values()))
        | _of_procedures(offered, every)
        | _of_cases(cases.get(PROVINCE))
    )
    return found


def _flows(window: Window) -> defaultdict[int, Counts]:
    """Return the counts of dossiers by agency (one statement over the days' counts)."""
    rows = Rollup.objects.filter(grain="a", day__gte=window.first, day__lte=window.last)
    found: defaultdict[int, Counts] = defaultdict(Counter)
    sums = [Sum(key) for key in _FLOWS]
    for agency, *numbers in rows.order_by().values_list("competent_id").annotate(*sums):
        counts = dict(zip(_FLOWS, (int(number) for number in numbers), strict=True))
        found[agency] = counts | {"settled": counts["on_time"] + counts["late"]}
    return found


def _of_dossiers(
    now: Mapping[str, int], before: Mapping[str, int], dislikes: int
) -> dict[str, Measured]:
    found = {key: _ratio(now.get(of, 0), now.get(over, 0)) for key, (of, over) in _RATIOS.items()}
    found["2.2"] = _means(now, before)
    resolved = now.get("resolved", 0)
    found["5.4"] = _ratio(max(0, resolved - now.get("late", 0) - dislikes), resolved)
    return found


def _means(now: Mapping[str, int], before: Mapping[str, int]) -> Measured:
    """Set the mean of the time before over the mean of this time, in whole minutes."""
    if not now.get("timed") or not before.get("timed"):
        return Measured(reason="Kỳ này hoặc kỳ trước chưa có hồ sơ nào xong để so thời gian")
    mean, earlier = (max(1, one["took_minutes"] // one["timed"]) for one in (now, before))
    return Measured(earlier, mean)


def _ratio(numerator: int, denominator: int) -> Measured:
    return Measured(numerator, denominator, "" if denominator else NOTHING)


def used(day: date, agency_id: int | None) -> frozenset[str]:
    """Return the procedures with an online dossier in the days of a row, of one agency or of all."""
    by_agency = _used(window_of(day, edition=rules.edition(on=day)))
    if agency_id is not None:
        return frozenset(by_agency[agency_id])
    return frozenset(code for codes in by_agency.values() for code in codes)


def _used(window: Window) -> defaultdict[int, set[str]]:
    """Return the procedures with an online dossier, by agency (one statement)."""
    rows = Standing.objects.filter(
        channel="online", accepted_at__gte=window.start, accepted_at__lt=window.until
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for agency, code in rows.order_by().values_list("competent_id", "procedure_code").distinct():
        found[agency].add(code)
    return found


def _of_procedures(
    marks: "tuple[procedures.Marks, ...] | list[procedures.Marks]", used: set[str]
) -> dict[str, Measured]:
    parts = procedures.counted(marks, used=frozenset(used))
    return {key: _ratio(len(part.of), len(part.over)) for key, part in parts.items()}


@dataclass
class _Cases:
    """What became of the feedback of one agency."""

    figures: Figures | None = None
    assigned: int = 0
    returned: int = 0


def _cases(window: Window) -> dict[str, _Cases]:
    """Return the feedback of each agency and of the province, out of the ledger's facts."""
    found: defaultdict[str, _Cases] = defaultdict(_Cases)
    board = feedback.board_from_facts(
        first=window.first, last=window.last, by="agency", at=window.until
    )
    found[PROVINCE].figures = board.whole
    for group in board.groups:
        found[group.key].figures = group.figures
    for kind, body in _bodies(window, "feedback.assigned", "feedback.returned_back"):
        code = str(body.get("agency_code") or _code_of(str(body.get("agency", ""))))
        for key in (code, PROVINCE):
            if kind == "feedback.assigned":
                found[key].assigned += 1
            else:
                found[key].returned += 1
    return found


def _of_cases(told: _Cases | None) -> dict[str, Measured]:
    if told is None or told.figures is None:
        return {key: Measured(reason=NOTHING) for key in ("5.1", "5.2", "5.3")}
    of = told.figures
    timed = (of.settled_on_time, of.refused_on_time, of.asked_on_time, of.published_on_time)
    right = max(0, told.assigned - told.returned)
    return {
        "5.1": _ratio(right, told.assigned),
        "5.2": _ratio(sum(s.numerator for s in timed), sum(s.denominator for s in timed)),
        "5.3": _ratio(of.satisfied.numerator, of.satisfied.denominator),
    }


def _dislikes(window: Window) -> Counter[int]:
    """Return how many results were rated low, and how many dossiers were complained of, by agency."""
    found: Counter[int] = Counter()
    complained = []
    for kind, body in _bodies(window, "rating.given", "feedback.sent"):
        if kind == "feedback.sent":
            complained.append(str(body.get("dossier") or ""))
        elif body.get("about") == "result" and int(str(body["score"])) <= LOW:
            card = cards.card_by_code(str(body["agency_code"]))
            found.update([card.id] if card else [])
    codes = sorted({code for code in complained if code})
    found.update(Standing.objects.filter(code__in=codes).values_list("competent_id", flat=True))
    return found


def _bodies(window: Window, *kinds: str) -> list[tuple[str, dict[str, object]]]:
    rows = FactRow.objects.filter(kind__in=kinds, at__gte=window.start, at__lt=window.until)
    return [(kind, json.loads(body)) for kind, body in rows.values_list("kind", "body")]


def _code_of(name: str) -> str:
    card = cards.card_by_name(name)
    return card.code if card else ""
