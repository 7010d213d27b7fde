"""The index of 766/QĐ-TTg: the order of agencies, one agency's components, and "what if"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory.queries import cards
from motcua.reporting import definitions as declared
from motcua.reporting import rules as periods
from motcua.reporting.index766 import measuring, procedures, reading, rules
from motcua.reporting.index766.rules import Line, Measured, Score
from motcua.web.accounts.guards import public
from motcua.web.boards import charts
from motcua.web.boards.asked import Asked, asked
from motcua.web.boards.charts import Spark
from motcua.web.boards.views import shell_of
from motcua.web.ui.parts import Tab

GROUPS = ("province", "commune", "sector")
_DOSSIERS = {
    "1.4": ("", "received"), "2.1": ("on_time", "settled"), "3.3": ("", "received"),
    "3.6": ("paid_online", "obliged"),
    "4.1": ("e_result", "resolved"), "4.2": ("e_whole", "resolved"),
    "4.3": ("reused", "digitised"), "4.4": ("from_store", "received"), "5.4": ("", "resolved"),
}  # fmt: skip
_PROCEDURES = ("1.3", "3.1", "3.2", "3.5")
_TO, _OVER, _DISLIKED = "tu", "mau", "5.4"


@dataclass(frozen=True)
class Part:
    """A component on the page: where its numerator and denominator lie, and the wished value."""

    line: Line
    of_href: str = ""
    over_href: str = ""
    wished: Decimal | None = None


@dataclass(frozen=True)
class Ranked:
    """An agency in the order: its place among those with data, its line over the days."""

    place: int | None
    row: reading.Row
    spark: Spark | None


@public
@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """Agencies or communes in the order of the index, with the six groups and 30 days of each."""
    wanted, day = _asked(request)
    group = request.GET.get("nhom", "province")
    group = group if group in GROUPS else "province"
    rows = reading.ranking(group, day=day)
    province = reading.score_of(measuring.PROVINCE, day=day)
    told = reading.history([measuring.PROVINCE], until=day).get(measuring.PROVINCE, [])
    with_data = [row for row in rows if _counts(row)]
    context = _frame(wanted, day) | {
        "tabs": _tabs(group, day),
        "group": group,
        "province": province,
        "province_spark": spark_of(told),
        "rows": [Ranked(n, row, spark_of(row.history)) for n, row in enumerate(with_data, 1)],
        "silent": [row for row in rows if not _counts(row)],
        "bands": _bands(with_data),
    }
    return render(request, "boards/index766/ranking.html", context)


@public
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency's components: value, threshold, points, what the next point takes, what if."""
    card = _card(code)
    wanted, day = _asked(request)
    wanted = replace(wanted, agency=card, period=_period(day, wanted))
    found = reading.measured_on(day).get(code, {})
    edition = rules.edition(on=day)
    score = rules.score(edition=edition, measured=found)
    shows_counts = _shows_counts(wanted, code)
    wishes = _wishes(request, score) if shows_counts else {}
    told = reading.history([code], until=day).get(code, [])
    context = _frame(wanted, day) | {
        "card": card,
        "code": code,
        "name": card.name if card else _("Toàn tỉnh"),
        "score": score,
        "shows_counts": shows_counts,
        "groups": [(group, [_part(line, code, day, wanted, wishes) for line in group.lines])
                   for group in score.groups],
        "history": told,
        "spark": spark_of(told),
        "window": measuring.window_of(day, edition=edition),
        "wishes": wishes,
        "if_score": _if(score, found, wishes),
    }  # fmt: skip
    is_part = request.headers.get("X-Part") == "whatif"
    name = "boards/index766/_result.html" if is_part else "boards/index766/agency.html"
    return render(request, name, context)


