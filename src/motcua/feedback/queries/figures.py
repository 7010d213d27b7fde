"""Figures about cases, out of the rows; and the same once more out of the facts."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from motcua.directory.queries import cards
from motcua.feedback import events
from motcua.feedback.models import Case, Deadline
from motcua.feedback.rules import limits
from motcua.feedback.rules.counting import Figures, Story, figures, retell
from motcua.feedback.rules.fields import name_of
from motcua.feedback.rules.states import OPEN_STATES, PAUSED_STATES
from motcua.kernel.text import in_order
from motcua.ledger.models import FactRow

BY = ("field", "agency", "place")


@dataclass(frozen=True)
class Group:
    """The figures of one field, agency or place."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Board:
    """Figures of the cases received in a period, whole and by one of field, agency, place.

    Groups stand in the order of their names: no table of places by number of cases. `minimum`: how
    many cases a share must be made of before it may be compared.
    """

    first: date
    last: date
    by: str
    minimum: int
    whole: Figures
    groups: tuple[Group, ...]


def board(*, first: date, last: date, by: str = "field", at: datetime) -> Board:
    """Return the figures of the cases received from one day to another, out of the rows.

    Source: 766/QĐ-TTg mục 5.1 to 5.3; 118/2025/NĐ-CP Điều 32.
    """
    return _board(list(_stories(first, last)), first, last, by, at)


# Named one by one: the ledger's index knows kinds, not how they begin.
_KINDS = sorted(
    {
        str(getattr(one, "kind", ""))
        for one in vars(events).values()
        if str(getattr(one, "kind", "")).startswith("feedback.")
    }
)


def board_from_facts(
    *,
    first: date,
    last: date,
    by: str = "field",
    at: datetime,
    until: datetime | None = None,
) -> Board:
    """Return the same figures computed once more out of the ledger; `until`: as they stood then.

    Source: 118/2025/NĐ-CP Điều 21 khoản 3 (every state is kept).
    """
    rows = FactRow.objects.filter(kind__in=_KINDS, stream__startswith="feedback:")
    if until is not None:
        rows = rows.filter(at__lt=until)
    told = retell(
        (kind, timezone.localdate(moment), json.loads(body))
        for kind, moment, body in rows.order_by("id").values_list("kind", "at", "body").iterator()
    )
    stories = [s for s in told.values() if s.received_on and first <= s.received_on <= last]
    return _board(stories, first, last, by, at)


def _board(stories: list[Story], first: date, last: date, by: str, at: datetime) -> Board:
    minimum = limits.numbers(on=timezone.localdate(at)).minimum_sample
    groups: dict[str, list[Story]] = defaultdict(list)
    for one in stories:
        groups[str(getattr(one, by if by in BY else "field"))].append(one)
    made = [Group(key, _name(by, key), figures(of, minimum=minimum)) for key, of in groups.items()]
    return Board(
        first,
        last,
        by,
        minimum,
        figures(stories, minimum=minimum),
        tuple(sorted(made, key=lambda group: in_order(group.name))),
    )


def _name(by: str, key: str) -> str:
    if by == "agency":
        found = cards.card_by_code(key)
        return found.name if found else ""
    return cards.place_name(key) if by == "place" else name_of(key)


def _stories(first: date, last: date) -> Iterator[Story]:
    zone = timezone.get_current_timezone()
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    end = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    cases = Case.objects.filter(received_at__gte=begin, received_at__lt=end)
    ended: dict[int, list[Deadline]] = defaultdict(list)
    for row in Deadline.objects.filter(case__in=cases).order_by("pk"):
        ended[row.case_id].append(row)
    for case in cases.select_related("agency").prefetch_related("scores"):
        yield _story(case, ended[case.pk])


def _story(case: Case, ended: list[Deadline]) -> Story:
    done = [row for row in ended if row.outcome == "approved"]
    shown = [row for row in ended if row.outcome in ("published", "withheld")]
    return Story(
        code=case.code,
        received_on=timezone.localdate(case.received_at),
        field=case.field,
        place=case.place_id or "",
        agency=case.agency.code if case.agency else "",
        approved=len(done),
        approved_on_time=sum(not row.is_late for row in done),
        refused=int(case.state == Case.State.REFUSED),
        refused_on_time=int(case.state == Case.State.REFUSED and not case.refused_late),
        asked=case.supplement_count,
        asked_on_time=case.supplement_count - case.supplements_late,
        published=len(shown),
        published_on_time=sum(not row.is_late for row in shown),
        referred=int(case.state == Case.State.REFERRED),
        merged=case.state == Case.State.MERGED,
        scores=[one.score for one in case.scores.all()],
    )


def late_now(*, at: datetime) -> int:
    """Return how many cases are over their time now."""
    running = sorted(OPEN_STATES - PAUSED_STATES)
    return Case.objects.filter(due_at__lt=at, state__in=running).count()
