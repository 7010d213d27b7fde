"""The caller's own account: who one is, one's tokens, and how to get the first one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field

from motcua.directory.actor import SYSTEM
from motcua.directory.queries import people as known
from motcua.directory.services import people, signing_in
from motcua.documents import services as documents
from motcua.kernel.refused import Refused
from motcua.web.accounts.request import address_of
from motcua.web.api import uploads
from motcua.web.api.answers import answer
from motcua.web.api.doors import caller, moment
from motcua.web.api.once import once
from motcua.web.api.problems import UnfitBody
from motcua.web.api.shapes.filing import In

router = Router(tags=["me"])

_MOST_DAYS = 366


class SecondStepMissing(Refused):
    """The account has not set up its second step yet."""


class PostOut(BaseModel):
    """A post that the caller holds; `on_behalf_of` names who lent it."""

    agency: str
    agency_name: str
    role: str
    title: str
    on_behalf_of: str


class MeOut(BaseModel):
    """Who calls."""

    kind: str
    name: str
    posts: list[PostOut]


class TokenOut(BaseModel):
    """A token as it is listed: the token itself is never kept."""

    id: int
    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class NewTokenIn(In):
    """What the token is for, and for how long."""

    name: str = Field(min_length=2, max_length=80)
    days: int = Field(30, ge=1, le=_MOST_DAYS)


class SignInIn(NewTokenIn):
    """User name, password, and the one-time code where the account has a second step."""

    username: str = Field(max_length=60)
    password: str = Field(max_length=200)
    code: str = Field("", max_length=10)


class NewTokenOut(BaseModel):
    """The token: shown this once."""

    token: str
    expires_at: datetime


class FileOut(BaseModel):
    """A file that waits to be named in a filing."""

    key: str
    name: str
    content_type: str
    size_bytes: int


@router.get("/me", response=MeOut, summary="Tôi là ai")
def me(request: HttpRequest) -> HttpResponse:
    """Return who calls, with the posts held now."""
    actor = caller(request)
    posts = [
        {
            "agency": p.agency_code,
            "agency_name": p.agency_name,
            "role": p.role,
            "title": p.title,
            "on_behalf_of": p.on_behalf_of,
        }
        for p in actor.posts
    ]
    return answer({"kind": actor.kind, "name": actor.name, "posts": posts})


@router.get("/me/tokens", response=list[TokenOut], summary="Mã truy cập của tôi")
def tokens(request: HttpRequest) -> HttpResponse:
    """Return the tokens of the caller's account."""
    rows = known.tokens_of(caller(request))
    return answer(
        [
            {
                "id": t.pk,
                "name": t.name,
                "created_at": t.created_at,
                "expires_at": t.expires_at,
                "revoked_at": t.revoked_at,
            }
            for t in rows
        ]
    )


@router.post("/me/tokens", response={201: NewTokenOut}, summary="Tạo mã truy cập")
def new_token(request: HttpRequest, body: NewTokenIn) -> HttpResponse:
    """Make another token of the caller's account. Not kept under an idempotency key: it is secret."""
    actor, at = caller(request), moment()
    expires_at = at + timedelta(days=body.days)
    token = people.issue_token(
        account=known.account_of(actor), name=body.name, expires_at=expires_at, by=actor, at=at
    )
    return answer({"token": token, "expires_at": expires_at}, status=201)


@router.delete("/me/tokens/{token_id}", response={204: None}, summary="Thu hồi mã truy cập")
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Make one of the caller's tokens worthless."""
    people.revoke_token(token_id=token_id, by=caller(request), at=moment())
    return HttpResponse(status=204)


@router.post("/tokens", auth=None, response={201: NewTokenOut}, summary="Đăng nhập lấy mã")
def sign_in(request: HttpRequest, body: SignInIn) -> HttpResponse:
    """Return a token for a password and, where there is one, the second step; tries are bounded."""
    at, address = moment(), address_of(request)
    account = signing_in.check_password(
        username=body.username, password=body.password, address=address, at=at
    )
    if account.totp_cipher:
        if not body.code:
            raise UnfitBody([{"field": "code", "message": _("Còn thiếu mã xác thực hai bước.")}])
        signing_in.check_code(account=account, code=body.code, address=address, at=at)
    elif account.kind == "staff" and settings.MOTCUA_TOTP == "required":
        raise SecondStepMissing(_("Hãy đăng nhập trên web và bật xác thực hai bước trước."))
    signing_in.note_entry(account=account, address=address, at=at)
    expires_at = at + timedelta(days=body.days)
    token = people.issue_token(
        account=account, name=body.name, expires_at=expires_at, by=SYSTEM, at=at
    )
    return answer({"token": token, "expires_at": expires_at}, status=201)


@router.post(
    "/files",
    response={201: list[FileOut]},
    tags=["dossiers"],
    summary="Tải tệp lên trước khi nộp",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "additionalProperties": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                        },
                    }
                }
            },
        }
    },
)
@once
def upload(request: HttpRequest) -> HttpResponse:
    """Keep files until a filing names them in `papers[].files`; forgotten after thirty days."""
    uploads.check_size(request)
    by, at = caller(request), moment()
    sent = uploads.take(request, at=at)
    if not sent.taken:
        raise UnfitBody([{"field": "file", "message": _("Chưa có tệp nào được gửi.")}])
    rows = documents.keep_taken(
        files=sent.taken, by_key=by.key, at=at, draft_key=uploads.draft_key(by)
    )
    return answer(
        [
            {
                "key": row.uuid,
                "name": row.name,
                "content_type": row.content_type,
                "size_bytes": row.size_bytes,
            }
            for row in rows
        ],
        status=201,
    )
