"""Directives of the demo world: what the chairman asked for, and how far each duty has come."""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.models import Post
from motcua.directory.queries import cards
from motcua.directory.queries.people import actor_by_username, actor_of, current_posts
from motcua.reporting.definitions import BY_KEY
from motcua.supervision.rules.duties import HEADS, Clear
from motcua.supervision.services import duties

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress
    from motcua.supervision.models import Directive, Duty

CHAIRMAN, SIGNER = "chutich", "Chủ tịch Ủy ban nhân dân tỉnh"
# Much passed before the demo's officers had work to do: what is that old is told as it stands now.
LONGEST = timedelta(days=25)


def lay_out(*, now: datetime, progress: "Progress") -> int:
    """Put documents and duties in place; return how many duties there are."""
    progress.say("Thêm văn bản chỉ đạo và nhiệm vụ mẫu…")
    folder = resources.files("motcua.config.demo")
    told = tomllib.loads(folder.joinpath("duties.toml").read_text("utf-8"))["directive"]
    return sum(_enter(one, now) for one in told)


def _enter(told: dict[str, Any], now: datetime) -> int:
    at = _office_hours(told["issued_on"])
    chairman = actor_by_username(CHAIRMAN, at=now)
    directive = duties.issue_directive(
        document=duties.Document(
            number=told["number"],
            kind=told["kind"],
            issued_on=told["issued_on"],
            issuer="H32",
            signer=SIGNER,
            subject=told["subject"],
            points=tuple(point["text"] for point in told["point"]),
        ),
        by=chairman,
        at=at,
        is_demo=True,
    )
    given = [
        _live(one, directive, number, chairman, now)
        for number, point in enumerate(told["point"])
        for one in point["duty"]
    ]
    return len(given)


def _live(
    told: dict[str, Any], directive: "Directive", number: int, chairman: Actor, now: datetime
) -> "Duty":
    due = timezone.make_aware(datetime.combine(now.date() + timedelta(days=told["due"]), time(17)))
    at = min(now, due) - LONGEST
    agency = told["agency"]
    posts = [post for post in _posts(agency, at) if post.role != "admin"]
    head = next(post for post in posts if post.role in HEADS)
    doer = next((post for post in posts if post.role == "appraiser"), head)
    figure = BY_KEY.get(told.get("figure", ""))
    about = [duties.About("figure", figure.key, str(_(figure.name)))] if figure else []
    duty = duties.give(
        agency=agency,
        clear=Clear(
            person_id=doer.account_id,
            work=told["work"],
            authority=f"Văn bản chỉ đạo số {directive.number}; 118/2025/NĐ-CP Điều 38",
            due_at=due,
            product=told["product"],
            accountable_id=head.account_id,
        ),
        directive=directive,
        point=number,
        about=about,
        by=chairman,
        at=at,
    )
    _come_to(told, duty, doer, chairman, at)
    return duty


def _come_to(
    told: dict[str, Any], duty: "Duty", doer: Post, chairman: Actor, at: datetime
) -> None:
    """Bring a duty as far as the story says, each act some days after the one before."""
    fate, officer = told["fate"], actor_of(doer.account, at=at)
    later = [at + timedelta(days=days) for days in (5, 9, 13, 16)]
    code = duty.code
    if fate == "progress":
        duties.report_progress(code=code, words=told["told"], by=officer, at=later[0])
    if fate == "extended":
        moved = duty.due_at + timedelta(days=10)
        duties.extend(code=code, due_at=moved, reason=told["told"], by=chairman, at=later[1])
    if fate in {"reported", "accepted", "sent_back"}:
        duties.report_product(
            code=code, words=told["told"], reference=told["reference"], by=officer, at=later[2]
        )
    if fate == "accepted":
        duties.accept(code=code, words="", by=chairman, at=later[3])
    if fate == "sent_back":
        duties.send_back(code=code, reason=told["reason"], by=chairman, at=later[3])
    if fate == "late":
        duties.note_overdue(at=duty.due_at + timedelta(hours=1))


def _posts(agency: str, at: datetime) -> list[Post]:
    card = cards.card_by_code(agency)
    return current_posts(agency_ids=[card.id] if card else [], on=at.date())


def _office_hours(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
