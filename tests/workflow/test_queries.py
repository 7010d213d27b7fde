"""What waits for whom, the most urgent first, and how much it is."""

from datetime import timedelta

from tests.kernel.worktime_cast import at
from tests.workflow.conftest import FRIDAY_5PM, MONDAY_8AM, Town

from motcua.directory.actor import PUBLIC, SYSTEM
from motcua.workflow import queries
from motcua.workflow import services as workflow
from motcua.workflow.models import Task
from motcua.workflow.queries import InboxCounts, OfficerLoad

TUESDAY = at("2026-11-17 08:00")


def test_an_inbox_holds_the_posts_free_steps_and_ones_own(town: Town) -> None:
    counter, mine = town.open(1), town.open(2, "appraise")
    other = town.hire("thẩm hai", "appraiser")
    given = town.open(3, "appraise")
    Task.objects.filter(pk=given.pk).update(assignee=other)

    assert list(queries.open_tasks(town.actor("nhận"))) == [counter]
    assert list(queries.open_tasks(town.actor("thẩm"))) == [mine]
    assert list(queries.open_tasks(town.actor("thẩm hai"))) == [given]
    assert list(queries.open_tasks(town.actor("văn thư"))) == []
    assert list(queries.open_tasks(PUBLIC)) == []


def test_a_delegate_sees_the_holders_work(town: Town) -> None:
    task = town.open(1, "appraise")
    town.hire("thay", "clerk")
    town.delegate("thẩm", "thay")

    assert list(queries.open_tasks(town.actor("thay", TUESDAY))) == [task]


def test_the_most_urgent_is_on_top(town: Town) -> None:
    town.open(1, "return")
    town.open(2, "receive")
    done = town.open(3, "receive")
    workflow.complete(task=done, by=SYSTEM, at=TUESDAY)

    assert [task.case_id for task in queries.open_tasks(town.actor("nhận"))] == [2, 1]


def test_counts_add_up(town: Town) -> None:
    tasks = [town.open(n) for n in range(1, 6)]
    due = MONDAY_8AM + timedelta(hours=1)
    for task, hours in zip(tasks, (-2, 1, 2, 4, 4), strict=True):
        Task.objects.filter(pk=task.pk).update(
            due_at=due + timedelta(hours=hours),
            alarm_at=due + timedelta(hours=hours - 1),
            warn_at=due + timedelta(hours=hours - 2),
        )
    workflow.pause(case_id=5, at=MONDAY_8AM)

    counts = queries.inbox_counts(town.actor("nhận"), at=due)

    assert counts == InboxCounts(overdue=1, alarm=1, warning=1, calm=1, paused=1)
    assert counts.all == queries.open_tasks(town.actor("nhận")).count()
    assert [t.case_id for t in queries.pressing_tasks(at=due)] == [1, 2, 3]


def test_load_names_everybody_in_the_post(town: Town) -> None:
    town.open(1, "appraise")
    town.open(2, "appraise")
    town.hire("thẩm hai", "appraiser")

    loads = queries.load_of(town.committee.pk, "appraiser", at=FRIDAY_5PM)

    assert loads == [
        OfficerLoad(town.people["thẩm hai"].pk, "thẩm hai", 0, 0),
        OfficerLoad(town.people["thẩm"].pk, "thẩm", 2, 2),
    ]


def test_the_trail_of_a_case_is_in_order(town: Town) -> None:
    task = town.open(1)
    workflow.advance(task=task, case=town.case(1), by=town.actor("nhận"), at=TUESDAY)

    assert [t.step_key for t in queries.tasks_of(1)] == ["receive", "appraise"]
    assert [t.is_open for t in queries.tasks_of(1)] == [False, True]
