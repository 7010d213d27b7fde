"""The report forms of a period and an agency, from the figures; who may read which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from motcua.directory.actor import Actor
from motcua.directory.models import Post
from motcua.directory.queries import cards
from motcua.dossiers.queries.papers import issuer_of
from motcua.reporting import rules
from motcua.reporting.forms import (
    evidence,
    overdue,
    periods,
    quarterly,
    rights,
    settlement,
    writing,
)
from motcua.reporting.forms.causes import rules_on
from motcua.reporting.forms.settlement import Counts, Part
from motcua.reporting.forms.sheet import Issuer, Sheet, Value
from motcua.reporting.models.forms import AddedReason, KeptForm, SentForm
from motcua.reporting.queries import evidence_figures, late_reasons, register_lines, scores
from motcua.reporting.queries.counts import counts_of, total_of, upto
from motcua.reporting.queries.keeping import kept
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period

PROVINCE_NAME, PROVINCE_CODE, PLACE = "Ủy ban nhân dân tỉnh Khánh Hòa", "H32", "Khánh Hòa"
OFFICE = "Văn phòng Ủy ban nhân dân tỉnh Khánh Hòa"
NO_FIELD = "Chưa rõ lĩnh vực"
EXPLAINED = (
    (
        "Mỗi hồ sơ tính một nguyên nhân: phần việc vượt nhiều nhất so với thời gian được giao, tính"
        " theo giờ làm việc, không tính lúc chờ người dân. Thời gian của từng bước lấy theo quy"
        " trình nội bộ đã phê duyệt của thủ tục ấy; chuyển hồ sơ giấy và phân công lấy theo tỷ lệ"
        " trong cấu hình."
    ),
    (
        "Sự kiện chỉ ghi lúc một bước làm xong, nên “thẩm định” gồm cả lúc hồ sơ nằm chờ người thụ"
        " lý bắt tay vào việc; không vượt phần nào thì ghi “chưa rõ từ dữ kiện”."
    ),
)
WAYS = {
    "axis": _("Trục liên thông văn bản"),
    "system": _("Hệ thống thông tin báo cáo"),
    "mail": _("Thư điện tử công vụ"),
    "paper": _("Văn bản giấy"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of form: its name, its law, and for whom it is made.

    `whose`: "agency" (one agency), "province", or "both".
    """

    key: str
    number: str
    title: str
    law: str
    whose: str


