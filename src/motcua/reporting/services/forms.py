"""The verbs of report forms: make and keep one, close it, put words beside its figures."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import cards
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import VIETNAM
from motcua.ledger import services as ledger
from motcua.notifications import services as notifications
from motcua.reporting.forms import periods, rights, writing
from motcua.reporting.forms.events import FormClosed, FormFact, FormMade, ReasonAdded
from motcua.reporting.forms.pdf import as_pdf
from motcua.reporting.forms.sheet import Sheet
from motcua.reporting.forms.xlsx import as_xlsx
from motcua.reporting.models.forms import AddedReason, KeptFile, KeptForm
from motcua.reporting.queries import forms as read
from motcua.reporting.queries.counts import check_built, upto
from motcua.reporting.queries.proof import digest_of

LAW = "02/2017/TT-VPCP"
MOST_CHARS = 1000
KINDS: dict[str, Callable[[Sheet, datetime], bytes]] = {
    "xlsx": lambda sheet, _at: as_xlsx(sheet),
    "pdf": lambda sheet, at: as_pdf(sheet, at=at),
    "csv": lambda sheet, _at: writing.as_csv(sheet),
}


class NoSuchForm(Refused):
    """No form, period or agency has this name, or the form is not made for such an agency."""

    field = "form"


class NotAllowed(Refused):
    """This person may not make or close this form."""


class PeriodRuns(Refused):
    """The period still runs, so the form cannot be closed."""

    field = "period"


class AlreadyClosed(Refused):
    """The form was closed before; it stays as it was closed."""

    field = "period"


class DoesNotBalance(Refused):
    """An identity of the form does not hold: it is not closed like this."""


class ReasonMissing(Refused):
    """The words say too little, or too much."""

    field = "text"


def wanted(
    *, form: str, period: str, agency: str = "", by: Actor, at: datetime, breakdown: str = "agency"
) -> read.Wanted:
    """Return what is asked for, by its names.

    Raises NoSuchForm: no form, period or agency is called so, or they do not go together.
    """
    kind, spoken = read.KINDS.get(form), periods.period(period)
    card = cards.card_by_code(agency) if agency else None
    if kind is None:
        raise NoSuchForm(f"Không có biểu “{form}”.")
    if spoken is None:
        raise NoSuchForm("Kỳ viết như 2025Q3, 2025-09 hoặc 2025.", field="period")
    if spoken.first > at.astimezone(VIETNAM).date():
        raise NoSuchForm(f"{spoken.words} chưa bắt đầu nên chưa có số liệu.", field="period")
    if agency and card is None:
        raise NoSuchForm(f"Không có cơ quan nào mang mã {agency}.", field="agency")
    asked = read.Wanted(kind, spoken, card, by, at, breakdown)
    if not read.is_whole(asked):
        raise NoSuchForm(
            "Biểu này lập cho một cơ quan: chọn cơ quan."
            if kind.whose == "agency"
            else "Biểu này lập cho toàn tỉnh, không cho một cơ quan.",
            field="agency",
        )
    return asked


def rendered(*, sheet: Sheet, kind: str, at: datetime) -> bytes:
    """Return a form as a file: "xlsx", "pdf" or "csv"."""
    return KINDS[kind](sheet, at)


@transaction.atomic
def make(*, asked: read.Wanted) -> KeptForm:
    """Make the form and keep it with its files; one made before is replaced, a closed one never.

    Raises NotAllowed, AlreadyClosed, NotReady.
    Source: 02/2017/TT-VPCP.
    """
    _allow(asked)
    check_built()
    row = _locked(asked)
    if row is not None and row.is_closed:
        raise AlreadyClosed("Biểu này đã chốt, giữ nguyên như lúc chốt.", law=LAW)
    known = upto()[0]
    sheet = read.sheet_of(asked)
    row, _is_made = KeptForm.objects.update_or_create(
        form=asked.kind.key,
        period=asked.period.name,
        agency_code=_code(asked),
        defaults={
            "figures": writing.as_document(sheet),
            "upto": known,
            "made_at": asked.at,
            "made_by": asked.actor.key,
            "made_by_name": asked.actor.name[:120],
        },
    )
    files = _keep_files(row, sheet, asked.at)
    digest = digest_of(row.figures)
    _record(FormMade(**_named(row), files=files, balances=sheet.balances, figures=digest), asked)
    return row


@transaction.atomic
def close(*, asked: read.Wanted) -> KeptForm:
    """Close a form: it is kept as it is now, byte for byte; then it can be sent.

    Raises NotAllowed, PeriodRuns, AlreadyClosed, DoesNotBalance.
    Source: 02/2017/TT-VPCP.
    """
    _allow(asked)
    if asked.period.last >= asked.at.astimezone(asked.span.until.tzinfo).date():
        raise PeriodRuns("Kỳ này chưa kết thúc nên chưa chốt được.", law=LAW)
    row = make(asked=asked)
    sheet = writing.from_document(row.figures)
    if not sheet.balances:
        broken = ", ".join(check.words for check in sheet.checks if not check.holds)
        raise DoesNotBalance(f"Biểu chưa khớp ({broken}) nên chưa chốt được.", law=LAW)
    row.closed_at, row.closed_by = asked.at, asked.actor.key
    row.closed_by_name = asked.actor.name[:120]
    row.save(update_fields=["closed_at", "closed_by", "closed_by_name"])
    digest = digest_of(row.figures)
    _record(FormClosed(**_named(row), files=_hashes(row), figures=digest), asked)
    return row


@transaction.atomic
def add_reason(*, asked: read.Wanted, text: str, field: str = "") -> AddedReason:
    """Put words beside the figures of overdue dossiers; the figures stay what the facts say.

    Raises NotAllowed, AlreadyClosed, ReasonMissing.
    Source: 02/2017/TT-VPCP biểu II.07b.
    """
    _allow(asked)
    words = " ".join(text.split())
    if not 5 <= len(words) <= MOST_CHARS:
        raise ReasonMissing("Giải trình từ 5 đến 1.000 ký tự.")
    row = _locked(asked)
    if row is not None and row.is_closed:
        raise AlreadyClosed("Biểu này đã chốt, không thêm giải trình được.", law=LAW)
    added = AddedReason.objects.create(
        period=asked.period.name,
        agency_code=_code(asked),
        field=field[:200],
        text=words,
        by=asked.actor.key,
        by_name=asked.actor.name[:120],
        at=asked.at,
    )
    fact = ReasonAdded(
        form=asked.kind.key, period=asked.period.name, agency_code=_code(asked),
        field=field[:200], text=words,
    )  # fmt: skip
    _record(fact, asked)
    return added


def make_due(*, at: datetime, back: int = 1) -> int:
    """Make every form of the schedule that is due and not made yet, and tell the controllers.

    Returns how many were made. Source: rule of the house (forms/schedule.toml).
    """
    made = []
    for asked in due_forms(at=at, back=back):
        is_there = KeptForm.objects.filter(
            form=asked.kind.key, period=asked.period.name, agency_code=_code(asked)
        ).exists()
        if not is_there:
            made.append(make(asked=asked))
    if made:
        _tell(made, at)
    return len(made)


def due_forms(*, at: datetime, back: int = 1) -> list[read.Wanted]:
    """Return what the schedule asks for of the periods that are over, as the system would make it."""
    found = []
    for one in periods.due(at.date(), back=back):
        kind = read.KINDS[one.duty.form]
        found += [
            read.Wanted(kind, one.period, card, SYSTEM, at)
            for card in read.agencies_of(whom=one.duty.whom)
        ]
    return found


def _tell(made: list[KeptForm], at: datetime) -> None:
    for agency_id in read.agencies_with(role="controller", on=at.date()):
        notice = notifications.Notice(
            key=f"report-made:{at.date()}:{agency_id}",
            template="report-made",
            context={
                "count": len(made),
                "agency": cards.name_of(agency_id),
                "who": "",
                "at": at.isoformat(),
                "code": "",
            },
            about="",
            at=at,
        )
        notifications.tell_post(notice=notice, agency_id=agency_id, role="controller")


def _allow(asked: read.Wanted) -> None:
    agency = asked.agency.id if asked.agency else None
    if asked.actor is SYSTEM or rights.closes(asked.actor, form=asked.kind.key, agency_id=agency):
        return
    raise NotAllowed(
        "Chỉ kiểm soát thủ tục hành chính hoặc thủ trưởng cơ quan được lập, chốt biểu này."
    )


def _locked(asked: read.Wanted) -> KeptForm | None:
    return (
        KeptForm.objects.select_for_update()
        .filter(form=asked.kind.key, period=asked.period.name, agency_code=_code(asked))
        .first()
    )


def _code(asked: read.Wanted) -> str:
    return asked.agency.code if asked.agency else ""


def _keep_files(row: KeptForm, sheet: Sheet, at: datetime) -> dict[str, str]:
    for kind, make_file in KINDS.items():
        content = make_file(sheet, at)
        KeptFile.objects.update_or_create(
            of=row,
            kind=kind,
            defaults={"content": content, "sha256": hashlib.sha256(content).hexdigest()},
        )
    return _hashes(row)


def _hashes(row: KeptForm) -> dict[str, str]:
    return dict(row.files.order_by("kind").values_list("kind", "sha256"))


def _named(row: KeptForm) -> dict[str, str]:
    return {"form": row.form, "period": row.period, "agency_code": row.agency_code}


def _record(fact: FormFact, asked: read.Wanted) -> None:
    ledger.record_alone(
        fact,
        stream=f"report:{fact.form}:{fact.period}:{fact.agency_code}"[:64],
        at=asked.at,
        actor=asked.actor.key,
        actor_name=asked.actor.name[:120],
    )
