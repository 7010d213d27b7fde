"""The dossiers behind a figure, as far as this person may read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import predicate
from motcua.reporting.queries import counting, counts
from motcua.reporting.queries.counts import lifted
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period

NOBODY, ELSEWHERE, STEP = "nobody", "elsewhere", "step"
WHY = (
    f"CASE WHEN turn_agency_id <> competent_id THEN '{ELSEWHERE}' "
    f"WHEN officer_id IS NULL THEN '{NOBODY}' ELSE '{STEP}' END"
)


@dataclass(frozen=True)
class Narrow:
    """To what part a figure is narrowed; blank means all.

    `by`: the agency whose dossiers these are within `agency`. `holder`: who has the current step.
    `weekday` (Monday 1) and `hour`: when they were accepted. `due_from`, `due_to`: due on those days.
    `step`: the step they lie at. `why`: nobody has taken it up, it lies elsewhere, or it is worked on.
    """

    agency: cards.AgencyCard | None = None
    by: cards.AgencyCard | None = None
    field: str = ""
    place: str = ""
    holder: cards.AgencyCard | None = None
    weekday: int | None = None
    hour: int | None = None
    level: str = ""
    procedure: str = ""
    channel: str = ""
    officer_id: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    step: str = ""
    why: str = ""

    def condition(self) -> tuple[str, list[Any]]:
        """Return the condition of all that is set, on standings, and its values."""
        scope = Scope(self.agency, self.field, self.level, self.place, self.procedure,
                      self.officer_id)  # fmt: skip
        first, values = scope.condition()
        parts = [first]
        accepted = f"accepted_at AT TIME ZONE {counting.ZONE}"
        due = f"due_at AT TIME ZONE {counting.ZONE}"
        for text, value in (
            ("competent_id = %s", self.by.id if self.by else None),
            ("turn_agency_id = %s", self.holder.id if self.holder else None),
            (f"extract(isodow FROM {accepted}) = %s", self.weekday),
            (f"extract(hour FROM {accepted}) = %s", self.hour),
            ("channel = %s", self.channel or None),
            (f"({due})::date >= %s", self.due_from),
            (f"({due})::date <= %s", self.due_to),
            ("step_key = %s", self.step or None),
            (f"{WHY} = %s", self.why or None),
        ):
            if value is not None:
                parts.append(text)
                values.append(value)
        return " AND ".join(parts), values


@dataclass(frozen=True)
class Behind:
    """The dossiers that a person may read of those a figure counts, and how many it counts."""

    rows: "QuerySet[Dossier]"
    counted: int


def behind(figure: str, *, period: Period, narrow: Narrow, actor: Actor) -> Behind:
    """Return the dossiers behind a figure, the soonest due first; rights apply.

    Raises KeyError: no count has that name.
    """
    wanted = keys_behind(figure, period, narrow)
    everything = Dossier.objects.filter(pk__in=RawSQL(wanted.text, wanted.values))  # noqa: S611
    mine = everything.filter(predicate(actor)) if actor.kind != "system" else everything
    rows = mine.select_related("owner", "competent", "receiving", "turn_agency", "assignee")
    return Behind(rows.order_by("due_at", "pk"), _count(wanted))


def keys_behind(figure: str, period: Period, narrow: Narrow) -> counting.Statement:
    """Return the statement of the dossiers that a count is made of, whoever may read them.

    Raises KeyError: no count has that name.
    """
    asked = lifted(period)
    where, values = narrow.condition()
    direct = _of_flow(figure, asked, where, values)
    if direct is not None:
        return direct
    condition = counting.conditions()[figure].format(until="%s::timestamptz")
    if counts.is_live(period) and condition.startswith("NOT is_settled"):
        where = f"ended_at IS NULL AND {where}"  # nothing has ended later: the index of open ones
    stood = counting.as_of(asked, where=where, values=values)
    text = f"SELECT dossier_id FROM ({stood.text}) AS stood WHERE {condition}"  # noqa: S608
    return counting.Statement(text, (*stood.values, *[asked.until] * condition.count("%s")))


def _of_flow(
    figure: str, period: Period, where: str, values: list[Any]
) -> counting.Statement | None:
    """Return the statement of what came in or was settled in a period: the standing says it all."""
    until = "%s::timestamptz"
    if figure in counting.OF_ACCEPTED:
        text, span = counting.OF_ACCEPTED[figure], "accepted_at >= %s AND accepted_at < %s"
    elif figure in counting.OF_ENDED:
        text = counting.OF_ENDED[figure]
        span = "accepted_at IS NOT NULL AND ended_at >= %s AND ended_at < %s"
    else:
        return None
    asked = [period.start, period.until, *[period.until] * text.count("{until}"), *values]
    condition = f"{span} AND {text.format(until=until)} AND {where}"
    return counting.Statement(
        f"SELECT dossier_id FROM reporting_standing WHERE {condition}",  # noqa: S608
        tuple(asked),
    )


def _count(wanted: counting.Statement) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({wanted.text}) AS wanted", wanted.values)  # noqa: S608
        return int(cursor.fetchone()[0])
