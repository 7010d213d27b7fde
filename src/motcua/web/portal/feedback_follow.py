"""Following one's own report: how far it is, whose turn it is, the answer, and what one may do."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.feedback import services as feedback
from motcua.feedback.queries import public as shown
from motcua.feedback.queries import reading
from motcua.feedback.rules import ratings
from motcua.feedback.rules.states import DECIDED, Act
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import actor_of, address_of
from motcua.web.portal import feedback_proof
from motcua.web.portal.feedback import crumbs_of
from motcua.web.portal.feedback_forms import FollowForm, RateForm, ReopenForm, SupplementForm
from motcua.web.ui import cases, words
from motcua.web.ui.parts import Crumb, Event
from motcua.web.ui.throttle import Throttle, TooManyTries

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.feedback.models import Case

_TRIES = Throttle("feedback-track", most=10, seconds=600)
_FORMS: dict[str, type[forms.Form]] = {
    Act.SUPPLEMENT: SupplementForm,
    Act.RATE: RateForm,
    Act.REOPEN: ReopenForm,
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for code and phone (or PIN); lead to the report when both are right."""
    if request.method != "POST":
        return _asked(request, FollowForm(initial={"code": request.GET.get("ma", "")[:40]}))
    typed = FollowForm(request.POST)
    try:
        _TRIES.count(address_of(request))
    except TooManyTries:
        typed.add_error(None, _("Bạn đã thử nhiều lần. Xin đợi 10 phút, hoặc gọi 1022."))
        return _asked(request, typed, status=429)
    if not typed.is_valid():
        return _asked(request, typed, status=422)
    code, phone = typed.cleaned_data["code"], typed.cleaned_data["phone"]
    if reading.followed(code=code, phone=phone) is None:
        # One answer for a wrong code and a wrong phone: nobody learns which codes exist.
        typed.add_error(None, _("Không có phản ánh nào khớp cả mã và số này."))
        return _asked(request, typed, status=422)
    feedback_proof.remember(request, code, phone)
    return redirect("portal:feedback-own", code)


def _asked(request: HttpRequest, typed: FollowForm, *, status: int = 200) -> HttpResponse:
    context = {"form": typed, "crumbs": crumbs_of(), "place": "feedback"}
    return render(request, "portal/feedback/track.html", context, status=status)


