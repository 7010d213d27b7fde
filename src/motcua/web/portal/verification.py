"""Whether a document is to be believed: upload it, read the report, open the report again."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import papers as press
from motcua.documents.papers import qr
from motcua.documents.rules import ENDINGS, MAX_BYTES, clean_name
from motcua.dossiers.services import verifying
from motcua.signing.queries.verification import kept_report
from motcua.signing.verifying import papers, words
from motcua.signing.verifying.report import Report, SignatureReport, Verdict, as_document
from motcua.web.accounts.guards import public
from motcua.web.accounts.request import actor_of, address_of
from motcua.web.portal import verification_qr
from motcua.web.ui.parts import Crumb
from motcua.web.ui.throttle import Throttle, TooManyTries

_TRIES = Throttle("verification", most=20, seconds=600)
_ACCEPT = "application/pdf,image/jpeg,image/png,image/webp"
_ICONS = {"": "check", "turn": "help", "danger": "alert"}


class VerificationForm(forms.Form):
    """A file, or the text of a QR; one of them is enough."""

    file = forms.FileField(
        label=_later("Tệp PDF có chữ ký số, hoặc ảnh chụp mã QR"),
        help_text=_later("Tối đa 20 MB. Tệp được xóa ngay khi kiểm tra xong."),
        required=False,
        allow_empty_file=True,
        max_length=400,
        widget=forms.FileInput({"accept": _ACCEPT}),
    )
    text = forms.CharField(
        label=_later("Chữ đọc được từ mã QR"),
        help_text=_later("Khi bạn đã quét mã bằng ứng dụng khác. Dán cả dòng vào đây."),
        required=False,
        max_length=1000,
        widget=forms.TextInput({"class": "num", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for a file that is not too large."""
        cleaned = super().clean() or {}
        sent = cleaned.get("file")
        if sent is not None and (sent.size or 0) > MAX_BYTES:
            self.add_error("file", words.FAULTS["too_large"])
        if sent is None and not cleaned.get("text") and not self.errors:
            self.add_error("file", _("Chọn một tệp, hoặc dán chữ từ mã QR."))
        return cleaned


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Take a file or the text of a QR and lead to what was found."""
    if request.method != "POST":
        return _asked(request, VerificationForm())
    try:
        _TRIES.count(address_of(request))
    except TooManyTries:
        return too_many(request)
    typed = VerificationForm(request.POST, request.FILES)
    if not typed.is_valid():
        return _asked(request, typed)
    if typed.cleaned_data["file"] is None:
        return _of_text(request, typed)
    return _of_file(request, typed.cleaned_data["file"])


@public
@never_cache
@require_safe
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Show a report that was kept; whoever has its address may read it."""
    found = _kept(key)
    context = {
        "report": found,
        "key": key,
        "headline": words.headline(found),
        "advice": words.advice(found),
        "notes": [*words.about_ours(found), *words.notes(found)],
        "tone": words.tone(found),
        "icon": _ICONS[words.tone(found)],
        "signatures": [_shown(one) for one in found.signatures],
        "crumbs": [*crumbs(), Crumb(_("Kiểm tra giấy tờ"), "/xac-minh/")],
        "place": "verification",
    }
    return render(request, "portal/verification_report.html", context)


@public
@never_cache
@require_safe
def report_json(_request: HttpRequest, key: str) -> HttpResponse:
    """Return the report for programs."""
    document = as_document(_kept(key))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})


@public
@never_cache
@require_safe
def report_pdf(_request: HttpRequest, key: str) -> HttpResponse:
    """Return the report as a paper to print or to send on."""
    found = _kept(key)
    pdf = press.render("verification", papers.verification(found), found.verified_at)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="bao-cao-kiem-tra-chu-ky.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


def _kept(key: str) -> Report:
    found = kept_report(key)
    if found is None:
        raise Http404(_("Không có báo cáo này, hoặc đã quá 90 ngày."))
    return found


@dataclass(frozen=True)
class Shown:
    """One signature as the page shows it."""

    kind: str
    signer: str
    verdict: str
    tone: str
    findings: list[words.Line]
    technical: str
    reason: str


def _shown(one: SignatureReport) -> Shown:
    tones = {Verdict.VALID: "sea", Verdict.UNCERTAIN: "gold", Verdict.INVALID: "late"}
    return Shown(
        kind=words.kind_of(one),
        signer=words.signer_of(one),
        verdict=str(words.VERDICTS[one.verdict]),
        tone=tones.get(one.verdict, ""),
        findings=words.findings(one),
        technical=words.technical(one),
        reason=one.reason,
    )


def _of_text(request: HttpRequest, typed: VerificationForm) -> HttpResponse:
    text = typed.cleaned_data["text"]
    checked = qr.check(text)
    if checked is None:
        typed.add_error("text", _("Đây không phải chữ từ mã QR của giấy do Một Cửa in."))
        return _asked(request, typed)
    token = qr.token_of(text)
    # What stands behind the token never reaches its page: an altered text is judged as a whole.
    if token and checked.genuine is not qr.Genuine.ALTERED:
        return redirect("portal:verification-qr", token)
    return verification_qr.shown(request, checked)


def _of_file(request: HttpRequest, sent: "UploadedFile[Any]") -> HttpResponse:
    done = _verified(request, sent)
    if done.report.fault == "image" and done.report.qr_genuine == "yes":
        return redirect("portal:verification-qr", qr.token_of(done.report.qr))
    return redirect("portal:verification-report", done.key)


def _verified(request: HttpRequest, sent: "UploadedFile[Any]") -> verifying.Verified:
    """Verify the upload where it lies; what came in memory is put aside for as long as it takes."""
    told = sent.content_type or ""  # only for the ending of the name that is shown again
    name = clean_name(sent.name or "", told if told in ENDINGS else "application/pdf")
    by, at = actor_of(request), timezone.now()
    placed = getattr(sent, "temporary_file_path", None)
    if placed is not None:
        return verifying.verify(source=Path(placed()), name=name, by=by, at=at)
    with NamedTemporaryFile(prefix="motcua-verify-") as file:
        for chunk in sent.chunks():
            file.write(chunk)
        file.flush()
        return verifying.verify(source=Path(file.name), name=name, by=by, at=at)


def _asked(request: HttpRequest, typed: VerificationForm) -> HttpResponse:
    context = {"form": typed, "crumbs": crumbs(), "place": "verification"}
    status = 422 if typed.errors else 200
    return render(request, "portal/verification.html", context, status=status)


def crumbs() -> list[Crumb]:
    """Return the way to these pages."""
    return [Crumb(_("Trang đầu"), "/")]


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that there were too many tries."""
    said = _("Bạn đã thử nhiều lần. Xin đợi 10 phút rồi thử lại, hoặc gọi 1022 để được giúp.")
    context = {"title": _("Thử quá nhiều lần"), "words": said, "status": 429}
    return render(request, "ui/error.html", context, status=429)
