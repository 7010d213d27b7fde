"""Moving a case from step to step: each move is one statement, inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.models import Agency, Post
from motcua.kernel.refused import Refused
from motcua.kernel.worktime import WorkCalendar
from motcua.workflow import queries, rules
from motcua.workflow.definition import HEAD, LOAD, RECEIVING, Process, Step
from motcua.workflow.models import Consultation, ProcessVersion, Task
from motcua.workflow.services import staffing


class TaskClosed(Refused):
    """Somebody did the step first, or the case has ended."""


class TaskPaused(Refused):
    """The step's time stands still; it goes on when what it waits for has come."""


class NotYourTask(Refused):
    """This person may not do the step: another post does it, or it was given to somebody else."""

    law = "118/2025/NĐ-CP Điều 19 khoản 1"


class PartMissing(Refused):
    """One of the six things that must be clear is not, so the step may not start."""


class NoSuchStep(Refused):
    """The process has no such step, or no way back to it from here."""


class NoReason(Refused):
    """Sending back needs a reason that the other officer can act on."""

    field = "reason"
    law = "118/2025/NĐ-CP Điều 19 khoản 4"


@dataclass(frozen=True)
class Case:
    """What the workflow must know of a case to time and place its steps.

    due_at: when the whole case is due; steps get shares of the time up to then.
    """

    id: int
    receiving_id: int
    competent_id: int
    calendar: WorkCalendar
    due_at: datetime | None = None


@dataclass(frozen=True)
class Moved:
    """A step was left; `opened` is the step that follows, None when the process is at its end."""

    closed: Task
    opened: Task | None


def open_first(
    *,
    case: Case,
    process: ProcessVersion,
    at: datetime,
    assignee_id: int | None = None,
) -> Task:
    """Open the first step of a process for a case (one statement).

    Raises PartMissing: nobody holds the post, or nobody answers for the agency.
    Source: ND118/2025 art. 18, 19.1.
    """
    first = process.process.first.key
    return open_step(case=case, process=process, step_key=first, at=at, assignee_id=assignee_id)


def open_step(
    *,
    case: Case,
    process: ProcessVersion,
    step_key: str,
    at: datetime,
    assignee_id: int | None = None,
) -> Task:
    """Open a step of a process for a case that has no open step (one statement).

    Raises NoSuchStep: the process has no step of that key.
    Raises PartMissing: one of the six things that must be clear is not.
    """
    task = _prepared(case=case, process=process, step_key=step_key, at=at)
    return _open(task, closing=None, assignee_id=assignee_id, as_before=False)


def complete(*, task: Task, by: Actor, at: datetime) -> Task:
    """Close a step as done and open none (one statement).

    Raises NotYourTask, TaskPaused, TaskClosed.
    """
    _permit(task, by)
    _close_locally(task, outcome=Task.Outcome.DONE, by=by, at=at, reason="")
    ready = Q(paused_at=None) & (~Q(assignment=HEAD) | Q(assignee__isnull=False))
    closed = Task.objects.filter(ready, pk=task.pk, closed_at=None).update(
        closed_at=at, closed_by=by.account_id, outcome=task.outcome
    )
    if not closed:
        raise _not_ready(task)
    return task


def advance(
    *, task: Task, case: Case, by: Actor, at: datetime, assignee_id: int | None = None
) -> Moved:
    """Close a step as done and open the one that follows it (one statement).

    Raises NotYourTask, TaskPaused, TaskClosed: see there.
    Raises PartMissing: the next step has nobody to do it or to answer for it.
    """
    version = queries.process_by_id(task.process_id)
    following = version.process.following(task.step_key)
    if following is None:
        return Moved(complete(task=task, by=by, at=at), None)
    _permit(task, by)
    opened = _prepared(case=case, process=version, step_key=following.key, at=at)
    _close_locally(task, outcome=Task.Outcome.DONE, by=by, at=at, reason="")
    return Moved(task, _open(opened, closing=task, assignee_id=assignee_id, as_before=False))


