"""Open311's shapes: our cases as its requests, its forms as ours, and everything in JSON or XML."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

import pydantic_core
from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from motcua.directory.queries import territory
from motcua.feedback.queries.public import Filters, PublicCase
from motcua.feedback.rules import fields
from motcua.feedback.rules.states import DECIDED

if TYPE_CHECKING:
    from motcua.feedback.models import Case

OPEN, CLOSED = "open", "closed"
FORMS = ("json", "xml")
_ENDED = DECIDED | {"refused", "referred", "merged"}
_FAR_KM = 60.0


class Unfit(ValueError):
    """What was sent is not what GeoReport asks for; the words are for a programmer."""


def discovery(site: str) -> dict[str, Any]:
    """Return what the discovery document says."""
    address = f"{site.rstrip('/')}/open311/v2/"
    formats = ["application/json", "text/xml"]
    return {
        "changeset": "2026-11-22T00:00:00+07:00",
        "contact": site,
        "key_service": f"{site.rstrip('/')}/api/v1/me/tokens",
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": address,
                "changeset": "2026-11-22T00:00:00+07:00",
                "type": "production",
                "formats": formats,
            }
        ],
    }


def service(key: str, name: str) -> dict[str, Any]:
    """Return a field as a service."""
    return {
        "service_code": key,
        "service_name": name,
        "description": name,
        "metadata": False,
        "type": "realtime",
        "keywords": "",
        "group": "",
    }


def request_of(case: PublicCase, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a public case as a request."""
    return {
        "service_request_id": case.code,
        "status": CLOSED if case.is_done or case.state in _ENDED else OPEN,
        "status_notes": case.answer or case.state_label,
        "service_name": names.get(case.field, case.field_label),
        "service_code": case.field,
        "description": case.text,
        "agency_responsible": case.agency,
        "service_notice": "",
        "requested_datetime": case.received_at,
        "updated_datetime": case.published_at or case.received_at,
        "expected_datetime": case.due_at,
        "address": "",
        "address_id": case.place_code,
        "zipcode": "",
        "lat": case.lat,
        "long": case.lon,
        "media_url": _picture(case),
    }


def _picture(case: PublicCase) -> str:
    """Return where the first public picture is: of what was done, else of what was reported."""
    pictures = (*case.after, *case.before)
    if not pictures:
        return ""
    return f"{settings.MOTCUA_PUBLIC_URL}{reverse('portal:feedback-photo', args=[pictures[0]])}"


def own_request(case: "Case", names: Mapping[str, str]) -> dict[str, Any]:
    """Return a case that is not public as the one who sent it may read it."""
    return {
        "service_request_id": case.code,
        "status": CLOSED if case.state in _ENDED else OPEN,
        "status_notes": case.answer if case.state in DECIDED else str(case.get_state_display()),
        "service_name": names.get(case.field, ""),
        "service_code": case.field,
        "description": case.text,
        "agency_responsible": case.agency.name if case.agency else "",
        "service_notice": "",
        "requested_datetime": case.received_at,
        "updated_datetime": case.received_at,
        "expected_datetime": case.due_at,
        "address": case.address,
        "address_id": case.place_id or "",
        "zipcode": "",
        "lat": case.lat,
        "long": case.lon,
        "media_url": "",
    }


def told(form: QueryDict) -> dict[str, Any]:
    """Return what a posted request tells, as feedback takes it.

    Raises Unfit: no service, no description, no place at all, or coordinates that are none.
    """
    code, text = form.get("service_code", "").strip(), form.get("description", "").strip()
    if not fields.is_field(code):
        raise Unfit("service_code was not provided or does not exist")
    if not text:
        raise Unfit("description was not provided")
    lat, lon = _number(form, "lat"), _number(form, "long")
    address = form.get("address_string", "").strip()
    place = form.get("address_id", "").strip()
    if (lat is None or lon is None) and not address and not place:
        raise Unfit("lat and long, address_string or address_id must be provided")
    name = " ".join(
        part for part in (form.get("last_name", ""), form.get("first_name", "")) if part
    )
    return {
        "text": text,
        "field": code,
        "lat": lat,
        "lon": lon,
        "address": address,
        "place_code": place or nearest(lat, lon),
        "name": name.strip()[:120],
        "phone": form.get("phone", "").strip()[:20],
        "email": form.get("email", "").strip()[:120],
    }


