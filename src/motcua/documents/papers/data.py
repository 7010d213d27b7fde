"""What each paper says: pure values, one class per paper.

The caller fills them from its own rows; nothing here knows the database. Every text may be empty
where the class gives a default, and every list may be of any length. Numbers ("0000147/TNHS") come
from the caller's registers; an empty number prints the dotted line that a clerk fills by hand.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The agency that issues the paper (top left)."""

    name: str
    code: str
    place: str
    parent: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class DossierHead:
    """The dossier that a paper is about, and whose it is."""

    code: str
    procedure_code: str
    procedure_name: str
    owner_name: str
    owner_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    submitter_name: str = ""
    mandate: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature block; `signed_at` prints the note of a digital signature."""

    heading: str
    name: str = ""
    on_behalf: str = ""
    hint: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One component handed in, with how many of each kind."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One fee; `amount_vnd` None means the amount is told later."""

    name: str
    amount_vnd: int | None


@dataclass(frozen=True, kw_only=True)
class ReceiptData:
    """Mẫu 01: the dossier was received, and its result is promised for `due_at`.

    `due_at` None: the clock starts only when the competent agency has the dossier.
    `due_proof` is how the date was counted, in words.
    """

    issuer: Issuer
    dossier: DossierHead
    papers: tuple[PaperLine, ...]
    received_at: datetime
    receiver: Signature
    due_at: datetime | None = None
    due_proof: str = ""
    limit_text: str = ""
    number: str = ""
    sets: int = 1
    return_place: str = ""
    fees: tuple[FeeLine, ...] = ()
    book_number: str = ""
    book_row: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RequiredItem:
    """One thing to add or correct, why, and by which article."""

    name: str
    reason: str
    law: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementData:
    """Mẫu 02: everything that is missing, once, with the reason of each."""

    issuer: Issuer
    dossier: DossierHead
    items: tuple[RequiredItem, ...]
    officer: Signature
    number: str = ""
    answer_by: datetime | None = None
    contact_name: str = ""
    contact_phone: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason in words a citizen understands, with its article."""

    text: str
    law: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusalData:
    """Mẫu 03: the dossier is not taken in (`stage` "intake") or not granted ("settlement")."""

    issuer: Issuer
    dossier: DossierHead
    reasons: tuple[Reason, ...]
    officer: Signature
    stage: str = "intake"
    number: str = ""
    guidance: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtensionData:
    """Mẫu 04: the apology, the reason for lateness and the one new date."""

    issuer: Issuer
    dossier: DossierHead
    received_at: datetime
    due_at: datetime
    new_due_at: datetime
    reason: str
    signer: Signature
    lead_agency: str = ""
    number: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StopData:
    """Mẫu 05: settling has stopped.

    `cause` is "withdrawn" (the applicant asked), "unsupplemented" (no answer in time) or "other".
    """

    issuer: Issuer
    dossier: DossierHead
    cause: str
    reason: str
    signer: Signature
    received_at: datetime | None = None
    requested_by: str = ""
    requested_at: datetime | None = None
    stage: str = ""
    finance: str = ""
    papers_returned: str = ""
    number: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ControlRow:
    """One hand-over between agencies; `outcome` is "", "early", "on_time" or "late"."""

    agency: str
    at: datetime
    giver: str = ""
    receiver: str = ""
    due_at: datetime | None = None
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSlipData:
    """Mẫu 06: through whose hands the dossier went, and when."""

    issuer: Issuer
    dossier: DossierHead
    competent_agency: str
    rows: tuple[ControlRow, ...]
    received_at: datetime
    due_at: datetime | None = None
    partner_agencies: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One dossier in the register."""

    code: str
    procedure_name: str
    owner_name: str
    received_at: datetime
    sets: int = 1
    contact: str = ""
    agency: str = ""
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_method: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterCount:
    """One figure of the period ("Đã giải quyết đúng hạn", 120)."""

    label: str
    value: int


@dataclass(frozen=True, kw_only=True)
class RegisterData:
    """Mẫu 07: the register of dossiers of one office over a period."""

    issuer: Issuer
    first_day: date
    last_day: date
    rows: tuple[RegisterRow, ...]
    counts: tuple[RegisterCount, ...] = ()
    keeper: Signature | None = None
    volume: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoverRow:
    """One paper dossier that changes hands."""

    code: str
    procedure_name: str
    owner_name: str
    originals: int = 0
    copies: int = 0
    due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoverData:
    """Phiếu bàn giao: paper dossiers go from one office to another."""

    issuer: Issuer
    from_agency: str
    to_agency: str
    handed_at: datetime
    rows: tuple[HandoverRow, ...]
    giver: Signature
    receiver: Signature
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class ChecklistItem:
    """One thing to bring; `held_by` names the database that makes it unnecessary."""

    name: str
    originals: int = 0
    copies: int = 0
    required: bool = True
    form: str = ""
    held_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ChannelLine:
    """One way to file, how long it takes and what it costs, each in words."""

    name: str
    limit_text: str = ""
    fee_text: str = ""


@dataclass(frozen=True, kw_only=True)
class ChecklistData:
    """What a citizen prepares for one case of one procedure."""

    issuer: Issuer
    procedure_code: str
    procedure_name: str
    items: tuple[ChecklistItem, ...]
    case_name: str = ""
    plain: str = ""
    channels: tuple[ChannelLine, ...] = ()
    places: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    page_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultData:
    """The result itself: a decision ("Quyết định") or a confirmation ("Giấy xác nhận").

    `articles` prints as Điều 1, Điều 2, …; `paragraphs` as running text before them. `authority`
    is who decides ("Chủ tịch Ủy ban nhân dân phường …"), printed above the legal bases.
    """

    issuer: Issuer
    dossier: DossierHead
    title: str
    subject: str
    signer: Signature
    authority: str = ""
    number: str = ""
    bases: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One thing that was looked at, and what was found."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class VerifiedSignature:
    """One signature of a verified document, in words."""

    kind: str
    signer: str
    verdict: str
    findings: tuple[FindingLine, ...] = ()
    technical: str = ""


@dataclass(frozen=True, kw_only=True)
class VerificationData:
    """The report on a verified document: the verdict, then what it rests on."""

    issuer: Issuer
    headline: str
    advice: str
    file_name: str
    sha256: str
    verified_at: datetime
    notes: tuple[str, ...] = ()
    signatures: tuple[VerifiedSignature, ...] = ()


Paper = (
    ReceiptData
    | SupplementData
    | RefusalData
    | ExtensionData
    | StopData
    | ControlSlipData
    | RegisterData
    | HandoverData
    | ChecklistData
    | ResultData
    | VerificationData
)
