"""What foresight reads: the facts of dossiers as spans, the hours of the desks, what was kept."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection

from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for, current_definition
from motcua.directory.queries.cards import AgencyCard
from motcua.kernel.worktime import VIETNAM
from motcua.ledger import queries as trail
from motcua.reporting.foresight import model
from motcua.reporting.foresight.folding import KINDS, Fact, Fold, Names, Spans
from motcua.reporting.foresight.hours import Hours, seconds
from motcua.reporting.foresight.measuring import Staff
from motcua.reporting.foresight.model import Risk
from motcua.reporting.models import LearnedRisk

CHUNK = 20_000
STREAM = "foresight:risk"
_AHEAD = timedelta(days=200)
# Facts without a word in them that the fold needs.
_BARE = ", ".join(
    f"'dossier.{name}'"
    for name in (
        "result_issued", "withdrawn", "closed_unsupplemented", "intake_refused",
        "supplement_requested", "opinion_asked", "opinion_given", "opinion_silent",
        "handed_over", "taken_over",
    )
)  # fmt: skip
_FACTS = f"""
SELECT substr(f.stream, 9)::bigint, f.kind, floor(extract(epoch FROM f.at))::bigint,
       CASE WHEN f.kind IN ({_BARE}) THEN '' ELSE f.body END
FROM reporting_standing s JOIN ledger_factrow f ON f.stream = 'dossier:' || s.dossier_id
WHERE {{which}} AND f.at <= %(until)s AND f.kind = ANY(%(kinds)s)
ORDER BY f.stream, f.seq
"""  # noqa: S608  our own words
_NEAR = "s.accepted_at IS NOT NULL AND (s.ended_at IS NULL OR s.ended_at >= %(since)s)"
_ALL = "s.accepted_at >= %(since)s AND s.accepted_at <= %(until)s"

_TOUCHED = """
SELECT DISTINCT substr(stream, 9)::bigint FROM ledger_factrow
WHERE id > %(after)s AND id <= %(upto)s AND stream LIKE 'dossier:%%' AND kind = ANY(%(kinds)s)
LIMIT %(most)s
"""

_STAFF = """
SELECT competent_id, kind, count(*) FROM (
    SELECT s.competent_id, f.kind, count(*) AS done,
           max(count(*)) OVER (PARTITION BY s.competent_id, f.kind) AS most
    FROM reporting_standing s JOIN ledger_factrow f ON f.stream = 'dossier:' || s.dossier_id
    WHERE {which} AND f.at <= %(until)s AND f.actor <> 'system' AND f.kind IN
        ('dossier.step_done', 'dossier.approved', 'dossier.result_issued', 'dossier.accepted')
    GROUP BY s.competent_id, f.kind, f.actor
) AS people WHERE done * 10 >= most GROUP BY competent_id, kind
"""


def near_fold(*, at: datetime, days: int) -> Fold:
    """Return the facts of what is open and of what ended in the last days, folded."""
    return _fold(_NEAR, Fold(), {"since": at - timedelta(days=days), "until": at})


def near_spans(*, at: datetime, days: int) -> Spans:
    """Return the spans of what is open and of what ended in the last days."""
    return near_fold(at=at, days=days).spans()


def spans_of(keys: Sequence[int], *, at: datetime, days: int, names: Names) -> Spans:
    """Return the spans of some dossiers, their groups numbered as in another fold."""
    values = {"since": at - timedelta(days=days), "until": at, "keys": list(keys)}
    which = _NEAR + " AND s.dossier_id = ANY(%(keys)s)"
    return _fold(which, Fold(names), values).spans()


def touched(*, after: int, upto: int, most: int) -> list[int]:
    """Return the dossiers to which something happened between two facts that were folded."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TOUCHED, {"after": after, "upto": upto, "kinds": list(KINDS), "most": most}
        )
        return [key for (key,) in cursor.fetchall()]


def spans_between(*, since: datetime, until: datetime, agency: AgencyCard | None = None) -> Spans:
    """Return the spans of every dossier accepted between two moments, as known at the later."""
    which = _ALL + (" AND s.competent_id = %(agency)s" if agency else "")
    return _spans(which, since=since, until=until, agency=agency)


