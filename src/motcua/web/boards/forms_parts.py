"""Behind a number of a form: the parts of a score or share, and the dossiers of one part."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.reporting import definitions as declared
from motcua.reporting.forms import causes, quarterly, rights, scoring
from motcua.reporting.forms.sheet import NOTHING
from motcua.reporting.queries import forms as queries
from motcua.reporting.queries import late_reasons, score_parts
from motcua.reporting.queries.behind import Behind
from motcua.reporting.queries.counts import total_of
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Ratio
from motcua.web.boards import forms_links as links
from motcua.web.boards import forms_page as page
from motcua.web.boards.asked import Asked
from motcua.web.ui import words
from motcua.web.ui.parts import page_links

PER_PAGE = 50


@dataclass(frozen=True)
class Part:
    """One line: what is counted, how many, with how many points, and where the dossiers are."""

    words: str
    count: int
    points: int | None = None
    href: str = ""


def parts_of(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any] | None:
    """Return the parts of a score or of a share, None where there is no such thing."""
    if request.GET.get("ty"):
        return _share_of(request, wanted)
    found = _score_of(request, wanted)
    if found is None:
        return None
    told, whose, narrow = found
    asked = links.asked_of(request, wanted.period, wanted.agency, wanted.at)
    parts = [
        Part(_(one.words), one.count, one.points, _score_href(one, wanted, asked, narrow))
        for one in told.parts
    ]
    return _frame(request, wanted) | {
        "title": f"{told.index}. {scoring.INDEXES[told.index]}",
        "whose": whose,
        "value": NOTHING if told.value is None else words.number(told.value, 1),
        "is_score": any(one.points is not None for one in told.parts),
        "parts": parts,
        "cases": told.cases,
    }


def _score_of(
    request: HttpRequest, wanted: queries.Wanted
) -> tuple[score_parts.Parts, str, dict[str, str]] | None:
    """Return a score's parts, whose it is, and how its lists are narrowed."""
    index, key = request.GET.get("chi-so", ""), request.GET.get("cua", "")
    if not index.isdecimal() or int(index[:3]) not in scoring.INDEXES:
        return None
    narrow = {"chi-so": index, "cua": key}
    try:
        if wanted.kind.key == rights.AGENCIES:
            card = cards.card_by_code(key)
            if card is None:
                return None
            return score_parts.of_agency(wanted.span, card, int(index)), card.name, narrow
        officer = _officer(request, wanted)
        if officer is None:
            return None
        told = score_parts.of_officer(wanted.span, officer, int(index), agency=wanted.agency)
    except KeyError:
        return None
    return told, score_parts.name_of(officer), narrow


def _officer(request: HttpRequest, wanted: queries.Wanted) -> int | None:
    """Return the officer asked for.

    Raises PermissionDenied: of another officer, and this person sees the own line only.
    """
    key = request.GET.get("cua", "")
    if wanted.kind.key != rights.OFFICERS or not key.isdecimal() or len(key) > 9:
        return None
    agency = wanted.agency.id if wanted.agency else None
    is_own = int(key) == wanted.actor.account_id
    if not is_own and not rights.scores_officers(wanted.actor, agency_id=agency):
        raise PermissionDenied(_("Điểm của cán bộ khác ngoài phạm vi của ông/bà."))
    return int(key)


def _score_href(
    part: score_parts.Part,
    wanted: queries.Wanted,
    asked: Asked,
    narrow: dict[str, str],
) -> str:
    if not part.count:
        return ""
    if part.figure:
        by = cards.card_by_code(narrow["cua"])
        return asked.to(part.figure, by=by, kenh=part.channel)
    if part.opens and part.points is not None:
        return links.dossiers_address(wanted, **narrow, diem=str(part.points))
    return ""


