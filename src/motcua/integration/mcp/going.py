"""Tools of the way there and after: places with their hours, and how a dossier stands."""

import threading
import time
from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from motcua.directory.queries import territory
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.queries import lists
from motcua.integration.mcp.catalogue import readable
from motcua.kernel.refused import Refused
from motcua.kernel.text import fold

if TYPE_CHECKING:
    from motcua.directory.models import Agency

_MOST_PLACES = 20
_MOST_TRIES, _TRIES_SECONDS = 10, 600  # as on the page of the portal


class NotTracked(Refused):
    """Code and phone do not belong together."""


class TooManyTries(Refused):
    """Somebody tries codes or phones."""


def places(
    text: Annotated[
        str,
        Field(
            max_length=100,
            description="Tên xã, phường, đặc khu; trống: tất cả. — Name of a commune, or empty.",
        ),
    ] = "",
) -> dict[str, Any]:
    """Trung tâm Phục vụ hành chính công nơi nộp hồ sơ: địa chỉ, điện thoại, giờ mở cửa hôm nay và mai.
    — One-stop centres where dossiers are filed: address, phone, opening hours."""
    now = timezone.now()
    wanted = fold(readable(text))
    found = [a for a in territory.centres() if a.place and wanted in _searched(a)]
    return {
        "hotline": "1022",
        "count": len(found),
        "centres": [_centre(agency, now) for agency in found[:_MOST_PLACES]],
    }


def track(
    code: Annotated[
        str,
        Field(
            min_length=5,
            max_length=60,
            description="Mã hồ sơ trên giấy tiếp nhận, như H32.18-20261116-0000147. — Dossier code.",
        ),
    ],
    phone: Annotated[
        str,
        Field(
            min_length=9,
            max_length=20,
            description="Số điện thoại đã ghi khi nộp. — Phone number given when it was filed.",
        ),
    ],
) -> dict[str, Any]:
    """Tra cứu hồ sơ bằng mã và số điện thoại đã ghi khi nộp; không trả thông tin cá nhân.
    — How a dossier stands, for whoever knows its code and phone; nothing personal is returned."""
    _tries.count()
    found = lists.public_status(code=readable(code), phone=readable(phone), at=timezone.now())
    if found is None:
        raise NotTracked(_("Không có hồ sơ nào khớp cả mã và số điện thoại này."))
    return {
        "code": found.code,
        "procedure": found.procedure,
        "state": found.state_label,
        "receiving": found.receiving,
        "competent": found.competent,
        "filed_at": found.filed_at.isoformat(),
        "due_at": _said(found.due_at),
        "ended_at": _said(found.ended_at),
        "answer_by": _said(found.answer_by),
        "is_late": found.is_late,
        "money_due": found.money_due,
        "steps": [{"what": what, "at": at.isoformat()} for what, at in found.steps],
        "url": f"{settings.MOTCUA_PUBLIC_URL}/tra-cuu/",
    }


class _Tries:
    """At most so many tries in a while, in this process."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque()
        self._lock = threading.Lock()

    def count(self) -> None:
        """Count one try. Raises TooManyTries: there were too many already."""
        with self._lock:
            now = time.monotonic()
            while self._moments and self._moments[0] < now - _TRIES_SECONDS:
                self._moments.popleft()
            if len(self._moments) >= _MOST_TRIES:
                raise TooManyTries(_("Bạn đã thử nhiều lần. Xin đợi 10 phút rồi thử lại."))
            self._moments.append(now)


_tries = _Tries()


def _searched(agency: "Agency") -> str:
    site = agency.place
    return fold(f"{agency.name} {agency.address} {site.full_name if site else ''}")


def _centre(agency: "Agency", now: datetime) -> dict[str, Any]:
    site = agency.place
    return {
        "name": agency.name,
        "address": agency.address or (site.seat_address if site else ""),
        "phone": agency.phone,
        "hours": _hours(agency.calendar_key, now),
        "url": f"{settings.MOTCUA_PUBLIC_URL}/noi-nop/{agency.place_id}/",
    }


def _hours(key: str, now: datetime) -> dict[str, Any]:
    try:
        calendar = calendar_for(key)
    except LookupError:
        return {}
    today = calendar.local(now).date()
    following = calendar.next_working_moment(now)
    days = {}
    for day in (today, today + timedelta(days=1)):
        spans = [f"{a:%H:%M}–{b:%H:%M}" for a, b in calendar.shifts(day)]
        days[day.isoformat()] = ", ".join(spans) or calendar.reason_off(day)
    is_open = following == calendar.local(now)
    return {"open_now": is_open, "opens_next": None if is_open else following.isoformat()} | days


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
