"""Keys of an officer and of the agencies whose seal they keep; and the report "ký số đúng, đủ"."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory.actor import Actor
from motcua.dossiers import queries
from motcua.kernel.refused import Refused
from motcua.signing import queries as keys
from motcua.signing import services as signing
from motcua.signing.queries import completeness
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.signing import OVERSEERS
from motcua.web.ui.parts import page_links

if TYPE_CHECKING:
    from motcua.signing.models import KeyRef

PER_PAGE = 50


class PictureForm(forms.Form):
    key = forms.IntegerField(widget=forms.HiddenInput)
    image = forms.FileField(
        label=_later("Ảnh PNG nền trong suốt"),
        help_text=_later("Chữ ký màu xanh hoặc dấu màu đỏ; tối đa 512 KB."),
        error_messages={"required": _later("Hãy chọn một ảnh PNG.")},
    )


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing_keys(request: HttpRequest) -> HttpResponse:
    """Show the keys at hand, what they are good for, and take the picture of a signature or seal."""
    actor, status = actor_of(request), 200
    bound: PictureForm | None = None
    if request.method == "POST":
        bound = PictureForm(request.POST, request.FILES, use_required_attribute=False)
        if bound.is_valid() and _picture_taken(bound, actor):
            messages.success(request, _("Đã lưu ảnh. Từ nay chữ ký hiện bằng ảnh này."))
            return redirect("desk:signing-keys")
        status = 422
    context = {
        "place": "signing",
        "cards": [_card(key, bound) for key in keys.keys_at_hand(actor)],
        "has_own": keys.key_of(actor) is not None,
        "now": timezone.now(),
    }
    return render(request, "desk/signing/keys.html", context, status=status)


def _picture_taken(form: PictureForm, actor: Actor) -> bool:
    key = next(
        (one for one in keys.keys_at_hand(actor) if one.pk == form.cleaned_data["key"]), None
    )
    if key is None:
        raise Http404
    content: bytes = form.cleaned_data["image"].read(1024 * 1024)
    try:
        signing.change_picture(
            png=content,
            by=actor,
            at=timezone.now(),
            account_id=key.account_id,
            agency_id=key.agency_id,
        )
    except Refused as refusal:
        form.add_error("image", str(refusal))
        return False
    return True


def _card(key: "KeyRef", bound: PictureForm | None) -> dict[str, Any]:
    is_bound = bound is not None and bound.data.get("key") == str(key.pk)
    form = PictureForm(
        initial={"key": key.pk}, auto_id=f"k{key.pk}_%s", use_required_attribute=False
    )
    if bound is not None and is_bound:
        bound.auto_id = f"k{key.pk}_%s"
        form = bound
    picture = keys.picture_of(account_id=key.account_id, agency_id=key.agency_id)
    return {"key": key, "form": form, "has_picture": picture is not None}


@staff()
@never_cache
@require_safe
def picture(request: HttpRequest, key: int) -> HttpResponse:
    """Show the picture of a signature or seal to whoever uses the key."""
    found = next((one for one in keys.keys_at_hand(actor_of(request)) if one.pk == key), None)
    png = found and keys.picture_of(account_id=found.account_id, agency_id=found.agency_id)
    if not png:
        raise Http404
    return HttpResponse(
        png, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"}
    )


@staff(*OVERSEERS)
@never_cache
@require_safe
def signing_report(request: HttpRequest) -> HttpResponse:
    """Show who should have signed what in a month and did; each number opens its list."""
    actor = actor_of(request)
    month = request.GET.get("thang", "")
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        month = f"{timezone.localtime():%Y-%m}"
    since, until = completeness.bounds(month)
    scope = None if actor.is_province_wide else actor.agency_ids(*OVERSEERS)
    found = completeness.report(since=since, until=until, agency_ids=scope)
    kind, only = request.GET.get("giay", ""), request.GET.get("loc", "sai")
    listed = [
        one
        for one in (found.faulty if only == "sai" else found.papers)
        if not kind or one.paper == kind
    ]
    typed = request.GET.get("trang", "1")
    number = int(typed) if typed.isdecimal() and len(typed) < 5 else 1
    page = listed[(max(number, 1) - 1) * PER_PAGE : max(number, 1) * PER_PAGE]
    context = {
        "place": "signing",
        "month": month,
        "report": found,
        "kind": kind,
        "only": only,
        "listed": _with_codes(page, actor),
        "total": len(listed),
        "pages": page_links(
            number=max(number, 1),
            last=max(1, -(-len(listed) // PER_PAGE), number),
            query=request.GET.dict(),
        ),
    }
    return render(request, "desk/signing/report.html", context)


def _with_codes(page: list[completeness.Found], actor: Actor) -> list[dict[str, Any]]:
    """Return the papers with the codes of those dossiers that this officer may read."""
    ids = {one.case_id for one in page if one.case_id}
    seen = queries.visible_to(actor).filter(pk__in=ids).values_list("pk", "code")
    codes = dict(seen)
    return [{"paper": one, "code": codes.get(one.case_id or 0, "")} for one in page]
