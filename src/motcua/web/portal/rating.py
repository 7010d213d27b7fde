"""Rating a result by its link and a counter on its tablet: five faces, reasons, a word, done."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.feedback import services as feedback
from motcua.feedback.queries import rating as reading
from motcua.feedback.rules import ratings
from motcua.kernel.refused import Refused
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import address_of
from motcua.web.ui import words
from motcua.web.ui.parts import Crumb
from motcua.web.ui.throttle import Throttle

_RATINGS = Throttle("rating", most=120, seconds=3600)
_SENDINGS = Throttle("rating-case", most=20, seconds=3600)


class RatingForm(forms.Form):
    """One of five faces, reasons to tick, a word."""

    score = forms.IntegerField(
        label=gettext_lazy("Bạn có hài lòng không?"),
        min_value=1,
        max_value=5,
        error_messages={"required": gettext_lazy("Hãy chọn một trong năm mức.")},
    )
    reasons = forms.MultipleChoiceField(label=gettext_lazy("Điều gì?"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Lời nhắn"),
        required=False,
        max_length=ratings.WORDS,
        widget=forms.Textarea({"rows": 2}),
    )

    def offer(self, about: str) -> "RatingForm":
        """Offer the reasons of today; return the form."""
        english = words.language() == "en"
        self.fields["reasons"].choices = [  # type: ignore[attr-defined]
            (one.key, one.name_en if english else one.name)
            for one in ratings.reasons(about=about, on=timezone.localdate())
        ]
        return self


class ContactForm(forms.Form):
    """Whom to call back about a low rating."""

    phone = forms.CharField(
        label=gettext_lazy("Số điện thoại"),
        max_length=20,
        widget=forms.TextInput({"class": "num", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Nhập số điện thoại để theo dõi trả lời.")},
    )
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120, required=False)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how the handling of a dossier was, once."""
    told = reading.result_to_rate(token=token)
    if told is None:
        raise Http404
    form = _form(request, "result")
    if request.method == "POST" and form.is_valid():
        _RATINGS.count(address_of(request))
        try:
            made = feedback.rate_result(token=token, at=timezone.now(), **form.cleaned_data)
            return redirect("portal:rating-thanks", token, made.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "told": told,
        "faces": ratings.faces(on=timezone.localdate()),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
    }
    return render(request, "portal/rating/result.html", context, status=_status(form))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, token: str) -> HttpResponse:
    """Ask at a counter's tablet how one was served."""
    device = reading.device_of(token=token)
    if device is None:
        raise Http404
    form = _form(request, "counter")
    if request.method == "POST" and form.is_valid():
        try:
            made = feedback.rate_counter(token=token, at=timezone.now(), **form.cleaned_data)
            return redirect("portal:rating-thanks", token, made.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "device": device, "faces": ratings.faces(on=timezone.localdate())}
    return render(request, "portal/rating/counter.html", context, status=_status(form))


def _form(request: HttpRequest, about: str) -> RatingForm:
    return RatingForm(request.POST or None).offer(about)


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, token: str, key: int) -> HttpResponse:
    """Say thank you; a low rating with words may be sent on as feedback."""
    device = reading.device_of(token=token)
    made = reading.own_rating(token=token, key=key)
    if made is None:
        raise Http404
    form = ContactForm(request.POST or None)
    case = made.became
    if request.method == "POST" and form.is_valid():
        _SENDINGS.count(address_of(request))
        try:
            case = feedback.make_case(
                rating_id=made.pk, token=token, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "device": device,
        "token": token,
        "case": case,
        "offers": ratings.offers_case(score=made.score, words=made.words),
        "crumbs": [Crumb(_("Trang đầu"), "/")],
    }
    return render(request, "portal/rating/thanks.html", context, status=_status(form))
