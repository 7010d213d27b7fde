"""Looking only when something is due finds what looking at everything every time finds."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.directory.models import Post
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import clock
from motcua.kernel.worktime import ClockKind, Limit, Unit, due, fold_clock
from motcua.kernel.worktime.bench import office_calendar
from motcua.notifications.queries import messages_for
from motcua.supervision import services as supervision
from motcua.supervision.models import Pace, Warning
from motcua.supervision.queries.running import running
from motcua.supervision.rules import ladder
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World

CALENDAR = office_calendar()
LADDER = ladder.ladder(on=date(2026, 11, 16))
HOURS = st.integers(0, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def naive(kept: clock.Kept, started: datetime, due_at: datetime, at: datetime) -> tuple[str, ...]:
    time = ladder.spent(kept, calendar=CALENDAR, started_at=started, due_at=due_at, at=at)
    return ladder.due_rungs(found=LADDER, time=time, calendar=CALENDAR, due_at=due_at, at=at)


@st.composite
def clocks(draw: st.DrawFn) -> tuple[clock.Kept, datetime]:
    """A clock that was started, perhaps paused and resumed, perhaps extended."""
    started = datetime(2026, 11, 9, 7, 0, tzinfo=VN) + draw(HOURS)
    limit = Limit(draw(st.integers(1, 20)), draw(st.sampled_from([Unit.WORKING_DAY, Unit.DAY])))
    kept, at = clock.started(started, limit), started
    for kind in draw(st.sampled_from([(), ("pause", "resume"), ("extend",), ("restart",)])):
        at = at + draw(HOURS)
        later = due(CALENDAR, at, limit) + draw(HOURS) if kind == "extend" else None
        kept = clock.added(kept, ClockKind(kind), at, due_at=later)
    return kept, at


@given(made=clocks(), steps=st.lists(st.integers(1, 900), min_size=2, max_size=40))
@settings(max_examples=80, deadline=None)
def test_no_rung_is_met_before_the_moment_to_look_again(
    made: tuple[clock.Kept, datetime], steps: list[int]
):
    kept, at = made
    folded = fold_clock(CALENDAR, clock.events(kept))
    started, due_at = folded.started_at, folded.due_at
    assert started is not None
    assert due_at is not None
    next_at, seen = at, ()
    for minutes in steps:
        at += timedelta(minutes=minutes)
        now = naive(kept, started, due_at, at)
        if next_at is None or at < next_at:
            assert now == seen
            continue
        time = ladder.spent(kept, calendar=CALENDAR, started_at=started, due_at=due_at, at=at)
        next_at = ladder.next_look(
            found=LADDER, time=time, calendar=CALENDAR, due_at=due_at, at=at
        )
        seen = now


def expected(at: datetime) -> set[tuple[int, str]]:
    """What looking at every running dossier finds, of what was not raised before."""
    found = ladder.ladder(on=at.date())
    known = set(Warning.objects.values_list("dossier_id", "rung", "due_at"))
    return {
        (row.id, key)
        for row in running(keys=list(Dossier.objects.values_list("pk", flat=True)), at=at)
        for key in ladder.due_rungs(
            found=found, time=row.time(at=at), calendar=calendar_for(row.calendar_key),
            due_at=row.due_at, at=at,
        )
        if (row.id, key, row.due_at) not in known
    }  # fmt: skip


def climbed(at: datetime) -> set[tuple[int, str]]:
    before = set(Warning.objects.values_list("pk", flat=True))
    supervision.climb(at=at)
    new = Warning.objects.exclude(pk__in=before)
    return set(new.values_list("dossier_id", "rung"))


def test_a_story_climbed_by_its_paces_is_the_story_climbed_whole(world: World):
    """Accepted at different times, extended, paused, settled; looked at every 5 hours."""
    rows = [worlds.accepted(world, at=MONDAY_8AM + timedelta(hours=3 * n)) for n in range(3)]
    raised = 0
    for number in range(60):
        at = MONDAY_8AM + timedelta(hours=5 * number)
        if number == 30:
            dossiers.extend(
                code=rows[0].code, new_due=at + timedelta(days=4), by=world["head"], at=at,
                reason="Chờ xác minh thực địa.",
            )  # fmt: skip
        if number == 6:
            dossiers.request_supplement(
                code=rows[1].code, items={"ct01": "Tờ khai thiếu chữ ký."}, reason="Thiếu chữ ký.",
                by=worlds.assigned_actor(world, rows[1]), at=at,
            )  # fmt: skip
        wanted = expected(at)

        assert climbed(at) == wanted
        raised += len(wanted)
    assert raised >= 5


def test_what_changed_is_looked_at_again_and_nothing_else(world: World):
    row, _other = worlds.accepted(world), worlds.accepted(world)
    at = MONDAY_8AM + timedelta(hours=2)
    assert supervision.climb(at=at)["looked"] == 2

    dossiers.extend(
        code=row.code, new_due=at + timedelta(days=30), by=world["head"], at=at,
        reason="Chờ xác minh thực địa.",
    )  # fmt: skip

    assert supervision.climb(at=at + timedelta(minutes=15))["looked"] == 1
    assert supervision.climb(at=at + timedelta(minutes=30))["looked"] == 0


def test_another_post_makes_all_be_looked_at_again(world: World):
    worlds.accepted(world)
    at = MONDAY_8AM + timedelta(hours=2)
    supervision.climb(at=at)

    Post.objects.filter(account=world.accounts["director"]).update(
        valid_to=MONDAY_8AM.date() - timedelta(days=1)
    )

    assert supervision.climb(at=at)["looked"] == 1


def test_a_look_back_in_time_sees_what_stood_then(world: World):
    row = worlds.accepted(world)
    late, before = MONDAY_8AM + timedelta(days=60), MONDAY_8AM + timedelta(days=8, hours=1)

    supervision.climb(at=late)

    assert climbed(before) == {(row.pk, "day_before"), (row.pk, "amber75")}


def test_what_ended_is_looked_at_no_more(world: World):
    row = worlds.accepted(world)
    supervision.climb(at=MONDAY_8AM)

    dossiers.withdraw(
        code=row.code, reason="Người nộp đổi ý.", by=world["receptionist"], at=MONDAY_8AM
    )
    supervision.climb(at=MONDAY_8AM)

    assert not Pace.objects.exists()


def test_who_was_not_told_because_a_sweep_broke_off_is_told_by_the_next(world: World):
    worlds.accepted(world)
    at = MONDAY_8AM + timedelta(days=8)
    supervision.climb(at=at)
    Warning.objects.update(told_at=None)

    supervision.climb(at=at + timedelta(minutes=15))

    told = [one for one in messages_for(world["head"]) if "cảnh báo" in one.subject]
    assert len(told) == 2
    assert not Warning.objects.filter(told_at=None).exists()
