"""Signals: look for them, raise, explain, close. A person concludes; nothing follows by itself."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.supervision import events, notices, refusals
from motcua.supervision.definitions import BY_KEY
from motcua.supervision.models import Evidence, Signal
from motcua.supervision.queries.evidence import GATHERERS, Finding, Span, found_by
from motcua.supervision.rules import reach
from motcua.supervision.rules.signals import Numbers, numbers
from motcua.supervision.services import core

_LOCK = 743302
_NAMED = 20  # codes in a fact; the rows hold them all


def look(*, at: datetime, since: datetime | None = None) -> dict[str, int]:
    """Look through the facts since a moment (None: all) and raise what is new, by signal.

    What was found before is never raised again; signals about officers look back over their window.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1, Điều 38; rule of the house.
    """
    table = numbers(on=timezone.localdate(at))
    window = Span(at - timedelta(days=table.window_days), at)
    span = Span(since or at - timedelta(days=3660), at)
    raised = {}
    for key in GATHERERS:
        found = found_by(key, span=span, window=window, numbers=table)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            raised[key] = _raise(key, found, table, SYSTEM, at)
    return raised


@core.act
def raise_signal(*, finding: Finding, at: datetime, by: Actor = SYSTEM) -> Signal | None:
    """Raise one thing that was found; None: it was found before.

    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    table = numbers(on=timezone.localdate(at))
    if not _raise(finding.kind, [finding], table, by, at):
        return None
    return Evidence.objects.select_related("signal").get(
        kind=finding.kind, key=finding.key
    ).signal  # fmt: skip


def _raise(key: str, found: Iterable[Finding], table: Numbers, by: Actor, at: datetime) -> int:
    """Put what is new to the open signal of its subject, or to a new one; return how much is new."""
    known = set(Evidence.objects.filter(kind=key).values_list("key", flat=True))
    fresh: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        if one.key not in known:
            known.add(one.key)
            fresh[one.subject].append(one)
    there = {
        row.subject: row
        for row in Signal.objects.filter(kind=key, state="open", subject__in=list(fresh))
    }
    for subject, findings in fresh.items():
        row = there.get(subject) or _opened(findings[0], table, at)
        _add(row, findings, by, at, is_new=subject not in there)
    return sum(len(findings) for findings in fresh.values())


def _opened(first: Finding, table: Numbers, at: datetime) -> Signal:
    calendar = calendar_for(cards.card(first.agency_id).calendar_key)
    days = table.explain_days
    last = calendar.end_of_day(calendar.add_working_days(timezone.localdate(at), days))
    return Signal.objects.create(
        kind=first.kind,
        about=first.about,
        subject=first.subject,
        agency_id=first.agency_id,
        account_id=first.account_id,
        severity=BY_KEY[first.kind].severity,
        is_guarded=first.is_guarded,
        raised_at=at,
        explain_by=None if first.is_guarded else last,
    )


def _add(row: Signal, found: list[Finding], by: Actor, at: datetime, *, is_new: bool) -> None:
    """Write what was found beside its signal, with the fact, and tell whom it concerns once."""
    Evidence.objects.bulk_create(
        Evidence(
            signal=row, kind=one.kind, key=one.key, at=one.at, reason=one.reason,
            codes=list(one.codes), numbers=dict(one.numbers),
        )
        for one in found
    )  # fmt: skip
    codes = tuple(dict.fromkeys(code for one in found for code in one.codes))[:_NAMED]
    fact: events.SignalFact = events.SignalGrew(signal=row.kind, evidence=len(found), codes=codes)
    if is_new:
        fact = events.SignalRaised(
            signal=row.kind, about=row.about, severity=row.severity,
            agency=cards.name_of(row.agency_id), officer_id=row.account_id, evidence=len(found),
            codes=codes, explain_by=row.explain_by,
        )  # fmt: skip
    row.revision += 1
    row.save(update_fields=["revision"])
    core.note([(row.stream, fact)], by=by, at=at)
    if is_new:
        notices.tell_of_signal(row, what=str(BY_KEY[row.kind].name), at=at)


@core.act
def explain(*, signal_id: int, text: str, by: Actor, at: datetime) -> Signal:
    """Explain a signal about oneself or one's agency; late words are kept too, and show as late.

    Raises NotFound, NotAllowed, WrongState (explained or closed before), SaysTooLittle.
    Source: 118/2025/NĐ-CP Điều 38; rule of the house (the right to explain).
    """
    row = _locked(signal_id)
    if not reach.may_explain(row, by=by):
        raise refusals.NotAllowed(_("Chỉ người được nêu hoặc người đứng đầu cơ quan giải trình."))
    if row.state != Signal.State.OPEN:
        raise refusals.WrongState(_("Dấu hiệu này đã được giải trình hoặc đã khép lại."))
    said = core.need_words(text, field="explanation", most=core.WORDS_MOST)
    row.explanation, row.explained_at, row.explained_by_id = said, at, by.account_id
    row.explained_as = _post_of(row, by)
    row.state, row.revision = Signal.State.EXPLAINED, row.revision + 1
    row.save()
    is_late = row.explain_by is not None and at > row.explain_by
    fact = events.SignalExplained(signal=row.kind, words=said, is_late=is_late)
    core.note([(row.stream, fact)], by=by, at=at)
    return row


@core.act
def close(*, signal_id: int, outcome: str, text: str, by: Actor, at: datetime) -> Signal:
    """Conclude what was looked at: its cause is found, it was no matter, or it becomes a duty.

    Before the days to explain are over, only what was explained is concluded.
    Raises NotFound, Concerned (it is about oneself), NotAllowed, WrongState, SaysTooLittle.
    Source: 118/2025/NĐ-CP Điều 38; rule of the house (nobody judges their own case).
    """
    row = _locked(signal_id)
    if reach.is_concerned(row, by=by):
        raise refusals.Concerned(_("Không ai tự khép lại dấu hiệu về chính mình."))
    if not reach.may_close(row, by=by):
        raise refusals.NotAllowed(
            _("Kết luận do người đứng đầu cơ quan, kiểm soát hoặc thanh tra.")
        )
    if row.state == Signal.State.CLOSED:
        raise refusals.WrongState(_("Dấu hiệu này đã được khép lại."))
    if row.state == Signal.State.OPEN and row.explain_by is not None and at < row.explain_by:
        raise refusals.WrongState(_("Còn trong thời gian giải trình; chờ lời giải trình đã."))
    if outcome not in Signal.Outcome.values or not outcome:
        raise refusals.SaysTooLittle(_("Chọn kết luận."), field="outcome")
    said = core.need_words(text, field="conclusion", most=core.WORDS_MOST)
    row.outcome, row.conclusion, row.closed_at = outcome, said, at
    row.closed_by_id, row.closed_as = by.account_id, _post_of(row, by)
    row.state, row.revision = Signal.State.CLOSED, row.revision + 1
    row.save()
    fact = events.SignalClosed(signal=row.kind, outcome=outcome, conclusion=said)
    core.note([(row.stream, fact)], by=by, at=at)
    return row


def _locked(signal_id: int) -> Signal:
    row = Signal.objects.select_for_update(of=("self",)).filter(pk=signal_id).first()
    if row is None:
        raise refusals.NotFound(_("Không tìm thấy dấu hiệu này."))
    return row


def _post_of(row: Signal, by: Actor) -> str:
    return (by.describe(agency_id=row.agency_id) or by.describe())[:200]
