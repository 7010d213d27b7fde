"""What the pages of report forms show, put together from the forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.kernel.text import fold
from motcua.reporting.forms import causes, periods, rights, writing
from motcua.reporting.forms.sheet import Column, Row, Sheet, kind_of, shown
from motcua.reporting.queries import forms as queries
from motcua.reporting.queries import late_reasons
from motcua.web.accounts.request import actor_of
from motcua.web.boards.asked import Asked, asked
from motcua.web.ui.parts import page_links

PER_PAGE, MOST_SHOWN = 50, 200
LEVELS = ("province", "commune")
_LEADING = ("head", "chairman", "centre_lead")


@dataclass(frozen=True)
class Said:
    """What an address says: period, agency's code, how 06b is broken down."""

    period: str
    agency: str
    breakdown: str


def said_of(request: HttpRequest, text: str = "") -> Said:
    """Return what the address (or the hidden words of a posted form) asks for."""
    given: Mapping[str, str] = request.GET.dict()
    if text:
        given = {key: values[0] for key, values in parse_qs(text).items()}
    period = given.get("ky", "").partition(":")
    name = (period[2] or period[0]).strip()
    if periods.period(name) is None:
        name = periods.latest("quarter", timezone.localdate()).name
    code = given.get("co-quan", "")
    by = "field" if given.get("theo") == "linh-vuc" else "agency"
    return Said(name, "" if code == "tat-ca" else code, by)


def query_of(wanted: queries.Wanted, **more: str) -> str:
    """Return the address's parameters of a form."""
    known = {
        "ky": wanted.period.name,
        "co-quan": wanted.agency.code if wanted.agency else "",
        "theo": "linh-vuc" if wanted.by == "field" else "",
    }
    return urlencode({key: value for key, value in (known | more).items() if value})


def address(wanted: queries.Wanted) -> str:
    """Return where a form is."""
    return f"{reverse('boards:form', args=[wanted.kind.key])}?{query_of(wanted)}"


def file_name(wanted: queries.Wanted, kind: str) -> str:
    """Return how a file is called."""
    parts = (wanted.kind.key, wanted.period.name, wanted.agency.code if wanted.agency else "tinh")
    return f"bieu-{'-'.join(parts)}.{kind}"


def is_kept(wanted: queries.Wanted) -> bool:
    """Tell whether the form is the same for whoever sees it, so that a kept file may be given."""
    agency = wanted.agency.id if wanted.agency else None
    return rights.reads(wanted.actor, form=wanted.kind.key, agency_id=agency)


# --- the list ---


@dataclass(frozen=True)
class Entry:
    """One form of the list: what it is, how it stands, where it is."""

    name: str
    number: str
    whose: str
    state: str
    href: str
    made_at: datetime | None = None
    closed_at: datetime | None = None
    due: date | None = None


