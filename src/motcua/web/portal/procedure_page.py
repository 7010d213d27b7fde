"""Everything that the page of a procedure shows, gathered once."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import Case, Component, Content
from motcua.documents.papers.data import ChannelLine, ChecklistData, ChecklistItem, Issuer
from motcua.kernel.worktime import OutsideCalendar, Proof, prove
from motcua.web.portal import calendars, plain
from motcua.web.ui import words
from motcua.web.ui.prose import head_and_rest

if TYPE_CHECKING:
    from motcua.catalog.models import Procedure

_LONG_NAME = 90
_LONG_TEXT = 700
_STEPS = 6


@dataclass(frozen=True)
class Page:
    """A procedure for a reader: the version in force, seen for one case."""

    code: str
    name: str
    short_name: str
    field: str
    lead: str
    content: Content
    case: str
    cases: tuple[Case, ...]
    time: plain.Answer
    fee: plain.Answer
    result: plain.Answer
    papers: tuple[plain.PaperLine, ...]
    steps: tuple[str, ...]
    laws: tuple[tuple[str, str], ...]
    proof: Proof | None
    version_number: int
    valid_from: date
    decision: str
    issuer: str
    authority: str
    is_offered: bool
    can_file: bool
    can_guide: bool
    warning: str
    online_note: str
    variants: "list[Procedure]" = dataclasses.field(default_factory=list)

    @property
    def title(self) -> str:
        """The name as a heading; a long official name is cut at a clause and told in full below."""
        short, rest = head_and_rest(self.name, _LONG_NAME)
        return f"{short}…" if rest else self.name

    @property
    def has_long_name(self) -> bool:
        """Whether the heading does not hold the whole official name."""
        return self.title != self.name

    @property
    def first_steps(self) -> tuple[str, ...]:
        """The steps that are shown at once."""
        return self.steps if len(self.steps) <= _STEPS + 1 else self.steps[:_STEPS]

    @property
    def more_steps(self) -> tuple[str, ...]:
        """The steps that are folded away."""
        return self.steps[len(self.first_steps) :]

    @property
    def is_online(self) -> bool:
        """Whether the procedure can be filed online at all."""
        return self.content.channel("online") is not None

    @property
    def has_long_conditions(self) -> bool:
        """Whether the conditions are folded away at first."""
        return len(self.content.conditions) > _LONG_TEXT

    @property
    def case_name(self) -> str:
        """Name of the chosen case, "" when the procedure has none."""
        return next((case.name for case in self.cases if case.key == self.case), "")


def page_of(*, code: str, case: str, now: datetime) -> Page | None:
    """Return the page of a procedure in force, None when there is none of that code.

    case: the chosen case; the first one when it is unknown.
    """
    version = catalog.version_in_force(code, on=words.local_date(now))
    if version is None:
        return None
    content = catalog.content_of(version.pk)
    procedure = version.procedure
    keys = [known.key for known in content.cases]
    chosen = case if case in keys else next(iter(keys), "")
    return Page(
        code=code,
        name=content.name,
        short_name=head_and_rest(content.name, 60)[0],
        field=procedure.field,
        lead=content.plain,
        content=content,
        case=chosen,
        cases=content.cases,
        time=plain.how_long(content, chosen),
        fee=plain.how_much(content, chosen),
        result=plain.what_you_get(content),
        papers=plain.papers(content, chosen),
        steps=plain.steps(content, chosen),
        laws=plain.laws(content),
        proof=example(content, chosen, now),
        version_number=version.number,
        valid_from=version.valid_from,
        decision=version.decision_number,
        issuer=procedure.issuer,
        authority=content.authority,
        is_offered=procedure.is_offered,
        can_file=procedure.is_offered and procedure.online_filing,
        can_guide=procedure.is_offered and procedure.state == "active",
        warning=_warning(procedure),
        online_note=_online_note(procedure, content),
        variants=catalog.variants_of(procedure),
    )


def example(content: Content, case: str, now: datetime) -> Proof | None:
    """Return when a dossier handed in complete at this moment would be due, with its reasons."""
    limit = content.limit_for("counter", case)
    calendar = calendars.known()
    if limit is None or calendar is None:
        return None
    try:
        return prove(calendar, now, limit)
    except OutsideCalendar:
        return None


def _warning(procedure: "Procedure") -> str:
    if procedure.state != "active":
        return _("Thủ tục này đã bãi bỏ. Nội dung dưới đây chỉ để tham khảo.")
    if not procedure.is_offered:
        return _("Thủ tục này do nơi khác công bố, không nộp tại Khánh Hòa. Chỉ để so sánh.")
    return ""


def _online_note(procedure: "Procedure", content: Content) -> str:
    """Say how far the procedure goes online, and why not further (R31, 224/2026/NĐ-CP Điều 14)."""
    if not procedure.is_offered:
        return ""
    said = []
    if content.online_level == "toàn trình" and content.channel("online"):
        said.append(_("Làm trọn qua mạng được, không phải đến quầy."))
    elif content.online_reason:
        reason = content.online_reason.rstrip(".")
        said.append(_("Qua mạng chỉ làm được một phần: %s.") % (reason[:1].lower() + reason[1:]))
    elif content.channel("online") is None:
        said.append(_("Thủ tục này chưa nhận qua mạng."))
    if not procedure.online_filing and content.channel("online"):
        code = {"code": procedure.code}
        said.append(_("Trên Cổng Dịch vụ công quốc gia, tìm theo mã %(code)s.") % code)
    return " ".join(said)


def checklist_data(page: Page) -> ChecklistData:
    """Return the page as the data of the checklist's paper."""
    issuer = Issuer(
        name="Trung tâm Phục vụ hành chính công tỉnh Khánh Hòa",
        code="H32.01.01",
        place="Khánh Hòa",
        parent="Ủy ban nhân dân tỉnh Khánh Hòa",
        phone="1022",
    )
    return ChecklistData(
        issuer=issuer,
        procedure_code=page.code,
        procedure_name=page.name,
        items=tuple(_item(component) for component in page.content.components_for(page.case)),
        case_name=page.case_name,
        plain=page.lead,
        channels=tuple(_channel(page.content, c.kind, page.case) for c in page.content.channels),
        results=tuple(result.name for result in page.content.results),
        legal=tuple(f"{law.number}: {law.name}" for law in page.content.legal),
    )


def guidance_text(page: Page) -> str:
    """Return in words what the page told, for the record of guidance."""
    brought = [line.name for line in page.papers if not line.is_free]
    return " ".join(
        [
            f"{page.name} ({page.case_name})." if page.case_name else f"{page.name}.",
            f"Thời hạn: {page.time.short}. Phí, lệ phí: {page.fee.short}.",
            "Giấy tờ phải nộp: " + ("; ".join(brought) or "không có") + ".",
        ]
    )


def _item(component: Component) -> ChecklistItem:
    return ChecklistItem(
        name=component.name,
        originals=component.originals,
        copies=component.copies,
        required=component.required,
        held_by=str(plain.DATABASES.get(component.held_by, component.held_by)),
        note=component.note,
    )


def _channel(content: Content, kind: str, case: str) -> ChannelLine:
    limit, fee = plain.limit_words(content, kind, case), plain.charge_words(content, kind, case)
    return ChannelLine(name=str(plain.CHANNELS.get(kind, kind)), limit_text=limit, fee_text=fee)
