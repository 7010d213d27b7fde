"""Who sent a case: taken in, sealed, read again with a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.identity import index_of
from motcua.directory.queries.parties import party as party_of
from motcua.directory.services.parties import UnreadableDetails, email_of
from motcua.feedback import events, refusals
from motcua.feedback.models import Case
from motcua.feedback.queries.visibility import visible_to
from motcua.feedback.rules import kinds, people
from motcua.feedback.services import core
from motcua.kernel import codes
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger


@dataclass(frozen=True)
class Sender:
    """Who sent a case, in clear."""

    name: str
    phone: str
    email: str
    address: str


def take(*, case: Case, name: str, phone: str, email: str, address: str, by: Actor) -> None:
    """Seal what the sender told about themselves; an account fills what is missing.

    Raises UnreadableContact: the phone or e-mail has no form that can be used.
    Source: 91/2025/QH15; 20/2008/NĐ-CP Điều 7.
    """
    told = {
        "name": squeeze(name)[:120],
        "phone": codes.normal_phone(phone),
        "email": _email(email),
        "address": squeeze(address)[:250],
    }
    if by.is_citizen and by.party_id and (known := party_of(by.party_id)):
        case.sender_party_id = known.pk
        own = {"name": known.name, "phone": known.phone, "email": known.email,
               "address": known.address}  # fmt: skip
        told = {what: value or own[what] for what, value in told.items()}
    if told["phone"] and not codes.PHONE.match(told["phone"]):
        raise refusals.UnreadableContact(
            _("Số điện thoại có 10 chữ số và bắt đầu bằng số 0."), field="phone"
        )
    before = case.sender or {}
    merged = {what: value or before.get(what, "") for what, value in told.items()}
    case.sender = {what: value for what, value in merged.items() if value}
    if merged["phone"]:
        case.sender_index = index_of("phone", merged["phone"])


def _email(text: str) -> str:
    try:
        return email_of(text)
    except UnreadableDetails as refusal:
        raise refusals.UnreadableContact(str(refusal), field="email") from None


def need(*, case: Case) -> None:
    """Ask for what a report about a rule must tell about its sender.

    Raises ContactMissing: name, phone or address is missing.
    Source: 20/2008/NĐ-CP Điều 7.
    """
    sender = case.sender or {}
    missing = kinds.missing_contact(
        kind=case.kind,
        name=sender.get("name", ""),
        phone=sender.get("phone", ""),
        address=sender.get("address", ""),
    )
    if missing:
        words = {"name": _("họ tên"), "phone": _("số điện thoại"), "address": _("địa chỉ")}
        raise refusals.ContactMissing(
            _("Kiến nghị về quy định hành chính phải có %s của người gửi.")
            % ", ".join(words[what] for what in missing),
            field=missing[0],
            law="20/2008/NĐ-CP Điều 7",
        )


@core.act
def open_sender(*, code: str, reason: str, by: Actor, at: datetime) -> Sender:
    """Read who sent a case, leaving a trace that says why.

    About conduct only moderators and inspectors may; else also who handles it and its head.
    Raises NotFound, NotAllowed, ReasonMissing.
    Source: 91/2025/QH15; 118/2025/NĐ-CP Điều 5 khoản 1 điểm d, Điều 29 khoản 3.
    """
    case = visible_to(by).filter(code=code).first()
    if case is None:
        raise refusals.NotFound(_("Không tìm thấy phản ánh %s trong phạm vi của bạn.") % code)
    if not may_know_sender(case=case, by=by):
        raise refusals.NotAllowed(_("Người gửi phản ánh này được giữ kín với bạn."))
    fact = events.SenderRead(code=case.code, reason=core.need_reason(reason))
    ledger.record_alone(
        fact,
        stream=f"read:{case.stream}",
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )
    told = case.sender or {}
    return Sender(*(str(told.get(what, "")) for what in ("name", "phone", "email", "address")))


def may_know_sender(*, case: Case, by: Actor) -> bool:
    """Tell whether an officer may read who sent a case.

    Source: 91/2025/QH15; rule of the house: who reports an officer is not told to the officer's own.
    """
    return people.may_know_sender(case, by=by)
