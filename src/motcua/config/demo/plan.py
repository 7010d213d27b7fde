"""What will be filed, where, by whom and with which fate: decided before anything happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from motcua.catalog import queries as catalog
from motcua.catalog.content import Content
from motcua.catalog.starter import starter
from motcua.config.demo import volumes
from motcua.directory.data import build
from motcua.kernel.worktime import WorkCalendar

TOWNS = [str(row["code"]) for row in build.communes()]
LAND = frozenset({"Đất đai", "Đăng ký biện pháp bảo đảm"})
ASKING = LAND | {"Hoạt động xây dựng", "Quy hoạch đô thị và nông thôn", "Môi trường", "Đường bộ"}
SLOW = {"H32.18": 0.13, "H32.06": 0.12, "H32.22402": 0.16, "G01.56.22402": 0.13}
LATE = 0.055
# Where one appraiser asks for supplements more often than colleagues elsewhere.
ASKS_OFTEN = {"H32.22390": 3.5}
PROVINCE_CENTRE, WARD = "H32.01.01", "22390"
# Processes that end with the approval need no clerk; the stories here are those of five steps.
LEFT_OUT = frozenset({"2.000884", "2.000942"})


class Fate(StrEnum):
    """What is special about a dossier."""

    PLAIN = "plain"
    INTAKE_SUPPLEMENT = "intake_supplement"
    INTAKE_REFUSED = "intake_refused"
    SUPPLEMENT = "supplement"
    SILENT = "silent"
    REFUSED = "refused"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"
    PAYING = "paying"
    CONSULTED = "consulted"
    SENT_BACK = "sent_back"
    CORRECTED = "corrected"


SHARES = {
    Fate.PLAIN: 70.0,
    Fate.INTAKE_SUPPLEMENT: 4.0,
    Fate.INTAKE_REFUSED: 2.0,
    Fate.SUPPLEMENT: 6.0,
    Fate.SILENT: 3.0,
    Fate.REFUSED: 3.0,
    Fate.EXTENDED: 3.0,
    Fate.WITHDRAWN: 2.5,
    Fate.SENT_BACK: 3.0,
    Fate.CORRECTED: 1.5,
}


@dataclass(frozen=True)
class Plan:
    """One filing that will happen. `pace`: share of the legal time that the agency will use."""

    number: int
    at: datetime
    procedure: str
    version_id: int
    case: str
    channel: str
    receiving: str
    competent: str
    person: int
    fate: Fate
    pace: float


@dataclass(frozen=True)
class Offer:
    """A procedure of the catalogue as the plan sees it."""

    code: str
    version_id: int
    level: str
    target: str
    usage: int
    content: Content
    is_online: bool


def offers(*, on: date) -> list[Offer]:
    """Return the procedures in force that people of the demo world ask for, by code."""
    known = starter()
    versions = catalog.versions_of_codes(sorted(known), on)
    found = []
    for code in sorted(versions.keys() - LEFT_OUT):
        version = versions[code]
        if not version.procedure.is_offered:
            continue
        content = catalog.content_of(version.pk)
        level = build.level_of(content.levels)
        target = build.competent(
            code, field=content.field, level=level, issuer=version.procedure.issuer, on=on
        )
        found.append(
            Offer(
                code=code,
                version_id=version.pk,
                level=level,
                target=target,
                usage=max(known[code].usage, 3),
                content=content,
                is_online=version.procedure.online_filing,
            )
        )
    return found


def plans(
    *, count: int, first: date, now: datetime, calendar: WorkCalendar, people: int, seed: int
) -> list[Plan]:
    """Return that many filings between the first day and now, in the order of their times."""
    random = Random(seed)  # noqa: S311  # a story, not a secret
    known = offers(on=first)
    by_level = {level: [o for o in known if o.level == level] for level in ("commune", "province")}
    clock = _Clock(calendar=calendar, first=first, now=now, random=random)
    made = [_draw(by_level, clock, people, random) for _number in range(count)]
    return [
        Plan(number, *rest)  # type: ignore[arg-type]
        for number, rest in enumerate(sorted(made, key=lambda plan: (plan[0], plan[1])))
    ]


# What the first two people of the demo world have under way, so that each state can be looked at:
# who, how many working days ago, procedure, channel, fate, share of the legal time used.
OWN = (
    (0, 16, "1.004873", "online", Fate.PLAIN, 0.6),
    (0, 9, "1.004222", "online", Fate.PLAIN, 0.7),
    (0, 4, "1.004194", "online", Fate.SILENT, 0.5),
    (0, 2, "1.001612", "counter", Fate.PLAIN, 0.95),
    (0, 1, "1.004222", "counter", Fate.PLAIN, 0.8),
    (1, 12, "1.004222", "counter", Fate.REFUSED, 0.8),
    (1, 11, "1.004222", "online", Fate.PLAIN, 1.4),
    (1, 6, "1.001776", "online", Fate.EXTENDED, 0.9),
    (1, 3, "1.001193", "counter", Fate.PLAIN, 0.5),
)


def own_filings(*, first: date, now: datetime, calendar: WorkCalendar, seed: int) -> list[Plan]:
    """Return the filings of the people who can sign in, at the ward of the printed accounts."""
    random = Random(seed)  # noqa: S311  # a story, not a secret
    known = {offer.code: offer for offer in offers(on=first)}
    last = calendar.add_working_minutes(calendar.next_working_moment(now), -60)
    found = []
    for number, (person, days, code, channel, fate, pace) in enumerate(OWN):
        at = calendar.add_working_minutes(last, -days * 480 - random.randrange(1, 200))
        if code in known and at < now:
            found.append(_own(known[code], number, at, person, channel, fate, pace))
    return found


def _own(
    offer: Offer, number: int, at: datetime, person: int, channel: str, fate: Fate, pace: float
) -> Plan:
    cases = [case.key for case in offer.content.cases]
    return Plan(
        number=1_000_000 + number,
        at=at,
        procedure=offer.code,
        version_id=offer.version_id,
        case=cases[0] if cases else "",
        channel=channel if offer.is_online else "counter",
        receiving=build.code_of("centre", WARD),
        competent=build.code_of(offer.target, WARD),
        person=person,
        fate=fate,
        pace=pace,
    )


def _draw(
    by_level: dict[str, list[Offer]], clock: "_Clock", people: int, random: Random
) -> tuple[object, ...]:
    level = "province" if random.random() < volumes.PROVINCE else "commune"
    offer = random.choices(by_level[level], weights=[o.usage for o in by_level[level]])[0]
    channel = _channel(offer, random)
    town = _town(random)
    competent = build.code_of(offer.target, town)
    receiving = _receiving(level, town, random)
    cases = [case.key for case in offer.content.cases]
    case = random.choices(cases, weights=range(len(cases) * 2, len(cases), -1))[0] if cases else ""
    fate = _fate(offer, competent, random)
    return (
        clock.moment(online=channel == "online"),
        offer.code,
        offer.version_id,
        case,
        channel,
        receiving,
        competent,
        random.randrange(people),
        fate,
        _pace(competent, random),
    )


def _channel(offer: Offer, random: Random) -> str:
    if offer.is_online and random.random() < volumes.ONLINE:
        return "online"
    return "post" if random.random() < volumes.POST else "counter"


def _town(random: Random) -> str:
    if random.random() < volumes.ELSEWHERE:
        return random.choice([code for code in TOWNS if code not in volumes.BUSY])
    return random.choices(list(volumes.BUSY), weights=list(volumes.BUSY.values()))[0]


def _receiving(level: str, town: str, random: Random) -> str:
    away = random.random() < volumes.OTHER_COUNTER
    if level == "province":
        return build.code_of("centre", town) if away else PROVINCE_CENTRE
    return build.code_of("centre", random.choice(list(volumes.BUSY)) if away else town)


def _fate(offer: Offer, competent: str, random: Random) -> Fate:
    if offer.content.immediate and random.random() < 0.8:
        return Fate.PLAIN
    if offer.content.field in LAND and random.random() < 0.45:
        return Fate.PAYING
    if offer.content.field in ASKING and random.random() < 0.35:
        return Fate.CONSULTED
    weights = SHARES | {Fate.SUPPLEMENT: SHARES[Fate.SUPPLEMENT] * ASKS_OFTEN.get(competent, 1.0)}
    return random.choices(list(weights), weights=list(weights.values()))[0]


def _pace(competent: str, random: Random) -> float:
    late = SLOW.get(competent, SLOW.get(competent.rsplit(".", 1)[0], LATE))
    if random.random() < late:
        return 1.06 + random.random() * 0.7
    return 0.2 + 0.74 * random.betavariate(2.4, 1.6)


@dataclass
class _Clock:
    """Draws moments: busy mornings, Mondays, a lunch break, nobody on a holiday."""

    calendar: WorkCalendar
    first: date
    now: datetime
    random: Random

    def __post_init__(self) -> None:
        last = self.calendar.local(self.now).date()
        self.days = [self.first + timedelta(days=n) for n in range((last - self.first).days + 1)]
        self.opening = [self._weight(day, volumes.WEEKDAYS) for day in self.days]
        self.online = [volumes.ONLINE_WEEKDAYS[day.weekday()] for day in self.days]

    def _weight(self, day: date, weights: Sequence[float]) -> float:
        return weights[day.weekday()] if self.calendar.is_working_day(day) else 0.0

    def moment(self, *, online: bool) -> datetime:
        """Return a moment before now at which somebody files."""
        while True:
            at = self._online() if online else self._counter()
            if at < self.now:
                return at

    def _counter(self) -> datetime:
        day = self.random.choices(self.days, weights=self.opening)[0]
        start, end, _share = self.random.choices(
            volumes.PEAKS, weights=[share for *_span, share in volumes.PEAKS]
        )[0]
        minutes = self.calendar.minutes_on(day) * (start + (end - start) * self.random.random())
        opening = self.calendar.opening(day)
        return self.calendar.add_working_minutes(opening, minutes) + self._seconds()

    def _online(self) -> datetime:
        day = self.random.choices(self.days, weights=self.online)[0]
        minutes = int(self.random.triangular(6 * 60, 23 * 60, 20 * 60))
        midnight = datetime.combine(day, time.min, self.now.tzinfo)
        return midnight + timedelta(minutes=minutes) + self._seconds()

    def _seconds(self) -> timedelta:
        return timedelta(seconds=self.random.randrange(60))