def send_back(
    *, task: Task, case: Case, to_step: str, reason: str, by: Actor, at: datetime
) -> Moved:
    """Return a case to an earlier step, to the person who did it before where still there.

    Raises NoReason: the reason is shorter than ten characters.
    Raises NoSuchStep: the process has no way back from here to there.
    Raises NotYourTask, TaskPaused, TaskClosed, PartMissing: as in `advance`.
    Source: ND118/2025 art. 19.4d.
    """
    if not rules.is_reason(reason):
        raise NoReason(_("Nêu rõ lý do trả lại (ít nhất 10 ký tự)."))
    version = queries.process_by_id(task.process_id)
    here = version.process.step(task.step_key)
    if here is None or to_step not in here.back:
        raise NoSuchStep(_("Quy trình không cho trả lại bước này."), field="to_step")
    _permit(task, by)
    opened = _prepared(case=case, process=version, step_key=to_step, at=at)
    _close_locally(task, outcome=Task.Outcome.RETURNED, by=by, at=at, reason=reason.strip())
    return Moved(task, _open(opened, closing=task, assignee_id=None, as_before=True))


def cancel_open(*, case_id: int, by: Actor, at: datetime, reason: str = "") -> int:
    """Close the case's open step and questions, when it ends or starts anew; return how many.

    Source: ND118/2025 art. 19.5, 21.
    """
    closed = Task.objects.filter(case_id=case_id, closed_at=None).update(
        closed_at=at,
        closed_by=by.account_id,
        outcome=Task.Outcome.CANCELLED,
        paused_at=None,
        reason=reason.strip(),
    )
    return closed + Consultation.objects.filter(
        case_id=case_id, answered_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)


def pause(*, case_id: int, at: datetime) -> int:
    """Let the time of the case's open step stand still; return how many steps paused.

    Source: ND118/2025 art. 24.
    """
    return Task.objects.filter(case_id=case_id, closed_at=None, paused_at=None).update(
        paused_at=at
    )


def resume(*, case_id: int, at: datetime, calendar: WorkCalendar) -> Task | None:
    """Let the time of the case's paused step run on with what was left; None: none is paused."""
    task = Task.objects.filter(case_id=case_id, closed_at=None, paused_at__isnull=False).first()
    if task is None or task.paused_at is None:
        return None
    times = rules.resumed(
        calendar=calendar,
        times=rules.StepTimes(task.due_at, task.warn_at, task.alarm_at),
        paused_at=task.paused_at,
        at=at,
    )
    return _retimed(task, times)


def retime(*, case: Case, at: datetime) -> Task | None:
    """Give the open step its share of a case whose due time moved; None: no step is open.

    at: the moment of the change; a step is never made due before it. Source: ND118/2025 art. 19.6.
    """
    task = queries.open_task_of(case.id)
    if task is None or case.due_at is None:
        return None
    process = queries.process_by_id(task.process_id).process
    minutes = _minutes(process, task.step_key, case=case, at=task.opened_at)
    times = rules.step_times(calendar=case.calendar, at=task.opened_at, minutes=minutes)
    if times.due_at < at:
        times = rules.StepTimes(task.due_at, task.warn_at, task.alarm_at)
    return _retimed(task, times, paused_at=task.paused_at)


def _prepared(*, case: Case, process: ProcessVersion, step_key: str, at: datetime) -> Task:
    """Return the unsaved task of a step: everything but who does it and who answers for it."""
    step = process.process.step(step_key)
    if step is None:
        raise NoSuchStep(_("Quy trình không có bước “%s”.") % step_key, field="step")
    minutes = _minutes(process.process, step_key, case=case, at=at)
    times = rules.step_times(calendar=case.calendar, at=at, minutes=minutes)
    return Task(
        case_id=case.id,
        process_id=process.pk,
        step_key=step.key,
        name=_clear(step.name, _("rõ việc"), step),
        role=step.role,
        agency_id=_agency_id(step, case=case),
        assignment=step.assignment,
        authority=_clear(step.legal_authority, _("rõ thẩm quyền"), step),
        product=_clear(step.product, _("rõ sản phẩm"), step),
        opened_at=at,
        due_at=times.due_at,
        warn_at=times.warn_at,
        alarm_at=times.alarm_at,
    )


def _minutes(process: Process, step_key: str, *, case: Case, at: datetime) -> int:
    left = case.calendar.working_minutes_between(at, case.due_at) if case.due_at else None
    return rules.budget_minutes(process=process, step_key=step_key, minutes_left=left)


def _clear(text: str, part: str, step: Step) -> str:
    if not text:
        raise PartMissing(
            _("Chưa thể chuyển sang bước “%(step)s”: chưa %(part)s.")
            % {"step": step.name or step.key, "part": part}
        )
    return text


