"""Tracking: whoever knows code and phone learns what a stranger may know."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field

from motcua.dossiers import queries
from motcua.web.accounts.request import address_of
from motcua.web.api.answers import answer
from motcua.web.api.doors import moment
from motcua.web.api.shapes.filing import In
from motcua.web.ui.throttle import Throttle

router = Router(tags=["tracking"], auth=None)

_TRIES = Throttle("track", most=10, seconds=600)


class TrackIn(In):
    """The code and the phone number that was given with the dossier."""

    code: str = Field(max_length=60)
    phone: str = Field(max_length=20)


class TrackOut(BaseModel):
    """No name, no paper, no officer."""

    code: str
    procedure: str
    state: str
    state_label: str
    filed_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    receiving: str
    competent: str
    answer_by: datetime | None
    money_due: bool
    is_late: bool
    extended: bool
    steps: list[tuple[str, datetime]]


@router.post("/tracking", response=TrackOut, summary="Tra cứu bằng mã và số điện thoại")
def track(request: HttpRequest, body: TrackIn) -> HttpResponse:
    """Return how a dossier stands; a wrong code and a wrong phone give the same answer."""
    address = address_of(request)
    _TRIES.count(address)
    found = queries.public_status(code=body.code, phone=body.phone, at=moment())
    if found is None:
        raise Http404(_("Không có hồ sơ nào khớp cả mã và số điện thoại này."))
    return answer(TrackOut(**found.__dict__))
