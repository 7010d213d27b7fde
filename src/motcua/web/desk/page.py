"""What the dossier's page shows, put together from the dossier as a whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import queries as documents
from motcua.documents.queries.reading import Question
from motcua.dossiers import queries
from motcua.dossiers.queries import desk, readings
from motcua.feedback.queries import lists as feedback
from motcua.supervision.queries import duties, watching
from motcua.web.desk import kho
from motcua.web.desk.act_forms import OpinionForm
from motcua.web.desk.acts import DEEDS, Deed
from motcua.web.desk.foreseen import foreseen
from motcua.web.desk.names import PRIMARY
from motcua.web.desk.supervision_warnings import lines_of
from motcua.web.ui.parts import Event
from motcua.workflow import queries as workflow

if TYPE_CHECKING:
    from motcua.documents.models import File
    from motcua.dossiers.models import Dossier, Paper

ICONS = {
    "dossier.filed": "paper",
    "dossier.accepted": "tray",
    "dossier.received": "tray",
    "dossier.intake_refused": "x",
    "dossier.supplement_requested": "plus",
    "dossier.supplement_answered": "paper",
    "dossier.assigned": "users",
    "dossier.opinion_asked": "chat",
    "dossier.opinion_given": "chat",
    "dossier.opinion_silent": "alert",
    "dossier.step_done": "send",
    "dossier.step_sent_back": "back",
    "dossier.result_issued": "stamp",
    "dossier.result_drafted": "pen",
    "dossier.result_signed": "pen",
    "dossier.result_stamped": "stamp",
    "dossier.result_revoked": "x",
    "dossier.copy_certified": "stamp",
    "dossier.result_returned": "hand",
    "dossier.deadline_extended": "clock",
    "dossier.deadline_recomputed": "cal",
    "dossier.payment_required": "coin",
    "dossier.payment_confirmed": "coin",
    "dossier.withdrawn": "back",
    "dossier.originals_returned": "hand",
    "dossier.handed_over": "send",
    "dossier.taken_over": "tray",
    "dossier.overdue": "alert",
    "dossier.reading_confirmed": "checks",
    "dossier.correction_opened": "pen",
    "dossier.result_corrected": "pen",
}
_WARNED = ("appraiser", "clerk", "head", "chairman", "centre_lead", "controller", "auditor")
TURNS = {"dossier.overdue", "dossier.opinion_silent"}


@dataclass(frozen=True)
class PaperRow:
    """One component with its files."""

    paper: "Paper"
    files: "list[File]"


def address(code: str) -> str:
    """Return the address of a dossier's page."""
    return reverse("desk:dossier", args=[code])


def inbox_address() -> str:
    """Return the address of the inbox."""
    return reverse("desk:inbox")


def context_of(
    dossier: "Dossier",
    *,
    actor: Actor,
    at: datetime,
    deed: Deed | None,
    form: forms.Form | None,
    opinion: dict[int, forms.Form] | None,
) -> dict[str, Any]:
    """Return all that the page needs (at most seventeen queries with those of the session)."""
    whole = queries.whole(dossier, actor=actor, at=at)
    allowed = [one for one in whole.acts if one.act in DEEDS]
    shown = deed or _first(allowed)
    is_mine = shown is not None and any(one.act is shown.act for one in allowed)
    if shown is not None and form is None and is_mine:
        form = shown.shape(whole=whole, actor=actor)
    papers = _papers(dossier, whole)
    return {
        "place": "inbox",
        "dossier": dossier,
        "whole": whole,
        "now": at,
        "is_late": whole.remaining is not None and whole.remaining.tone == "late",
        "left": whole.remaining.words() if whole.remaining else "",
        "step": _step(dossier),
        "foreseen": foreseen(dossier, at=at),
        "papers": papers,
        "questions": _questions(dossier, papers),
        "store": kho.on_dossier(dossier, whole, form=form, at=at),
        "events": _events(whole),
        "opinions": _opinions(whole, actor, opinion or {}),
        "deed": shown if form is not None else None,
        "law": next((one.law for one in allowed if shown and one.act is shown.act), ""),
        "form": form,
        "others": [one for one in allowed if shown is None or one.act is not shown.act],
        "papers_to_print": printable(dossier, whole),
        "beside": desk.neighbours(actor, dossier) if form is not None else desk.Neighbours(),
        "warnings": _warnings(dossier, actor, at),
        "reported": feedback.about_dossier(actor, dossier_id=dossier.pk),
        "duties": duties.of_link(actor, kind="dossier", key=dossier.code),
        "gives_duties": actor.has_role(*duties.OVERSEERS),
        "owed": sum(c.amount_vnd for c in whole.charges if c.state == "due"),
        "paid": sum(c.amount_vnd for c in whole.charges if c.state == "paid"),
    }