def list_of(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """Return the forms of a period that this person may see."""
    actor, said = actor_of(request), said_of(request)
    period = periods.period(said.period) or periods.latest("quarter", at.date())
    kept = queries.kept_forms(period)
    due = {
        (one.duty.form, one.duty.whom): one.day
        for one in periods.due(at.date(), back=8)
        if one.period == period
    }
    mine = _own_agencies(actor)
    choices = [one for one in queries.KINDS.values() if one.key != rights.REGISTER]
    common = [
        _entry(kind, period, None, kept, due, at)
        for kind in choices
        if kind.whose != "agency" and rights.reads(actor, form=kind.key, agency_id=None)
    ]
    agencies = _agencies(actor, mine)
    chosen = next((card for card in agencies if card.code == said.agency), None)
    chosen = chosen or (mine[0] if mine and not rights.is_wide(actor) else None)
    return {
        "asked": _asked(request, period, chosen, at),
        "place": "boards",
        "shell": "boards/_shell_staff.html",
        "period": period,
        "periods": periods.recent(timezone.localdate(at)),
        "common": common,
        "agencies": agencies,
        "chosen": chosen,
        "own": _of_agency(actor, chosen, period, kept, due, at) if chosen else [],
        "progress": _progress(actor, period, kept, due, at),
    }


def _own_agencies(actor: Actor) -> list[cards.AgencyCard]:
    return [cards.card(key) for key in sorted(actor.agency_ids())]


def _agencies(actor: Actor, mine: list[cards.AgencyCard]) -> list[cards.AgencyCard]:
    if not rights.is_wide(actor):
        return mine
    settling = [card for card in cards.all_cards() if card.kind != "support_point"]
    return sorted(settling, key=lambda card: (card.level != "province", fold(card.name)))


def _of_agency(
    actor: Actor,
    card: cards.AgencyCard,
    period: periods.FormPeriod,
    kept: Mapping[tuple[str, str], Any],
    due: Mapping[tuple[str, str], date],
    at: datetime,
) -> list[Entry]:
    return [
        _entry(kind, period, card, kept, due, at)
        for kind in queries.KINDS.values()
        if kind.whose != "province"
        and (
            rights.reads(actor, form=kind.key, agency_id=card.id)
            or rights.reads_own_line(actor, form=kind.key, agency_id=card.id)
        )
    ]


def _entry(
    kind: queries.Kind,
    period: periods.FormPeriod,
    card: cards.AgencyCard | None,
    kept: Mapping[tuple[str, str], Any],
    due: Mapping[tuple[str, str], date],
    at: datetime,
) -> Entry:
    row = kept.get((kind.key, card.code if card else ""))
    whom = "province" if card is None else _whom(card)
    day = due.get((kind.key, whom))
    query = urlencode({"ky": period.name} | ({"co-quan": card.code} if card else {}))
    return Entry(
        name=kind.title,
        number=kind.number,
        whose=card.name if card else _("Toàn tỉnh"),
        state=_state(row, day, at),
        href=f"{reverse('boards:form', args=[kind.key])}?{query}",
        made_at=row.made_at if row else None,
        closed_at=row.closed_at if row else None,
        due=day,
    )


def _whom(card: cards.AgencyCard) -> str:
    return "departments" if card.kind in ("department", "sector") else "communes"


def _state(row: Any, day: date | None, at: datetime) -> str:  # noqa: ANN401  a row of the models, which the web does not name
    if row is not None:
        return "sent" if row.is_closed else "made"
    if day is None:
        return ""
    return "late" if day < timezone.localdate(at) else "due"


def _progress(
    actor: Actor,
    period: periods.FormPeriod,
    kept: Mapping[tuple[str, str], Any],
    due: Mapping[tuple[str, str], date],
    at: datetime,
) -> list[Entry]:
    """Return how far each agency is with the form that everyone owes, for those who oversee."""
    if not rights.is_wide(actor):
        return []
    kind = queries.KINDS["06a"]
    found = []
    for whom in ("departments", "communes"):
        if (kind.key, whom) in due:
            cards_of = queries.agencies_of(whom=whom)
            found += [_entry(kind, period, card, kept, due, at) for card in cards_of]
    return sorted(found, key=lambda entry: (entry.state == "sent", fold(entry.whose)))


# --- one form ---


@dataclass(frozen=True)
class Cell:
    """One value of the table: as it is printed, what stands above it, where its dossiers are."""

    text: str
    label: str
    is_number: bool
    href: str = ""
    is_nothing: bool = False


@dataclass(frozen=True)
class Head:
    """One heading of the table, over how many columns and rows."""

    words: str
    across: int
    down: int


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    row: Row
    cells: list[Cell]


def form_of(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any]:
    """Return everything that the page of a form shows."""
    sheet = queries.sheet_of(wanted)
    row = queries.kept_form(wanted)
    sent = writing.from_document(row.figures) if row is not None and row.is_closed else None
    is_sent_shown = sent is not None and is_kept(wanted) and "moi" not in request.GET
    seen = sent if sent is not None and is_sent_shown else sheet
    told = _asked(request, wanted.period, wanted.agency, wanted.at)
    agency = wanted.agency.id if wanted.agency else None
    return {
        "asked": told,
        "place": "boards",
        "shell": "boards/_shell_staff.html",
        "wanted": wanted,
        "sheet": seen,
        "lines": list(_lines(seen, wanted, told))[:MOST_SHOWN],
        "tops": _tops(seen),
        "has_groups": any(column.group for column in seen.columns),
        "left": max(0, len(seen.rows) - MOST_SHOWN),
        "row": row,
        "is_sent_shown": is_sent_shown,
        "changes": _changes(sent, sheet) if sent is not None and is_kept(wanted) else [],
        "hashes": row.files.defer("content").order_by("kind") if row is not None else [],
        "query": query_of(wanted),
        "may_close": rights.closes(wanted.actor, form=wanted.kind.key, agency_id=agency),
        "is_over": wanted.period.last < timezone.localdate(wanted.at),
        "periods": periods.recent(timezone.localdate(wanted.at)),
        "agencies": _choices(wanted),
        "fields": [one.name for one in seen.rows if one.opens[0] == "field"],
    }


def _choices(wanted: queries.Wanted) -> list[cards.AgencyCard]:
    """Return the agencies for which the person may see the same form."""
    if wanted.kind.whose == "province" or not rights.is_wide(wanted.actor):
        return []
    return _agencies(wanted.actor, [])


def _changes(sent: Sheet, now: Sheet) -> list[tuple[str, str, str, str]]:
    plain = Column(key="", words="", decimals=0)
    return [
        (row, column, shown(before, plain), shown(after, plain))
        for row, column, before, after in writing.changes(sent, now)
    ]


def _asked(
    request: HttpRequest,
    period: periods.FormPeriod,
    agency: cards.AgencyCard | None,
    at: datetime,
) -> Asked:
    """Return the board's question for the same period and agency: it makes the ways to dossiers."""
    span = queries.span_of(period, at=at)
    told = asked(request, at=at)
    return replace(told, period=span, agency=agency, is_live=False)


def _tops(sheet: Sheet) -> list[Head]:
    down = 2 if any(column.group for column in sheet.columns) else 1
    found, place = [], 0
    for words, count in sheet.groups:
        if words:
            found.append(Head(words, count, 1))
        else:
            own = sheet.columns[place : place + count]
            found += [Head(column.words, 1, down) for column in own]
        place += count
    return found


def _lines(sheet: Sheet, wanted: queries.Wanted, told: Asked) -> Iterator[Line]:
    for row in sheet.rows:
        cells = []
        for place, (column, value) in enumerate(zip(sheet.columns, row.values, strict=True)):
            label = _label(column)
            is_number = kind_of(column, row) != "text"
            href = _href(row, place, column, wanted, told) if value else ""
            is_nothing = is_number and value in (0, None)
            cells.append(Cell(shown(value, column, row), label, is_number, href, is_nothing))
        yield Line(row, cells)


def _label(column: Column) -> str:
    """Return a heading short enough to stand before a value on a narrow screen."""
    group = column.group.removeprefix("Số hồ sơ ")
    if not group or group.startswith("Nguyên nhân"):
        return column.words
    return f"{group[0].upper()}{group[1:]}: {column.words[0].lower()}{column.words[1:]}"


def _href(row: Row, place: int, column: Column, wanted: queries.Wanted, told: Asked) -> str:
    """Return where the dossiers behind a number are, "" for whoever may not open them."""
    if wanted.kind.key == "register":
        return ""
    figure = row.figures[place] if row.figures else column.figure
    kind, key = row.opens
    if wanted.kind.key == "07b" and not figure and column.kind == "count" and column.key != "all":
        return _reason_href(wanted, column.key, key if kind == "field" else "", told)
    if not figure or (kind == "" and row.sums and row.mark):
        return ""
    if kind == "field":
        return "" if key == queries.NO_FIELD else told.to(figure, by=None, **_narrow(key))
    if kind == "agency":
        card = cards.card_by_code(key)
        return told.to(figure, by=card) if card is not None else ""
    level = column.key if column.key in LEVELS else ""
    return told.to(figure, cap=level) if kind == "" else ""


def _narrow(field: str) -> dict[str, Any]:
    return {"linh-vuc": field}


def _reason_href(wanted: queries.Wanted, reason: str, field: str, told: Asked) -> str:
    if not told.opens():
        return ""
    query = query_of(wanted, **{"ly-do": reason, "linh-vuc": field})
    return f"{reverse('boards:form-dossiers', args=[wanted.kind.key])}?{query}"


def reasons_of(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any] | None:
    """Return the dossiers of one reason, None where there is no such reason."""
    rules = causes.rules_on(wanted.period.last)
    key = request.GET.get("ly-do", "")
    reason = next((one for one in rules.reasons if one.key == key), None)
    if reason is None or wanted.kind.key != "07b":
        return None
    field = request.GET.get("linh-vuc", "")
    found = late_reasons.dossiers(
        wanted.span, agency=wanted.agency, rules=rules, reason=key, field=field, actor=wanted.actor
    )
    shown_page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("trang"))
    return {
        "asked": _asked(request, wanted.period, wanted.agency, wanted.at),
        "place": "boards",
        "shell": "boards/_shell_staff.html",
        "wanted": wanted,
        "reason": reason,
        "field": field,
        "page": shown_page,
        "counted": found.counted,
        "hidden": found.counted - shown_page.paginator.count,
        "back": address(wanted),
        "links": page_links(
            number=shown_page.number,
            last=shown_page.paginator.num_pages,
            query=request.GET.dict(),
        ),
    }
