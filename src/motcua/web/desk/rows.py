"""Dossiers as the lines of a list: what is left, what has to be done, under which heading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers import queries
from motcua.dossiers.queries.reading import first_allowed
from motcua.dossiers.rules.states import Act
from motcua.kernel.worktime import remaining, share_used
from motcua.web.desk.foreseen import Foreseen, foreseen
from motcua.web.desk.names import PRIMARY
from motcua.web.ui import words

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

BATCHES = (Act.APPRAISE, Act.APPROVE, Act.ISSUE)


@dataclass(frozen=True)
class Row:
    """One line: tone is "late", "soon" or ""; `percent` of the working time is used."""

    dossier: "Dossier"
    left: str
    tone: str
    percent: int
    due_at: datetime | None
    act: Act | None
    todo: str
    foreseen: Foreseen | None = None

    @property
    def short_code(self) -> str:
        """The code without the agency, which the officer knows."""
        return self.dossier.code.partition("-")[2] or self.dossier.code

    @property
    def batch(self) -> str:
        """The act that may be done on many at once, "" when there is none."""
        return self.act.value if self.act in BATCHES else ""


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    title: str
    tone: str
    rows: tuple[Row, ...]
    count: int | None = None


def row_of(dossier: "Dossier", *, actor: Actor, at: datetime) -> Row:
    """Return the line of a dossier for somebody."""
    act = primary_act(dossier, actor)
    due_at = dossier.due_at or dossier.step_due_at
    left, tone, percent = _time(dossier, due_at, at)
    seen = foreseen(dossier, at=at)
    return Row(dossier, left, tone, percent, due_at, act, _todo(dossier), seen)


def rows_of(dossiers: "Iterable[Dossier]", *, actor: Actor, at: datetime) -> list[Row]:
    """Return the lines of dossiers, in their order."""
    return [row_of(dossier, actor=actor, at=at) for dossier in dossiers]


def primary_act(dossier: "Dossier", actor: Actor) -> Act | None:
    """Return the act that the current step waits for, None when it is not this person's."""
    return first_allowed(dossier, actor=actor, among=PRIMARY)


def groups_of(rows: Sequence[Row], *, at: datetime, counts: queries.InboxCounts) -> list[Group]:
    """Return the lines under overdue, today, likely to be late, the next days and later.

    The lines come sorted by due time and risk together: a heading gathers those of the page.
    """
    known = {"late": counts.overdue, "today": counts.today}
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_heading(row, at), []).append(row)
    return [
        Group(_title(key), "late" if key == "late" else "", tuple(lines), known.get(key))
        for key, lines in sorted(found.items(), key=lambda one: _FIRST.get(one[0], len(_FIRST)))
    ]


_FIRST = {"late": 0, "today": 1, "risky": 2}


def _heading(row: Row, at: datetime) -> str:
    if row.due_at is None:
        return "none"
    if row.dossier.ended_at:
        return "done"
    if row.due_at < at:
        return "late"
    day, today = timezone.localtime(row.due_at).date(), timezone.localtime(at).date()
    if day == today:
        return "today"
    if row.foreseen is not None and row.foreseen.is_likely:
        return "risky"
    return day.isoformat() if day <= today + timedelta(days=4) else "later"


def _title(key: str) -> str:
    said = {
        "late": _("Quá hạn"),
        "today": _("Đến hạn hôm nay"),
        "risky": _("Dễ trễ, nên làm trước"),
        "later": _("Sau đó"),
        "done": _("Đã xong, chờ trả"),
        "none": _("Chưa tính hạn"),
    }
    return said.get(key) or words.full_day(datetime.fromisoformat(key).date())


def _time(dossier: "Dossier", due_at: datetime | None, at: datetime) -> tuple[str, str, int]:
    if due_at is None:
        return _("chưa tính hạn"), "", 0
    calendar = calendar_for(dossier.calendar_key)
    now = dossier.ended_at or at
    left = remaining(calendar, now, due_at)
    tone = {"late": "late", "today": "soon", "soon": "soon"}.get(left.tone, "")
    if dossier.ended_at:
        return (_("Trễ hạn") if tone == "late" else _("Đúng hạn")), "late" * (tone == "late"), 100
    said = left.words(words.language()).removeprefix("Còn ")
    return said, tone, share_used(calendar, dossier.started_at or dossier.filed_at, at, due_at)


def _todo(dossier: "Dossier") -> str:
    if dossier.state == "wait_supplement" and dossier.close_on:
        return _("chờ người dân đến %s") % words.day_month(dossier.close_on)
    if dossier.state == "wait_finance":
        return _("chờ người dân nộp tiền")
    if dossier.proposal == "refused" and dossier.is_open:
        return _("%s (đề nghị từ chối)") % dossier.step_name
    return dossier.step_name
