"""What people do about a difference: name an owner, settle it, keep it, write a note."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import events
from motcua.catalog.models import Difference
from motcua.directory.actor import Actor
from motcua.directory.models import Account
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger
from motcua.ledger.acts import acts

SETTLERS = ("controller", "keeper")
WORDS_LEAST, WORDS_MOST = 5, 1000
LETTERS_LEAST = 3
LONGEST = timedelta(days=366)
act = acts("by")


class MayNotSettle(Refused):
    """Differences are settled by the keepers of the catalogue and by procedure control."""


class NoSuchDifference(Refused):
    """There is no such difference."""


class AlreadyClosed(Refused):
    """The difference was settled or is kept as it is."""


class Unsaid(Refused):
    """A reason or a note is missing, or says nothing."""

    field = "note"


class BadDay(Refused):
    """The day to settle it by has passed, or is more than a year away."""

    field = "due_on"


class NotAnOwner(Refused):
    """The one named may not settle differences."""

    field = "owner"


def may_settle(by: Actor) -> bool:
    """Tell whether this person keeps the catalogue in line with the lists.

    Source: ND118/2025 art. 38 (procedure control reviews the announced procedures).
    """
    return by.kind == "system" or by.has_role(*SETTLERS)


@act
def assign(
    *, difference: int, owner: int, due_on: date, by: Actor, at: datetime, words: str = ""
) -> Difference:
    """Name who settles a difference, and by which day; a controller's act.

    Raises MayNotSettle, NoSuchDifference, AlreadyClosed, BadDay, NotAnOwner: see there.
    """
    row = _open(difference, by)
    today = timezone.localdate(at)
    if not today <= due_on <= today + LONGEST:
        raise BadDay(_("Hạn xử lý phải từ hôm nay đến một năm tới."))
    named = Account.objects.filter(pk=owner, is_active=True, posts__role__in=SETTLERS).first()
    if named is None:
        raise NotAnOwner(_("Chọn người quản trị danh mục hoặc kiểm soát thủ tục."))
    row.owner, row.due_on, row.state = named, due_on, Difference.State.ASSIGNED
    said = squeeze(words)[:WORDS_MOST]
    fact = events.DifferenceAssigned(
        difference_id=row.pk, owner_id=named.pk, owner=named.name, due_on=due_on, note=said
    )
    return _saved(row, fact, said, by=by, at=at)


@act
def settle(*, difference: int, words: str, by: Actor, at: datetime) -> Difference:
    """Say that a difference was brought into line, and how; the next run sees whether it was.

    Raises MayNotSettle, NoSuchDifference, AlreadyClosed, Unsaid: see there.
    """
    row, said = _open(difference, by), _said(words)
    row.state = Difference.State.SETTLED
    fact = events.DifferenceSettled(difference_id=row.pk, note=said)
    return _saved(row, fact, said, by=by, at=at)


@act
def keep(*, difference: int, words: str, by: Actor, at: datetime) -> Difference:
    """Leave a difference as it is, with the reason; a run that finds it changed opens it again.

    Raises MayNotSettle, NoSuchDifference, AlreadyClosed, Unsaid: see there.
    """
    row, said = _open(difference, by), _said(words)
    row.state = Difference.State.KEPT
    fact = events.DifferenceKept(difference_id=row.pk, reason=said)
    return _saved(row, fact, said, by=by, at=at)


@act
def write_note(*, difference: int, words: str, by: Actor, at: datetime) -> Difference:
    """Write a note to a difference. Raises MayNotSettle, NoSuchDifference, Unsaid: see there."""
    row, said = _locked(difference, by), _said(words)
    return _saved(row, events.DifferenceNoted(difference_id=row.pk, note=said), said, by=by, at=at)


def note(fact: Fact, *, row: Difference, by: Actor, at: datetime) -> None:
    """Record a fact in the difference's stream."""
    ledger.record(
        fact, stream=row.stream, at=at, actor=by.key, actor_name=by.name, post=by.describe()
    )


def _locked(difference: int, by: Actor) -> Difference:
    if not may_settle(by):
        raise MayNotSettle(
            _("Việc này do người quản trị danh mục và kiểm soát thủ tục thực hiện.")
        )
    row = Difference.objects.select_for_update(of=("self",)).filter(pk=difference).first()
    if row is None:
        raise NoSuchDifference(_("Không có sai khác này."))
    return row


def _open(difference: int, by: Actor) -> Difference:
    row = _locked(difference, by)
    if not row.is_open:
        raise AlreadyClosed(
            _("Sai khác này đang ở trạng thái “%s”, không còn chờ xử lý.")
            % row.get_state_display()
        )
    return row


def _said(words: str) -> str:
    said = squeeze(words)
    is_said = sum(one.isalnum() for one in said) >= LETTERS_LEAST  # a row of dots says nothing
    if not is_said or not WORDS_LEAST <= len(said) <= WORDS_MOST:
        raise Unsaid(_("Ghi rõ lý do hoặc cách xử lý (từ 5 đến 1.000 ký tự)."))
    return said


def _saved(row: Difference, fact: Fact, said: str, *, by: Actor, at: datetime) -> Difference:
    if said:
        line = f"{timezone.localtime(at):%d/%m/%Y} {by.name}: {said}"
        row.note = f"{row.note}\n{line}".strip()
    row.moved_at = at
    row.save()
    note(fact, row=row, by=by, at=at)
    return row