@public
@require_safe
def procedure_list(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures that a component's numerator or denominator is made of."""
    card = _card(code)
    wanted, day = _asked(request)
    if not _shows_counts(wanted, code):
        return redirect(f"{reverse('boards:index766-agency', args=[code])}?ngay={day}")
    key = request.GET.get("chi-so", "")
    if key == _DISLIKED:
        context = _frame(wanted, day) | _disliked(card, code, day, wanted)
        return render(request, "boards/index766/dislikes.html", context)
    if key not in _PROCEDURES:
        raise Http404(_("Chỉ số này không đếm thủ tục."))
    offered = procedures.procedures(on=day)
    marks = procedures.settled_by(card, offered) if card else offered
    part = procedures.counted(marks, used=measuring.used(day, card.id if card else None))[key]
    is_over = request.GET.get("phan") == _OVER
    shown = part.over if is_over else part.of
    context = _frame(wanted, day) | {
        "name": card.name if card else _("Toàn tỉnh"),
        "code": code,
        "component": rules.edition(on=day).component(key),
        "is_over": is_over,
        "rows": [one for one in marks if one.code in shown],
        "left": [one for one in marks if one.code in part.over - part.of],
    }
    return render(request, "boards/index766/procedures.html", context)


def _shows_counts(wanted: Asked, code: str) -> bool:
    """Tell whether counts stand beside shares and points: of the province always."""
    return wanted.sees_parts or code == measuring.PROVINCE


def _disliked(
    card: cards.AgencyCard | None, code: str, day: date, wanted: Asked
) -> dict[str, Any]:
    """Return what 5.4 is made of: results, less the late ones, less those not content."""
    asked_for = replace(wanted, agency=card, period=_period(day, wanted))
    agency_id = card.id if card else None
    counts, found = measuring.flows(day, agency_id), measuring.dislikes(day, agency_id)
    parts = [
        (_("Hồ sơ có kết quả"), counts.get("resolved", 0), asked_for.to("resolved")),
        (_("trừ hồ sơ quá hạn"), counts.get("late", 0), asked_for.to("late")),
        (_("trừ hồ sơ có phản ánh, kiến nghị"), len(found.complained), ""),
        (_("trừ lượt chấm kết quả không hài lòng"), found.rated_low, ""),
    ]
    return {
        "name": card.name if card else _("Toàn tỉnh"),
        "code": code,
        "component": rules.edition(on=day).component(_DISLIKED),
        "parts": [(words, count, href if count else "") for words, count, href in parts],
        "codes": measuring.readable(found.complained, actor=wanted.actor),
    }


def spark_of(told: reading.History) -> Spark | None:
    """Return the line over the kept days on a scale of 0 to 100."""
    return charts.spark([None if points is None else float(points) for _day, points in told])


def _frame(wanted: Asked, day: date) -> dict[str, Any]:
    edition = rules.edition(on=day)
    return {
        "asked": wanted,
        "place": "boards",
        "shell": shell_of(wanted),
        "day": day,
        "is_today": day == timezone.localdate(),
        "edition": edition,
        "is_left_out": edition.missing == rules.LEFT_OUT,
    }


def _asked(request: HttpRequest) -> tuple[Asked, date]:
    today = timezone.localdate()
    try:
        day = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        day = today
    return asked(request, at=timezone.now()), max(min(day, today), date(2025, 7, 1))


def _period(day: date, wanted: Asked) -> periods.Period:
    window = measuring.window_of(day, edition=rules.edition(on=day))
    return periods.period("custom", at=wanted.at, first=window.first, last=window.last)


def _card(code: str) -> cards.AgencyCard | None:
    if code == measuring.PROVINCE:
        return None
    card = cards.card_by_code(code)
    if card is None or card.kind in ("centre", "support_point"):
        raise Http404(_("Không có cơ quan này trong bảng chỉ số."))
    return card


def _counts(row: reading.Row) -> bool:
    return reading.has_dossiers(row.score)


def _tabs(group: str, day: date) -> list[Tab]:
    names = (_("Cơ quan cấp tỉnh"), _("Xã, phường, đặc khu"), _("Cơ quan ngành dọc"))
    return [
        Tab(name, f"?nhom={key}&ngay={day.isoformat()}", is_current=key == group)
        for key, name in zip(GROUPS, names, strict=True)
    ]


def _bands(rows: list[reading.Row]) -> list[tuple[rules.Band, int]]:
    """Return how many agencies are in each class."""
    if not rows:
        return []
    held = [row.score.band.key for row in rows if row.score.band]
    return [(band, held.count(band.key)) for band in rows[0].score.edition.bands]


def _part(line: Line, code: str, day: date, wanted: Asked, wishes: Mapping[str, Decimal]) -> Part:
    of, over = _DOSSIERS.get(line.component.key, ("", ""))
    hrefs = [_dossiers(key, wanted) for key in (of, over)]
    key = line.component.key
    if key in _PROCEDURES and line.points is not None:
        base = reverse("boards:index766-procedures", args=[code])
        hrefs = [f"{base}?chi-so={key}&phan={part}&ngay={day}" for part in (_TO, _OVER)]
    if key == _DISLIKED:
        hrefs[0] = f"{reverse('boards:index766-procedures', args=[code])}?chi-so={key}&ngay={day}"
    elif not line.measured.numerator:
        hrefs[0] = ""
    if line.points is None:
        hrefs = ["", ""]
    return Part(line, hrefs[0], hrefs[1], wished=wishes.get(key))


def _dossiers(key: str, wanted: Asked) -> str:
    known = declared.BY_KEY.get(key)
    return wanted.to(key) if known is not None and not getattr(known, "of", ()) else ""


def _wishes(request: HttpRequest, score: Score) -> dict[str, Decimal]:
    """Return the wished values in per cent by component; what is no number is not wished."""
    found = {}
    for line in score.lines:
        said = request.GET.get(f"v-{line.component.key}", "").replace(",", ".")
        try:
            value = Decimal(said)
        except InvalidOperation:
            continue
        if line.points is not None and value.is_finite():
            found[line.component.key] = max(Decimal(0), min(value, Decimal(200)))
    return found


def _if(
    score: Score, found: Mapping[str, Measured], wishes: Mapping[str, Decimal]
) -> dict[str, Any] | None:
    """Return the score with the wished values, and what each of them takes."""
    if not wishes:
        return None
    edition = score.edition
    changed = dict(found)
    takes = []
    for key, percent in wishes.items():
        component, known = edition.component(key), found[key]
        if line_percent(known) == percent:
            continue
        changed[key] = rules.wished(component=component, measured=known, percent=percent)
        more = changed[key].numerator - known.numerator
        if component.lever == "less":
            more = known.denominator - changed[key].denominator
        takes.append((component, more, abs(more)))
    made = rules.score(edition=edition, measured=changed)
    before = score.on_hundred or Decimal(0)
    points = {line.component.key: line for line in made.lines}
    was = {line.component.key: line for line in score.lines}
    return {
        "score": made,
        "change": (made.on_hundred or Decimal(0)) - before,
        "takes": [
            (component, more, count, points[component.key], was[component.key])
            for component, more, count in takes
            if more
        ],
    }


def line_percent(measured: Measured) -> Decimal:
    """Return a value in per cent with one decimal, as its field shows it."""
    share = Decimal(100 * measured.numerator) / Decimal(measured.denominator)
    return share.quantize(Decimal("0.1"))
