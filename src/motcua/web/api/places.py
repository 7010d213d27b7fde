"""Where: communes, agencies, centres; and the calendars by which they work."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params
from pydantic import BaseModel

from motcua.directory.queries import calendars, territory
from motcua.web.api.answers import answer

if TYPE_CHECKING:
    from motcua.directory.models import Agency

router = Router(tags=["places"], auth=None)


class PlaceOut(BaseModel):
    """A commune, ward or special zone."""

    code: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    seat_address: str


class AgencyOut(BaseModel):
    """An office of the state."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    place: str
    address: str
    phone: str
    calendar: str


class CalendarOut(BaseModel):
    """A working calendar."""

    key: str
    name: str


class DayOut(BaseModel):
    """A day that differs from the week: off, or worked to make up."""

    date: date
    kind: str
    reason: str
    status: str


@router.get("/places", response=list[PlaceOut], summary="65 xã, phường, đặc khu")
def places(request: HttpRequest, text: str = params.Query("", max_length=100)) -> HttpResponse:
    """Return the communes, by folded name."""
    rows = territory.places_like(text) if text else territory.communes()
    return answer(
        [
            {
                "code": p.code,
                "name": p.name,
                "kind": p.kind,
                "lat": p.lat,
                "lon": p.lon,
                "seat_address": p.seat_address,
            }
            for p in rows
        ]
    )


@router.get("/agencies", response=list[AgencyOut], summary="Cơ quan")
def agencies(
    request: HttpRequest,
    level: str = params.Query("", max_length=10),
    kind: str = params.Query("", max_length=20),
) -> HttpResponse:
    """Return the agencies that are active."""
    return answer([_agency(a) for a in territory.agencies(level=level, kind=kind)])


@router.get("/centres", response=list[AgencyOut], summary="Trung tâm Phục vụ hành chính công")
def centres(request: HttpRequest) -> HttpResponse:
    """Return the one-stop centres."""
    return answer([_agency(a) for a in territory.centres()])


@router.get("/calendars", response=list[CalendarOut], summary="Lịch làm việc")
def listing(request: HttpRequest) -> HttpResponse:
    """Return the working calendars."""
    return answer([{"key": c.key, "name": c.name} for c in calendars.calendars()])


@router.get("/calendars/{key}", response=list[DayOut], summary="Ngày nghỉ, ngày làm bù")
def days(
    request: HttpRequest, key: str, year: int = params.Query(0, ge=0, le=2100)
) -> HttpResponse:
    """Return the days of a year that differ from the week."""
    if key not in {c.key for c in calendars.calendars()}:
        raise Http404(_("Không có lịch làm việc này."))
    found = calendars.exceptional_days(key, year or timezone.localdate().year)
    return answer(
        [{"date": d.date, "kind": d.kind, "reason": d.reason, "status": d.status} for d in found]
    )


def _agency(a: "Agency") -> dict[str, object]:
    return {
        "code": a.code,
        "name": a.name,
        "short_name": a.short_name,
        "kind": a.kind,
        "level": a.level,
        "place": a.place_id or "",
        "address": a.address,
        "phone": a.phone,
        "calendar": a.calendar_key,
    }
