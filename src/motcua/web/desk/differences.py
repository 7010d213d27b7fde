"""Our catalogue beside the lists: load a list, look through what differs, settle it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalog import differing
from motcua.catalog import queries as known
from motcua.catalog import services as catalog
from motcua.catalog.comparing import wording
from motcua.catalog.comparing.lists import read_bytes
from motcua.catalog.differing import Wanted
from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused
from motcua.ledger.queries import Told
from motcua.supervision.queries import duties
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.inputs import day, line, text
from motcua.web.ui.parts import Event, Tab, page_links
from motcua.workflow import lengths

if TYPE_CHECKING:
    from motcua.catalog.models import Difference

SETTLERS = differing.READERS
PER_PAGE = 25
MOST_BYTES = 20 * 1024 * 1024
_TABS = (
    ("open", _later("Chờ xử lý")),
    ("mine", _later("Giao cho tôi")),
    ("late", _later("Quá hạn")),
    ("settled", _later("Đã xử lý")),
    ("kept", _later("Giữ nguyên")),
)
_ICONS = {
    "difference.found": "search", "difference.changed": "pen", "difference.reopened": "back",
    "difference.gone": "check", "difference.assigned": "send", "difference.settled": "check",
    "difference.kept": "hand", "difference.noted": "chat",
}  # fmt: skip


class ListForm(forms.Form):
    against = forms.ChoiceField(
        label=_later("So với"),
        choices=(
            ("decision", _later("quyết định công bố, danh sách của xã")),
            ("national", _later("danh mục quốc gia")),
        ),
    )
    name = line(
        _later("Tên danh sách hoặc số quyết định"),
        hint=_later("Lần sau dùng lại đúng tên này để máy nhận ra sai khác đã biết."),
        most=100,
    )
    file = forms.FileField(
        label=_later("Tệp danh sách (CSV hoặc JSONL)"),
        help_text=_later("Có cột tên thủ tục; mã, lĩnh vực, bộ, đường dẫn trực tuyến nếu có."),
        error_messages={"required": _later("Hãy chọn tệp danh sách.")},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what no list is as large as."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("Tệp lớn hơn 20 MB; danh mục lớn thì dùng lệnh motcua catalog compare.")
            )
        return file


class AssignForm(forms.Form):
    owner = forms.TypedChoiceField(
        label=_later("Người xử lý"),
        coerce=int,
        error_messages={
            "required": _later("Chọn người xử lý."),
            "invalid_choice": _later("Chọn người xử lý."),
        },
    )
    due_on = day(_later("Xong trước ngày"))
    words = text(_later("Ghi chú"), rows=2, required=False)


class WordsForm(forms.Form):
    words = text(_later("Cách xử lý, hoặc lý do giữ nguyên"), rows=3)


@staff(*SETTLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def differences(request: HttpRequest) -> HttpResponse:
    """List what differs; a list that is sent in is compared at once."""
    actor = actor_of(request)
    form = ListForm(request.POST or None, request.FILES or None, auto_id="ds_%s")
    if request.method == "POST" and form.is_valid():
        try:
            _compare(request, form, actor)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("desk:differences")
    context = _listed(request, actor) | {"place": "differences", "form": form}
    return render(
        request, "desk/differences/list.html", context, status=422 if form.errors else 200
    )


def _compare(request: HttpRequest, form: ListForm, actor: Actor) -> None:
    typed = form.cleaned_data
    content = typed["file"].read()
    announced = read_bytes(content)
    announced.is_whole &= typed["against"] == "national"
    done = catalog.compare_lists(
        against=typed["against"],
        name=typed["name"],
        announced=announced,
        content=content,
        processes=lengths.offered(on=timezone.localdate()),
        by=actor,
        at=timezone.now(),
    )
    said = _(
        "Đã so %(rows)d thủ tục: %(found)d sai khác mới, %(known)d đã biết, %(gone)d không còn."
    )
    messages.success(
        request,
        said % {"rows": done.comparison.rows, "found": done.found, "known": done.known,
                "gone": done.gone},
    )  # fmt: skip
    if done.reopened:
        messages.warning(
            request, _("%d việc đã đóng nay mở lại vì vẫn thấy.") % done.reopened
        )  # fmt: skip


def _listed(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    said, today = request.GET, timezone.localdate()
    tab = said.get("loc", "open")
    wanted = Wanted(
        tab if tab in differing.TABS else "open", said.get("loai", "")[:12],
        said.get("ds", "")[:120],
    )  # fmt: skip
    counts = differing.counts(actor=actor, on=today)
    kinds, words = differing.by_kind(wanted, actor=actor, on=today), wording.kinds()
    shown = Paginator(differing.differences(wanted, actor=actor, on=today), PER_PAGE).get_page(
        said.get("trang")
    )
    return {
        "tabs": [
            Tab(str(word), f"?loc={key}", counts[key], is_current=key == wanted.tab)
            for key, word in _TABS
        ],
        "wanted": wanted,
        "kinds": [(key, word, kinds[key]) for key, word in words.items() if key in kinds],
        "lists": differing.lists(),
        "page": shown,
        "rows": [(row, words.get(row.kind, row.kind)) for row in shown],
        "links": page_links(
            number=shown.number, last=shown.paginator.num_pages, query=said.dict()
        ),
        "today": today,
    }


@staff(*SETTLERS)
@require_safe
def difference(request: HttpRequest, key: int) -> HttpResponse:
    """Show one difference: here and there, a proposal, who has it, what happened."""
    return _one(request, _found(key))


@staff(*SETTLERS)
@require_POST
def act(request: HttpRequest, key: int, noun: str) -> HttpResponse:
    """Assign, settle, keep or note a difference."""
    row = _found(key)
    form = _form_of(noun, request)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            words = _done(noun, row.pk, form.cleaned_data, actor_of(request))
        except Refused as refusal:
            field = {"note": "words"}.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            messages.success(request, words)
            return redirect("desk:difference", row.pk)
    return _one(request, row, noun, form)


def _form_of(noun: str, request: HttpRequest) -> forms.Form | None:
    if noun == "assignment":
        return _assigning(request.POST)
    if noun in ("settlement", "keeping", "note"):
        return WordsForm(request.POST, auto_id="xl_%s")
    return None


def _assigning(given: Any = None, row: "Difference | None" = None) -> AssignForm:  # noqa: ANN401  POST data
    initial = {"owner": row.owner_id, "due_on": row.due_on} if row is not None else {}
    form = AssignForm(given, initial=initial, auto_id="giao_%s")
    owners = differing.owners(SETTLERS, on=timezone.localdate())
    form.fields["owner"].choices = [(one.pk, one.name) for one in owners]  # type: ignore[attr-defined]
    return form


def _done(noun: str, key: int, typed: dict[str, Any], actor: Actor) -> str:
    at = timezone.now()
    if noun == "assignment":
        catalog.assign(
            difference=key, owner=typed["owner"], due_on=typed["due_on"], words=typed["words"],
            by=actor, at=at,
        )  # fmt: skip
        return _("Đã giao xử lý.")
    verb = {
        "settlement": catalog.settle, "keeping": catalog.keep, "note": catalog.write_note,
    }[noun]  # fmt: skip
    verb(difference=key, words=typed["words"], by=actor, at=at)
    return {
        "settlement": _("Đã ghi là đã xử lý; lần so sau sẽ kiểm tra lại."),
        "keeping": _("Đã giữ nguyên, có lý do."),
        "note": _("Đã ghi chú."),
    }[noun]


def _found(key: int) -> "Difference":
    row = differing.difference(key)
    if row is None:
        raise Http404
    return row


def _one(
    request: HttpRequest, row: "Difference", noun: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "place": "differences",
        "row": row,
        "kind": wording.kinds().get(row.kind, row.kind),
        "proposal": wording.proposal(row.kind),
        "assigning": form if noun == "assignment" else _assigning(row=row),
        "closing": form if noun and noun != "assignment" else WordsForm(auto_id="xl_%s"),
        "history": [
            Event(_said(told), _ICONS.get(told.kind, "info"), told.at, by=told.actor_name)
            for told in differing.history(row)[::-1]
        ],
        "duty": _duty(row) if actor.has_role(*duties.OVERSEERS) else "",
        "duties": duties.of_link(actor, kind="difference", key=str(row.pk)),
        "is_known": bool(row.code) and known.procedure_of(row.code) is not None,
        "today": timezone.localdate(),
    }
    return render(request, "desk/differences/one.html", context, status=422 if form else 200)


def _duty(row: "Difference") -> str:
    """The address where a duty about it is given, where there is one."""
    try:
        return f"{reverse('desk:duty-new')}?difference={row.pk}"
    except NoReverseMatch:
        return ""


def _said(told: Told) -> str:
    body = told.body
    if told.kind == "difference.assigned":
        due = date.fromisoformat(str(body["due_on"]))
        return _("Giao %(owner)s, hạn %(due)s") % {
            "owner": body["owner"], "due": f"{due:%d/%m/%Y}"
        }  # fmt: skip
    words = {
        "difference.found": _("Mới thấy sai khác"),
        "difference.changed": _("Nội dung hai bên đã đổi"),
        "difference.reopened": _("Lần so sau vẫn thấy, mở lại"),
        "difference.gone": _("Lần so sau không còn thấy, đóng lại"),
        "difference.settled": _("Đã xử lý: %s") % body.get("note", ""),
        "difference.kept": _("Giữ nguyên: %s") % body.get("reason", ""),
        "difference.noted": _("Ghi chú: %s") % body.get("note", ""),
    }
    return words.get(told.kind, told.kind)