def _warnings(dossier: "Dossier", actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The warnings of its ladder, for who settles, leads or controls; none before its clock starts."""
    if dossier.started_at is None or not actor.has_role(*_WARNED):
        return []
    return lines_of(watching.warnings_about(actor, dossier_id=dossier.pk), actor=actor, at=at)


def _first(allowed: list[queries.Allowed]) -> Deed | None:
    acts = {one.act for one in allowed}
    found = next((act for act in PRIMARY if act in acts), None)
    return DEEDS[found] if found else None


def _step(dossier: "Dossier") -> str:
    if not dossier.step_key:
        return ""
    chain = workflow.process_by_id(dossier.process_id).process.chain()
    keys = [step.key for step in chain]
    if dossier.step_key not in keys:
        return dossier.step_name
    return _("%(step)s, bước %(n)d trên %(all)d") % {
        "step": dossier.step_name,
        "n": keys.index(dossier.step_key) + 1,
        "all": len(keys),
    }


def _papers(dossier: "Dossier", whole: queries.Whole) -> list[PaperRow]:
    files: dict[str, list[File]] = {}
    if any(paper.files for paper in whole.papers):
        for file in documents.files_of_case(case_id=dossier.pk):
            files.setdefault(file.component_key, []).append(file)
    return [PaperRow(paper, files.get(paper.component_key, [])) for paper in whole.papers]


def _questions(dossier: "Dossier", papers: list[PaperRow]) -> list[Question]:
    """What the papers that were read leave to ask; nothing is looked up where none was read."""
    is_read = any(hasattr(file, "reading") for row in papers for file in row.files)
    return readings.questions_of(dossier) if is_read else []


def _events(whole: queries.Whole) -> list[Event]:
    return [
        Event(
            title=line.text,
            icon=ICONS.get(line.kind, "check"),
            at=line.at,
            by=f"{line.who}, {line.post}" if line.post else line.who,
            tone="turn" if line.kind in TURNS else "now" if place == 0 else "",
            seal=line.short_hash,
        )
        for place, line in enumerate(whole.trail)
    ]


def _opinions(
    whole: queries.Whole, actor: Actor, bound: dict[int, forms.Form]
) -> list[dict[str, Any]]:
    mine = actor.agency_ids("appraiser", "head", "chairman", "centre_lead", "clerk")
    return [
        {
            "row": row,
            "form": bound.get(row.pk)
            or OpinionForm(auto_id=f"yk{row.pk}_%s", use_required_attribute=False)
            if row.is_open and row.agency_id in mine
            else None,
        }
        for row in whole.consultations
    ]


def printable(dossier: "Dossier", whole: queries.Whole) -> list[tuple[str, str]]:
    """Return the forms that this dossier can be printed on: number and words."""
    found = []
    if dossier.accepted_at:
        found.append(("01", _("Giấy tiếp nhận và hẹn trả")))
    if whole.supplement:
        found.append(("02", _("Phiếu yêu cầu bổ sung")))
    if dossier.state == "rejected" or (dossier.outcome == "refused" and whole.results):
        found.append(("03", _("Phiếu từ chối")))
    if dossier.extension_count:
        found.append(("04", _("Văn bản xin lỗi")))
    if dossier.state in ("withdrawn", "stopped"):
        found.append(("05", _("Thông báo dừng giải quyết")))
    if dossier.accepted_at:
        found.append(("06", _("Phiếu kiểm soát")))
    if whole.results:
        found.append(("result", _("Kết quả")))
    return found
