"""The ladder of warnings: how much time is used, which rung that is, who owes an answer by when."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from motcua.dossiers.rules import clock
from motcua.kernel.worktime import ClockKind, WorkCalendar, fold_clock
from motcua.supervision.rules.saying import says

_FILE = Path(__file__).resolve().parents[1] / "data" / "ladder.toml"
_MINUTE_US = 60_000_000
AMBER, RED, DAY_BEFORE, OVERDUE, RISK = "amber75", "red90", "day_before", "overdue", "risk"
ORDER = (AMBER, RED, DAY_BEFORE, OVERDUE)
ANSWER_CHARS = 10
Kept = Sequence[dict[str, object]]


@dataclass(frozen=True)
class Rung:
    """One rung: who is asked first, how long each has to answer, who is asked next."""

    key: str
    owners: tuple[str, ...]
    answer_working_hours: int
    escalates_to: tuple[str, ...]
    share: int = 0
    working_days: int = 0


@dataclass(frozen=True)
class Ladder:
    """The ladder in force on a day."""

    law: str
    shortest_minutes: int
    day_before_shortest_days: int
    rungs: dict[str, Rung]


@dataclass(frozen=True)
class Spent:
    """Working time of one dossier: used, and left until it is due (below zero: late).

    is_steady: what is used grows as what is left shrinks; not while the clock stands still.
    """

    used_us: int
    left_us: int
    is_steady: bool = True

    @property
    def whole_us(self) -> int:
        """All the time that the dossier has."""
        return self.used_us + self.left_us

    @property
    def share(self) -> int:
        """The per cent of its time that is used; 100 and more where it is over."""
        if self.left_us <= 0 or self.whole_us <= 0:
            return 100
        return 100 * self.used_us // self.whole_us


def ladder(*, on: date) -> Ladder:
    """Return the ladder in force on a day.

    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    return _ladder(_position(on))


def spent(
    kept: Kept, *, calendar: WorkCalendar, started_at: datetime, due_at: datetime, at: datetime
) -> Spent:
    """Return the time a dossier has used on its own clock, pauses left out, and what is left.

    Once a new appointment was made, its time counts from then: nobody is warned in the same breath.
    Source: 118/2025/NĐ-CP Điều 17 khoản 3, Điều 19 khoản 5.
    """
    now = calendar.worked(at)
    left = calendar.worked(due_at) - now
    if len(kept) <= 1:
        used = now - calendar.worked(started_at)
        return Spent(max(0, used), left, is_steady=used >= 0)
    events = clock.events(kept)
    folded = fold_clock(calendar, events)
    running = now - calendar.worked(folded.running_since) if folded.running_since else -1
    used, is_steady = folded.used_us + max(0, running), running >= 0
    extended = [event.at for event in events if event.kind is ClockKind.EXTEND]
    if extended:
        since = now - calendar.worked(extended[-1])
        used, is_steady = min(used, max(0, since)), is_steady and since >= 0
    return Spent(used, left, is_steady)


def day_before(*, calendar: WorkCalendar, due_at: datetime, days: int = 1) -> datetime:
    """Return when the head has the last working day to apologise and make a new appointment (R16).

    That day's opening: the apology must be a day before the due time, so its end would be too late.
    Source: 118/2025/NĐ-CP Điều 19 khoản 6.
    """
    return calendar.opening(calendar.add_working_days(calendar.local(due_at).date(), -days))


def reached(
    *, found: Ladder, time: Spent, calendar: WorkCalendar, due_at: datetime, at: datetime
) -> str:
    """Return the highest rung that a running dossier has reached, "" for none.

    A dossier with little time in all has no rung before it is late.
    Source: 118/2025/NĐ-CP Điều 19 khoản 6, Điều 38; rule of the house (75 %, 90 %).
    """
    if at > due_at:
        return OVERDUE
    whole = time.whole_us // _MINUTE_US
    if whole < found.shortest_minutes:
        return ""
    if whole >= found.day_before_shortest_days * calendar.day_minutes:
        last = day_before(
            calendar=calendar, due_at=due_at, days=found.rungs[DAY_BEFORE].working_days
        )
        if at >= last:
            return DAY_BEFORE
    return next((key for key in (RED, AMBER) if time.share >= found.rungs[key].share), "")


