"""Entering directives, and giving duties in which six things are clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.models import Post
from motcua.directory.queries import cards
from motcua.directory.queries.people import current_posts
from motcua.ledger.rules import discreet
from motcua.supervision import duty_events as events
from motcua.supervision import duty_notices as notices
from motcua.supervision import duty_refusals as refusals
from motcua.supervision.models import Directive, Duty, DutyLink
from motcua.supervision.queries import duties as queries
from motcua.supervision.rules import duties as rules
from motcua.supervision.services.duties import core
from motcua.supervision.services.duties.core import act

MOST_POINTS, MOST_LINKS = 60, 50
_LOCK = 743303


@dataclass(frozen=True)
class About:
    """What a duty is about: `kind` "dossier", "signal", "figure" or "difference", and its key."""

    kind: str
    key: str
    label: str = ""


@dataclass(frozen=True)
class Document:
    """A document as it is entered; `issuer`: an agency's code; `points`: what it asks for."""

    number: str
    kind: str
    issued_on: date
    issuer: str
    signer: str
    subject: str
    points: tuple[str, ...]


@act
def issue_directive(
    *, document: Document, by: Actor, at: datetime, is_demo: bool = False
) -> Directive:
    """Enter a document with what it asks for; each point can then become duties.

    Raises NotYours, WordsMissing, DirectiveTwice: see there.
    Source: 118/2025/NĐ-CP Điều 38.
    """
    card = cards.card_by_code(document.issuer)
    if card is None:
        raise refusals.WordsMissing(_("Chọn cơ quan ban hành."), field="issuer")
    if not rules.may_give(by, agency_id=card.id, neighbours=queries.neighbours(card.id)):
        raise refusals.NotYours(_("Văn bản của cơ quan này do người của cơ quan đó nhập."))
    if document.issued_on > timezone.localdate(at):
        raise refusals.WordsMissing(_("Ngày ban hành chưa đến."), field="issued_on")
    row = _row(document, issuer_id=card.id)
    row.entered_at, row.entered_by_id, row.is_demo = at, by.account_id, is_demo
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise refusals.DirectiveTwice(
            _("Văn bản số %s ban hành ngày này đã được nhập.") % row.number, field="number"
        ) from error
    fact = events.DirectiveEntered(
        number=row.number,
        directive_kind=row.kind,
        issued_on=row.issued_on,
        issuer=card.name,
        subject=row.subject,
        points=tuple(row.points),
    )
    core.note(row.stream, fact, by=by, at=at)
    return row


def _row(document: Document, *, issuer_id: int) -> Directive:
    asked = [line for line in document.points if line.strip()]
    if not asked or len(asked) > MOST_POINTS:
        raise refusals.WordsMissing(
            _("Ghi các việc được yêu cầu, mỗi dòng một việc (từ 1 đến %d việc).") % MOST_POINTS,
            field="points",
        )
    return Directive(
        number=core.said(document.number, field="number", least=1, most=80),
        kind=Directive.Kind(document.kind),
        issued_on=document.issued_on,
        issuer_id=issuer_id,
        signer=core.said(document.signer, field="signer", least=2, most=120),
        subject=core.said(document.subject, field="subject", least=10, most=300),
        points=[_point(number, line) for number, line in enumerate(asked, start=1)],
    )


def _point(number: int, line: str) -> str:
    """Return one thing that is asked for. Raises WordsMissing, which names the line."""
    try:
        return core.said(line, field="points", least=5, most=1000)
    except refusals.WordsMissing as refusal:
        said = {"number": number, "why": str(refusal)}
        raise refusals.WordsMissing(
            _("Việc thứ %(number)d: %(why)s") % said, field="points"
        ) from refusal


@act
def give(
    *,
    agency: str,
    clear: rules.Clear,
    by: Actor,
    at: datetime,
    directive: Directive | None = None,
    point: int | None = None,
    about: Sequence[About] = (),
) -> Duty:
    """Give somebody a duty in which the six things are clear.

    Raises NotYours, Unclear (its `field` names what is missing), DirectiveTwice, GivenTwice: see
    there.
    Source: the province's direction "6 rõ"; 118/2025/NĐ-CP Điều 38.
    """
    card = cards.card_by_code(agency)
    if card is None:
        raise refusals.Unclear(_("Chọn cơ quan thực hiện."), field="agency")
    near = queries.neighbours(card.id)
    post = rules.giving_post(by, agency_id=card.id, neighbours=near)
    if post is None and not rules.may_give(by, agency_id=card.id, neighbours=near):
        raise refusals.NotYours(_("Bạn không giao việc được cho %s.") % card.name)
    _check_clear(clear, agency_id=card.id, at=at)
    _one_at_a_time()
    duty = _duty(clear, agency_id=card.id, at=at)
    duty.directive, duty.point, duty.given_by_id = directive, point, by.account_id
    duty.giver_post_id = post.post_id if post else None
    _check_new(duty)
    _insert(duty, about)
    fact = events.DutyGiven(
        code=duty.code,
        directive=directive.number if directive else "",
        agency=card.name,
        person_id=duty.person_id,
        person=duty.person.name,
        accountable_id=duty.accountable_id,
        accountable=duty.accountable.name,
        work=duty.work,
        authority=duty.authority,
        product=duty.product,
        due_at=duty.due_at,
        links=tuple(f"{one.kind}:{one.key}" for one in about),
    )
    core.note(duty.stream, fact, by=by, at=at)
    notices.tell_doer(duty, fact, by=by, at=at)
    return duty


