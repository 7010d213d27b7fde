"""Cases on their way, by the real services: each step an hour after the one before."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories.world import MONDAY_8AM, World

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback
from motcua.feedback.models import Case

HOLE = "Ổ gà rất sâu trước chợ, sáng nay có hai người ngã xe, đề nghị sửa sớm."
PHONE = "0905000111"
ANSWER = "Đơn vị quản lý đường đã vá ổ gà và cắm biển báo ngày hôm qua, cảm ơn bà con."
REASON = "Lý do được nêu rõ ràng để mọi người hiểu."
HOUR = timedelta(hours=1)


def sent(world: World, *, at: datetime = MONDAY_8AM, **told: Any) -> Case:
    """A pothole, reported by somebody with a phone and no account."""
    values: dict[str, Any] = {
        "text": HOLE, "kind": "scene", "field": "road", "place_code": "22390", "lat": 12.25,
        "lon": 109.18, "name": "Nguyễn Văn Mẫu", "phone": PHONE, "by": PUBLIC,
    } | told  # fmt: skip
    return feedback.send(at=at, **values)


def accepted(world: World, **told: Any) -> Case:
    case = sent(world, **told)
    kind = told.get("kind", "scene")
    return feedback.accept(
        code=case.code, kind=kind, field=told.get("field", "road"), urgency="normal",
        by=world["moderator"], at=case.received_at + HOUR,
    )  # fmt: skip


def assigned(world: World, *, agency: str = "committee", **told: Any) -> Case:
    case = accepted(world, **told)
    return feedback.assign(
        code=case.code, agency=world.agencies[agency].code, by=world["moderator"],
        at=case.received_at + HOUR,
    )  # fmt: skip


def in_progress(world: World, **told: Any) -> Case:
    case = assigned(world, **told)
    return feedback.appoint(
        code=case.code, handler_id=world["appraiser"].account_id or 0, by=world["head"],
        at=case.received_at + 2 * HOUR,
    )  # fmt: skip


def answered(world: World, **told: Any) -> Case:
    case = in_progress(world, **told)
    return feedback.answer(
        code=case.code, text=ANSWER, sources=["Quyết định 12/QĐ-UBND"], by=world["appraiser"],
        at=case.received_at + 3 * HOUR,
    )  # fmt: skip


def approved(world: World, **told: Any) -> Case:
    case = answered(world, **told)
    return feedback.approve(code=case.code, by=world["head"], at=case.received_at + 4 * HOUR)


def published(world: World, **told: Any) -> Case:
    case = approved(world, **told)
    return feedback.publish(code=case.code, by=world["moderator"], at=case.received_at + 5 * HOUR)