def due_rungs(
    *, found: Ladder, time: Spent, calendar: WorkCalendar, due_at: datetime, at: datetime
) -> tuple[str, ...]:
    """Return the rungs to raise now: the highest, and the officer's own where a short limit's
    last day comes before 75 % of it, so that who holds the step is asked too.

    Source: 118/2025/NĐ-CP Điều 19 khoản 6, Điều 38; rule of the house (75 %).
    """
    highest = reached(found=found, time=time, calendar=calendar, due_at=due_at, at=at)
    if highest == DAY_BEFORE and time.share >= found.rungs[AMBER].share:
        return highest, AMBER
    return (highest,) if highest else ()


def next_look(
    *, found: Ladder, time: Spent, calendar: WorkCalendar, due_at: datetime, at: datetime
) -> datetime | None:
    """Return when a dossier may reach its next rung if nothing happens to it; None: never.

    Never later than the moment itself; `at` where that cannot be told, so that each look sees it.
    Source: rule of the house; 118/2025/NĐ-CP Điều 19 khoản 6, Điều 38.
    """
    if not time.is_steady:
        return at
    moments = [due_at + timedelta(microseconds=1)]
    whole = time.whole_us // _MINUTE_US
    if whole >= found.shortest_minutes:
        now = calendar.worked(at)
        for key in (AMBER, RED):
            lacking = -(-found.rungs[key].share * time.whole_us // 100) - time.used_us
            if lacking > 0:
                moments.append(calendar.moment_of(now + lacking))
        if whole >= found.day_before_shortest_days * calendar.day_minutes:
            days = found.rungs[DAY_BEFORE].working_days
            moments.append(day_before(calendar=calendar, due_at=due_at, days=days))
    return min((moment for moment in moments if moment > at), default=None)


def answer_by(*, calendar: WorkCalendar, rung: Rung, at: datetime) -> datetime:
    """Return until when a warning is answered in words.

    Source: rule of the house; 118/2025/NĐ-CP Điều 38 (heads answer for lateness).
    """
    return calendar.add_working_minutes(at, 60 * rung.answer_working_hours)


def next_owner(*, rung: Rung, level: int) -> str:
    """Return who is asked next when nobody answered, "" when everybody was.

    Source: rule of the house; 118/2025/NĐ-CP Điều 38.
    """
    return rung.escalates_to[level] if level < len(rung.escalates_to) else ""


@dataclass(frozen=True)
class Standing:
    """How a dossier stands that a warning is about."""

    state: str
    due_at: datetime | None
    extension_count: int
    is_paused: bool
    is_settled: bool


def gone_why(*, now: Standing, due_at: datetime) -> str:
    """Return why a warning's cause is gone, "" while it is there.

    Source: rule of the house; 118/2025/NĐ-CP Điều 19 khoản 5, khoản 6.
    """
    if now.is_settled:
        return "settled"
    if now.state in ("withdrawn", "stopped", "rejected"):
        return "ended"
    if now.due_at is not None and now.due_at != due_at:
        is_later = now.due_at > due_at and now.extension_count > 0
        return "extended" if is_later else "retimed"
    return "paused" if now.is_paused else ""


def is_answer(text: str) -> bool:
    """Tell whether an answer says what was done.

    Source: rule of the house; 118/2025/NĐ-CP Điều 38.
    """
    return says(text, least=ANSWER_CHARS)


@cache
def _versions() -> list[dict[str, Any]]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["versions"]
    return sorted(rows, key=lambda row: row["valid_from"])


def _position(on: date) -> int:
    fitting = [place for place, row in enumerate(_versions()) if row["valid_from"] <= on]
    return fitting[-1] if fitting else 0


@cache
def _ladder(position: int) -> Ladder:
    row = _versions()[position]
    rungs = [
        Rung(
            key=one["key"],
            owners=tuple(one["owners"]),
            answer_working_hours=one["answer_working_hours"],
            escalates_to=tuple(one["escalates_to"]),
            share=one.get("share", 0),
            working_days=one.get("working_days", 0),
        )
        for one in row["rungs"]
    ]
    return Ladder(
        law=row["law"],
        shortest_minutes=60 * row["shortest_working_hours"],
        day_before_shortest_days=row["day_before_shortest_days"],
        rungs={rung.key: rung for rung in rungs},
    )
