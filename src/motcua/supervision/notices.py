"""Who is told of warnings and signals: the post that owes an answer, the officer concerned alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from motcua.directory.queries import cards
from motcua.notifications import services as notifications
from motcua.notifications.texts import TEMPLATES
from motcua.supervision.models import Signal, Warning

_NAMED = 5
_PERSONAL = ("receptionist", "appraiser", "clerk", "cashier")


class Said(Protocol):
    """A notice's context whose gaps read as nothing."""

    def __getitem__(self, key: str) -> str:
        """Return a value as text."""

    def moment(self, key: str) -> str:
        """Return a kept moment as people read it."""


def _warnings(said: Said) -> tuple[str, list[str]]:
    return _("%s cảnh báo thời hạn chờ trả lời") % said["count"], [
        _("Hồ sơ: %s") % said["codes"],
        _("Trả lời bằng lời: đã làm gì. Sớm nhất phải trả lời trước %s.")
        % said.moment("answer_by"),
    ]


def _signal(said: Said) -> tuple[str, list[str]]:
    return _("Có điều cần làm rõ: %s") % said["what"], [
        _("Đây là dấu hiệu cần kiểm tra, chưa phải kết luận. Ông/bà có quyền giải trình trước %s.")
        % said.moment("explain_by"),
    ]


def offer() -> None:
    """Let messages about warnings and signals be worded (once, as the app starts)."""
    TEMPLATES["warnings"] = _warnings
    TEMPLATES["signal"] = _signal


def tell_owners(rows: Iterable[Warning], *, at: datetime) -> int:
    """Tell each owner once of all warnings that are new to it; return how many were told.

    Source: 118/2025/NĐ-CP Điều 38; rule of the house.
    """
    found: dict[tuple[int, str, int | None], list[Warning]] = defaultdict(list)
    for row in rows:
        alone = row.account_id if row.role in _PERSONAL else None
        found[row.agency_id, row.role, alone].append(row)
    told = 0
    for (agency_id, role, account_id), mine in found.items():
        notice = _of_warnings(mine, agency_id, role, account_id, at)
        if account_id is None:
            told += notifications.tell_post(notice=notice, agency_id=agency_id, role=role)
        else:
            told += notifications.tell_officer(notice=notice, account_id=account_id)
    return told


def _of_warnings(
    mine: list[Warning], agency_id: int, role: str, account_id: int | None, at: datetime
) -> notifications.Notice:
    codes = list(dict.fromkeys(row.code for row in mine))
    more = f" … +{len(codes) - _NAMED}" if len(codes) > _NAMED else ""
    context = {
        "count": len(mine),
        "codes": ", ".join(codes[:_NAMED]) + more,
        "answer_by": min(row.answer_by for row in mine).isoformat(),
        "agency": cards.name_of(agency_id),
        "who": "",
        "at": at.isoformat(),
    }
    return notifications.Notice(
        key=f"warnings:{at:%Y%m%d%H%M%S}:{agency_id}:{role}:{account_id or ''}",
        template="warnings",
        context=context,
        about=codes[0] if len(codes) == 1 else "",
        at=at,
    )


def tell_of_signal(row: Signal, *, what: str, at: datetime) -> int:
    """Tell the officer concerned alone, or the heads of the agency concerned, that they may explain.

    A signal from a report about conduct is told to nobody there: its sender is protected.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1; 91/2025/QH15; rule of the house.
    """
    if row.is_guarded or row.explain_by is None:
        return 0
    context = {
        "what": what,
        "explain_by": row.explain_by.isoformat(),
        "agency": cards.name_of(row.agency_id),
        "who": "",
        "at": at.isoformat(),
    }
    notice = notifications.Notice(
        key=f"{row.stream}:raised", template="signal", context=context, about="", at=at
    )
    if row.account_id is not None:
        return notifications.tell_officer(notice=notice, account_id=row.account_id)
    roles = (
        ("centre_lead",) if cards.card(row.agency_id).kind == "centre" else ("head", "chairman")
    )
    return sum(
        notifications.tell_post(notice=notice, agency_id=row.agency_id, role=role)
        for role in roles
    )