def _share_of(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any] | None:
    """Return a share's two counts, each with its dossiers."""
    keys = request.GET.get("ty", "").split("/")
    level = request.GET.get("cap", "")
    known = [declared.BY_KEY.get(key) for key in keys]
    if len(keys) != 2 or level not in ("", *links.LEVELS):
        return None
    of, over = known
    if of is None or over is None or of.of or over.of:
        return None
    asked = links.asked_of(request, wanted.period, wanted.agency, wanted.at)
    counts = total_of(wanted.span, scope=Scope(agency=wanted.agency, level=level))
    percent = Ratio(counts[of.key], counts[over.key]).percent
    return _frame(request, wanted) | {
        "title": f"{_(of.name)} / {_(over.name)}",
        "whose": _(quarterly.LEVELS[level]),
        "value": NOTHING if percent is None else f"{words.number(percent, 2)}%",
        "is_score": False,
        "parts": [
            Part(_(one.counted), counts[one.key], None, asked.to(one.key, cap=level))
            for one in (of, over)
        ],
        "cases": (),
    }


def _frame(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any]:
    return {
        "asked": links.asked_of(request, wanted.period, wanted.agency, wanted.at),
        "place": "boards",
        "shell": "boards/_shell_staff.html",
        "wanted": wanted,
        "back": page.address(wanted),
    }


def dossiers_of(request: HttpRequest, wanted: queries.Wanted) -> dict[str, Any] | None:
    """Return the dossiers of one reason, or of one part of a score; None where there is none."""
    found = _reason(request, wanted) if wanted.kind.key == "07b" else _scored(request, wanted)
    if found is None:
        return None
    title, told, narrowed, behind = found
    shown_page = Paginator(behind.rows, PER_PAGE).get_page(request.GET.get("trang"))
    return _frame(request, wanted) | {
        "title": title,
        "told": told,
        "narrowed": narrowed,
        "page": shown_page,
        "counted": behind.counted,
        "hidden": behind.counted - shown_page.paginator.count,
        "links": page_links(
            number=shown_page.number,
            last=shown_page.paginator.num_pages,
            query=request.GET.dict(),
        ),
    }


Found = tuple[str, str, str, Behind]


def _reason(request: HttpRequest, wanted: queries.Wanted) -> Found | None:
    rules = causes.rules_on(wanted.period.last)
    key = request.GET.get("ly-do", "")
    reason = next((one for one in rules.reasons if one.key == key), None)
    if reason is None:
        return None
    field = request.GET.get("linh-vuc", "")
    behind = late_reasons.dossiers(
        wanted.span, agency=wanted.agency, rules=rules, reason=key, field=field, actor=wanted.actor
    )
    told = _("Hồ sơ quá hạn trong kỳ mà dữ kiện cho thấy nguyên nhân này là chính.")
    return reason.words, told, field, behind


def _scored(request: HttpRequest, wanted: queries.Wanted) -> Found | None:
    index, points = request.GET.get("chi-so", "0"), request.GET.get("diem", "")
    known = {str(one) for one in (score_parts.ALL, *score_parts.WORDS)}
    if index not in known or points not in ("", "0", "1", "2") or (index != "0") != bool(points):
        return None
    if wanted.kind.key == rights.AGENCIES:
        card, officer = cards.card_by_code(request.GET.get("cua", "")), None
        whose = card.name if card else ""
    else:
        card, officer = wanted.agency, _officer(request, wanted)
        whose = score_parts.name_of(officer) if officer is not None else ""
    if not whose:
        return None
    behind = score_parts.dossiers(
        wanted.span, index=int(index), points=int(points) if points else None, agency=card,
        officer_id=officer, actor=wanted.actor,
    )  # fmt: skip
    title, told = _("Hồ sơ đã giải quyết"), _("Hồ sơ được chấm điểm trong kỳ.")
    if points:
        title = f"{index}. {scoring.INDEXES[int(index)]}: " + _("%s điểm") % points
        told = _(score_parts.WORDS[int(index)][int(points)])
    return title, told, whose, behind
