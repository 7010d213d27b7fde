"""Official papers of a dossier as PDF, and the register of a period."""

from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from motcua.documents import papers as press
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import desk, papers, results
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import day
from motcua.web.desk.rows import rows_of

MOST_ROWS = 2000
MOST_DAYS = 366


@staff()
@require_safe
def paper(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Print one official paper of a dossier that this person may read."""
    actor, at = actor_of(request), timezone.now()
    dossier = queries.dossier_for(actor, code)
    if dossier is None or key not in papers.PAPERS:
        raise Http404
    try:
        sheet = results.printed(queries.whole(dossier, actor=actor, at=at), key=key, at=at)
    except LookupError as missing:
        raise Http404(_("Hồ sơ này chưa có giấy đó.")) from missing
    dossiers.note_read(dossier=dossier, part=f"paper:{key}", by=actor, at=at)
    return pdf(sheet, f"{code}-{key}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return a PDF that a browser shows and that keeps its name when saved."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


class PeriodForm(forms.Form):
    first = day(_later("Từ ngày"))
    last = day(_later("Đến ngày"))

    def clean(self) -> dict[str, date]:
        """Refuse a period that ends before it starts, or is longer than a year."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
            self.add_error("last", _("Ngày cuối phải sau ngày đầu, không quá một năm."))
        return cleaned


@staff("receptionist", "centre_lead")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show what one's own centre received in a period; `?pdf=1` prints it as form 07."""
    actor, at = actor_of(request), timezone.now()
    today = timezone.localdate(at)
    typed = (
        request.GET
        if "first" in request.GET
        else {"first": f"{today.replace(day=1)}", "last": f"{today}"}
    )
    form = PeriodForm(typed, auto_id="ky_%s", use_required_attribute=False)
    context = {"place": "results", "form": form, "rows": [], "total": 0}
    if form.is_valid():
        period = form.cleaned_data
        found = desk.received_between(actor, **period)
        if request.GET.get("pdf"):
            post = actor.post_for("receptionist", "centre_lead")
            if post is None:
                raise Http404
            data = papers.register(
                list(found[:MOST_ROWS]), agency_id=post.agency_id, keeper=actor.name, **period
            )
            return pdf(press.render("07", data, at), f"so-theo-doi-{period['first']}.pdf")
        context["total"] = found.count()
        context["rows"] = rows_of(
            found.select_related("turn_agency", "owner")[:100], actor=actor, at=at
        )
        context["query"] = f"first={period['first']}&last={period['last']}"
    return render(request, "desk/register.html", context)
