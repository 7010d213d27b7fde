"""The boards of the province and its parts, the figures as a file, and the dossiers behind them."""

import csv
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting import definitions as declared
from motcua.reporting import queries
from motcua.reporting.rules import Ratio
from motcua.web.accounts.guards import public, staff
from motcua.web.boards import nav, page
from motcua.web.boards.asked import Asked, asked, day_of, sees, whole
from motcua.web.boards.visitors import AGENCIES, FIELDS, FILES, of_parts
from motcua.web.ui import words
from motcua.web.ui.parts import page_links

PER_PAGE, LONGEST_FIELD = 50, 200
PART, LEVELS = "X-Live", ("province", "commune")


@public
def home(request: HttpRequest) -> HttpResponse:
    """The board of a period, with links to dossiers for those who may open them."""
    wanted = asked(request, at=timezone.now())
    return _board(request, wanted, wanted.agency.name if wanted.agency else _("Toàn tỉnh"))


@public
@of_parts("")
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """The board of one agency."""
    card = cards.card_by_code(code)
    if card is None:
        raise Http404(_("Không có cơ quan này."))
    return _board(request, asked(request, at=timezone.now(), agency=card), card.name)


@public
@of_parts("")
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """The board of all agencies of one commune."""
    name = cards.place_name(code)
    committee = cards.committee_at(code)
    if not name or committee is None:
        raise Http404(_("Không có xã, phường này."))
    heading = committee.short_name.removeprefix("UBND ")
    wanted = asked(request, at=timezone.now(), place=code)
    return _board(request, wanted, heading[:1].upper() + heading[1:])


@public
@of_parts(AGENCIES)
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies: how each moved, and a line of figures for each."""
    wanted = whole(request, at=timezone.now())
    return shown(request, "boards/agencies.html", page.agencies_of(wanted), wanted)


@public
@of_parts(AGENCIES)
def communes(request: HttpRequest) -> HttpResponse:
    """The map of all communes, how each moved, and a line of figures for each."""
    wanted = whole(request, at=timezone.now())
    return shown(request, "boards/communes.html", page.communes_of(wanted), wanted)


@public
@of_parts(FIELDS)
def fields(request: HttpRequest) -> HttpResponse:
    """All fields of law, or the board of one (`?ten=…`)."""
    name = request.GET.get("ten", "")[:LONGEST_FIELD]
    if name:
        return _board(request, asked(request, at=timezone.now(), field=name), name)
    wanted = whole(request, at=timezone.now())
    return shown(request, "boards/fields.html", page.fields_of(wanted), wanted)


def _board(request: HttpRequest, wanted: Asked, heading: str) -> HttpResponse:
    limit = page.ALL_LINES if "het" in request.GET else page.SHOWN_LINES
    context = page.context_of(wanted, limit=limit) | {"heading": heading}
    return shown(request, "boards/home.html", context, wanted)


def shown(
    request: HttpRequest, template: str, context: dict[str, object], wanted: Asked
) -> HttpResponse:
    """Return the page, or the part of it that moves when the page's own script asks."""
    shell = shell_of(wanted, is_part=PART in request.headers)
    response = render(request, template, context | {"shell": shell})
    patch_vary_headers(response, [PART])
    return response


def shell_of(wanted: Asked, *, is_part: bool = False) -> str:
    """Return the frame: the desk's for officers, the portal's for everybody else.

    A kiosk has a frame of its own; the page's script asks for the part that moves, without one.
    """
    if is_part:
        return "boards/_shell_part.html"
    if wanted.is_kiosk:
        return "boards/_shell_kiosk.html"
    return "boards/_shell_staff.html" if wanted.actor.is_staff else "boards/_shell_public.html"


@public
def digitising(request: HttpRequest) -> HttpResponse:
    """The four figures of digitisation, each with what it is made of and the dossiers behind it."""
    wanted = asked(request, at=timezone.now())
    context = page.frame_of(wanted) | {"lines": page.digitisation_lines(wanted)}
    return shown(request, "boards/digitisation.html", context, wanted)


@public
def definitions(request: HttpRequest) -> HttpResponse:
    """What each figure counts, what it leaves out, and where that is laid down."""
    wanted = asked(request, at=timezone.now())
    context = {
        "asked": wanted,
        "place": "boards",
        "groups": page.explained(),
        "shell": shell_of(wanted),
    }
    return render(request, "boards/definitions.html", context)


