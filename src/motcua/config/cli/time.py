"""Commands about time: due dates with their proof, and the calendars they are counted on."""

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.catalog.content import Content

_MOMENTS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")
_CHANNELS = ("counter", "online", "post")
_OFFICE = "hanh-chinh"
_YEARS = range(2020, 2040)
_KINDS = {"off": "nghỉ", "work": "làm bù"}


class NotAMoment(Refused):
    """What was typed is no date and time."""


class NoSuchProcedure(Refused):
    """No procedure of that code is in force on that day."""


class NoSuchCalendar(Refused):
    """No working calendar has that key."""


class NoPublishedLimit(Refused):
    """The procedure publishes no time limit as a number."""


def _due_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", required=True, metavar="MÃ", help="mã thủ tục, như 1.004222")
    parser.add_argument(
        "--at", required=True, metavar="LÚC", help="lúc tiếp nhận, như 2026-11-23T08:30"
    )
    parser.add_argument("--channel", choices=_CHANNELS, default="counter", help="kênh nộp")
    parser.add_argument("--case", default="", metavar="KHÓA", help="trường hợp của thủ tục")
    parser.add_argument("--calendar", default=_OFFICE, metavar="KHÓA", help="lịch làm việc")


@command("due", help="tính lúc hẹn trả, kèm cách tính từng ngày", arguments=_due_arguments)
def due(arguments: Arguments, progress: Progress) -> Answer:
    """Say when a dossier received at that moment is due, and prove it."""
    from motcua.catalog import queries as catalog
    from motcua.directory.queries import calendars
    from motcua.kernel import worktime

    at = moment(arguments.at)
    version = catalog.version_in_force(arguments.code, on=at.date())
    if version is None:
        raise NoSuchProcedure(
            f"ngày {at:%d/%m/%Y} không có thủ tục {arguments.code}", field="code"
        )
    content = catalog.content_of(version.pk)
    _check_case(content, arguments.case)
    limit = content.limit_for(arguments.channel, arguments.case)
    if limit is None:
        raise NoPublishedLimit(f"thủ tục {arguments.code} không công bố thời hạn bằng số")
    _check_calendar(arguments.calendar)
    proof = worktime.prove(calendars.calendar_for(arguments.calendar), at, limit)
    document = {
        "code": arguments.code,
        "name": content.name,
        "version": version.number,
        "channel": arguments.channel,
        "case": arguments.case,
        "at": at.isoformat(),
        "due_at": proof.due_at.isoformat(),
        "proof": proof.as_dict(),
    }
    first = f"{content.name}: hẹn trả {proof.due_at:%d/%m/%Y %H:%M}"
    return Answer(document, (first, *proof.words()))


def moment(text: str) -> datetime:
    """Return the moment that was typed; without an offset it is Vietnam's time.

    Raises NotAMoment: it is none.
    """
    from motcua.kernel.worktime import VIETNAM

    typed = text.strip()
    try:
        parsed = datetime.fromisoformat(typed)
        if len(typed) > len("2026-11-23"):
            return parsed.replace(tzinfo=VIETNAM) if parsed.tzinfo is None else parsed
    except ValueError:
        for form in _MOMENTS:
            try:
                return datetime.strptime(typed, form).replace(tzinfo=VIETNAM)
            except ValueError:
                continue
    words = f"“{text}” chưa phải ngày giờ; hãy ghi như 2026-11-23T08:30"
    raise NotAMoment(words, field="at")


def _check_case(content: "Content", case: str) -> None:
    known = [c.key for c in content.cases]
    if case and case not in known:
        raise Refused(f"không có trường hợp “{case}”; có: {', '.join(known) or '(không chia)'}")


def _check_calendar(key: str) -> None:
    from motcua.directory.queries import calendars

    known = [c.key for c in calendars.calendars()]
    if key not in known:
        words = f"không có lịch làm việc “{key}”; có: {', '.join(known)}"
        raise NoSuchCalendar(words, field="calendar")


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--year", type=int, choices=_YEARS, default=0, metavar="NĂM", help="mặc định: năm nay"
    )
    parser.add_argument("--calendar", default=_OFFICE, metavar="KHÓA", help="lịch làm việc")


@command("calendar list", help="ngày nghỉ và ngày làm bù trong năm", arguments=_list_arguments)
def calendar_list(arguments: Arguments, progress: Progress) -> Answer:
    """List the days of a year that differ from the week."""
    from django.utils import timezone

    from motcua.directory.queries import calendars

    _check_calendar(arguments.calendar)
    year = arguments.year or timezone.localdate().year
    days = calendars.exceptional_days(arguments.calendar, year)
    document = [
        {"date": d.date.isoformat(), "kind": d.kind, "reason": d.reason, "status": d.status}
        for d in days
    ]
    rows = tuple((f"{d.date:%d/%m/%Y}", _KINDS[d.kind], d.reason, d.status) for d in days)
    return Answer(document, table=Table(("Ngày", "Loại", "Lý do", "Tình trạng"), rows))


def _correct_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calendar", default=_OFFICE, metavar="KHÓA", help="lịch làm việc")
    for kind, words in _KINDS.items():
        parser.add_argument(
            f"--{kind}", action="append", default=[], metavar="NGÀY", help=f"thành ngày {words}"
        )
    parser.add_argument("--reason", required=True, metavar="LÝ DO", help="lý do, có số văn bản")


@command(
    "calendar correct", help="sửa lịch; hồ sơ đang mở được tính lại", arguments=_correct_arguments
)
def calendar_correct(arguments: Arguments, progress: Progress) -> Answer:
    """Correct days of a calendar."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.directory.services import calendars
    from motcua.kernel.worktime import DayException

    days = [
        DayException(date=_day(text), kind=kind, reason=arguments.reason, source=arguments.reason)
        for kind, texts in (("off", arguments.off), ("work", arguments.work))
        for text in texts
    ]
    versions = calendars.correct_calendar(
        key=arguments.calendar,
        add=days,
        reason=arguments.reason,
        by=SYSTEM,
        at=timezone.now(),
    )
    document = [{"calendar": v.calendar_id, "version": v.number} for v in versions]
    lines = tuple(f"Lịch {v.calendar_id}: nay là bản {v.number}" for v in versions)
    return Answer(document, lines)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise NotAMoment(f"“{text}” chưa phải ngày; hãy ghi như 2026-11-24")
