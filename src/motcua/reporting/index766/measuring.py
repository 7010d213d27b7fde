"""What the components of the index were in the days up to one day, for every agency at once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries import territory as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import visible_to
from motcua.feedback.queries import figures as feedback
from motcua.feedback.rules.counting import Figures
from motcua.feedback.rules.ratings import LOW
from motcua.ledger.models import FactRow
from motcua.reporting.index766 import announced, procedures, rules
from motcua.reporting.index766.rules import Edition, Measured
from motcua.reporting.models import Rollup, Standing
from motcua.reporting.queries.counts import counts_of
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period

PROVINCE = "tinh"
KEEP_SECONDS = 600
NOTHING = _("Trong thời gian này chưa có gì để đếm")
_NO_MEAN = _("Kỳ này hoặc kỳ trước chưa có hồ sơ nào xong để so thời gian")
_FLOWS = ("received", "online", "obliged", "paid_online", "digitised", "reused", "from_store",
          "on_time", "late", "resolved", "e_result", "e_whole", "timed", "took_minutes")  # fmt: skip
_RATIOS = {
    "2.1": ("on_time", "settled"),
    "3.6": ("paid_online", "obliged"),
    "4.1": ("e_result", "resolved"),
    "4.2": ("e_whole", "resolved"),
    "4.3": ("reused", "digitised"),
    "4.4": ("from_store", "received"),
    "1.4": ("synced", "received"),
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
    used, cases, dislikes = _used(window), _cases(window), dislikes_of(window)
    electronic = _electronic(window)
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
            _of_dossiers(now[card.id], before[card.id], dislikes.get(card.id))
            | {"3.3": online(now[card.id], electronic[card.id])}
            | _of_procedures(marks, used[card.id])
            | _of_cases(cases.get(card.code))
        )
    found[PROVINCE] = (
        _of_dossiers(sums["now"], sums["before"], _summed(dislikes.values()))
        | {"1.2": announced.published(window.first, window.last, until=window.until)}
        | {"3.3": online(sums["now"], sum(electronic.values()))}
        | _of_procedures(offered, every)
        | _of_cases(cases.get(PROVINCE))
    )
    return found


def _flows(window: Window) -> defaultdict[int, Counts]:
    """Return the counts of dossiers by agency as they stood when the days were over.

    Up to today nothing came later, so the counts of days are exact; of a past day the standings are.
    """
    if window.until <= timezone.now():
        return _as_it_stood(window)
    rows = Rollup.objects.filter(grain="a", day__gte=window.first, day__lte=window.last)
    found: defaultdict[int, Counts] = defaultdict(Counter)
    sums = [Sum(key) for key in _FLOWS]
    for agency, *numbers in rows.order_by().values_list("competent_id").annotate(*sums):
        counts = dict(zip(_FLOWS, (int(number) for number in numbers), strict=True))
        found[agency] = counts | {"settled": counts["on_time"] + counts["late"]}
    return found


def _as_it_stood(window: Window) -> defaultdict[int, Counts]:
    found: defaultdict[int, Counts] = defaultdict(Counter)
    period = Period(
        "custom", window.first, window.last, window.start, window.until, is_current=False
    )
    for (agency,), counts in counts_of(period, by=("competent_id",)).items():
        settled = counts["on_time"] + counts["late"]
        found[agency] = {key: counts[key] for key in _FLOWS} | {"settled": settled}
    return found


def _electronic(window: Window) -> Counter[int]:
    """Return by agency how many dossiers came online and have, once resolved, an electronic result."""
    rows = Standing.objects.filter(
        channel="online", accepted_at__gte=window.start, accepted_at__lt=window.until
    ).exclude(
        Q(ending="result", ended_at__lt=window.until)
        & (Q(stamped_at__isnull=True) | Q(stamped_at__gte=window.until))
    )
    counted = rows.order_by().values_list("competent_id").annotate(n=Count("pk"))
    return Counter(dict(counted))


def online(now: Mapping[str, int], electronic: int) -> Measured:
    """Return 3.3: online with an electronic result, times the share that was synchronised (1.4).

    Source: 766/QĐ-TTg mục 3.3.
    """
    received = now.get("received", 0)
    if not received:
        return Measured(reason=NOTHING)
    return Measured(electronic * now.get("synced", 0) // received, received)


def _of_dossiers(
    now: Mapping[str, int], before: Mapping[str, int], dislikes: "Dislikes | None"
) -> dict[str, Measured]:
    found = {key: _ratio(now.get(of, 0), now.get(over, 0)) for key, (of, over) in _RATIOS.items()}
    found["2.2"] = _means(now, before)
    resolved = now.get("resolved", 0)
    less = now.get("late", 0) + (dislikes.count if dislikes else 0)
    found["5.4"] = _ratio(max(0, resolved - less), resolved)
    return found


def _means(now: Mapping[str, int], before: Mapping[str, int]) -> Measured:
    """Set the mean of the time before over the mean of this time, in whole minutes."""
    if not now.get("timed") or not before.get("timed"):
        return Measured(reason=_NO_MEAN)
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
        first=window.first,
        last=window.last,
        by="agency",
        at=window.until,
        until=window.until,
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


@dataclass
class Dislikes:
    """Who was not content with one agency: low ratings (nameless), and dossiers complained of."""

    rated_low: int = 0
    complained: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many there are."""
        return self.rated_low + len(self.complained)


