"""Who does the work: lending one's post, being away, and giving work to officers."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.directory.actor import Actor
from motcua.directory.queries import people as staff_queries
from motcua.directory.queries import territory as directory
from motcua.directory.services import people
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import desk
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import line
from motcua.web.desk.rows import rows_of
from motcua.workflow import queries as workflow

if TYPE_CHECKING:
    from motcua.directory.models import Agency

HEADS = ("head", "chairman", "centre_lead")
MOST_LISTED = 100


def _moment(label: object) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=str(label),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "class": "num"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={
            "required": _later("Hãy chọn ngày giờ."),
            "invalid": _later("Ngày giờ có dạng 27/11/2026 08:00."),
        },
    )


class LendForm(forms.Form):
    post = forms.TypedChoiceField(label=_later("Vị trí của tôi"), coerce=int)
    to = forms.TypedChoiceField(
        label=_later("Giao cho"),
        coerce=int,
        error_messages={"required": _later("Hãy chọn người nhận.")},
    )
    start = _moment(_later("Từ lúc"))
    end = _moment(_later("Đến lúc"))
    decision = line(_later("Số văn bản ủy quyền"), most=80)

    def __init__(self, typed: QueryDict | None = None, *, actor: Actor) -> None:
        super().__init__(typed, auto_id="uq_%s", use_required_attribute=False)
        own = [post for post in actor.posts if not post.on_behalf_of]
        posts: Any = self.fields["post"]
        posts.choices = [(p.post_id, f"{p.title or p.role}, {p.agency_name}") for p in own]
        found = {
            post.account_id: f"{post.account.name}, {agency.name}"
            for agency in _who_may_stand_in({p.agency_id for p in own})
            for post in staff_queries.staff_of(agency)
            if post.account_id != actor.account_id
        }
        self.fields["to"].choices = [("", "–"), *sorted(found.items(), key=lambda pair: pair[1])]  # type: ignore[attr-defined]


def _who_may_stand_in(agency_ids: set[int]) -> "list[Agency]":
    """Return one's own agencies and the centres of their places, where things are settled at once.

    Source: 118/2025/NĐ-CP Điều 17 khoản 5.
    """
    own = [directory.agency_by_id(agency_id) for agency_id in agency_ids]
    places = {(agency.level, agency.place_id) for agency in own}
    return [
        *own,
        *(c for c in directory.centres() if (c.level, c.place_id) in places and c not in own),
    ]


class AwayForm(forms.Form):
    start = _moment(_later("Từ lúc"))
    end = _moment(_later("Đến lúc"))
    reason = line(_later("Lý do"))

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="vm_%s", use_required_attribute=False)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request: HttpRequest) -> HttpResponse:
    """Lend one's post, and see what is lent; say when one is away."""
    actor, at = actor_of(request), timezone.now()
    wish = request.POST.get("do", "") if request.method == "POST" else ""
    lend = LendForm(request.POST if wish == "lend" else None, actor=actor)
    away = AwayForm(request.POST if wish == "away" else None)
    form = {"lend": lend, "away": away}.get(wish)
    if form is not None and form.is_valid():
        try:
            _DONE[wish](form.cleaned_data, actor, at)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("desk:delegation")
    context = {
        "place": "delegation",
        "lend": lend,
        "away": away,
        "rows": staff_queries.delegations_of(actor),
        "away_rows": staff_queries.absences_of(actor, at=at),
        "now": at,
    }
    return render(
        request, "desk/delegation.html", context, status=422 if form is not None else 200
    )


def _lend(typed: dict[str, Any], actor: Actor, at: datetime) -> None:
    people.delegate(
        post=staff_queries.post_by_id(typed["post"]),
        to=staff_queries.account_by_id(typed["to"]),
        start=typed["start"],
        end=typed["end"],
        decision=typed["decision"],
        by=actor,
        at=at,
    )


def _away(typed: dict[str, Any], actor: Actor, at: datetime) -> None:
    people.record_absence(
        account=staff_queries.account_by_id(actor.account_id or 0),
        start=typed["start"],
        end=typed["end"],
        reason=typed["reason"],
        by=actor,
        at=at,
    )


_DONE = {"lend": _lend, "away": _away}


@staff()
@require_POST
def revocation(request: HttpRequest, key: int) -> HttpResponse:
    """End a delegation now."""
    try:
        people.revoke_delegation(delegation_id=key, by=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thu hồi ủy quyền."))
    return redirect("desk:delegation")


@staff(*HEADS)
@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    """Show a head who has how much to do, and the steps of one's agencies with their officers."""
    actor, at = actor_of(request), timezone.now()
    agencies = {p.agency_id: p.agency_name for p in actor.posts if p.role in HEADS}
    role = request.GET.get("role", "appraiser")
    roles = {"appraiser": _("thụ lý"), "clerk": _("văn thư"), "receptionist": _("tiếp nhận")}
    role = role if role in roles else "appraiser"
    loads = [(key, name, _loads(key, role, at)) for key, name in agencies.items()]
    found = desk.work_of(actor, role=role)[:MOST_LISTED]
    context = {
        "place": "assignments",
        "loads": loads,
        "roles": roles.items(),
        "role": role,
        "rows": rows_of(found, actor=actor, at=at),
        "choices": [(row["id"], row["name"]) for _key, _name, rows in loads for row in rows],
    }
    return render(request, "desk/assignments.html", context)


def _loads(agency_id: int, role: str, at: datetime) -> list[dict[str, Any]]:
    """Return every present officer of a post with the open work of each, the least first."""
    load = {one.account_id: one for one in workflow.load_of(agency_id, role, at=at)}
    rows = [
        {
            "id": account.pk,
            "name": account.name,
            "open": load[account.pk].open_tasks if account.pk in load else 0,
            "late": load[account.pk].overdue_tasks if account.pk in load else 0,
        }
        for account in staff_queries.officers_at(agency_id=agency_id, role=role, at=at)
    ]
    return sorted(rows, key=lambda row: (row["open"], row["name"]))


@staff(*HEADS)
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the chosen dossiers to one officer, each by itself."""
    actor, at = actor_of(request), timezone.now()
    typed = request.POST.get("officer", "")
    codes = request.POST.getlist("code")
    if not typed.isdecimal() or not codes:
        messages.warning(request, _("Hãy chọn hồ sơ và cán bộ."))
        return redirect("desk:assignments")
    officer = staff_queries.account_by_id(int(typed))
    done = 0
    for code in codes[:MOST_LISTED]:
        try:
            dossiers.assign(code=code, to=officer, by=actor, at=at)
        except Refused as refusal:
            messages.error(request, f"{code}: {refusal}")
        else:
            done += 1
    if done:
        messages.success(
            request, _("Đã giao %(n)d hồ sơ cho %(name)s.") % {"n": done, "name": officer.name}
        )
    return redirect("desk:assignments")
