"""Giving work to people: by the head, by load, by taking it; and when somebody is away."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.models import Account
from motcua.kernel.refused import Refused
from motcua.workflow import queries, rules
from motcua.workflow.definition import HEAD
from motcua.workflow.models import Task
from motcua.workflow.services import staffing
from motcua.workflow.services.tasks import NotYourTask, TaskClosed


class NotTheHead(Refused):
    """Only the head of the agency gives its work to somebody."""

    law = "118/2025/NĐ-CP Điều 19 khoản 1"


class NobodyThere(Refused):
    """The officer does not hold the post or is away, or nobody in the post is present."""

    field = "assignee"


def assign(*, task: Task, to: Account, by: Actor, at: datetime) -> Task:
    """Give an open step to an officer; an absent one's delegate gets it (one statement).

    Raises NotTheHead: `by` does not give out the work of this agency.
    Raises NobodyThere: the officer holds no such post there, or is away with no delegate.
    Raises TaskClosed: the step is done. Source: ND118/2025 art. 19.1.
    """
    if not rules.may_assign(agency_id=task.agency_id, by=by):
        raise NotTheHead(_("Chỉ người đứng đầu cơ quan phân công việc của cơ quan."))
    _give(task, wanted=to.pk, at=at)
    return task


def auto_assign(*, task: Task, at: datetime) -> Task:
    """Give an open step to the present officer of its post who has the least open work.

    Raises NobodyThere: nobody in the post is present. Raises TaskClosed: the step is done.
    """
    _give(task, wanted=None, at=at)
    return task


def take(*, task: Task, by: Actor) -> Task:
    """Take a step that waits for anybody in the post.

    Raises NotYourTask: somebody has it, it waits for the head, or another post does it.
    Raises TaskClosed: the step is done.
    """
    if task.assignment == HEAD or queries.acting_post(task, by) is None:
        raise NotYourTask(_("Bước “%s” không chờ vị trí của bạn nhận việc.") % task.name)
    taken = Task.objects.filter(pk=task.pk, closed_at=None, assignee=None).update(
        assignee=by.account_id
    )
    if not taken:
        raise NotYourTask(_("Bước “%s” đã có người nhận.") % task.name)
    task.assignee_id = by.account_id
    return task


def reassign_work_of(*, account_id: int, by: Actor, at: datetime) -> list[Task]:
    """Give an absent officer's open steps to the delegate or, without one, by load.

    Returns the steps that changed hands; a step for which nobody is present stays where it is.
    Raises NotTheHead: `by` does not give out the work of an agency that a step belongs to.
    """
    moved = []
    for task in Task.objects.filter(assignee=account_id, closed_at=None).order_by("due_at"):
        if not rules.may_assign(agency_id=task.agency_id, by=by):
            raise NotTheHead(_("Chỉ người đứng đầu cơ quan phân công việc của cơ quan."))
        found = _chosen(task, wanted=account_id, at=at) or _chosen(task, wanted=None, at=at)
        if found and found != account_id:
            task.assignee_id = found
            moved.append(task)
    return moved


def _give(task: Task, *, wanted: int | None, at: datetime) -> None:
    found = _chosen(task, wanted=wanted, at=at)
    if found is not None:
        task.assignee_id = found
        return
    if Task.objects.filter(pk=task.pk, closed_at=None).exists():
        raise NobodyThere(_("Cán bộ không giữ vị trí này ở cơ quan, hoặc đang vắng mặt."))
    raise TaskClosed(_("Bước này đã có người xử lý. Tải lại trang để xem việc đang ở đâu."))


def _chosen(task: Task, *, wanted: int | None, at: datetime) -> int | None:
    """Write the assignee that the staffing rule finds, and return it; None: nobody, or closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            staffing.ASSIGN,
            {
                "task": task.pk,
                "agency_id": task.agency_id,
                "role": task.role,
                "case_id": task.case_id,
                "step_key": task.step_key,
                "wanted": wanted,
                "by_load": True,
                "as_before": False,
                "at": at,
                "day": at.date(),
            },
        )
        row = cursor.fetchone()
    return row[0] if row else None