KINDS = {
    one.key: one
    for one in (
        Kind("06a", "Biểu số II.06a/VPCP/KSTT",
             "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị",
             "02/2017/TT-VPCP", "agency"),
        Kind("06b", "Biểu số II.06b/VPCP/KSTT",
             "Tổng hợp tình hình, kết quả giải quyết thủ tục hành chính",
             "02/2017/TT-VPCP", "province"),
        Kind("07b", "Biểu số II.07b/VPCP/KSTT",
             "Nguyên nhân quá hạn trong giải quyết thủ tục hành chính",
             "02/2017/TT-VPCP", "both"),
        Kind("register", "Mẫu số 07", "Sổ theo dõi hồ sơ", "03/2025/TT-VPCP", "agency"),
        Kind("quarterly", "Báo cáo kỳ",
             "Báo cáo tình hình, kết quả giải quyết thủ tục hành chính", "", "province"),
        Kind("agencies", "Bảng chấm điểm cơ quan",
             "Đánh giá việc giải quyết thủ tục hành chính của cơ quan, đơn vị",
             "01/2018/TT-VPCP", "province"),
        Kind("officers", "Bảng chấm điểm cán bộ",
             "Đánh giá việc giải quyết thủ tục hành chính của cán bộ, công chức",
             "01/2018/TT-VPCP", "both"),
        Kind("evidence", "Bảng minh chứng",
             "Số liệu minh chứng cho PAR INDEX, SIPAS, PAPI và DTI", "", "both"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which form of which period and agency is asked for, by whom; `by`: how 06b is broken down."""

    kind: Kind
    period: periods.FormPeriod
    agency: cards.AgencyCard | None
    actor: Actor
    at: datetime
    by: str = "agency"

    @property
    def span(self) -> Period:
        """Return the period as figures know it."""
        return span_of(self.period, at=self.at)


def span_of(period: periods.FormPeriod, *, at: datetime) -> Period:
    """Return a reporting period as figures know it: as it stood at its end, or stands at a moment.

    One that is a calendar quarter, month or year is asked for as such: then it is kept once read.
    """
    local = timezone.localtime(at)
    whole = rules.period(period.kind, at=local, first=period.first)
    if whole.first == period.first and (whole.last == period.last or whole.is_current):
        return whole
    return rules.period("custom", at=local, first=period.first, last=period.last)


def may_read(wanted: Wanted) -> bool:
    """Tell whether this person reads the form."""
    agency = wanted.agency.id if wanted.agency else None
    actor, form = wanted.actor, wanted.kind.key
    return rights.reads(actor, form=form, agency_id=agency) or rights.reads_own_line(
        actor, form=form, agency_id=agency
    )


def is_whole(wanted: Wanted) -> bool:
    """Tell whether the form is made for what is asked: one agency, or the province."""
    whose = wanted.kind.whose
    return whose == "both" or (whose == "agency") == (wanted.agency is not None)


def sheet_of(wanted: Wanted) -> Sheet:
    """Return the form with its figures; the caller has asked `may_read` and `is_whole`.

    What a person sees of a form does not change it, but for the register (the dossiers that they
    may read) and the officers' scores (the own line, for whoever sees no other).
    """
    make = _MAKERS[wanted.kind.key]
    if wanted.kind.key in (rights.REGISTER, rights.OFFICERS):
        return make(wanted)
    span, code = wanted.span, wanted.agency.code if wanted.agency else ""
    when = f"{span.start.timestamp()}:{span.until.timestamp()}"
    name = f"form:{wanted.kind.key}:{when}:{code}:{wanted.by}:{upto()[0]}"
    if wanted.kind.key == "07b":
        name += f":{_reasons_added(wanted).count()}"
    return kept(name, lambda: make(wanted))


def head_of(wanted: Wanted) -> Sheet:
    """Return the form without figures: what stands above and below them."""
    span, kind = wanted.span, wanted.kind
    issuer = _issuer(wanted.agency)
    is_province = wanted.agency is None
    return Sheet(
        form=kind.key,
        number=kind.number,
        title=kind.title,
        law=kind.law,
        issuer=issuer,
        period=wanted.period.words,
        first=span.first,
        last=wanted.period.last,
        until=span.until,
        receiver="Văn phòng Chính phủ" if is_province else OFFICE,
        signers=("Người lập biểu", "Thủ trưởng đơn vị"),
    )


def _issuer(agency: cards.AgencyCard | None) -> Issuer:
    if agency is None:
        return Issuer(name=PROVINCE_NAME, code=PROVINCE_CODE, place=PLACE)
    paper = issuer_of(agency.id)
    parent = paper.parent or (PROVINCE_NAME if agency.name != PROVINCE_NAME else "")
    return Issuer(name=paper.name, code=paper.code, place=paper.place, parent=parent)


def fields_of(span: Period, agency: cards.AgencyCard | None) -> dict[str, Counts]:
    """Return the counts of Biểu II.06a of one agency, or of all, by field."""
    found = counts_of(span, by=("field",), scope=Scope(agency=agency))
    return {name or NO_FIELD: line_of(counts) for (name,), counts in found.items()}


def line_of(counts: Mapping[str, int]) -> Counts:
    """Return one line's counts from the figures: what waits for the person is not overdue (12)."""
    return Counts(
        online=counts["online"],
        direct=counts["received"] - counts["online"],
        carried=counts["carried"],
        early=counts["early"],
        in_term=counts["on_time"] - counts["early"] + counts.get("apart", 0),
        late=counts["late"],
        in_time=counts["in_time"] + counts["waiting"],
        overdue=counts["overdue"],
    )


def parts_of(span: Period) -> list[Part]:
    """Return every agency's Biểu II.06a."""
    fields: dict[int, dict[str, Counts]] = {}
    for (key, name), counts in counts_of(span, by=("competent_id", "field")).items():
        fields.setdefault(key, {})[name or NO_FIELD] = line_of(counts)
    return [
        Part(
            code=cards.card(key).code,
            name=cards.card(key).name,
            level="commune" if cards.card(key).level == "commune" else "province",
            fields=own,
        )
        for key, own in fields.items()
    ]


def kept_form(wanted: Wanted) -> KeptForm | None:
    """Return the form as it was made or sent, None where nobody made it yet."""
    code = wanted.agency.code if wanted.agency else ""
    return KeptForm.objects.filter(
        form=wanted.kind.key, period=wanted.period.name, agency_code=code
    ).first()


def stream_of(row: KeptForm) -> str:
    """Return the stream in which the facts of a form are."""
    return f"report:{row.form}:{row.period}:{row.agency_code}"[:64]


def breakdown_of(sheet: Sheet) -> str:
    """Return how a form is broken down: Biểu II.06b by agency or by field."""
    fields = sheet.form == "06b" and any(row.opens[0] == "field" for row in sheet.rows)
    return "field" if fields else "agency"


def sendings_of(row: KeptForm | None) -> list[SentForm]:
    """Return to whom a form was sent, the first on top."""
    return list(row.sendings.order_by("at", "pk")) if row is not None else []


def changes_since(row: KeptForm, sheet: Sheet) -> list[tuple[str, str, Value, Value]]:
    """Return what is counted otherwise by now: row, column, as it was sent, as it is."""
    return writing.changes(writing.from_document(row.figures), sheet)


def kept_forms(period: periods.FormPeriod) -> dict[tuple[str, str], KeptForm]:
    """Return every form that was made of a period, by its kind and agency."""
    rows = KeptForm.objects.filter(period=period.name).defer("figures")
    rows = rows.prefetch_related("sendings")
    return {(row.form, row.agency_code): row for row in rows}


def kept_file(row: KeptForm, kind: str) -> bytes | None:
    """Return a file of a kept form, None where there is none of that kind."""
    found = row.files.filter(kind=kind).values_list("content", flat=True).first()
    return bytes(found) if found is not None else None


def agencies_of(*, whom: str) -> "list[cards.AgencyCard | None]":
    """Return for whom a line of the schedule asks: None is the province."""
    if whom == "province":
        return [None]
    level = {"departments": "province", "communes": "commune"}[whom]
    kinds = ("department", "sector") if level == "province" else ("committee",)
    return [card for card in cards.all_cards() if card.level == level and card.kind in kinds]


def agencies_with(*, role: str, on: date) -> list[int]:
    """Return the agencies at which somebody holds a role on a day."""
    rows = Post.objects.filter(role=role, valid_from__lte=on, account__is_active=True)
    found = rows.exclude(valid_to__lt=on).order_by("agency_id").values_list("agency_id", flat=True)
    return list(dict.fromkeys(found))


def _06a(wanted: Wanted) -> Sheet:
    return settlement.one_agency(head_of(wanted), fields_of(wanted.span, wanted.agency))


def _06b(wanted: Wanted) -> Sheet:
    make = settlement.by_field if wanted.by == "field" else settlement.by_agency
    sheet = make(head_of(wanted), parts_of(wanted.span))
    return settlement.with_whole(sheet, line_of(total_of(wanted.span)))


def _07b(wanted: Wanted) -> Sheet:
    reasons = rules_on(wanted.period.last)
    span = wanted.span
    fields = late_reasons.by_field(span, agency=wanted.agency, rules=reasons)
    added = [
        f"{row.field}: {row.text} ({row.by_name})" if row.field else f"{row.text} ({row.by_name})"
        for row in _reasons_added(wanted)
    ]
    named = {name or NO_FIELD: late for name, late in fields.items()}
    sheet = overdue.reasons_of_overdue(head_of(wanted), named, rules=reasons, added=added)
    total = total_of(span, scope=Scope(agency=wanted.agency))
    sheet = replace(sheet, notes=(*EXPLAINED, *sheet.notes))
    return overdue.with_settlement(sheet, total["late"], total["overdue"])


def _reasons_added(wanted: Wanted) -> "QuerySet[AddedReason]":
    code = wanted.agency.code if wanted.agency else ""
    rows = AddedReason.objects.filter(period=wanted.period.name, agency_code=code)
    return rows.order_by("at", "pk")


def _quarterly(wanted: Wanted) -> Sheet:
    span = wanted.span
    reasons = rules_on(wanted.period.last)
    late = late_reasons.by_field(span, agency=None, rules=reasons).values()
    before = periods.previous(wanted.period)
    agencies = evidence_figures.numbers_by_agency(span)
    told = quarterly.Told(
        levels=evidence_figures.numbers_by_level(agencies),
        before=evidence_figures.numbers(span_of(before, at=wanted.at), level=""),
        before_words=before.words,
        agencies=[(_named(key), own) for key, own in agencies.items()],
        reasons=[
            quarterly.Why(one.key, one.words, sum(row.reasons.get(one.key, 0) for row in late))
            for one in reasons.reasons
        ],
    )
    return quarterly.report(head_of(wanted), told)


def _named(agency_id: int) -> quarterly.Named:
    card = cards.card(agency_id)
    return quarterly.Named(card.code, card.name)


def _evidence(wanted: Wanted) -> Sheet:
    return evidence.sheet(
        head_of(wanted), evidence_figures.shown(wanted.span, agency=wanted.agency)
    )


def _agencies(wanted: Wanted) -> Sheet:
    return scores.agencies(head_of(wanted), wanted.span)


def _officers(wanted: Wanted) -> Sheet:
    agency = wanted.agency.id if wanted.agency else None
    own = None
    if not rights.reads(wanted.actor, form=wanted.kind.key, agency_id=agency):
        own = wanted.actor.account_id
    return scores.officers(head_of(wanted), wanted.span, agency=wanted.agency, only=own)


def _register(wanted: Wanted) -> Sheet:
    return register_lines.sheet(head_of(wanted), wanted.span, wanted.agency, wanted.actor)


_MAKERS: dict[str, Callable[[Wanted], Sheet]] = {
    "06a": _06a,
    "06b": _06b,
    "07b": _07b,
    "register": _register,
    "quarterly": _quarterly,
    "agencies": _agencies,
    "officers": _officers,
    "evidence": _evidence,
}
