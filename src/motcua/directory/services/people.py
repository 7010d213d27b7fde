"""Verbs about accounts, posts, delegation, absence and tokens."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory import events
from motcua.directory.actor import Actor
from motcua.directory.identity import digest_of_token
from motcua.directory.models import Absence, Account, Agency, ApiToken, Delegation, Party, Post
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger

STREAM = "directory"
MOST_DECISION_CHARS = 80


class NotYours(Refused):
    """The post belongs to somebody else."""


class NotAnOfficer(Refused):
    """Somebody who holds no office, or the holder of the post, gets no post lent."""

    field = "to"


class WrongPeriod(Refused):
    """The period ends before it starts."""


def _record(fact: Fact, *, by: Actor, at: datetime) -> None:
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)


@transaction.atomic
def open_staff_account(
    *, username: str, name: str, password: str | None, at: datetime, is_demo: bool = False
) -> Account:
    """Open an account for an officer; without a password nobody can sign in with it."""
    account = Account(
        username=username.lower(),
        name=name,
        kind=Account.Kind.STAFF,
        created_at=at,
        is_demo=is_demo,
    )
    account.set_password(password)
    account.save()
    return account


@transaction.atomic
def open_citizen_account(
    *, username: str, party: Party, password: str | None, at: datetime, is_demo: bool = False
) -> Account:
    """Open an account for a citizen or organisation, linked by the verified identity."""
    account = Account(
        username=username.lower(),
        name=party.name,
        kind=Account.Kind.CITIZEN,
        party=party,
        created_at=at,
        is_demo=is_demo,
    )
    account.set_password(password)
    account.save()
    return account


@transaction.atomic
def appoint(
    *,
    account: Account,
    agency: Agency,
    role: str,
    title: str = "",
    since: date,
    by: Actor,
    at: datetime,
) -> Post:
    """Give an officer a post at an agency from a day on."""
    post = Post.objects.create(
        account=account, agency=agency, role=role, title=title, valid_from=since
    )
    fact = events.OfficerAppointed(account_id=account.pk, agency_id=agency.pk, role=role)
    _record(fact, by=by, at=at)
    return post


@transaction.atomic
def delegate(
    *,
    post: Post,
    to: Account,
    start: datetime,
    end: datetime,
    decision: str,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Lend a post to another officer for a time, by a numbered decision.

    Raises NotYours: the post is neither the actor's nor does the actor administer the system.
    Raises WrongPeriod: the period is empty or the decision has no number.
    Raises NotAnOfficer: posts are lent to other officers only.
    Source: 118/2025/NĐ-CP Điều 17 khoản 5.
    """
    if post.account_id != by.account_id and not by.has_role("admin") and by.kind != "system":
        raise NotYours(_("Bạn chỉ ủy quyền được vị trí của chính mình."))
    if to.kind != Account.Kind.STAFF or not to.is_active or to.pk == post.account_id:
        raise NotAnOfficer(_("Chỉ ủy quyền cho cán bộ khác đang làm việc."))
    if end <= start:
        raise WrongPeriod(_("Ngày kết thúc phải sau ngày bắt đầu."), field="end")
    if len(decision.strip()) > MOST_DECISION_CHARS:
        raise WrongPeriod(_("Số văn bản ủy quyền quá dài."), field="decision")
    if not decision.strip():
        raise WrongPeriod(_("Hãy ghi số văn bản ủy quyền."), field="decision")
    row = Delegation.objects.create(
        post=post, to=to, valid_from=start, valid_to=end, decision=decision.strip()
    )
    fact = events.PostDelegated(
        post_id=post.pk, to_account_id=to.pk, valid_from=start, valid_to=end, decision=decision
    )
    _record(fact, by=by, at=at)
    return row


@transaction.atomic
def revoke_delegation(*, delegation_id: int, by: Actor, at: datetime) -> None:
    """End a delegation now.

    Raises NotYours: the post is not the actor's.
    """
    row = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("post")
        .filter(pk=delegation_id, revoked_at=None)
        .first()
    )
    if row is None:
        raise NotYours(_("Không có ủy quyền này, hoặc đã được thu hồi."))
    if row.post.account_id != by.account_id and not by.has_role("admin"):
        raise NotYours(_("Bạn chỉ thu hồi được ủy quyền của chính mình."))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _record(events.DelegationRevoked(delegation_id=row.pk), by=by, at=at)


def _check_for(account: Account, by: Actor, *heads: str) -> None:
    """Refuse who acts for another: only the system, an administrator, or the agency's head may."""
    if by.kind == "system" or by.account_id == account.pk or by.has_role("admin"):
        return
    agencies = by.agency_ids(*heads) if heads else frozenset()
    if not agencies or not account.posts.filter(agency_id__in=agencies).exists():
        raise NotYours(_("Bạn không làm được việc này thay người khác."))


@transaction.atomic
def record_absence(
    *, account: Account, start: datetime, end: datetime, reason: str, by: Actor, at: datetime
) -> Absence:
    """Record that an officer is away: no new work is given to them in that time.

    Raises WrongPeriod: the period is empty.
    Raises NotYours: neither one's own absence nor that of somebody in one's agency.
    """
    _check_for(account, by, "head", "chairman", "centre_lead")
    if end <= start:
        raise WrongPeriod(_("Ngày kết thúc phải sau ngày bắt đầu."), field="end")
    row = Absence.objects.create(account=account, starts_at=start, ends_at=end, reason=reason)
    fact = events.AbsenceRecorded(account_id=account.pk, starts_at=start, ends_at=end)
    _record(fact, by=by, at=at)
    return row


@transaction.atomic
def issue_token(
    *, account: Account, name: str, expires_at: datetime, by: Actor, at: datetime
) -> str:
    """Make a bearer token and return it; it is shown once and only its digest is kept.

    Raises NotYours: the account is somebody else's.
    """
    _check_for(account, by)
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(
        account=account,
        digest=digest_of_token(token),
        name=name,
        created_at=at,
        expires_at=expires_at,
    )
    fact = events.TokenIssued(account_id=account.pk, name=name, expires_at=expires_at)
    _record(fact, by=by, at=at)
    return token


@transaction.atomic
def revoke_token(*, token_id: int, by: Actor, at: datetime) -> None:
    """Make one of the actor's own tokens worthless, at once.

    Raises NotYours: the actor has no such token in use.
    """
    row = (
        ApiToken.objects.select_for_update(of=("self",))
        .filter(pk=token_id, account_id=by.account_id or 0, revoked_at=None)
        .first()
    )
    if row is None:
        raise NotYours(_("Bạn không có mã truy cập này, hoặc nó đã bị thu hồi."))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _record(events.TokenRevoked(account_id=row.account_id, name=row.name), by=by, at=at)
