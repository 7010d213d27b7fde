"""Steps open with all six things clear, move in one statement, and are refused in words."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.kernel.worktime_cast import at, shipped
from tests.workflow.conftest import FRIDAY_5PM, MONDAY_8AM, Town

from motcua.directory.actor import SYSTEM
from motcua.directory.models import Agency, Post
from motcua.workflow import queries
from motcua.workflow import services as workflow
from motcua.workflow.definition import DEFAULT, to_json
from motcua.workflow.models import Consultation, ProcessVersion, Task
from motcua.workflow.services import tasks

TUESDAY = at("2026-11-17 08:00")
WHY = "Thiếu trích lục bản đồ của thửa đất"


def stored(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def custom(**changes: object) -> ProcessVersion:
    """Return a process whose appraisal differs from the built-in one."""
    steps = tuple(
        replace(step, **changes) if step.key == "appraise" else step  # type: ignore[arg-type]
        for step in DEFAULT.steps
    )
    return ProcessVersion.objects.create(
        key="rieng",
        name="Riêng",
        version=1,
        procedure_code="1.000001",
        definition=to_json(replace(DEFAULT, steps=steps, is_elastic=False)),
        decision_number="1/QĐ-UBND",
        valid_from=MONDAY_8AM.date(),
        approved_at=MONDAY_8AM,
    )


def test_the_first_step_opens_with_six_things_clear(town: Town) -> None:
    task = workflow.open_first(case=town.case(1), process=queries.BUILT_IN, at=MONDAY_8AM)

    kept = stored(task)
    assert (kept.step_key, kept.role, kept.agency) == ("receive", "receptionist", town.centre)
    assert kept.assignee is None
    assert kept.name == "Tiếp nhận, số hóa và chuyển hồ sơ"
    assert "Điều 17" in kept.authority
    assert kept.product
    assert kept.accountable == town.people["giám đốc"]
    assert MONDAY_8AM < kept.warn_at < kept.alarm_at < kept.due_at < FRIDAY_5PM
    assert task.due_at == kept.due_at
    assert task.process_id is None


def test_a_case_goes_through_all_five_steps(town: Town) -> None:
    task = town.open(1)
    visited = []

    for name in ("nhận", "thẩm", "ký", "văn thư", "nhận"):
        visited.append((task.step_key, task.agency_id))
        moved = workflow.advance(
            task=task, case=town.case(1), by=town.actor(name), at=at("2026-11-16 09:00")
        )
        assert moved.closed.outcome == "done"
        task = moved.opened or task

    assert visited == [
        ("receive", town.centre.pk),
        ("appraise", town.committee.pk),
        ("approve", town.committee.pk),
        ("issue", town.committee.pk),
        ("return", town.centre.pk),
    ]
    assert queries.open_task_of(1) is None
    assert [t.closed_by.name for t in queries.tasks_of(1) if t.closed_by] == [
        "nhận", "thẩm", "ký", "văn thư", "nhận",
    ]  # fmt: skip


def test_steps_share_the_time_of_the_case(town: Town) -> None:
    task = town.open(1)

    calendar = shipped()
    whole = calendar.working_minutes_between(MONDAY_8AM, FRIDAY_5PM)
    assert calendar.working_minutes_between(MONDAY_8AM, task.due_at) == whole // 8
    last = town.open(2, "return")
    assert last.due_at == FRIDAY_5PM


def test_the_head_of_the_committee_answers_for_its_work(town: Town) -> None:
    task = town.open(1, "appraise")

    assert task.accountable_id == town.people["chủ tịch"].pk
    assert task.assignee_id == town.people["thẩm"].pk


def test_a_centre_without_a_head_is_answered_for_by_its_committee(town: Town) -> None:
    Post.objects.filter(role="centre_lead").delete()

    assert town.open(1).accountable_id == town.people["chủ tịch"].pk


@pytest.mark.parametrize("gone", [["centre_lead", "chairman", "head"], ["receptionist"]])
def test_a_step_with_nobody_in_it_or_over_it_is_refused(town: Town, gone: list[str]) -> None:
    Post.objects.filter(role__in=gone).delete()

    with pytest.raises(workflow.PartMissing):
        town.open(1)

    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("part", "value"), [("name", ""), ("product", ""), ("place", "H99.NOWHERE")]
)
def test_a_step_with_an_unclear_part_is_refused(town: Town, part: str, value: str) -> None:
    with pytest.raises(workflow.PartMissing):
        workflow.open_step(
            case=town.case(1), process=custom(**{part: value}), step_key="appraise", at=MONDAY_8AM
        )


def test_a_step_without_legal_authority_is_refused(town: Town) -> None:
    town.hire("lạ", "keeper")

    with pytest.raises(workflow.PartMissing, match="thẩm quyền"):
        workflow.open_step(
            case=town.case(1), process=custom(role="keeper"), step_key="appraise", at=MONDAY_8AM
        )


def test_a_step_can_be_done_by_a_named_agency(town: Town) -> None:
    office = Agency.objects.create(code="H32.7", name="Sở", kind="department", level="province")
    town.hire("chuyên viên sở", "appraiser", office)
    town.hire("giám đốc sở", "head", office)

    task = workflow.open_step(
        case=town.case(1), process=custom(place="H32.7"), step_key="appraise", at=MONDAY_8AM
    )

    assert task.agency_id == office.pk
    assert task.accountable_id == town.people["giám đốc sở"].pk


def test_an_unknown_step_is_refused(town: Town) -> None:
    with pytest.raises(workflow.NoSuchStep):
        town.open(1, "dream")


def test_a_move_is_one_statement(town: Town) -> None:
    task = town.open(1)
    by = town.actor("nhận")

    with CaptureQueriesContext(connection) as counted:
        workflow.advance(task=task, case=town.case(1), by=by, at=TUESDAY)
    assert len(counted) == 1
    with CaptureQueriesContext(connection) as counted:
        town.open(2)
    assert len(counted) == 1


def test_a_move_outside_a_transaction_is_a_mistake(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = town.open(1)
    monkeypatch.setattr(tasks, "connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(RuntimeError):
        workflow.advance(task=task, case=town.case(1), by=town.actor("nhận"), at=TUESDAY)


@pytest.mark.parametrize("name", ["thẩm", "ký", "chủ tịch", "văn thư"])
def test_another_post_may_not_do_the_step(town: Town, name: str) -> None:
    task = town.open(1)

    with pytest.raises(workflow.NotYourTask):
        workflow.advance(task=task, case=town.case(1), by=town.actor(name), at=TUESDAY)

    assert stored(task).is_open


def test_the_head_of_the_centre_stands_in_at_the_counter(town: Town) -> None:
    task = town.open(1)

    moved = workflow.advance(task=task, case=town.case(1), by=town.actor("giám đốc"), at=TUESDAY)

    assert moved.opened is not None


def test_the_system_may_do_any_step(town: Town) -> None:
    task = town.open(1)

    moved = workflow.advance(task=task, case=town.case(1), by=SYSTEM, at=TUESDAY)

    assert moved.closed.closed_by_id is None


def test_a_colleague_of_the_assignee_may_not_do_the_step(town: Town) -> None:
    task = town.open(1, "appraise")
    town.hire("thẩm hai", "appraiser")

    with pytest.raises(workflow.NotYourTask):
        workflow.advance(task=task, case=town.case(1), by=town.actor("thẩm hai"), at=TUESDAY)


def test_a_step_done_twice_is_refused(town: Town) -> None:
    first, again = town.open(1), Task.objects.get(case_id=1)
    by = town.actor("nhận")
    workflow.advance(task=first, case=town.case(1), by=by, at=TUESDAY)

    with pytest.raises(workflow.TaskClosed):
        workflow.advance(task=again, case=town.case(1), by=by, at=TUESDAY)
    with pytest.raises(workflow.TaskClosed):
        workflow.complete(task=again, by=by, at=TUESDAY)

    assert Task.objects.filter(case_id=1, closed_at=None).count() == 1


def test_a_step_that_waits_for_the_head_is_not_done_before(town: Town) -> None:
    version = custom(assignment="head")
    task = workflow.open_step(
        case=town.case(1), process=version, step_key="appraise", at=MONDAY_8AM
    )
    by = town.actor("thẩm")

    with pytest.raises(workflow.NotYourTask):
        workflow.advance(task=task, case=town.case(1), by=by, at=TUESDAY)
    # Callers may hold a task of which they know little; the statement knows all.
    bare = Task(
        pk=task.pk, case_id=1, process_id=version.pk, step_key="appraise", name=task.name,
        role=task.role, agency_id=task.agency_id,
    )  # fmt: skip
    with pytest.raises(workflow.NotYourTask, match="phân công"):
        workflow.advance(task=bare, case=town.case(1), by=by, at=TUESDAY)
    with pytest.raises(workflow.NotYourTask, match="phân công"):
        workflow.complete(task=bare, by=by, at=TUESDAY)

    workflow.assign(task=task, to=town.people["thẩm"], by=town.actor("chủ tịch"), at=TUESDAY)
    assert workflow.advance(task=task, case=town.case(1), by=by, at=TUESDAY).opened


def test_sending_back_returns_the_work_to_who_did_it(town: Town) -> None:
    town.hire("thẩm hai", "appraiser")
    task = town.open(1, "appraise")
    doer = Town.actor(town, "thẩm" if task.assignee_id == town.people["thẩm"].pk else "thẩm hai")
    approval = workflow.advance(task=task, case=town.case(1), by=doer, at=TUESDAY).opened
    assert approval is not None

    moved = workflow.send_back(
        task=approval, case=town.case(1), to_step="appraise", reason=WHY,
        by=town.actor("ký"), at=TUESDAY,
    )  # fmt: skip

    assert (moved.closed.outcome, stored(moved.closed).reason) == ("returned", WHY)
    assert moved.opened is not None
    assert moved.opened.step_key == "appraise"
    assert moved.opened.assignee_id == doer.account_id


def test_sending_back_to_the_counter_finds_the_receptionist(town: Town) -> None:
    town.hire("nhận hai", "receptionist", town.centre)
    task = town.open(1)
    appraisal = workflow.advance(
        task=task, case=town.case(1), by=town.actor("nhận"), at=TUESDAY
    ).opened
    assert appraisal is not None

    moved = workflow.send_back(
        task=appraisal, case=town.case(1), to_step="receive", reason=WHY,
        by=town.actor("thẩm"), at=TUESDAY,
    )  # fmt: skip

    assert moved.opened is not None
    assert moved.opened.assignee_id == town.people["nhận"].pk


@pytest.mark.parametrize("reason", ["", "   ", "thiếu", "  thiếu      x "])
def test_sending_back_needs_a_reason(town: Town, reason: str) -> None:
    task = town.open(1, "appraise")

    with pytest.raises(workflow.NoReason) as refusal:
        workflow.send_back(
            task=task, case=town.case(1), to_step="receive", reason=reason,
            by=town.actor("thẩm"), at=TUESDAY,
        )  # fmt: skip

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("to_step", ["issue", "approve", "appraise", "nowhere", ""])
def test_sending_back_goes_only_where_the_process_says(town: Town, to_step: str) -> None:
    task = town.open(1, "appraise")

    with pytest.raises(workflow.NoSuchStep):
        workflow.send_back(
            task=task, case=town.case(1), to_step=to_step, reason=WHY,
            by=town.actor("thẩm"), at=TUESDAY,
        )  # fmt: skip


def test_an_ended_case_has_no_open_step_or_question(town: Town) -> None:
    task = town.open(1)
    Consultation.objects.create(
        case_id=1, agency=town.committee, asked_at=MONDAY_8AM, due_at=FRIDAY_5PM, question=WHY
    )

    count = workflow.cancel_open(case_id=1, by=SYSTEM, at=TUESDAY, reason="Rút hồ sơ")

    assert count == 2
    assert (stored(task).outcome, stored(task).reason) == ("cancelled", "Rút hồ sơ")
    assert workflow.cancel_open(case_id=1, by=SYSTEM, at=TUESDAY) == 0


def test_a_paused_step_is_not_done_and_runs_on_with_what_was_left(town: Town) -> None:
    task = town.open(1, "appraise")
    left = shipped().working_minutes_between(TUESDAY, task.due_at)
    thursday = at("2026-11-19 08:00")

    assert workflow.pause(case_id=1, at=TUESDAY) == 1
    assert workflow.pause(case_id=1, at=TUESDAY) == 0
    with pytest.raises(workflow.TaskPaused):
        workflow.advance(task=task, case=town.case(1), by=town.actor("thẩm"), at=TUESDAY)
    with pytest.raises(workflow.TaskPaused):
        workflow.complete(task=stored(task), by=town.actor("thẩm"), at=TUESDAY)
    resumed = workflow.resume(case_id=1, at=thursday, calendar=shipped())

    assert resumed is not None
    assert shipped().working_minutes_between(thursday, resumed.due_at) == left
    assert stored(task).due_at == resumed.due_at
    assert workflow.resume(case_id=1, at=thursday, calendar=shipped()) is None


def test_a_case_with_more_time_gives_its_step_more(town: Town) -> None:
    task = town.open(1, "appraise")
    later = at("2026-12-04 17:00")

    retimed = workflow.retime(case=town.case(1, due_at=later), at=TUESDAY)

    assert retimed is not None
    assert task.due_at < retimed.due_at < later
    assert workflow.retime(case=town.case(2, due_at=later), at=TUESDAY) is None
    assert workflow.retime(case=town.case(1, due_at=None), at=TUESDAY) is None


def test_a_case_with_less_time_never_makes_a_step_late_at_once(town: Town) -> None:
    task = town.open(1, "appraise")

    retimed = workflow.retime(case=town.case(1, due_at=at("2026-11-16 09:00")), at=TUESDAY)

    assert retimed is not None
    assert retimed.due_at == task.due_at


@pytest.mark.parametrize(
    ("moment", "urgency"),
    [
        (at("2026-11-16 08:30"), "calm"),
        (at("2026-11-20 16:00"), "overdue"),
    ],
)
def test_urgency_follows_the_marks(town: Town, moment: datetime, urgency: str) -> None:
    task = town.open(1)

    assert task.urgency(at=moment) == urgency
    assert task.urgency(at=task.warn_at) == "warning"
    assert task.urgency(at=task.alarm_at) == "alarm"
    assert task.urgency(at=task.due_at) == "overdue"
    task.paused_at = moment
    assert task.urgency(at=task.due_at) == "paused"


def test_a_case_has_one_open_step(town: Town) -> None:
    town.open(1)

    with pytest.raises(Exception, match="task_one_open"), transaction.atomic():
        town.open(1)


def test_a_move_to_a_step_with_nobody_in_it_changes_nothing(town: Town) -> None:
    task = town.open(1)
    Post.objects.filter(role="appraiser").delete()

    with pytest.raises(workflow.PartMissing), transaction.atomic():
        workflow.advance(task=task, case=town.case(1), by=town.actor("nhận"), at=TUESDAY)

    assert [t.step_key for t in Task.objects.filter(closed_at=None)] == ["receive"]


def test_rows_are_named_for_people(town: Town) -> None:
    task = town.open(7)
    row = custom()

    assert str(task) == "7 receive"
    assert not task.is_paused
    assert str(row) == "1.000001 v1"
    assert str(Consultation(case_id=7, agency_id=3)) == "7 → 3"