@public
@of_parts(FILES)
def export(request: HttpRequest) -> HttpResponse:
    """The figures by agency and by field, for a spreadsheet."""
    wanted = asked(request, at=timezone.now())
    board = queries.board(wanted.period, agency=wanted.agency)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"so-lieu-{wanted.period.first:%Y%m%d}-{wanted.period.last:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # spreadsheets take it for Windows-1258 otherwise
    writer = csv.writer(response)
    keys = [one.key for one in declared.COUNTS]
    shares = [one for one in declared.RATIOS if set(one.of) <= board.total.counts.keys()]
    named = [_(one.name) for one in (*declared.COUNTS, *shares)]
    writer.writerow([_("Theo"), _("Mã"), _("Tên"), *named])
    for kind, rows in ((_("cơ quan"), board.agencies), (_("lĩnh vực"), board.fields)):
        for row in rows:
            numbers = [row.counts[key] for key in keys]
            writer.writerow([kind, row.key, row.name, *numbers, *_percents(row, shares)])
    return response


def _percents(row: queries.Figures, shares: Sequence[declared.Indicator]) -> list[str]:
    """Each share in per cent, empty where there is nothing to divide by."""
    found = [Ratio(*(row.counts[key] for key in one.of)).percent for one in shares]
    return ["" if percent is None else f"{percent:.2f}" for percent in found]


@staff()
def behind(request: HttpRequest) -> HttpResponseBase:
    """The dossiers behind one figure, as far as this officer may read them."""
    wanted = asked(request, at=timezone.now())
    figure = declared.BY_KEY.get(request.GET.get("so", ""))
    if figure is None or figure.of:
        raise Http404(_("Không có chỉ số này."))
    narrow = _narrow(request, wanted)
    own = (None, wanted.actor.account_id)
    if narrow.officer_id not in own and not sees(wanted.actor, wanted.agency):
        raise PermissionDenied
    page_asked = request.GET.get("trang", "")
    found = queries.listed(
        figure.key, period=wanted.period, narrow=narrow, actor=wanted.actor,
        number=_whole(page_asked, 1, 1_000_000) or 1, per_page=PER_PAGE,
    )  # fmt: skip
    context = {
        "asked": wanted,
        "shell": shell_of(wanted),
        "place": "boards",
        "figure": figure,
        "narrow": narrow,
        "found": found,
        "caption": _caption(found),
        "links": page_links(number=found.number, last=found.last, query=request.GET.dict()),
        "narrowed": _narrowed(narrow),
        "duty_address": nav.address_for("desk:duty-new", wanted.actor),
    }
    return render(request, "boards/dossiers.html", context)


def _caption(found: queries.Listed) -> str:
    """Return in words how the list is ordered."""
    return {
        queries.NEWEST: _("Danh sách dài: tiếp nhận gần đây nhất ở trên"),
        queries.ENDED: _("Danh sách dài: kết thúc gần đây nhất ở trên"),
    }.get(found.order, _("Danh sách hồ sơ, hạn trả sớm nhất ở trên"))


def _narrow(request: HttpRequest, wanted: Asked) -> queries.Narrow:
    said = request.GET
    return queries.Narrow(
        agency=wanted.agency,
        by=cards.card_by_code(said.get("cua", "")) if said.get("cua") else None,
        field=said.get("linh-vuc", "")[:LONGEST_FIELD],
        channel=said.get("kenh", "")[:8],
        place=said.get("xa", "")[:5],
        level=said.get("cap", "") if said.get("cap") in LEVELS else "",
        holder=cards.card_by_code(said.get("giu", "")) if said.get("giu") else None,
        weekday=_whole(said.get("thu", ""), 1, 7),
        hour=_whole(said.get("gio", ""), 0, 23),
        officer_id=_whole(said.get("can-bo", ""), 1, 999_999_999),
        due_from=day_of(said.get("han", "")),
        due_to=day_of(said.get("han_den", "")),
        step=said.get("buoc", "")[:40],
        why=said.get("vi", "")[:10],
    )


def _whole(text: str, low: int, high: int) -> int | None:
    return int(text) if text.isdecimal() and low <= int(text[:12]) <= high else None


def _narrowed(narrow: queries.Narrow) -> list[str]:
    """Return in words to what the list is narrowed."""
    places = [card.name for card in (narrow.agency, narrow.by) if card is not None]
    held = [_("Đang ở %s") % narrow.holder.name] if narrow.holder else []
    place = cards.place_name(narrow.place) if narrow.place else ""
    due = _("Đến hạn %s") % words.day(narrow.due_from) if narrow.due_from else ""
    return [word for word in (*places, narrow.field, place, *held, due) if word]
