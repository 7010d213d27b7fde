"""Two people at once: one moves the case, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests.kernel.worktime_cast import at
from tests.workflow.conftest import Town

from motcua.kernel.refused import Refused
from motcua.workflow import services as workflow
from motcua.workflow.models import Task

TUESDAY = at("2026-11-17 08:00")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_a_step_at_once_one_is_refused(town: Town) -> None:
    town.hire("nhận hai", "receptionist", town.centre)
    town.open(1)
    actors = [town.actor("nhận"), town.actor("nhận hai")]
    together = Barrier(2)

    def finish(number: int) -> str:
        try:
            task = Task.objects.get(case_id=1, step_key="receive")
            together.wait(timeout=10)
            with transaction.atomic():
                workflow.advance(task=task, case=town.case(1), by=actors[number], at=TUESDAY)
        except Refused as refusal:
            return refusal.code
        else:
            return "moved"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(finish, range(2)))

    assert answers == ["TaskClosed", "moved"]
    assert Task.objects.filter(case_id=1).count() == 2
    assert Task.objects.filter(case_id=1, closed_at=None).count() == 1
