"""Feedback: send a case, follow it, read what is public."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params

from motcua.directory.actor import PUBLIC, Actor
from motcua.feedback import services as feedback
from motcua.feedback.queries import public, reading
from motcua.feedback.rules import fields
from motcua.feedback.rules.states import DECIDED
from motcua.web.accounts.request import address_of
from motcua.web.api.answers import Column, answer, page
from motcua.web.api.assistant import caller_or_public
from motcua.web.api.doors import moment
from motcua.web.api.once import once
from motcua.web.api.shapes.feedback import (
    FeedbackIn,
    FieldOut,
    FollowedOut,
    FollowIn,
    LineOut,
    PublicOut,
    ReceiptOut,
)
from motcua.web.ui.throttle import Throttle

if TYPE_CHECKING:
    from motcua.feedback.models import Case

router = Router(tags=["feedback"], auth=None)

SENDING = Throttle("feedback-api", most=10, seconds=3600)
FOLLOWING = Throttle("feedback-follow", most=20, seconds=600)
_ORDER = (
    Column("received_at", is_descending=True, is_moment=True),
    Column("pk", is_descending=True),
)


@router.post("/feedback", response={201: ReceiptOut}, summary="Gửi phản ánh, kiến nghị, câu hỏi")
def sending(request: HttpRequest, body: FeedbackIn) -> HttpResponse:
    """Take a case in; with a token it is the token's owner's. Without a phone a PIN follows it."""
    by = caller_or_public(request)
    if by is PUBLIC:
        SENDING.count(address_of(request))
        return _sent(request, body)
    request.auth = by  # type: ignore[attr-defined]
    return _sent_once(request, body)


def _sent(request: HttpRequest, body: FeedbackIn) -> HttpResponse:
    by: Actor = getattr(request, "auth", None) or PUBLIC
    told = body.model_dump(exclude={"text", "kind", "field"})
    made = feedback.send_with_pin(
        text=body.text,
        by=by,
        at=moment(),
        kind=body.kind or None,
        field=body.field or None,
        channel="api",
        **told,
    )
    case = made.case
    return answer(
        ReceiptOut(code=case.code, pin=made.pin, state=case.state, due_at=case.due_at), status=201
    )


_sent_once = once(_sent)


@router.get("/feedback", response=list[PublicOut], summary="Phản ánh đã công khai")
def listing(
    request: HttpRequest,
    *,
    text: str = params.Query("", max_length=100),
    kind: str = params.Query("", max_length=8),
    field: str = params.Query("", max_length=20),
    place: str = params.Query("", max_length=5),
    state: str = params.Query("", max_length=4),
    cursor: str = params.Query("", max_length=200),
    limit: int = params.Query(20, ge=1, le=100),
) -> HttpResponse:
    """Return the public cases, latest first, a page at a time; state: "open" or "done"."""
    wish = public.Filters(text=text, kind=kind, field=field, place_code=place, state=state)
    return page(
        public.public(wish), _public, request=request, cursor=cursor, limit=limit, order=_ORDER
    )


def _public(case: "Case") -> PublicOut:
    return PublicOut.of(public.as_public([case])[0])


@router.get("/feedback/fields", response=list[FieldOut], summary="Các lĩnh vực phản ánh")
def of_what(request: HttpRequest) -> HttpResponse:
    """Return the fields a case may be of."""
    english = fields.names("en")
    return answer(
        [{"key": k, "name": n, "name_en": english[k]} for k, n in fields.names().items()]
    )


@router.post(
    "/feedback/following", response=FollowedOut, summary="Theo dõi bằng mã và số điện thoại"
)
def following(request: HttpRequest, body: FollowIn) -> HttpResponse:
    """Return how a case stands; a wrong code and a wrong phone give the same answer."""
    FOLLOWING.count(address_of(request))
    case = reading.followed(code=body.code, phone=body.proof)
    if case is None:
        raise Http404(_("Không có phản ánh nào khớp cả mã và số điện thoại hoặc PIN này."))
    lines = reading.timeline_for_sender(case)
    return answer(
        FollowedOut(
            code=case.code,
            kind=case.kind,
            field=case.field,
            state=case.state,
            state_label=str(case.get_state_display()),
            agency=case.agency.name if case.agency else "",
            received_at=case.received_at,
            due_at=case.due_at,
            answer=case.answer if case.state in DECIDED else "",
            timeline=[LineOut(at=line.at, text=line.text, post=line.post) for line in lines],
        )
    )


@router.get("/feedback/{code}", response=PublicOut, summary="Một phản ánh đã công khai")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Return a public case, personal data masked."""
    found = public.public_case(code)
    if found is None:
        raise Http404(_("Không có phản ánh công khai nào mang mã này."))
    return answer(PublicOut.of(found))