def staff_between(
    *, since: datetime, until: datetime, agency: AgencyCard | None = None
) -> dict[str, Staff]:
    """Return how many people did each kind of work at each agency, as the facts name them.

    An officer who did less than a tenth of what the busiest did only stood in and is not counted.
    """
    which = _ALL + (" AND s.competent_id = %(agency)s" if agency else "")
    values = {"since": since, "until": until, "agency": agency.id if agency else None}
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STAFF.format(which=which), values)
        for key, kind, count in cursor.fetchall():
            found.setdefault(key, {})[kind] = count
    return {
        cards.card(key).code: Staff(
            appraisers=one.get("dossier.step_done", 1),
            heads=one.get("dossier.approved", 1),
            clerks=one.get("dossier.result_issued", 1),
            counters=one.get("dossier.accepted", 1),
        )
        for key, one in found.items()
    }


def _spans(
    which: str, *, since: datetime, until: datetime, agency: AgencyCard | None = None
) -> Spans:
    values: dict[str, Any] = {"since": since, "until": until}
    if agency is not None:
        values["agency"] = agency.id
    return _fold(which, Fold(), values).spans()


def _fold(which: str, fold: Fold, values: dict[str, Any]) -> Fold:
    return fold.take(_facts(_FACTS.format(which=which), {"kinds": list(KINDS), **values}))


def _facts(statement: str, values: dict[str, Any]) -> Iterator[Fact]:
    """Give the facts in their order, a chunk at a time, so that memory does not grow with them."""
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(CHUNK):
            for key, kind, at, body in rows:
                yield key, kind, at, json.loads(body) if body else {}


def hours_between(first: datetime, last: datetime) -> Hours:
    """Return the hours of the usual calendar, with room before and after."""
    calendar = calendar_for("")
    begin, end = first.astimezone(VIETNAM).date(), last.astimezone(VIETNAM).date()
    return Hours(calendar, begin - timedelta(days=70), end + _AHEAD)


def tet_days() -> np.ndarray:
    """Return the first day of each Tết that the calendar knows, as moments."""
    days = sorted(
        day.date
        for day in current_definition("hanh-chinh").exceptions
        if day.reason_en.startswith("Lunar New Year")
    )
    firsts = [
        day for place, day in enumerate(days) if not place or (day - days[place - 1]).days > 20
    ]
    return np.array([seconds(_midnight(day)) for day in firsts], dtype=np.int64)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Holds:
    """The model that holds at present: where it was learned, when, and how well it held."""

    risk: Risk
    learned_at: datetime | None
    first: date | None
    last: date | None

    @property
    def is_simulated(self) -> bool:
        """Tell whether it was learned from a simulated province."""
        return self.risk.is_simulated

    @property
    def judged(self) -> dict[str, Any]:
        """How it held on the weeks that were held back."""
        return dict(self.risk.facts.get("judged", {}))

    @property
    def reference(self) -> dict[str, Any]:
        """How the share of the time used alone held on the same weeks."""
        return dict(self.risk.facts.get("reference", {}))


def holding() -> Holds:
    """Return the model that holds: the latest learned here, else the one that was shipped."""
    row = LearnedRisk.objects.order_by("-learned_at", "-pk").first()
    if row is None:
        risk = model.shipped()
        return Holds(risk, _moment(risk.facts.get("learned_at")), _day(risk.facts.get("first")),
                     _day(risk.facts.get("last")))  # fmt: skip
    return Holds(model.from_document(row.document), row.learned_at, row.first, row.last)


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


@dataclass(frozen=True)
class Tried:
    """A learning as the ledger tells it: when, from which days, how it did beside what held."""

    at: datetime
    first: date
    last: date
    dossiers: int
    brier: float
    held: float
    is_taken: bool


def learnings(*, most: int = 6) -> list[Tried]:
    """Return the latest learnings, the newest first, whether they were taken or not."""
    facts = [fact for fact in trail.facts_of(STREAM) if fact.kind == "reporting.risk_learned"]
    return [
        Tried(
            fact.at, date.fromisoformat(str(fact.body["first"])),
            date.fromisoformat(str(fact.body["last"])), int(str(fact.body["dossiers"])),
            int(str(fact.body["brier"])) / 1e6, int(str(fact.body["held"])) / 1e6,
            bool(fact.body["taken"]),
        )
        for fact in reversed(facts[-most:])
    ]  # fmt: skip