@dataclass
class Mine:
    """A report as its sender sees it."""

    case: "Case"
    proof: str
    at: "datetime"
    acts: dict[str, forms.Form] = field(default_factory=dict)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show a report to its sender, and do what the sender asks for."""
    mine = _mine(request, code)
    if mine is None and actor_of(request).is_citizen and shown.public_case(code) is not None:
        return redirect("portal:feedback-case", code)  # somebody else's, who is followed
    if mine is None:
        return redirect(f"/phan-anh/tra-cuu/?ma={code[:40]}")
    if request.method == "POST":
        act = request.POST.get("viec", "")
        if act not in mine.acts:
            messages.info(request, _("Việc này không còn làm được ở trạng thái hiện tại."))
            return redirect("portal:feedback-own", code)
        form = mine.acts[act] = _FORMS[act](request.POST, auto_id=f"{act}_%s")
        if form.is_valid() and _done(request, mine, act, form):
            return redirect("portal:feedback-own", code)
        return _shown(request, mine, status=422)
    return _shown(request, mine)


def _mine(request: HttpRequest, code: str) -> Mine | None:
    actor, proof, now = actor_of(request), feedback_proof.proof_of(request, code), timezone.now()
    case = reading.case_for(actor, code) if actor.is_citizen else None
    case = case or reading.followed(code=code, phone=proof)
    if case is None:
        return None
    acts = [act for act in reading.sender_acts(case, at=now) if act in _FORMS]
    return Mine(case, proof, now, {act: _FORMS[act](auto_id=f"{act}_%s") for act in acts})


def _done(request: HttpRequest, mine: Mine, act: str, form: forms.Form) -> bool:
    """Do what the sender asks for; a refusal stands on the form."""
    said: dict[str, Any] = dict(form.cleaned_data)
    who: dict[str, Any] = {
        "code": mine.case.code, "by": actor_of(request), "at": mine.at, "proof": mine.proof,
    }  # fmt: skip
    try:
        if act == Act.SUPPLEMENT:
            sent = request.FILES.getlist("anh")[:6]
            pictures = tuple(feedback.Picture(one, one.name or "") for one in sent)
            feedback.supplement(**who, **said, files=pictures)
            words = _("Đã nhận thông tin bổ sung. Cảm ơn bạn.")
        elif act == Act.RATE:
            feedback.rate(**who, **said)
            words = _("Đã ghi đánh giá của bạn. Cảm ơn bạn.")
        else:
            feedback.reopen(**who, **said)
            words = _("Đã nhận. Cơ quan sẽ xem xét lại; hạn mới ở bên dưới.")
    except Refused as refusal:
        law = f" ({refusal.law})" if refusal.law else ""
        form.add_error(refusal.field if refusal.field in form.fields else None, f"{refusal}{law}")
        return False
    messages.success(request, words)
    return True


def _shown(request: HttpRequest, mine: Mine, *, status: int = 200) -> HttpResponse:
    case, now = mine.case, mine.at
    is_answered = case.state in DECIDED and bool(case.answer)
    left = reading.time_left(case, at=now) if case.is_open else None
    context = {
        "case": case,
        "look": cases.LOOKS[case.state],
        "headline": headline(case, now),
        "just_sent": feedback_proof.shown_once(request) if status == 200 else None,
        "is_answered": is_answered,
        "before": _pictures(case, "before"),
        "after": _pictures(case, "after") if is_answered else [],
        "main": shown.public_case(case.main.code) if case.main else None,
        "events": _events(case),
        "clock": reading.proof_of(case) if case.is_open and case.state != "supplement_requested"
        else None,
        "left": left.words(words.language()) if left else "",
        "is_late": bool(left and left.tone == "late"),
        "acts": {act: mine.acts[act] for act in mine.acts},
        "faces": ratings.faces(on=timezone.localdate(now)),
        "now": now,
        "crumbs": [*crumbs_of(), Crumb(_("Theo dõi"), "/phan-anh/tra-cuu/")],
        "place": "feedback",
    }  # fmt: skip
    return render(request, "portal/feedback/own.html", context, status=status)


def headline(case: "Case", now: "datetime") -> str:
    """Return the state as a sentence to the person who waits."""
    if case.due_at and now > case.due_at and case.is_open and case.state != "approved":
        return _("Chúng tôi đang trễ hẹn với phản ánh này")
    said = {
        "sent": _("Đã nhận phản ánh, đang xem xét"),
        "supplemented": _("Đã nhận bổ sung, đang xem xét"),
        "refused": _("Phản ánh không được tiếp nhận"),
        "supplement_requested": _("Chúng tôi cần bạn cho biết thêm"),
        "referred": _("Việc này cần gửi đến nơi khác"),
        "merged": _("Nhiều người cùng phản ánh việc này; đã gộp làm một"),
        "accepted": _("Đã tiếp nhận, đang chọn cơ quan xử lý"),
        "assigned": _("Đã chuyển đến cơ quan xử lý"),
        "in_progress": _("Đang được xử lý"),
        "returned": _("Đang chuyển đến cơ quan khác cho đúng thẩm quyền"),
        "answered": _("Đã xử lý, đang chờ lãnh đạo duyệt trả lời"),
        "reopened": _("Đang được xem xét lại theo đề nghị của bạn"),
        "closed": _("Phản ánh đã đóng"),
    }
    return said.get(case.state, _("Đã có trả lời cho phản ánh của bạn"))


def _events(case: "Case") -> list[Event]:
    lines = reading.timeline_for_sender(case)
    return [
        Event(
            line.text, icon=cases.event_icon(line.kind), at=line.at, by=line.post,
            tone="now" if place == 0 else "", seal=line.short_hash,
        )
        for place, line in enumerate(reversed(lines))
    ]  # fmt: skip


def _pictures(case: "Case", moment: str) -> list[tuple[int, str, bool]]:
    return [
        (photo.pk, photo.file.name, photo.file.content_type.startswith("image/"))
        for photo in reading.photos_of(case)
        if photo.moment == moment
    ]


@public
@never_cache
@require_safe
def own_photo(request: HttpRequest, code: str, key: int) -> HttpResponseBase:
    """Hand out a picture of one's own report, or of its answer."""
    mine = _mine(request, code)
    found = next((p for p in reading.photos_of(mine.case) if p.pk == key), None) if mine else None
    if mine is None or found is None:
        raise Http404
    if found.moment != "before" and mine.case.state not in DECIDED:
        raise Http404
    return handed_out(found.file, key=actor_of(request).key)


def handed_out(file: Any, *, key: str) -> HttpResponseBase:  # noqa: ANN401 (the web names no model)
    """Return a picture to be shown on the page."""
    try:
        response = FileResponse(files.open_file(file, by_key=key))
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    for name, value in documents.viewing_headers(file=file).items():
        response[name] = value
    return response
