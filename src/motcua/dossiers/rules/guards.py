"""The guards that the law gives, as pure decisions. Every function names its rule (R1 to R31)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from motcua.kernel.worktime import Limit, Unit, WorkCalendar, due
from motcua.kernel.worktime import hand_over_by as paper_by

SUPPLEMENT_WORKING_DAYS = 3
SILENCE_DAYS = 15
EXTENSION_NOTICE = timedelta(days=1)
FURTHEST = timedelta(days=366)
ONLINE_NOTICE_HOURS = 2
ONLINE_ANSWER_WORKING_HOURS = 8
CORRECTION_WORKING_DAYS = 3
CROSS_LEVEL_WORKING_DAYS = 1
REASON_CHARS = 10
_MIDNIGHT = time(23, 59, 59)


@dataclass(frozen=True)
class Wanted:
    """A component as the guards see it: what the version asks and what the dossier has."""

    key: str
    name: str
    required: bool
    held_by: str
    state: str


def is_reason(text: str) -> bool:
    """Tell whether a text says enough to be a reason (R4, R16).

    Source: 118/2025/NĐ-CP Điều 16 khoản 3, Điều 19 khoản 5.
    """
    return len(" ".join(text.split())) >= REASON_CHARS


def missing(papers: Iterable[Wanted]) -> list[Wanted]:
    """Return the required papers that are still to be brought.

    A paper that a connected database holds is never missing (R3).
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b, c.
    """
    return [p for p in papers if p.required and p.state == "missing"]


def unpublished(keys: Collection[str], published: Collection[str]) -> list[str]:
    """Return the asked-for components that the published list does not have (R4).

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ.
    """
    return [key for key in keys if key not in published]


def held_by_database(
    keys: Collection[str], papers: Iterable[Wanted], failed: Collection[str] = ()
) -> list[Wanted]:
    """Return the asked-for components that a database holds and that did not fail there (R3').

    `failed`: components for which the officer recorded that the database failed or was wrong.
    Source: 309/2026/NĐ-CP Điều 2 khoản 1; 118/2025/NĐ-CP Điều 5 khoản 1 điểm i.
    """
    return [p for p in papers if p.key in keys and p.held_by and p.key not in failed]


def supplement_answer_by(calendar: WorkCalendar, requested_at: datetime) -> datetime:
    """Return the moment after which a silent supplement may be closed: 15 calendar days (R15).

    They count from the day after the notice; the last one ends at midnight, and when it is a day
    off, with the working day after it.
    Source: 118/2025/NĐ-CP Điều 19 khoản 5; BLDS2015 Điều 147, Điều 148 khoản 5, khoản 6.
    """
    last = calendar.local(requested_at).date() + timedelta(days=SILENCE_DAYS)
    return datetime.combine(
        calendar.end_of_day(last).date(), _MIDNIGHT, calendar.local(requested_at).tzinfo
    )


def settles_level(*, kind: str, level: str, levels: Collection[str]) -> bool:
    """Tell whether an agency may be the competent one of a procedure published at these levels.

    Sector agencies and offices (police, land registry) are placed by the competence table.
    Source: 118/2025/NĐ-CP Điều 28 (the code names the competent agency).
    """
    published = {"province", "commune"} & set(levels)
    if not published or kind not in {"committee", "department"}:
        return True
    return level in published


def supplement_until(calendar: WorkCalendar, accepted_at: datetime) -> datetime:
    """Return until when "not eligible yet" may be said after acceptance: 3 working days (R14).

    Source: 118/2025/NĐ-CP Điều 19 khoản 5.
    """
    return due(calendar, accepted_at, Limit(SUPPLEMENT_WORKING_DAYS, Unit.WORKING_DAY))


def extension_is_in_time(at: datetime, due_at: datetime) -> bool:
    """Tell whether a new appointment is asked at least one day before the due time (R16).

    Source: 118/2025/NĐ-CP Điều 19 khoản 6.
    """
    return at <= due_at - EXTENSION_NOTICE


def is_foreseeable(moment: datetime, at: datetime) -> bool:
    """Tell whether an appointment lies within a year: later ones are slips of the finger.

    Source: rule of the house (118/2025/NĐ-CP Điều 19 khoản 6 wants a new date, not none).
    """
    return moment <= at + FURTHEST


def online_notice_by(received_at: datetime) -> datetime:
    """Return until when the receiving officer must have been told of an online filing (R5).

    Source: 118/2025/NĐ-CP Điều 17 khoản 2.
    """
    return received_at + timedelta(hours=ONLINE_NOTICE_HOURS)


def online_answer_by(calendar: WorkCalendar, received_at: datetime) -> datetime:
    """Return until when an online filing is accepted or supplemented: 8 working hours (R5).

    Source: 118/2025/NĐ-CP Điều 17 khoản 2 điểm c.
    """
    return calendar.add_working_minutes(received_at, ONLINE_ANSWER_WORKING_HOURS * 60)


def starts_on_acceptance(*, receiving_place: str, competent_place: str, same_chain: bool) -> bool:
    """Tell whether the clock starts at acceptance: not when received outside the territory (R7).

    `same_chain`: the centre belongs to the competent agency's own level and place.
    Source: 118/2025/NĐ-CP Điều 17 khoản 3; 309/2026/NĐ-CP Điều 8 khoản 3.
    """
    return same_chain or (receiving_place == competent_place and receiving_place != "")


def hand_over_by(
    calendar: WorkCalendar, accepted_at: datetime, *, crosses_levels: bool
) -> datetime:
    """Return until when paper must have left the centre (R10).

    Same working day; after 15:00 the start of the next one; one working day between levels.
    Source: 118/2025/NĐ-CP Điều 18 khoản 2, Điều 20 khoản 1 điểm a.
    """
    if crosses_levels:
        return due(calendar, accepted_at, Limit(CROSS_LEVEL_WORKING_DAYS, Unit.WORKING_DAY))
    return paper_by(calendar, accepted_at)


def correction_by(calendar: WorkCalendar, found_at: datetime) -> datetime:
    """Return until when a wrong result must be corrected: 3 working days (R22).

    Source: 118/2025/NĐ-CP Điều 23.
    """
    return due(calendar, found_at, Limit(CORRECTION_WORKING_DAYS, Unit.WORKING_DAY))


def paper_number(*, owner_id: str, result_kind: str) -> str:
    """Return the number of an electronic result: owner's identity and kind of result (R23).

    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    return f"{owner_id}.{result_kind}" if result_kind else owner_id


def can_withdraw(*, state: str, is_decided: bool, open_states: Sequence[str]) -> bool:
    """Tell whether the applicant may still stop the dossier: before the decision (R18).

    Source: 118/2025/NĐ-CP Điều 21.
    """
    return state in open_states and not is_decided
