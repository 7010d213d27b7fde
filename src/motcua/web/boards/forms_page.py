"""What the pages of report forms show, put together from the forms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.kernel.text import fold
from motcua.reporting.forms import periods, rights, writing
from motcua.reporting.forms.sheet import Column, Sheet, shown
from motcua.reporting.queries import forms as queries
from motcua.web.accounts.request import actor_of
from motcua.web.boards import forms_links as links

MOST_SHOWN = 200


@dataclass(frozen=True)
class Said:
    """What an address says: period, agency's code, how 06b is broken down."""

    period: str
    agency: str
    breakdown: str


def said_of(request: HttpRequest, text: str = "") -> Said:
    """Return what the address (or the hidden words of a posted form) asks for.

    An address without a period means the latest quarter; an act names the period, or is none.
    """
    given: Mapping[str, str] = request.GET.dict()
    if text:
        given = {key: values[0] for key, values in parse_qs(text).items()}
    period = given.get("ky", "").partition(":")
    name = (period[2] or period[0]).strip()
    known = periods.period(name)
    if known is None or known.first > timezone.localdate():
        if request.method == "POST":
            raise Http404
        name = periods.latest("quarter", timezone.localdate()).name
    code = given.get("co-quan", "")
    by = "field" if given.get("theo") == "linh-vuc" else "agency"
    return Said(name, "" if code == "tat-ca" else code, by)


def address(wanted: queries.Wanted) -> str:
    """Return where a form is."""
    return f"{reverse('boards:form', args=[wanted.kind.key])}?{links.query_of(wanted)}"


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
    sent_at: datetime | None = None
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
        "asked": links.asked_of(request, period, chosen, at),
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
        sent_at=max((one.at for one in row.sendings.all()), default=None) if row else None,
        due=day,
    )


def _whom(card: cards.AgencyCard) -> str:
    return "departments" if card.kind in ("department", "sector") else "communes"


def _state(row: Any, day: date | None, at: datetime) -> str:  # noqa: ANN401  a row of the models, which the web does not name
    if row is not None and row.is_closed:
        return "sent" if row.sendings.all() else "closed"
    if row is not None:
        return "made"
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
    return sorted(found, key=lambda entry: (entry.state in ("closed", "sent"), fold(entry.whose)))


# --- one form ---


def form_of(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any]:
    """Return everything that the page of a form shows."""
    row = queries.kept_form(wanted)
    sent = writing.from_document(row.figures) if row is not None and row.is_closed else None
    is_sent_shown = sent is not None and is_kept(wanted) and "moi" not in request.GET
    if sent is not None and is_sent_shown:
        wanted = replace(wanted, by=queries.breakdown_of(sent))
    sheet = queries.sheet_of(wanted)
    seen = sent if sent is not None and is_sent_shown else sheet
    told = links.asked_of(request, wanted.period, wanted.agency, wanted.at)
    agency = wanted.agency.id if wanted.agency else None
    return {
        "asked": told,
        "place": "boards",
        "shell": "boards/_shell_staff.html",
        "wanted": wanted,
        "sheet": seen,
        "lines": list(links.lines(seen, wanted, told))[:MOST_SHOWN],
        "tops": links.tops(seen),
        "has_groups": any(column.group for column in seen.columns),
        "sections": links.sections(seen, wanted, told),
        "left": max(0, len(seen.rows) - MOST_SHOWN),
        "row": row,
        "is_sent_shown": is_sent_shown,
        "changes": _changes(sent, wanted) if sent is not None and is_kept(wanted) else [],
        "sendings": _sendings(row),
        "ways": [(key, _(words)) for key, words in queries.WAYS.items()],
        "sent_kinds": ("pdf", "xlsx", "csv"),
        "hashes": row.files.defer("content").order_by("kind") if row is not None else [],
        "query": links.query_of(wanted),
        "may_close": rights.closes(wanted.actor, form=wanted.kind.key, agency_id=agency),
        "is_over": wanted.period.last < timezone.localdate(wanted.at),
        "periods": periods.recent(timezone.localdate(wanted.at)),
        "agencies": _choices(wanted),
        "fields": [one.name for one in seen.rows if one.opens[0] == "field"],
    }


def _sendings(row: Any) -> list[tuple[Any, str]]:  # noqa: ANN401  a row of the models
    """Return to whom a form was sent, each with the way in words."""
    return [(one, _(queries.WAYS.get(one.way, one.way))) for one in queries.sendings_of(row)]


def _choices(wanted: queries.Wanted) -> list[cards.AgencyCard]:
    """Return the agencies for which the person may see the same form."""
    if wanted.kind.whose == "province" or not rights.is_wide(wanted.actor):
        return []
    return _agencies(wanted.actor, [])


def _changes(sent: Sheet, wanted: queries.Wanted) -> list[tuple[str, str, str, str]]:
    """Return what is counted otherwise by now, both broken down alike."""
    now = queries.sheet_of(replace(wanted, by=queries.breakdown_of(sent)))
    plain = Column(key="", words="", decimals=0)
    return [
        (row, column, shown(before, plain), shown(after, plain))
        for row, column, before, after in writing.changes(sent, now)
    ]