def _duty(clear: rules.Clear, *, agency_id: int, at: datetime) -> Duty:
    due_at = clear.due_at or at
    return Duty(
        code=_next_code(at),
        agency_id=agency_id,
        person_id=clear.person_id or 0,
        accountable_id=clear.accountable_id or 0,
        work=discreet(" ".join(clear.work.split())),
        authority=" ".join(clear.authority.split()),
        product=" ".join(clear.product.split()),
        due_at=due_at,
        due_original=due_at,
        given_at=at,
        revision=1,
    )


def _check_clear(clear: rules.Clear, *, agency_id: int, at: datetime) -> None:
    """Refuse what is not clear, with the one word of the six that is missing."""
    missing = rules.unclear(clear, at=at)
    if missing:
        raise refusals.Unclear(SAY_UNCLEAR[missing[0]](), field=missing[0])
    for field in ("work", "authority", "product"):
        core.said(getattr(clear, field), field=field, least=1, most=rules.MOST[field])
    posts = check_person(clear.person_id, agency_id=agency_id, at=at)
    if clear.accountable_id not in {post.account_id for post in posts if post.role in rules.HEADS}:
        raise refusals.Unclear(
            _("Người chịu trách nhiệm phải là lãnh đạo của cơ quan thực hiện."),
            field="accountable",
        )


def check_person(person_id: int | None, *, agency_id: int, at: datetime) -> list[Post]:
    """Return the posts of an agency, where the person holds one. Raises Unclear."""
    posts = current_posts(agency_ids=[agency_id], on=timezone.localdate(at))
    if person_id not in {post.account_id for post in posts}:
        raise refusals.Unclear(
            _("Người thực hiện không giữ vị trí nào ở cơ quan này."), field="person"
        )
    return posts


SAY_UNCLEAR = {
    "person": lambda: _("Chưa rõ người: chọn cán bộ thực hiện."),
    "work": lambda: _("Chưa rõ việc: viết cụ thể phải làm gì (ít nhất 15 ký tự)."),
    "authority": lambda: _("Chưa rõ thẩm quyền: nêu văn bản hoặc điều khoản giao quyền."),
    "due_at": lambda: _("Chưa rõ thời gian: hạn phải sau lúc này."),
    "product": lambda: _("Chưa rõ sản phẩm: nộp gì khi xong?"),
    "accountable": lambda: _("Chưa rõ trách nhiệm: chọn lãnh đạo chịu trách nhiệm."),
}


def _insert(duty: Duty, about: Sequence[About]) -> None:
    if len(about) > MOST_LINKS:
        raise refusals.WordsMissing(_("Một nhiệm vụ gắn tối đa %d mục.") % MOST_LINKS)
    try:
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError as error:
        raise refusals.DirectiveTwice(
            _("Việc này của văn bản đã được giao cho cơ quan đó."), field="agency"
        ) from error
    DutyLink.objects.bulk_create(
        DutyLink(duty=duty, kind=one.kind, key=one.key[:80], label=one.label[:300])
        for one in about
    )


def _one_at_a_time() -> None:
    """Let duties be given one after the other: who waits sees the code and the duty given before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _check_new(duty: Duty) -> None:
    """Refuse the very same duty, as a form that was sent twice asks for it. Raises GivenTwice."""
    if (
        duty.directive is not None or duty.given_by_id is None
    ):  # a point of a document is given once
        return
    same = Duty.objects.filter(
        agency_id=duty.agency_id, person_id=duty.person_id, work=duty.work, product=duty.product,
        due_at=duty.due_at, given_by_id=duty.given_by_id, ended_at=None,
    ).first()  # fmt: skip
    if same is not None:
        raise refusals.GivenTwice(_("Nhiệm vụ này đã được giao rồi: %s.") % same.code)


def _next_code(at: datetime) -> str:
    """Return the next code of the year, "NV-2026-00012"."""
    prefix = f"NV-{timezone.localtime(at).year}-"
    last = Duty.objects.filter(code__startswith=prefix).order_by("-code").first()
    number = int(last.code.rpartition("-")[2]) + 1 if last else 1
    return f"{prefix}{number:05d}"
