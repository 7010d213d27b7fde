"""Filing: a dossier comes into being, with its code, its papers and its first step."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import Component, Content
from motcua.catalog.models import ProcedureVersion
from motcua.directory.actor import Actor
from motcua.directory.models import Party
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.services.parties import (
    PartyDetails,
    email_of,
    refer_to_many,
    register_many,
)
from motcua.documents import services as documents
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.rules import guards
from motcua.dossiers.services import core, kho
from motcua.kernel import codes
from motcua.workflow import queries as workflow_queries
from motcua.workflow import services as workflow

COUNTER_ROLES = ("receptionist", "centre_lead", "support")
RETURN_MODES = ("counter", "post", "online")
MOST_SETS = 99
MOST_SHEETS = 999
MOST_FILES = 50
MOST_DECLARED_CHARS = 100_000


@dataclass(frozen=True)
class PaperIn:
    """What was brought of one component: how many originals and copies, and the files.

    `stored`: keys of papers of the owner's store that stand for it.
    """

    component: str
    originals: int = 0
    copies: int = 0
    files: tuple[str, ...] = ()
    note: str = ""
    stored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filing:
    """What somebody files. `applicant` None means that the owner asks."""

    procedure: str
    channel: str
    receiving: str
    competent: str
    owner: PartyDetails
    applicant: PartyDetails | None = None
    case: str = ""
    support: str = ""
    mandate: str = ""
    helper_name: str = ""
    papers: tuple[PaperIn, ...] = ()
    form_data: Mapping[str, object] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    return_mode: str = "counter"
    return_address: str = ""
    sets: int = 1
    is_confidential: bool = False
    note: str = ""


@core.act
def file(*, filing: Filing, by: Actor, at: datetime) -> Dossier:
    """File a dossier: it gets its code, its papers stand checked, the counter has its turn.

    Raises NotOffered, UnknownCase, NotPublished, NotAllowed, Incomplete (no mandate), Misstated:
    see there; and what `register_many` raises of the people.
    Source: 118/2025/NĐ-CP Điều 15, Điều 17, Điều 28; 309/2026/NĐ-CP Điều 2 khoản 1.
    """
    _check_shape(filing)
    receiving = _agency(filing.receiving, "receiving")
    competent = _agency(filing.competent, "competent")
    _check_right(filing, receiving.id, by)
    today = timezone.localdate(at)
    version = _version(filing, by, today)
    content = catalog.content_of(version.pk)
    _check_level(competent, content)
    case = _case(content, filing.case)
    papers = _papers(content, case, filing.papers)
    owner, applicant = _people(filing, by, at)
    process = workflow_queries.process_for(filing.procedure, version.pk, on=today)
    code, key = _next_code(competent.code, today)
    dossier = _row(filing, content, owner, applicant, at)
    dossier.is_confidential = filing.is_confidential and not by.is_citizen
    dossier.pk, dossier.code = key, code
    dossier.version_id, dossier.process_id = version.pk, process.pk
    dossier.receiving_id, dossier.competent_id = receiving.id, competent.id
    dossier.case_key, dossier.calendar_key = case, competent.calendar_key
    _open(dossier, papers, at)
    from_store = {paper.component: paper.stored for paper in filing.papers if paper.stored}
    kho.take_filed(dossier=dossier, papers=papers, wanted=from_store, by=by, at=at)
    fact = events.DossierFiled(
        code=dossier.code,
        procedure=filing.procedure,
        version_id=version.pk,
        case=case,
        channel=filing.channel,
        support=filing.support,
        receiving=receiving.code,
        competent=competent.code,
        field=content.field,
        papers=sum(1 for p in papers if p.state == Paper.State.PRESENT),
        from_store=tuple(p.component_key for p in papers if p.state == Paper.State.FROM_STORE),
        officer_id=core.given_to(dossier),
    )
    core.note(dossier, fact, by=by, at=at, agency_id=receiving.id)
    return dossier


def _check_shape(filing: Filing) -> None:
    """Refuse what no dossier can say, at the field where it stands."""
    if filing.channel not in Dossier.Channel.values:
        raise refusals.Misstated(_("Hãy chọn cách nộp hồ sơ."), field="channel")
    if filing.return_mode not in RETURN_MODES:
        raise refusals.Misstated(_("Hãy chọn cách nhận kết quả."), field="return_mode")
    if filing.phone and not codes.PHONE.match(codes.normal_phone(filing.phone)):
        raise refusals.Misstated(
            _("Số điện thoại có 10 chữ số và bắt đầu bằng số 0."), field="phone"
        )
    if not 1 <= filing.sets <= MOST_SETS:
        raise refusals.Misstated(_("Số bộ hồ sơ từ 1 đến %d.") % MOST_SETS, field="sets")
    check_papers(papers=filing.papers)
    if len(json.dumps(dict(filing.form_data), default=str)) > MOST_DECLARED_CHARS:
        raise refusals.Misstated(_("Tờ khai quá dài."), field="form_data")


def check_papers(*, papers: Sequence[PaperIn]) -> None:
    """Refuse quantities that no pile of papers has.

    Raises Misstated: a negative or absurd number of sheets, or too many files.
    """
    for paper in papers:
        if not (0 <= paper.originals <= MOST_SHEETS and 0 <= paper.copies <= MOST_SHEETS):
            raise refusals.Misstated(
                _("Số bản của mỗi giấy tờ từ 0 đến %d.") % MOST_SHEETS, field="papers"
            )
        if len(paper.files) + len(paper.stored) > MOST_FILES:
            raise refusals.Misstated(
                _("Mỗi giấy tờ đính kèm tối đa %d tệp.") % MOST_FILES, field="papers"
            )


def take_files(*, papers: Sequence[PaperIn], draft_key: str, case_id: int) -> None:
    """Make the uploaded files of these papers the dossier's own.

    Raises Incomplete: a file is not there, or was not uploaded for this dossier.
    """
    named = {key for paper in papers for key in paper.files}
    uuids = {_file_key(key) for key in named}
    if uuids and documents.attach(uuids=uuids, draft_key=draft_key, case_id=case_id) < len(uuids):
        raise refusals.Incomplete(
            _("Có tệp không còn trên hệ thống; hãy tải lên lại."), field="papers"
        )


def _file_key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise refusals.Incomplete(_("Không có tệp “%s”.") % text[:40], field="papers") from None


def _check_level(competent: cards.AgencyCard, content: Content) -> None:
    """A commune's procedure is not settled by a department, nor a province's by a commune."""
    if not guards.settles_level(kind=competent.kind, level=competent.level, levels=content.levels):
        raise refusals.NotOffered(
            _("%s không thuộc cấp giải quyết thủ tục này.") % competent.name,
            field="competent",
            law="118/2025/NĐ-CP Điều 28",
        )


def _version(filing: Filing, by: Actor, day: date) -> ProcedureVersion:
    """Return the version in force; a citizen files here only where our channel is switched on."""
    version = catalog.version_in_force(filing.procedure, on=day)
    if version is None:
        raise refusals.NotOffered(_("Thủ tục này không còn hoặc chưa được giải quyết tại tỉnh."))
    if by.is_citizen and not version.procedure.online_filing:
        raise refusals.NotOffered(
            _("Thủ tục này nộp trực tuyến trên Cổng Dịch vụ công quốc gia hoặc nộp tại quầy."),
            law="118/2025/NĐ-CP Điều 15 khoản 3",
        )
    return version


def _row(
    filing: Filing, content: Content, owner: Party, applicant: Party, at: datetime
) -> Dossier:
    """Return the unsaved row of what was filed; its code, version and places are still to come."""
    return Dossier(
        procedure_code=filing.procedure,
        procedure_name=content.name,
        field=content.field[:200],
        channel=filing.channel,
        support_id=_agency(filing.support, "support").id if filing.support else None,
        applicant_id=applicant.pk,
        owner_id=owner.pk,
        owner_folded=owner.name_folded,
        applicant_role="owner" if applicant.pk == owner.pk else "mandatee",
        mandate=filing.mandate.strip()[:200],
        helper_name=filing.helper_name.strip()[:120],
        phone=codes.normal_phone(filing.phone) or applicant.phone,
        email=email_of(filing.email) or applicant.email,
        return_mode=filing.return_mode,
        return_address=filing.return_address[:250],
        form_data=dict(filing.form_data),
        sets=filing.sets,
        note=filing.note[:500],
        filed_at=at,
        revision=1,
    )


def _open(dossier: Dossier, papers: list[Paper], at: datetime) -> None:
    """Open the first step, then insert the row that names it, and its papers."""
    process = workflow_queries.process_by_id(dossier.process_id)
    task = workflow.open_first(case=core.case_of(dossier), process=process, at=at)
    core.take_turn(dossier, task)
    if dossier.channel == Dossier.Channel.ONLINE:
        dossier.step_due_at = guards.online_answer_by(calendar_for(dossier.calendar_key), at)
    dossier.save(force_insert=True)
    for paper in papers:
        paper.dossier = dossier
    Paper.objects.bulk_create(papers)


def _agency(code: str, what: str) -> cards.AgencyCard:
    found = cards.card_by_code(code)
    if found is None:
        raise refusals.NotOffered(_("Không có cơ quan mang mã %s.") % (code or "?"), field=what)
    return found


def _check_right(filing: Filing, receiving_id: int, by: Actor) -> None:
    """Officers file where they have a post; citizens for themselves or with a mandate."""
    if by.kind == "system":
        return
    if by.is_staff:
        if filing.channel == Dossier.Channel.ONLINE or not by.has_role(
            *COUNTER_ROLES, agency_id=receiving_id
        ):
            raise refusals.NotAllowed(_("Bạn không trực quầy của nơi tiếp nhận này."))
        return
    if not by.is_citizen or filing.channel != Dossier.Channel.ONLINE:
        raise refusals.NotAllowed(_("Hãy đăng nhập để nộp hồ sơ trực tuyến."))


def _case(content: Content, wanted: str) -> str:
    if not content.cases:
        return ""
    if wanted and wanted in {case.key for case in content.cases}:
        return wanted
    if not wanted and len(content.cases) == 1:
        return content.cases[0].key
    raise refusals.UnknownCase(_("Hãy chọn trường hợp của hồ sơ."))


def _papers(content: Content, case: str, brought: Sequence[PaperIn]) -> list[Paper]:
    """Return the paper rows of a case: brought, held by a database, or missing."""
    published = content.components_for(case)
    given = {paper.component: paper for paper in brought}
    strange = guards.unpublished(list(given), [c.key for c in published])
    if strange:
        raise refusals.NotPublished(
            _("Giấy tờ này không có trong thành phần hồ sơ đã công bố: %s.") % ", ".join(strange)
        )
    return [_paper(component, given.get(component.key)) for component in published]


def _paper(component: Component, given: PaperIn | None) -> Paper:
    state = Paper.State.MISSING
    if given is not None and (given.originals or given.copies or given.files):
        state = Paper.State.PRESENT
    elif component.held_by:
        state = Paper.State.FROM_DATABASE
    elif not component.required:
        state = Paper.State.NOT_NEEDED
    return Paper(
        component_key=component.key,
        name=component.name,
        required=component.required,
        originals=given.originals if given else 0,
        copies=given.copies if given else 0,
        files=list(given.files) if given else [],
        note=given.note[:300] if given else "",
        state=state,
    )


def _people(filing: Filing, by: Actor, at: datetime) -> tuple[Party, Party]:
    """Return owner and applicant; somebody else's dossier needs a mandate (R2).

    An officer has looked at the identity papers, so what was typed is brought up to date; a citizen
    only ever refers to other people, and never changes what is known of them.
    """
    many = [filing.owner] + ([filing.applicant] if filing.applicant else [])
    found = (refer_to_many if by.is_citizen else register_many)(many=many, at=at)
    owner, applicant = found[0], found[-1]
    if by.is_citizen and applicant.pk != by.party_id:
        raise refusals.NotAllowed(
            _("Người nộp phải là chủ tài khoản đang đăng nhập."), field="applicant"
        )
    if applicant.pk != owner.pk and not filing.mandate.strip():
        raise refusals.Incomplete(
            _("Người nộp không phải chủ hồ sơ: hãy ghi văn bản ủy quyền hoặc quan hệ đại diện."),
            field="mandate",
            law="118/2025/NĐ-CP Điều 17 khoản 1 điểm a",
        )
    return owner, applicant


def _next_code(agency_code: str, day: date) -> tuple[str, int]:
    """Return the next code of an agency and day (R8), and the key of the row that will carry it.

    The counter's row lock is held to the end of the act, which keeps codes gapless.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_codecounter AS c (agency_code, day, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (agency_code, day) DO UPDATE SET last = c.last + 1 "
            "RETURNING last, nextval(pg_get_serial_sequence('dossiers_dossier', 'id'))",
            [agency_code, day],
        )
        number, key = cursor.fetchone()
    return codes.dossier_code(agency=agency_code, day=day, number=number), key
