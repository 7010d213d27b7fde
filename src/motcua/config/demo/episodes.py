"""What happens beside the single dossiers: slips, silence, absence, a storm, guidance."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from motcua.config.demo import volumes
from motcua.config.demo.life import Life
from motcua.config.demo.texts import one_of, text
from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.models import Post
from motcua.directory.services import calendars, people
from motcua.dossiers import services as dossiers
from motcua.dossiers.services import sweeps
from motcua.kernel.worktime import DayException

Morning = Callable[[Life, datetime], None]
CARRIER = "Nhân viên bưu chính"
SOUTH, CITY = "H32.22402", "H32.22366"
SLIPS = (time(11, 5), time(16, 35))


def arrange(life: Life, days: Sequence[date]) -> None:
    """Put on the way what every part of the world does by itself: slips and guidance."""
    for day in days:
        if life.calendar.is_working_day(day):
            for moment in SLIPS:
                life.tick(_at(life, day, moment), hand_over)
            life.tick(_at(life, day, time(8 + life.part * 6, day.day % 60)), guide)


def mornings(life: Life, days: Sequence[date]) -> dict[date, Morning]:
    """Return what happens to the whole world before a day begins, by its day."""
    working = [day for day in days if life.calendar.is_working_day(day)]
    found: dict[date, Morning] = {days[0]: entrust, days[-1]: send_appraiser_away}
    if len(working) > 14:
        found |= {
            working[6]: send_head_away,
            working[9]: send_appraiser_away,
            working[11]: storm,
            working[12]: storm_over,
        }
    return found


def evening(at: datetime) -> None:
    """What time brings about by itself at the end of a day: lateness and silence are noted."""
    dossiers.mark_overdue(at=at)
    sweeps.note_silent_opinions(at=at)


def _at(life: Life, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, life.now.tzinfo)


def hand_over(life: Life, at: datetime) -> None:
    """Twice a day the papers that were accepted go to the agencies, and arrive within the hour."""
    waiting, life.slips = life.slips, defaultdict(list)
    for (sender, receiver), codes in sorted(waiting.items()):
        by = _first(life, sender, "receptionist")
        if by is None:
            continue
        try:
            handed = dossiers.hand_over(
                codes=codes, sender=sender, receiver=receiver, carrier=CARRIER, by=by, at=at
            )
        except dossiers.WrongState:
            continue  # withdrawn or settled meanwhile: nothing is left to carry
        arrives = at + timedelta(minutes=20 + len(codes) * 4)
        life.tick(arrives, partial(take_over, number=handed.slip.number, receiver=receiver))


def take_over(life: Life, at: datetime, *, number: str, receiver: str) -> None:
    """The papers on a slip arrive."""
    by = _first(life, receiver, "clerk")
    if by is not None:
        dossiers.take_over(number=number, by=by, at=at)


def _first(life: Life, agency: str, role: str) -> Actor | None:
    posts = life.cast.posts.get((life.agency(agency).id, role))
    return life.cast.actors[life.cast.holders[posts[0].post_id]] if posts else None


def guide(life: Life, at: datetime) -> None:
    """Somebody asks at a counter and is told; what was said is kept."""
    random = Random(at.isoformat())  # noqa: S311  # a story, not a secret
    offer = random.choice(life.offers)
    cases = [case.key for case in offer.content.cases]
    place = random.choice(list(volumes.BUSY))
    by = _first(life, f"H32.{place}.01", "receptionist")
    if by is not None:
        dossiers.guide(
            procedure=offer.code,
            case=cases[0] if cases else "",
            channel=random.choice(("counter", "counter", "phone")),
            text=one_of("guidance", random),
            agency=f"H32.{place}.01",
            by=by,
            at=at,
        )


def entrust(life: Life, at: datetime) -> None:
    """At Nam Nha Trang the counter may settle at once what is settled while the person waits."""
    head = _post(SOUTH, "head")
    counter = _post(f"{SOUTH}.01", "receptionist")
    if head and counter:
        people.delegate(
            post=head,
            to=counter.account,
            start=at,
            end=life.now + timedelta(days=60),
            decision=f"{life.now.year}/QĐ-UBND về ủy quyền giải quyết ngay",
            by=SYSTEM,
            at=at,
        )


def send_head_away(_life: Life, at: datetime) -> None:
    """A head is away for two days and has delegated the post to the chairman."""
    head, chairman = _post(CITY, "head"), _post(CITY, "chairman")
    if head and chairman:
        until = at + timedelta(days=2)
        people.delegate(
            post=head, to=chairman.account, start=at, end=until,
            decision="37/TB-UBND", by=SYSTEM, at=at,
        )  # fmt: skip
        _be_away(head, at, until)


def send_appraiser_away(_life: Life, at: datetime) -> None:
    """An appraiser is away for three days; the colleague gets the new work."""
    post = _post(CITY, "appraiser")
    if post:
        _be_away(post, at, at + timedelta(days=3))


def _be_away(post: Post, at: datetime, until: datetime) -> None:
    reason = one_of("absence", Random(post.pk))  # noqa: S311  # a story, not a secret
    people.record_absence(
        account=post.account, start=at, end=until, reason=reason, by=SYSTEM, at=at
    )


def _post(agency: str, role: str) -> Post | None:
    posts = Post.objects.select_related("account").filter(agency__code=agency, role=role)
    return posts.order_by("pk").first()


def storm(life: Life, at: datetime) -> None:
    """A day off is announced for a storm: open dossiers are recomputed."""
    day = life.calendar.add_working_days(at.date(), 3)
    off = DayException(date=day, kind="off", reason=text("storm"))
    _correct(text("storm"), at, add=(off,))
    life.storm_day = day


def storm_over(life: Life, at: datetime) -> None:
    """The storm turns away: the day is worked after all, and the dates go back."""
    if life.storm_day is not None:
        _correct(text("storm_over"), at, remove=(life.storm_day,))


def _correct(
    reason: str, at: datetime, *, add: tuple[DayException, ...] = (), remove: tuple[date, ...] = ()
) -> None:
    corrected = calendars.correct_calendar(
        key="hanh-chinh", add=add, remove=remove, reason=reason, by=SYSTEM, at=at
    )
    for version in corrected:
        dossiers.recompute(calendar_key=version.calendar_id, reason=reason, at=at)