def nearest(lat: float | None, lon: float | None) -> str:
    """Return the commune whose seat is nearest, "" where none is near; moderators check the place."""
    if lat is None or lon is None:
        return ""
    known = [p for p in territory.communes() if p.lat is not None and p.lon is not None]
    apart = {p.code: _kilometres(lat, lon, float(p.lat or 0), float(p.lon or 0)) for p in known}
    best = min(apart, key=lambda code: apart[code], default="")
    return best if best and apart[best] <= _FAR_KM else ""


def _kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    east = (lon - to_lon) * 111.32 * math.cos(math.radians(lat))
    return math.hypot(east, (lat - to_lat) * 110.57)


def _number(form: QueryDict, name: str) -> float | None:
    written = form.get(name, "").strip()
    if not written:
        return None
    try:
        value = float(written)
    except ValueError as error:
        raise Unfit(f"{name} is not a number") from error
    if not math.isfinite(value):
        raise Unfit(f"{name} is not a number")
    return value


def wish(query: QueryDict, *, at: datetime, days: int) -> tuple[Filters, list[str]]:
    """Return what a list is asked for: filters, and the ids where some are named.

    Raises Unfit: a date, a status or a service that is none.
    """
    codes = [code for code in query.get("service_request_id", "").split(",") if code][:50]
    state = {"": "", OPEN: "open", CLOSED: "done"}.get(query.get("status", ""))
    if state is None:
        raise Unfit("status is open or closed")
    service_code = query.get("service_code", "")
    if service_code and not fields.is_field(service_code):
        raise Unfit("service_code does not exist")
    since, until = _moment(query, "start_date"), _moment(query, "end_date")
    if not codes:
        since = since or (until or at) - timedelta(days=days)
    return Filters(field=service_code, state=state, since=since, until=until), codes


def _moment(query: QueryDict, name: str) -> datetime | None:
    written = query.get(name, "").replace(" ", "+")
    if not written:
        return None
    try:
        found = parse_datetime(written)
    except ValueError:
        found = None
    if found is None or not is_aware(found):
        raise Unfit(f"{name} is no date and time with its zone (2026-11-22T08:00:00+07:00)")
    return found


def failed(status: int, words: str, *, form: str) -> HttpResponse:
    """Return an error as GeoReport has it."""
    rows = [{"code": status, "description": words}]
    return written(rows, form=form, root="errors", item="error", status=status)


def written(
    content: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    *,
    form: str,
    root: str,
    item: str = "item",
    status: int = 200,
) -> HttpResponse:
    """Return the answer in the form that the address ends in: "json" or "xml"."""
    if form not in FORMS:
        raise Http404
    if form == "xml":
        body = Xml.tostring(_element(root, content, item), encoding="utf-8", xml_declaration=True)
        response = HttpResponse(body, status=status, content_type="text/xml; charset=utf-8")
    else:
        plain = pydantic_core.to_json(content)
        response = HttpResponse(
            plain, status=status, content_type="application/json; charset=utf-8"
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _element(name: str, content: object, item: str) -> Xml.Element:
    made = Xml.Element(name)
    if isinstance(content, Mapping):
        for key, value in content.items():
            made.append(_element(str(key), value, key.removesuffix("s")))
    elif isinstance(content, list | tuple):
        for value in content:
            made.append(_element(item, value, item))
    elif isinstance(content, datetime):
        made.text = content.isoformat()
    elif isinstance(content, bool):
        made.text = str(content).lower()
    else:
        made.text = "" if content is None else _clean(str(content))
    return made


def _clean(text: str) -> str:
    """Letters that XML may hold."""
    return "".join(char for char in text if char in "\t\n\r" or ord(char) >= 32)
