"""Result documents at the desk: seen before they are signed, and the register of those issued."""

import csv
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory.queries import cards
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import results, results_register
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.prints import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from motcua.dossiers.models import Result

PER_PAGE = 50
MOST_EXPORTED = 20_000


@staff()
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Show the result document of a dossier to those who prepare, sign and stamp it."""
    actor, at = actor_of(request), timezone.now()
    dossier = queries.dossier_for(actor, code)
    if dossier is None or not results.drafters_at(actor, agency_id=dossier.competent_id):
        raise Http404
    whole = queries.whole(dossier, actor=actor, at=at)
    if whole.results:
        sheet, name = results.printed(whole, key="result", at=at), f"{code}-ket-qua.pdf"
    else:
        sheet, name = results.preview(dossier, actor=actor, at=at), f"{code}-du-thao.pdf"
    dossiers.note_read(dossier=dossier, part="result-draft", by=actor, at=at)
    return pdf(sheet, name)


@staff()
@require_safe
def issued(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Show one issued result of a dossier, also one that was replaced or revoked."""
    actor, at = actor_of(request), timezone.now()
    found = results_register.result_for(actor, code=code, key=key)
    if found is None:
        raise Http404
    try:
        sheet = results.document_of(found)
    except LookupError as missing:
        raise Http404 from missing
    dossiers.note_read(dossier=found.dossier, part=f"result:{key}", by=actor, at=at)
    return pdf(sheet, f"{found.number.replace('/', '-')}.pdf")


@staff()
@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """Show the register of issued results, filtered; `?csv=1` hands it out as a table."""
    actor = actor_of(request)
    typed = request.GET
    wish = _wish(typed)
    found = results_register.results_register(actor, wish)
    if typed.get("csv"):
        return _csv(found[:MOST_EXPORTED])
    after = _number(typed.get("sau", ""))
    rows = list((found.filter(pk__lt=after) if after else found)[: PER_PAGE + 1])
    context: dict[str, Any] = {
        "place": "results-register",
        "rows": rows[:PER_PAGE],
        "next": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "query": _query(typed),
        "typed": typed,
        "agencies": [(card.id, card.name) for card in map(cards.card, sorted(actor.agency_ids()))],
        "symbols": results_register.symbols(),
        "states": results_register.states(),
        "run": _run(wish),
    }
    return render(request, "desk/results_register.html", context)


def _query(typed: QueryDict) -> str:
    kept = typed.copy()
    kept.pop("sau", None)
    return kept.urlencode()


def _wish(typed: QueryDict) -> results_register.RegisterWish:
    return results_register.RegisterWish(
        agency_id=_number(typed.get("agency", "")),
        symbol=typed.get("symbol", "")[:12],
        year=_number(typed.get("year", "")),
        sequence=_number(typed.get("number", "").partition("/")[0]),
        name=typed.get("q", "")[:120].strip(),
        state=typed.get("state", ""),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _run(wish: results_register.RegisterWish) -> results_register.Run | None:
    """Return how the numbers run, where the filters name one register."""
    if not (wish.agency_id and wish.symbol and wish.year):
        return None
    return results_register.number_run(
        agency_id=wish.agency_id, symbol=wish.symbol, year=wish.year
    )


class _Line:
    """What csv.writer writes into: it hands each line on."""

    def write(self, text: str) -> str:
        return text


def _csv(found: "QuerySet[Result]") -> StreamingHttpResponse:
    writer = csv.writer(_Line())
    head = [_("Số, ký hiệu"), _("Ngày phát hành"), _("Cơ quan"), _("Mã hồ sơ"), _("Thủ tục"),
            _("Chủ hồ sơ"), _("Người ký"), _("Chữ ký số"), _("Tình trạng")]  # fmt: skip

    def lines() -> "Iterator[str]":
        yield "\ufeff" + writer.writerow(head)
        for row in found.iterator(500):
            yield writer.writerow(_cells(row))

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="so-ket-qua.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(row: "Result") -> list[str]:
    said = [
        row.number,
        f"{timezone.localtime(row.issued_at):%d/%m/%Y}",
        row.agency.name,
        row.dossier.code,
        row.dossier.procedure_name,
        row.dossier.owner.name,
        row.signer,
        row.get_signed_display(),
        row.get_state_display(),
    ]
    return [_safe(str(cell)) for cell in said]


def _safe(cell: str) -> str:
    """A table program must not take a name for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
