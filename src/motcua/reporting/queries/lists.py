"""The dossiers behind a figure, a page at a time; a long list in an order that an index gives.

A short list has the soonest due on top. In a long one nobody looks for that: what came in or ended
last stands on top, and what is in progress by its due day; then a page costs the same at any size.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.db.models.expressions import RawSQL

from motcua.directory.actor import Actor
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import predicate
from motcua.reporting.queries import counting, counts
from motcua.reporting.queries.behind import Narrow, behind, keys_behind
from motcua.reporting.queries.scope import CENTRES, Scope
from motcua.reporting.rules import Period

LONG, MOST_PAGES = 2000, 100
_WITH = ("owner", "competent", "receiving", "turn_agency", "assignee")
# Order of a long list: by when it came in, by when it ended, by when it is due.
NEWEST, ENDED, DUE = "accepted_at DESC", "ended_at DESC", "due_at"


@dataclass(frozen=True)
class Listed:
    """One page of the dossiers behind a figure, as far as this person may read them.

    `counted`: how many the figure counts. `readable`: how many of them this person may read; of a
    long list None, and `hidden` is then told of this page alone. `order`: of a long list, else "".
    """

    rows: list[Dossier]
    counted: int
    readable: int | None
    hidden: int
    number: int
    last: int
    order: str = ""


def listed(
    figure: str, *, period: Period, narrow: Narrow, actor: Actor, number: int, per_page: int
) -> Listed:
    """Return a page of the dossiers behind a figure; rights apply.

    Raises KeyError: no count has that name.
    """
    count = counted(figure, period=period, narrow=narrow)
    if count <= LONG:
        return _short(figure, period, narrow, actor, (number, per_page))
    if not _reads_most(actor, narrow):
        return _paged(Paginator(
            behind(figure, period=period, narrow=narrow, actor=actor).rows, per_page
        ), count, number)  # fmt: skip
    last = min(MOST_PAGES, -(-count // per_page))
    number = max(1, min(number, last))
    order = order_of(figure)
    wanted = keys_behind(figure, period, narrow)
    keys = _keys(
        f"{wanted.text} ORDER BY {order}, dossier_id LIMIT %s OFFSET %s",
        [*wanted.values, per_page, per_page * (number - 1)],
    )
    rows = {row.pk: row for row in _readable(keys, actor).select_related(*_WITH)}
    shown = [rows[key] for key in keys if key in rows]
    return Listed(shown, count, None, len(keys) - len(shown), number, last, order)


def counted(figure: str, *, period: Period, narrow: Narrow) -> int:
    """Return how many dossiers a figure counts: from the stored counts where they know that part.

    Raises KeyError: no count has that name.
    """
    scope = _scope_of(narrow)
    is_stored = counts.is_live(period) or (not period.is_current and counts.is_kept(period))
    if scope is not None and figure in counts.blank() and is_stored:
        return counts.total_of(period, scope=scope)[figure]
    wanted = keys_behind(figure, period, narrow)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({wanted.text}) AS wanted", wanted.values)  # noqa: S608
        return int(cursor.fetchone()[0])


def _scope_of(narrow: Narrow) -> Scope | None:
    """Return the same part as the stored counts know it, None where they do not."""
    by, agency = narrow.by, narrow.agency
    if by is not None and (by.kind in CENTRES or agency not in (None, by)):
        return None
    known = Narrow(agency=agency, by=by, field=narrow.field, level=narrow.level,
                   place=narrow.place, procedure=narrow.procedure)  # fmt: skip
    if narrow != known:
        return None
    return Scope(agency or by, narrow.field, narrow.level, narrow.place, narrow.procedure)


def order_of(figure: str) -> str:
    """Return by what a long list of a figure is ordered."""
    if figure in counting.OF_ENDED:
        return ENDED
    return NEWEST if figure in counting.OF_ACCEPTED or figure in ("taken_in", "direct") else DUE


def _short(
    figure: str, period: Period, narrow: Narrow, actor: Actor, page: tuple[int, int]
) -> Listed:
    wanted = keys_behind(figure, period, narrow)
    keys = _keys(wanted.text, list(wanted.values))
    rows = _readable(keys, actor).select_related(*_WITH).order_by("due_at", "pk")
    return _paged(Paginator(rows, page[1]), len(keys), page[0])


def _paged(pages: "Paginator[Dossier]", count: int, number: int) -> Listed:
    page = pages.get_page(number)
    return Listed(
        list(page.object_list),
        count,
        pages.count,
        count - pages.count,
        page.number,
        pages.num_pages,
    )


def _readable(keys: list[int], actor: Actor) -> Any:  # noqa: ANN401  a queryset, whatever was asked of it
    among = RawSQL("SELECT unnest(%s::bigint[])", [keys])  # one value, however many there are
    found = Dossier.objects.filter(pk__in=among)
    return found if actor.kind == "system" else found.filter(predicate(actor))


def _reads_most(actor: Actor, narrow: Narrow) -> bool:
    """Tell whether this person may read most of what is listed, so that every page has some."""
    if actor.kind == "system" or actor.is_province_wide:
        return True
    mine = actor.agency_ids("head", "chairman", "appraiser", "receptionist", "centre_lead")
    return any(card is not None and card.id in mine for card in (narrow.agency, narrow.by))


def _keys(text: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return [row[0] for row in cursor.fetchall()]
