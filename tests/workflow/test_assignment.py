"""Work is given by load, by the head, or taken; absence and delegation are respected."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.kernel.worktime_cast import at
from tests.workflow.conftest import MONDAY_8AM, Town

from motcua.directory.actor import SYSTEM
from motcua.directory.models import Account, Delegation, Post
from motcua.workflow import queries
from motcua.workflow import services as workflow
from motcua.workflow.models import Task

TUESDAY = at("2026-11-17 08:00")
NEXT_MONDAY = at("2026-11-23 08:00")


def names_of(tasks: list[Task]) -> Counter[str]:
    people = dict(Account.objects.values_list("pk", "name"))
    return Counter(people[t.assignee_id] if t.assignee_id else "" for t in tasks)


def test_work_is_shared_evenly(town: Town) -> None:
    town.hire("thẩm hai", "appraiser")
    town.hire("thẩm ba", "appraiser")

    opened = [town.open(n, "appraise", MONDAY_8AM + timedelta(minutes=n)) for n in range(1, 31)]

    assert names_of(opened) == {"thẩm": 10, "thẩm hai": 10, "thẩm ba": 10}


def test_work_is_shared_evenly_even_when_it_is_done_at_once(town: Town) -> None:
    town.hire("thẩm hai", "appraiser")
    opened = []

    for number in range(1, 11):
        moment = MONDAY_8AM + timedelta(minutes=number)
        opened.append(town.open(number, "appraise", moment))
        workflow.complete(task=opened[-1], by=SYSTEM, at=moment)

    assert names_of(opened) == {"thẩm": 5, "thẩm hai": 5}


def test_who_has_less_gets_the_next(town: Town) -> None:
    first = town.open(1, "appraise")
    town.hire("thẩm hai", "appraiser")

    opened = [town.open(n, "appraise", TUESDAY) for n in (2, 3)]

    assert names_of([first]) == {"thẩm": 1}
    assert names_of(opened)["thẩm hai"] >= 1


def test_an_absent_officer_gets_nothing(town: Town) -> None:
    town.hire("thẩm hai", "appraiser")
    town.away("thẩm")

    opened = [town.open(n, "appraise", TUESDAY) for n in range(1, 5)]
    later = town.open(9, "appraise", NEXT_MONDAY)

    assert names_of(opened) == {"thẩm hai": 4}
    assert names_of([later]) == {"thẩm": 1}


def test_the_delegate_gets_the_work_of_an_absent_officer(town: Town) -> None:
    town.hire("thay", "clerk")
    town.away("thẩm")
    town.delegate("thẩm", "thay")

    task = town.open(1, "appraise", TUESDAY)

    assert names_of([task]) == {"thay": 1}
    assert task.authority.endswith("; 45/QĐ-UBND")
    moved = workflow.advance(
        task=task, case=town.case(1), by=town.actor("thay", TUESDAY), at=TUESDAY
    )
    assert moved.opened is not None


def test_a_delegation_without_absence_leaves_the_work_with_its_holder(town: Town) -> None:
    town.hire("thay", "clerk")
    town.delegate("thẩm", "thay")

    task = town.open(1, "appraise", TUESDAY)

    assert names_of([task]) == {"thẩm": 1}
    assert "45/QĐ-UBND" not in task.authority


def test_the_delegate_may_do_what_was_given_to_the_holder(town: Town) -> None:
    town.hire("thay", "clerk")
    town.delegate("thẩm", "thay")
    task = town.open(1, "appraise", TUESDAY)

    moved = workflow.advance(
        task=task, case=town.case(1), by=town.actor("thay", TUESDAY), at=TUESDAY
    )

    assert moved.closed.closed_by_id == town.people["thay"].pk


def test_the_delegate_of_another_may_not(town: Town) -> None:
    task = town.open(1, "appraise", TUESDAY)
    town.hire("thẩm hai", "appraiser")
    town.hire("thay", "clerk")
    town.delegate("thẩm hai", "thay")

    with pytest.raises(workflow.NotYourTask):
        workflow.advance(task=task, case=town.case(1), by=town.actor("thay", TUESDAY), at=TUESDAY)


@pytest.mark.parametrize("fault", ["revoked", "over", "absent", "inactive"])
def test_a_delegation_that_does_not_hold_leaves_the_work_to_the_post(
    town: Town, fault: str
) -> None:
    town.hire("thay", "clerk")
    town.away("thẩm")
    town.delegate("thẩm", "thay", end=TUESDAY if fault == "over" else NEXT_MONDAY)
    if fault == "revoked":
        Delegation.objects.update(revoked_at=MONDAY_8AM)
    if fault == "absent":
        town.away("thay")
    if fault == "inactive":
        Account.objects.filter(name="thay").update(is_active=False)

    task = town.open(1, "appraise", TUESDAY)

    assert task.assignee_id is None
    assert task in queries.tasks_to_assign(town.actor("chủ tịch", TUESDAY))


def test_a_post_that_ended_gets_nothing(town: Town) -> None:
    town.hire("thẩm hai", "appraiser")
    Post.objects.filter(account=town.people["thẩm"]).update(
        valid_to=MONDAY_8AM.date() - timedelta(days=1)
    )

    assert names_of([town.open(1, "appraise", TUESDAY)]) == {"thẩm hai": 1}


def test_a_named_officer_gets_the_step(town: Town) -> None:
    town.hire("thẩm hai", "appraiser")
    officer = town.people["thẩm hai"].pk

    task = workflow.open_step(
        case=town.case(1), process=queries.BUILT_IN, step_key="appraise", at=TUESDAY,
        assignee_id=officer,
    )  # fmt: skip

    assert task.assignee_id == officer


def test_an_officer_of_another_post_cannot_be_named(town: Town) -> None:
    with pytest.raises(workflow.PartMissing) as refusal:
        workflow.open_step(
            case=town.case(1), process=queries.BUILT_IN, step_key="appraise", at=TUESDAY,
            assignee_id=town.people["văn thư"].pk,
        )  # fmt: skip

    assert refusal.value.field == "assignee"
    assert not Task.objects.exists()


@pytest.mark.parametrize("head", ["chủ tịch", "ký"])
def test_the_head_gives_work_to_somebody(town: Town, head: str) -> None:
    task = town.open(1, "appraise")
    other = town.hire("thẩm hai", "appraiser")

    workflow.assign(task=task, to=other, by=town.actor(head), at=TUESDAY)

    assert Task.objects.get(pk=task.pk).assignee == other


@pytest.mark.parametrize("name", ["thẩm", "văn thư", "giám đốc"])
def test_others_do_not_give_out_work(town: Town, name: str) -> None:
    task = town.open(1, "appraise")

    with pytest.raises(workflow.NotTheHead):
        workflow.assign(task=task, to=town.people["thẩm"], by=town.actor(name), at=TUESDAY)


def test_the_head_cannot_give_work_to_who_is_away_or_elsewhere(town: Town) -> None:
    task = town.open(1, "appraise")
    away = town.hire("thẩm hai", "appraiser")
    town.away("thẩm hai")

    for officer in (away, town.people["nhận"]):
        with pytest.raises(workflow.NobodyThere):
            workflow.assign(task=task, to=officer, by=town.actor("chủ tịch"), at=TUESDAY)


def test_work_given_to_who_is_away_goes_to_the_delegate(town: Town) -> None:
    task = town.open(1, "appraise")
    town.hire("thay", "clerk")
    town.away("thẩm")
    town.delegate("thẩm", "thay")

    given = workflow.assign(
        task=task, to=town.people["thẩm"], by=town.actor("chủ tịch"), at=TUESDAY
    )

    assert given.assignee_id == town.people["thay"].pk


def test_a_step_that_is_done_is_not_given_out(town: Town) -> None:
    task = town.open(1, "appraise")
    workflow.complete(task=task, by=SYSTEM, at=TUESDAY)

    with pytest.raises(workflow.TaskClosed):
        workflow.assign(task=task, to=town.people["thẩm"], by=SYSTEM, at=TUESDAY)
    with pytest.raises(workflow.TaskClosed):
        workflow.auto_assign(task=task, at=TUESDAY)


def test_a_step_of_the_counter_can_be_given_by_load(town: Town) -> None:
    task = town.open(1)
    assert task.assignee_id is None

    assert workflow.auto_assign(task=task, at=TUESDAY).assignee_id == town.people["nhận"].pk


def test_a_receptionist_takes_a_step_once(town: Town) -> None:
    town.hire("nhận hai", "receptionist", town.centre)
    task, seen = town.open(1), Task.objects.get(case_id=1)

    workflow.take(task=task, by=town.actor("nhận"))

    with pytest.raises(workflow.NotYourTask):
        workflow.take(task=seen, by=town.actor("nhận hai"))
    with pytest.raises(workflow.NotYourTask):
        workflow.take(task=seen, by=town.actor("thẩm"))
    assert Task.objects.get(pk=task.pk).assignee == town.people["nhận"]


def test_the_work_of_an_absent_officer_changes_hands(town: Town) -> None:
    tasks = [town.open(n, "appraise") for n in (1, 2, 3)]
    town.hire("thẩm hai", "appraiser")
    town.away("thẩm")

    moved = workflow.reassign_work_of(
        account_id=town.people["thẩm"].pk, by=town.actor("chủ tịch"), at=TUESDAY
    )

    assert {t.pk for t in moved} == {t.pk for t in tasks}
    assert names_of(list(Task.objects.all())) == {"thẩm hai": 3}


def test_work_stays_where_nobody_else_is(town: Town) -> None:
    town.open(1, "appraise")
    town.away("thẩm")
    officer = town.people["thẩm"].pk

    assert workflow.reassign_work_of(account_id=officer, by=SYSTEM, at=TUESDAY) == []
    with pytest.raises(workflow.NotTheHead):
        workflow.reassign_work_of(account_id=officer, by=town.actor("văn thư"), at=TUESDAY)
    assert names_of(list(Task.objects.all())) == {"thẩm": 1}