def _summed(many: Iterable[Dislikes]) -> Dislikes:
    found = Dislikes()
    for one in many:
        found.rated_low += one.rated_low
        found.complained |= one.complained
    return found


def dislikes(day: date, agency_id: int | None) -> Dislikes:
    """Return the dislikes in the days of a row, of one agency or of all."""
    found = dislikes_of(window_of(day, edition=rules.edition(on=day)))
    if agency_id is not None:
        return found.get(agency_id, Dislikes())
    return _summed(found.values())


def readable(codes: Iterable[str], *, actor: Actor) -> "list[Dossier]":
    """Return the dossiers of some codes that a person may read."""
    if not actor.is_staff:
        return []
    return list(visible_to(actor).filter(code__in=list(codes)).order_by("code"))


def flows(day: date, agency_id: int | None) -> Mapping[str, int]:
    """Return the counts of dossiers in the days of a row, of one agency or of all that are measured."""
    found = _flows(window_of(day, edition=rules.edition(on=day)))
    if agency_id is not None:
        return found[agency_id]
    return sum((Counter(found[card.id]) for card in agencies()), Counter[str]())


def dislikes_of(window: Window) -> dict[int, Dislikes]:
    """Return who was not content, by agency: results rated low, dossiers that feedback is about."""
    found: defaultdict[int, Dislikes] = defaultdict(Dislikes)
    complained = []
    for kind, body in _bodies(window, "rating.given", "feedback.sent"):
        if kind == "feedback.sent":
            complained.append(str(body.get("dossier") or ""))
        elif body.get("about") == "result" and int(str(body["score"])) <= LOW:
            card = cards.card_by_code(str(body["agency_code"]))
            if card is not None:
                found[card.id].rated_low += 1
    codes = sorted({code for code in complained if code})
    rows = Standing.objects.filter(code__in=codes)
    for code, competent in rows.values_list("code", "competent_id"):
        found[competent].complained.add(code)
    return found


def _bodies(window: Window, *kinds: str) -> list[tuple[str, dict[str, object]]]:
    rows = FactRow.objects.filter(kind__in=kinds, at__gte=window.start, at__lt=window.until)
    return [(kind, json.loads(body)) for kind, body in rows.values_list("kind", "body")]


def _code_of(name: str) -> str:
    card = cards.card_by_name(name)
    return card.code if card else ""
