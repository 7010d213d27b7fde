"""Dossiers as the data of official papers: forms 01 to 07, the slip and the result.

Signature blocks name who acted and stay empty for the pen: a note of a digital signature is printed
only where there is one (`signed_at`), and signing papers digitally is not done yet.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.queries import cards
from motcua.directory.queries.parties import identity_number
from motcua.documents.papers import data
from motcua.dossiers.models import Dossier, Extension, HandOver, HandOverItem, Paper
from motcua.dossiers.queries.reading import Whole
from motcua.ledger import queries as trail
from motcua.ledger.queries import Told
from motcua.workflow import queries as workflow

PROVINCE = "Khánh Hòa"


def issuer_of(agency_id: int) -> data.Issuer:
    """Return the agency as the head of a paper."""
    card = cards.card(agency_id)
    parent = cards.name_of(card.parent_id) if card.parent_id else ""
    if not parent and card.kind == "centre":
        above = cards.committee_at(card.place_code) if card.place_code else None
        parent = above.name if above else ""
    return data.Issuer(
        name=card.name,
        code=card.code,
        place=_place(card),
        parent=parent,
        address=card.address,
        phone=card.phone,
    )


def _place(card: cards.AgencyCard) -> str:
    """Return the place named before the date: the commune's name, else the province's."""
    name = cards.place_name(card.place_code) if card.place_code else ""
    return name or PROVINCE


def head_of(dossier: Dossier) -> data.DossierHead:
    """Return the dossier and whose it is. The identity number is printed in clear on its papers."""
    is_same = dossier.applicant_id == dossier.owner_id
    return data.DossierHead(
        code=dossier.code,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        owner_name=dossier.owner.name,
        owner_id=identity_number(dossier.owner),
        address=dossier.owner.address,
        phone=dossier.phone,
        email=dossier.email,
        submitter_name="" if is_same else dossier.applicant.name,
        mandate="" if is_same else dossier.mandate,
    )


def _fact(dossier: Dossier, *kinds: str) -> Told | None:
    found = [fact for fact in trail.facts_of(dossier.stream) if fact.kind in kinds]
    return found[-1] if found else None


def _signed(dossier: Dossier, heading: str, *kinds: str) -> data.Signature:
    fact = _fact(dossier, *kinds)
    if fact is None:
        return data.Signature(heading=heading)
    return data.Signature(heading=heading, name=fact.actor_name)


def _sequence(dossier: Dossier) -> str:
    return dossier.code.rpartition("-")[2]


def receipt(whole: Whole) -> data.ReceiptData:
    """Return form 01: what was handed in, and until when the result is promised."""
    dossier = whole.dossier
    content = catalog.content_of(dossier.version_id)
    rule = content.limit_rule_for(dossier.channel, dossier.case_key)
    return data.ReceiptData(
        issuer=issuer_of(dossier.receiving_id),
        dossier=head_of(dossier),
        papers=tuple(_line(p) for p in whole.papers if p.state not in ("missing", "not_needed")),
        received_at=dossier.accepted_at or dossier.filed_at,
        receiver=_signed(dossier, _("Người tiếp nhận hồ sơ"), "dossier.accepted", "dossier.filed"),
        due_at=dossier.due_at,
        due_proof=" ".join(whole.proof.words()) if whole.proof and dossier.due_at else "",
        limit_text=rule.text if rule else "",
        number=f"{_sequence(dossier)}/TNHS",
        sets=dossier.sets,
        return_place=_return_place(dossier),
        fees=tuple(
            data.FeeLine(name=c.name, amount_vnd=c.amount_vnd)
            for c in whole.charges
            if c.state in ("due", "paid")
        ),
        note=dossier.note,
    )


def _return_place(dossier: Dossier) -> str:
    if dossier.return_mode == "post":
        return _("qua bưu chính công ích: %s") % (dossier.return_address or dossier.owner.address)
    if dossier.return_mode == "online":
        return _("bản điện tử trên Cổng Dịch vụ công và VNeID")
    return dossier.receiving.name


def _line(paper: Paper) -> data.PaperLine:
    note = _("lấy từ cơ sở dữ liệu") if paper.state == "from_database" else paper.note
    if paper.files and not (paper.originals or paper.copies):
        note = note or _("bản điện tử")
    return data.PaperLine(
        name=paper.name, originals=paper.originals, copies=paper.copies, note=note
    )


def supplement(whole: Whole) -> data.SupplementData:
    """Return form 02: everything that is missing, once, with the reason of each.

    Raises LookupError: no supplement was requested.
    """
    dossier, asked = whole.dossier, whole.supplement
    if asked is None:
        raise LookupError("no supplement was requested")
    names = {paper.component_key: paper.name for paper in whole.papers}
    card = cards.card(dossier.receiving_id)
    return data.SupplementData(
        issuer=issuer_of(dossier.receiving_id),
        dossier=head_of(dossier),
        items=tuple(
            data.RequiredItem(name=names.get(key, key), reason=why, law=asked.law)
            for key, why in asked.items.items()
        ),
        officer=data.Signature(heading=_("Người hướng dẫn"), name=asked.requested_by),
        number=f"{_sequence(dossier)}/HDHS",
        answer_by=asked.answer_by,
        contact_name=asked.requested_by,
        contact_phone=card.phone,
        note=asked.reason,
    )


def refusal(whole: Whole) -> data.RefusalData:
    """Return form 03: not taken in, or not granted, with reason and clause.

    Raises LookupError: nothing was refused.
    """
    dossier = whole.dossier
    kinds = ("dossier.intake_refused",)
    at_intake = dossier.state == "rejected"
    fact = _fact(dossier, *kinds) if at_intake else _proposed(dossier)
    if fact is None:
        raise LookupError("nothing was refused")
    agency = dossier.receiving_id if at_intake else dossier.competent_id
    result = whole.results[-1] if whole.results else None
    officer = data.Signature(
        heading=_("Người từ chối tiếp nhận") if at_intake else _("Thủ trưởng cơ quan"),
        name=result.signer if result else fact.actor_name,
    )
    return data.RefusalData(
        issuer=issuer_of(agency),
        dossier=head_of(dossier),
        reasons=(data.Reason(text=str(fact.body["reason"]), law=str(fact.body["law"])),),
        officer=officer,
        stage="intake" if at_intake else "settlement",
        number=result.number if result else f"{_sequence(dossier)}/TCHS",
    )


def _proposed(dossier: Dossier) -> Told | None:
    found = [
        fact
        for fact in trail.facts_of(dossier.stream)
        if fact.kind == "dossier.step_done" and fact.body.get("proposal") == "refused"
    ]
    return found[-1] if found else None


def extension(whole: Whole) -> data.ExtensionData:
    """Return form 04: the apology and the one new date.

    Raises LookupError: no new appointment was made.
    """
    dossier = whole.dossier
    row = Extension.objects.filter(dossier=dossier).first()
    if row is None:
        raise LookupError("no new appointment was made")
    return data.ExtensionData(
        issuer=issuer_of(dossier.competent_id),
        dossier=head_of(dossier),
        received_at=dossier.accepted_at or dossier.filed_at,
        due_at=row.old_due_at,
        new_due_at=row.new_due_at,
        reason=row.reason,
        signer=data.Signature(heading=_("Thủ trưởng cơ quan"), name=row.asked_by),
        lead_agency=dossier.competent.name,
        number=f"{_sequence(dossier)}/PXL",
        recipients=(dossier.applicant.name, dossier.receiving.name),
    )


def stop(whole: Whole) -> data.StopData:
    """Return form 05: settling has stopped.

    Raises LookupError: the dossier was not stopped.
    """
    dossier = whole.dossier
    fact = _fact(dossier, "dossier.withdrawn", "dossier.closed_unsupplemented")
    if fact is None:
        raise LookupError("the dossier was not stopped")
    withdrawn = fact.kind == "dossier.withdrawn"
    return data.StopData(
        issuer=issuer_of(dossier.receiving_id),
        dossier=head_of(dossier),
        cause="withdrawn" if withdrawn else "unsupplemented",
        reason=str(fact.body.get("reason") or _("quá 15 ngày không bổ sung hồ sơ")),
        signer=data.Signature(heading=_("Người tiếp nhận hồ sơ"), name=fact.actor_name),
        received_at=dossier.accepted_at or dossier.filed_at,
        requested_by=dossier.applicant.name if withdrawn else "",
        requested_at=fact.at if withdrawn else None,
        number=f"{_sequence(dossier)}/TBD",
        recipients=(dossier.applicant.name,),
    )


def control(whole: Whole) -> data.ControlSlipData:
    """Return form 06: through whose hands the dossier went, and when."""
    dossier = whole.dossier
    return data.ControlSlipData(
        issuer=issuer_of(dossier.receiving_id),
        dossier=head_of(dossier),
        competent_agency=dossier.competent.name,
        rows=tuple(_control_rows(dossier)),
        received_at=dossier.accepted_at or dossier.filed_at,
        due_at=dossier.due_at,
        partner_agencies=tuple(dict.fromkeys(row.agency.name for row in whole.consultations)),
        number=f"{_sequence(dossier)}/PKS",
    )


def _control_rows(dossier: Dossier) -> list[data.ControlRow]:
    rows: list[data.ControlRow] = []
    giver = dossier.applicant.name
    for task in workflow.tasks_of(dossier.pk):
        doer = task.closed_by or task.assignee
        rows.append(
            data.ControlRow(
                agency=task.agency.name,
                at=task.opened_at,
                giver=giver,
                receiver=doer.name if doer else "",
                due_at=task.due_at,
                outcome=_outcome(task.closed_at, task.due_at),
                note=task.reason or task.name,
            )
        )
        giver = doer.name if doer else giver
    return rows


def _outcome(closed_at: datetime | None, due_at: datetime) -> str:
    if closed_at is None:
        return ""
    if closed_at > due_at:
        return "late"
    is_early = timezone.localdate(closed_at) < timezone.localdate(due_at)
    return "early" if is_early else "on_time"


def result(whole: Whole) -> data.ResultData:
    """Return the result that was issued last.

    Raises LookupError: nothing was issued.
    """
    if not whole.results:
        raise LookupError("nothing was issued")
    dossier, row = whole.dossier, whole.results[-1]
    content = catalog.content_of(dossier.version_id)
    granted = row.outcome == "granted"
    body = row.text or (
        _("Xác nhận đã giải quyết thủ tục “%(name)s” cho %(owner)s theo hồ sơ %(code)s.")
        if granted
        else _("Không đồng ý giải quyết thủ tục “%(name)s” của %(owner)s theo hồ sơ %(code)s.")
    ) % {"name": dossier.procedure_name, "owner": dossier.owner.name, "code": dossier.code}
    return data.ResultData(
        issuer=issuer_of(dossier.competent_id),
        dossier=head_of(dossier),
        title=row.title,
        subject=dossier.procedure_name,
        signer=data.Signature(
            heading=row.signer_title.partition(",")[0] or _("Thủ trưởng cơ quan"),
            name=row.signer,
        ),
        number=row.number,
        bases=tuple(
            _("Căn cứ %(name)s (%(number)s)") % {"name": one.name, "number": one.number}
            for one in content.legal[:4]
        ),
        paragraphs=(body,),
        recipients=(dossier.owner.name, dossier.receiving.name),
    )


PAPERS: dict[str, Callable[[Whole], data.Paper]] = {
    "01": receipt,
    "02": supplement,
    "03": refusal,
    "04": extension,
    "05": stop,
    "06": control,
    "result": result,
}


def register(
    dossiers: Sequence[Dossier], *, agency_id: int, first: date, last: date, keeper: str
) -> data.RegisterData:
    """Return form 07: the register of one centre over a period."""
    return data.RegisterData(
        issuer=issuer_of(agency_id),
        first_day=first,
        last_day=last,
        rows=tuple(_register_row(dossier) for dossier in dossiers),
        counts=_counts(dossiers),
        keeper=data.Signature(heading=_("Người lập sổ"), name=keeper),
        volume=f"{first:%m/%Y}",
    )


def _register_row(dossier: Dossier) -> data.RegisterRow:
    modes = {"counter": _("trực tiếp"), "post": _("bưu chính"), "online": _("điện tử")}
    return data.RegisterRow(
        code=dossier.code,
        procedure_name=dossier.procedure_name,
        owner_name=dossier.owner.name,
        received_at=dossier.accepted_at or dossier.filed_at,
        sets=dossier.sets,
        contact="; ".join(part for part in (dossier.owner.address, dossier.phone) if part),
        agency=dossier.competent.name,
        due_at=dossier.due_at,
        returned_at=dossier.returned_at,
        return_method=modes.get(dossier.return_mode, ""),
        note=_("đã hẹn lại một lần") if dossier.extension_count else "",
    )


def _counts(dossiers: Sequence[Dossier]) -> tuple[data.RegisterCount, ...]:
    ended = [d for d in dossiers if d.ended_at]
    late = [d for d in ended if d.due_at and d.ended_at and d.ended_at > d.due_at]
    return (
        data.RegisterCount(label=_("Tiếp nhận trong kỳ"), value=len(dossiers)),
        data.RegisterCount(
            label=_("Đã giải quyết trước và đúng hạn"), value=len(ended) - len(late)
        ),
        data.RegisterCount(label=_("Đã giải quyết quá hạn"), value=len(late)),
        data.RegisterCount(label=_("Đang giải quyết"), value=len(dossiers) - len(ended)),
    )


def slip(handed: HandOver, items: Sequence[HandOverItem]) -> data.HandoverData:
    """Return the slip with which paper dossiers go from one agency to another."""
    return data.HandoverData(
        issuer=issuer_of(handed.sender_id),
        number=handed.number,
        from_agency=handed.sender.name,
        to_agency=handed.receiver.name,
        handed_at=handed.made_at,
        rows=tuple(_slip_row(item) for item in items),
        giver=data.Signature(heading=_("Bên giao"), name=handed.made_by),
        receiver=data.Signature(heading=_("Bên nhận"), name=handed.received_by),
    )


def _slip_row(item: HandOverItem) -> data.HandoverRow:
    papers = list(item.dossier.papers.all())
    return data.HandoverRow(
        code=item.dossier.code,
        procedure_name=item.dossier.procedure_name,
        owner_name=item.dossier.owner.name,
        originals=sum(p.originals for p in papers),
        copies=sum(p.copies for p in papers),
        due_at=item.dossier.due_at,
        note=item.note,
    )
