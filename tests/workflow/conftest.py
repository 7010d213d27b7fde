"""A small commune to work in: a centre, a committee, their people, and a working calendar."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

import pytest
from tests.kernel.worktime_cast import at, shipped

from motcua.directory.actor import Actor
from motcua.directory.models import Absence, Account, Agency, Delegation, Post
from motcua.directory.queries.people import actor_of
from motcua.workflow import queries
from motcua.workflow import services as workflow
from motcua.workflow.models import Task

MONDAY_8AM = at("2026-11-16 08:00")
FRIDAY_5PM = at("2026-11-20 17:00")

_numbers = count(1)


@dataclass
class Town:
    """The agencies of the tests and their people, by name."""

    centre: Agency
    committee: Agency
    people: dict[str, Account] = field(default_factory=dict)

    def hire(self, name: str, role: str, agency: Agency | None = None) -> Account:
        """Give a new officer a post (at the committee when no agency is named)."""
        account = Account.objects.create(
            username=f"{name}-{next(_numbers)}", kind=Account.Kind.STAFF, name=name
        )
        Post.objects.create(
            account=account,
            agency=agency or self.committee,
            role=role,
            valid_from=date(2025, 7, 1),
        )
        self.people[name] = account
        return account

    def actor(self, name: str, moment: datetime = MONDAY_8AM) -> Actor:
        """Return a person as the actor of a moment."""
        return actor_of(self.people[name], at=moment)

    def away(self, name: str, start: datetime = MONDAY_8AM, end: datetime = FRIDAY_5PM) -> None:
        """Let a person be absent."""
        Absence.objects.create(
            account=self.people[name], starts_at=start, ends_at=end, reason="Nghỉ phép"
        )

    def delegate(
        self, name: str, to: str, start: datetime = MONDAY_8AM, end: datetime = FRIDAY_5PM
    ) -> Delegation:
        """Lend a person's post to another."""
        return Delegation.objects.create(
            post=self.people[name].posts.get(),
            to=self.people[to],
            valid_from=start,
            valid_to=end,
            decision="45/QĐ-UBND",
        )

    def case(self, number: int, due_at: datetime | None = FRIDAY_5PM) -> workflow.Case:
        """Return a case received at the centre, for the committee to settle."""
        return workflow.Case(
            id=number,
            receiving_id=self.centre.pk,
            competent_id=self.committee.pk,
            calendar=shipped(),
            due_at=due_at,
        )

    def open(self, number: int, step: str = "receive", moment: datetime = MONDAY_8AM) -> Task:
        """Open a step of the built-in process for a case."""
        return workflow.open_step(
            case=self.case(number), process=queries.BUILT_IN, step_key=step, at=moment
        )


@pytest.fixture
def town(db: None) -> Town:
    """A commune with one officer in every post of the five on-the-spot steps."""
    committee = Agency.objects.create(
        code="H32.99", name="UBND xã Thử", kind="committee", level="commune"
    )
    centre = Agency.objects.create(
        code="H32.99.1", name="Trung tâm xã Thử", kind="centre", level="commune", parent=committee
    )
    made = Town(centre, committee)
    made.hire("nhận", "receptionist", centre)
    made.hire("giám đốc", "centre_lead", centre)
    made.hire("thẩm", "appraiser")
    made.hire("ký", "head")
    made.hire("chủ tịch", "chairman")
    made.hire("văn thư", "clerk")
    return made


@pytest.fixture(autouse=True)
def _fresh_processes() -> Iterator[None]:
    queries.forget_processes()
    yield
    queries.forget_processes()