def _agency_id(step: Step, *, case: Case) -> int:
    place = rules.place_key(step.place)
    if place:
        return case.receiving_id if place == RECEIVING else case.competent_id
    found = Agency.objects.filter(code=step.place).values_list("pk", flat=True).first()
    if found is None:
        raise PartMissing(_("Quy trình gọi cơ quan %s nhưng không có cơ quan này.") % step.place)
    return found


def _permit(task: Task, by: Actor) -> None:
    """Refuse whoever may not do this step."""
    if by.kind == "system":
        return
    post = queries.acting_post(task, by)
    if post is None:
        raise NotYourTask(_("Bước “%s” do vị trí khác hoặc cán bộ khác thực hiện.") % task.name)
    if post.on_behalf_of and task.assignee_id not in (None, by.account_id):
        own = Post.objects.filter(
            pk__in=[ref.post_id for ref in by.posts if ref.on_behalf_of],
            account_id=task.assignee_id,
        )
        if not own.exists():
            raise NotYourTask(_("Bước “%s” đang giao cho cán bộ khác.") % task.name)


def _close_locally(task: Task, *, outcome: str, by: Actor, at: datetime, reason: str) -> None:
    task.closed_at, task.closed_by_id = at, by.account_id
    task.outcome, task.reason = outcome, reason


def _open(task: Task, *, closing: Task | None, assignee_id: int | None, as_before: bool) -> Task:
    """Insert a prepared task, closing another in the same statement; nothing half-done."""
    if closing is not None and not connection.in_atomic_block:
        raise RuntimeError("a case moves in the transaction of its act")
    values: dict[str, Any] = {field.attname: getattr(task, field.attname) for field in _FIELDS}
    values |= {
        "day": task.opened_at.date(),
        "at": task.opened_at,
        "by_load": task.assignment == LOAD,
        "wanted": assignee_id,
        "as_before": as_before,
    }
    names = task.assignment == LOAD or assignee_id is not None or as_before
    if closing is not None:
        values |= {
            "closing": closing.pk,
            "closed_by": closing.closed_by_id,
            "close_outcome": closing.outcome,
            "close_reason": closing.reason,
        }
    with connection.cursor() as cursor:
        cursor.execute(staffing.opening(closes=closing is not None, names=names), values)
        row = cursor.fetchone()
    return _opened(task, staffing.Answer(*row), closing=closing)


_FIELDS = [field for field in Task._meta.concrete_fields if not field.primary_key]  # noqa: SLF001  documented


def _opened(task: Task, answer: staffing.Answer, *, closing: Task | None) -> Task:
    if closing is not None and answer.closed_id is None:
        raise _not_ready(closing)
    if answer.task_id is None or answer.accountable_id is None:
        raise _missing(task, answer)
    task.pk = answer.task_id
    task.assignee_id = answer.assignee_id
    task.accountable_id = answer.accountable_id
    task.authority = answer.authority
    task._state.adding = False  # noqa: SLF001  the row exists; Django's documented flag
    task._state.db = connection.alias  # noqa: SLF001
    return task


def _missing(task: Task, answer: staffing.Answer) -> PartMissing:
    if not answer.has_post:
        text = _("Chưa thể chuyển sang bước “%s”: cơ quan chưa có cán bộ ở vị trí này (rõ người).")
        return PartMissing(text % task.name)
    if answer.accountable_id is None:
        text = _(
            "Chưa thể chuyển sang bước “%s”: cơ quan chưa có người đứng đầu (rõ trách nhiệm)."
        )
        return PartMissing(text % task.name)
    text = _("Cán bộ được giao bước “%s” không giữ vị trí này hoặc đang vắng mặt.")
    return PartMissing(text % task.name, field="assignee")


def _not_ready(task: Task) -> Refused:
    """Return why an open step could not be closed, from the row as it is."""
    row = Task.objects.filter(pk=task.pk).first()
    if row is None or row.closed_at is not None:
        return _closed()
    if row.paused_at is not None:
        return TaskPaused(_("Hồ sơ đang tạm dừng; chưa xử lý bước này được."))
    return NotYourTask(_("Bước “%s” chờ người đứng đầu phân công.") % row.name)


def _closed() -> TaskClosed:
    return TaskClosed(_("Bước này đã có người xử lý. Tải lại trang để xem việc đang ở đâu."))


def _retimed(task: Task, times: rules.StepTimes, *, paused_at: datetime | None = None) -> Task:
    task.due_at, task.warn_at, task.alarm_at = times.due_at, times.warn_at, times.alarm_at
    task.paused_at = paused_at
    task.save(update_fields=["due_at", "warn_at", "alarm_at", "paused_at"])
    return task
