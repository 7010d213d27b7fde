"""The one supplement: asked complete and with reasons, answered, or closed after silence."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Paper, Supplement
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import core, intake, kho
from motcua.dossiers.services.filing import PaperIn, check_papers
from motcua.kernel.worktime import ClockKind, due
from motcua.payments import services as payments
from motcua.workflow import services as workflow

LAW = "118/2025/NĐ-CP Điều 19 khoản 5"


@core.act
def request_supplement(
    *,
    code: str,
    items: Mapping[str, str],
    reason: str,
    by: Actor,
    at: datetime,
    law: str = "",
    database_failed: Sequence[str] = (),
    store_wrong: Sequence[str] = (),
    expected: int | None = None,
) -> Supplement:
    """Ask the applicant, once, for everything that is missing or wrong.

    `items`: component key → reason for that component. `database_failed`: components that a
    database holds but did not give, as the officer found. `store_wrong`: components whose paper in
    the owner's store the officer found wrong or outdated; the reason of each is kept there.
    Raises SecondSupplement, SupplementTooLate, ReasonMissing, NotPublished, HeldByDatabase,
    HeldByStore, NotComplete: see there.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm e, Điều 16 khoản 3, Điều 17 khoản 2, Điều 19 khoản 5.
    """
    dossier = core.locked(code, Act.REQUEST_SUPPLEMENT, by=by, expected=expected)
    if dossier.supplement_count:
        raise refusals.SecondSupplement(
            _("Hồ sơ đã yêu cầu bổ sung một lần; không được yêu cầu lần nữa."), law=LAW
        )
    _check_in_time(dossier, at)
    said = core.need_reason(reason)
    _check_items(dossier, items, database_failed, store_wrong, at)
    stage = "intake" if dossier.state == Dossier.State.SUBMITTED else "appraisal"
    supplement = Supplement.objects.create(
        dossier=dossier,
        stage=stage,
        items={key: " ".join(text.split()) for key, text in items.items()},
        reason=said,
        law=law[:200],
        requested_at=at,
        requested_by=by.name,
        answer_by=guards.supplement_answer_by(core.calendar_of(dossier), at),
    )
    workflow.cancel_open(case_id=dossier.pk, by=by, at=at, reason=said)
    dossier.state = Dossier.State.WAIT_SUPPLEMENT
    dossier.supplement_count = 1
    dossier.close_on = supplement.answer_by
    dossier.paused_from = stage
    dossier.clock = clock.added(dossier.clock, ClockKind.PAUSE, at, reason=_("chờ bổ sung"))
    core.take_turn(dossier, None)
    kho.doubt_papers(dossier=dossier, keys=store_wrong, reasons=items, by=by, at=at)
    fact = events.SupplementRequested(
        code=code,
        stage=stage,
        components=tuple(items),
        database_failed=tuple(database_failed),
        store_wrong=tuple(store_wrong),
        reason=said,
        answer_by=supplement.answer_by,
    )
    changed = ["state", "supplement_count", "close_on", "paused_from", "clock", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed)
    return supplement


def _check_in_time(dossier: Dossier, at: datetime) -> None:
    """After acceptance, "not eligible yet" is said within three working days (R14)."""
    since = dossier.started_at or dossier.accepted_at
    if dossier.state == Dossier.State.SUBMITTED or since is None:
        return
    until = guards.supplement_until(core.calendar_of(dossier), since)
    if at > until:
        raise refusals.SupplementTooLate(
            _("Chỉ được yêu cầu bổ sung trong 3 ngày làm việc kể từ khi nhận hồ sơ."), law=LAW
        )


def _check_items(
    dossier: Dossier,
    items: Mapping[str, str],
    database_failed: Sequence[str],
    store_wrong: Sequence[str],
    at: datetime,
) -> None:
    """Refuse what is unpublished, held elsewhere, without reason, or leaves something out."""
    papers = intake.wanted(dossier=dossier, content=catalog.content_of(dossier.version_id))
    names = {p.key: p.name for p in papers}
    if not items:
        raise refusals.ReasonMissing(_("Hãy chọn giấy tờ cần bổ sung."), field="components")
    if strange := guards.unpublished(list(items), list(names)):
        raise refusals.NotPublished(
            _("Không được yêu cầu giấy tờ ngoài danh mục đã công bố: %s.") % ", ".join(strange),
            law="118/2025/NĐ-CP Điều 5 khoản 1 điểm đ",
        )
    if held := guards.held_by_database(list(items), papers, database_failed):
        raise refusals.HeldByDatabase(
            _("Cơ sở dữ liệu đã có, không được yêu cầu nộp: %s.")
            % "; ".join(p.name for p in held),
            law="309/2026/NĐ-CP Điều 2 khoản 1",
        )
    there = kho.check_not_in_store(dossier=dossier, keys=set(items), wrong=store_wrong, at=at)
    for key, text in items.items():
        if not guards.is_reason(text):
            raise refusals.ReasonMissing(
                _("Nêu lý do cần bổ sung “%s” (ít nhất 10 ký tự).") % names[key],
                field=f"item-{key}",
            )
    if left_out := [p for p in guards.missing(papers) if p.key not in {*items, *there}]:
        raise refusals.NotComplete(
            _("Chỉ được yêu cầu một lần nên phải đủ: còn thiếu cả %s.")
            % "; ".join(p.name for p in left_out),
            law="118/2025/NĐ-CP Điều 16 khoản 3",
        )


@core.act
def answer_supplement(
    *,
    code: str,
    papers: Sequence[PaperIn],
    by: Actor,
    at: datetime,
    note: str = "",
    expected: int | None = None,
) -> Dossier:
    """Take the supplement in; after acceptance the clock restarts from zero (R14).

    Raises Incomplete: something that was asked for is still not there.
    Source: 118/2025/NĐ-CP Điều 19 khoản 5; 309/2026/NĐ-CP Điều 8 khoản 3.
    """
    dossier = core.locked(code, Act.ANSWER_SUPPLEMENT, by=by, expected=expected)
    supplement = Supplement.objects.select_for_update().get(dossier=dossier)
    _take_in(dossier, supplement, papers)
    supplement.answered_at, supplement.answer_note = at, note.strip()
    supplement.save(update_fields=["answered_at", "answer_note"])
    before = dossier.due_at
    step = _reopen(dossier, at)
    process = core.workflow_process(dossier)
    core.take_turn(
        dossier,
        workflow.open_step(case=core.case_of(dossier), process=process, step_key=step, at=at),
    )
    dossier.close_on = None
    fact = events.SupplementAnswered(
        code=code,
        stage=supplement.stage,
        due_before=before,
        due_at=dossier.due_at,
        officer_id=core.given_to(dossier),
    )
    changed = ["state", "close_on", "paused_from", "clock", "due_at", *core.TURN_FIELDS]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier


def _reopen(dossier: Dossier, at: datetime) -> str:
    """Set state and clock after a supplement and return the step that goes on."""
    process = core.workflow_process(dossier).process
    if dossier.paused_from == "intake":
        dossier.state, dossier.paused_from = Dossier.State.SUBMITTED, ""
        return process.first.key
    dossier.paused_from = ""
    dossier.state = Dossier.State.IN_PROGRESS
    if dossier.started_at is not None:
        limit = clock.limit_of(dossier.clock)
        dossier.clock = clock.added(dossier.clock, ClockKind.RESTART, at)
        if limit is not None:
            dossier.due_at = due(core.calendar_of(dossier), at, limit)
    following = process.following(process.first.key)
    return following.key if following else process.first.key


def _take_in(dossier: Dossier, supplement: Supplement, papers: Sequence[PaperIn]) -> None:
    check_papers(papers=papers)
    brought = {p.component: p for p in papers if p.originals or p.copies or p.files}
    rows = {
        row.component_key: row
        for row in Paper.objects.filter(dossier=dossier, component_key__in=supplement.items)
    }
    lacking = [row.name for key, row in rows.items() if key not in brought]
    if lacking:
        raise refusals.Incomplete(
            _("Vẫn còn thiếu: %s.") % "; ".join(lacking), field="papers", law=LAW
        )
    for key, row in rows.items():
        row.originals, row.copies = brought[key].originals, brought[key].copies
        row.files = [*row.files, *brought[key].files]
        row.state = Paper.State.PRESENT
    Paper.objects.bulk_update(rows.values(), ["originals", "copies", "files", "state"])


@core.act
def close_unsupplemented(*, code: str, by: Actor, at: datetime) -> Dossier:
    """Close a dossier whose supplement did not come in fifteen days.

    Raises StillSilent: the fifteen days are not over.
    Source: 118/2025/NĐ-CP Điều 19 khoản 5.
    """
    dossier = core.locked(code, Act.CLOSE_UNSUPPLEMENTED, by=by)
    if dossier.close_on is None or at <= dossier.close_on:
        raise refusals.StillSilent(
            _("Chưa hết 15 ngày chờ bổ sung nên chưa được đóng hồ sơ."), law=LAW
        )
    dossier.state = Dossier.State.STOPPED
    dossier.ended_at = at
    dossier.clock = clock.added(dossier.clock, ClockKind.STOP, at, reason=_("không bổ sung"))
    if dossier.money == Dossier.Money.DUE:
        paid = payments.cancel(case_id=dossier.pk)
        dossier.money = Dossier.Money.PAID if paid else Dossier.Money.FREE
    supplement = Supplement.objects.get(dossier=dossier)
    fact = events.DossierClosedUnsupplemented(code=code, silent_since=supplement.requested_at)
    changed = ["state", "ended_at", "clock", "money"]
    core.finish(dossier, fact, by=by, at=at, changed=changed, agency_id=dossier.receiving_id)
    return dossier
