"""Warnings and signals of the demo world: they come of its life; people answer, explain, conclude."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from motcua.config.demo.cast import Cast
from motcua.directory.actor import Actor
from motcua.directory.queries import calendars
from motcua.directory.queries.people import actor_by_username
from motcua.supervision import services as supervision
from motcua.supervision.models import Signal, Warning

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

ANSWERED, EXPLAINED, CLOSED = 0.75, 0.6, 0.5
# The last warnings wait, so that whoever tries the demo has something to answer.
STILL_WAITING, SELDOM = timedelta(days=4), 0.3
LOOKED_BEFORE = timedelta(days=8)


def morning(at: datetime, *, now: datetime, cast: Cast) -> None:
    """Climb the ladder as a working day begins, and let most owners answer within hours."""
    calendar = calendars.calendar_for("hanh-chinh")
    if not calendar.is_working_day(calendar.local(at).date()):
        return
    opened = min(at + timedelta(minutes=45), now)
    share = SELDOM if now - at < STILL_WAITING else ANSWERED
    supervision.climb(at=opened)
    random = Random(f"watching:{at:%Y%m%d}")  # noqa: S311  a story, not a secret
    for row in Warning.objects.filter(answered_at=None, gone_at=None).order_by("pk"):
        by = _owner(row, cast)
        later = calendar.add_working_minutes(opened, random.uniform(20, 230))
        if by is not None and later < now and random.random() < share:
            said = _one("late_answer" if row.rung == "overdue" else "answer", random)
            supervision.answer(warning_id=row.pk, text=said, by=by, at=later)


def _owner(row: Warning, cast: Cast) -> Actor | None:
    """Who owes an answer and is known to the cast."""
    if row.account_id is not None:
        return cast.actors.get(row.account_id)
    posts = cast.posts.get((row.agency_id, row.role))
    return cast.actors[cast.holders[posts[0].post_id]] if posts else None


def lay_out(*, now: datetime, progress: "Progress") -> int:
    """Look for signals as they would have been found; some are explained, some closed."""
    progress.say("Tìm dấu hiệu cần kiểm tra trong thế giới mẫu…")
    found = supervision.look(at=now - LOOKED_BEFORE)
    random = Random("signals")  # noqa: S311  a story, not a secret
    controller = actor_by_username("kiemsoat", at=now)
    cast, calendar = Cast(people=[], citizens=[]), calendars.calendar_for("hanh-chinh")
    cast.read()
    for row in Signal.objects.filter(state="open", is_guarded=False).order_by("pk"):
        by = _concerned(row, cast)
        if by is None or random.random() > EXPLAINED:
            continue
        began = now - timedelta(days=random.randint(4, 6))
        at = min(calendar.add_working_minutes(began, 60 * random.randint(1, 4)), now)
        said = _one("explanation", random)
        supervision.explain(signal_id=row.pk, text=said, by=by, at=at)
        if random.random() < CLOSED and controller.account_id != by.account_id:
            supervision.close(
                signal_id=row.pk, outcome=random.choice(("cause", "no_matter")), by=controller,
                text=_one("conclusion", random),
                at=min(calendar.add_working_minutes(at, 600), now),
            )  # fmt: skip
    again = supervision.look(at=now)
    return sum(found.values()) + sum(again.values())


def _concerned(row: Signal, cast: Cast) -> Actor | None:
    """The officer concerned, else who leads the agency."""
    if row.account_id is not None:
        return cast.actors.get(row.account_id)
    roles = ("head", "chairman", "centre_lead")
    posts = next((p for role in roles if (p := cast.posts.get((row.agency_id, role)))), None)
    return cast.actors[cast.holders[posts[0].post_id]] if posts else None


def _one(kind: str, random: Random) -> str:
    return str(random.choice(_texts()[kind]))


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
