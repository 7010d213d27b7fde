"""Uploads in pieces, as the surfaces offer them: begin, add, finish, give up; answers are JSON.

The surface says who sends, where the file goes and what it belongs to; the rest is the same. A
refusal answers 4xx with `message` for the person, and `received` where the sender should go on.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import queries
from motcua.documents import services as documents
from motcua.kernel.refused import Refused
from motcua.web.ui.words import size

Address = Callable[[UUID], str]
PIECE_BYTES = 256 * 1024
_START, _DIGEST = "Upload-Offset", "Upload-Digest"


def begin(
    request: HttpRequest,
    *,
    scope: str,
    about: documents.About,
    by: Actor,
    at: datetime,
    address: Address,
) -> JsonResponse:
    """Begin an upload with the name, size and fingerprint that were posted."""
    typed = request.POST
    length = typed.get("size", "")
    try:
        upload = documents.begin(
            name=typed.get("name", "")[:255],
            size_bytes=int(length) if length.isdecimal() and len(length) < 12 else 0,
            fingerprint=_fingerprint(typed.get("fingerprint", ""), about),
            scope=scope,
            about=about,
            by_key=by.key,
            at=at,
        )
    except Refused as refusal:
        return refused(refusal)
    told = {**_state(upload), "address": address(upload.uuid), "piece": PIECE_BYTES}
    return JsonResponse(told, status=201)


def unfinished(*, scope: str, by: Actor, address: Address) -> JsonResponse:
    """Tell what this person has begun to send there and not finished."""
    found = queries.unfinished_uploads(scope=scope, by_key=by.key)
    told = [
        {
            **_state(upload),
            "address": address(upload.uuid),
            "name": upload.name,
            "component": upload.about.get("component_key", ""),
        }
        for upload in found
    ]
    return JsonResponse({"unfinished": told})


def one(request: HttpRequest, uuid: UUID, *, by: Actor, at: datetime) -> JsonResponse:
    """GET tells how far it is, PUT adds a piece, POST finishes, DELETE gives up."""
    act = {"PUT": _append, "POST": _finish, "DELETE": _abandon}.get(request.method or "", _tell)
    try:
        return act(request, uuid, by, at)
    except Refused as refusal:
        return refused(refusal)


def refused(refusal: Refused) -> JsonResponse:
    """Return a refusal as the sender reads it."""
    answer: dict[str, Any] = {"code": refusal.code, "message": str(refusal)}
    status = 404 if isinstance(refusal, documents.NoSuchUpload) else 422
    if isinstance(refusal, documents.OffsetDoesNotFit):
        answer["received"], status = refusal.received_bytes, 409
    return JsonResponse(answer, status=status)


def _fingerprint(told: str, about: documents.About) -> str:
    """Return what the file is known by: the same file may go to two components."""
    if not told:
        return ""
    return hashlib.sha256(f"{about.get('component_key', '')}|{told}".encode()).hexdigest()


def _tell(_request: HttpRequest, uuid: UUID, by: Actor, _at: datetime) -> JsonResponse:
    upload = queries.upload_of(uuid=uuid, by_key=by.key)
    if upload is None:
        return JsonResponse({"message": _("Không còn lần tải lên này.")}, status=404)
    return JsonResponse(_state(upload))


def _append(request: HttpRequest, uuid: UUID, by: Actor, at: datetime) -> JsonResponse:
    start = request.headers.get(_START, "")
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if not start.isdecimal() or len(start) > 12 or length > 2 * PIECE_BYTES:
        return JsonResponse({"message": _("Phần gửi lên không hợp lệ.")}, status=400)
    upload = documents.append(
        uuid=uuid,
        by_key=by.key,
        start=int(start),
        content=request.read(length),
        sha256=request.headers.get(_DIGEST, ""),
        at=at,
    )
    return JsonResponse(_state(upload))


def _finish(_request: HttpRequest, uuid: UUID, by: Actor, at: datetime) -> JsonResponse:
    file = documents.finish(uuid=uuid, by_key=by.key, at=at)
    return JsonResponse(
        {
            "file": str(file.uuid),
            "name": file.name,
            "size": size(file.size_bytes),
            "note": file.get_safety_display() if file.is_held_back else "",
        }
    )


def _abandon(_request: HttpRequest, uuid: UUID, by: Actor, _at: datetime) -> JsonResponse:
    documents.abandon(uuid=uuid, by_key=by.key)
    return JsonResponse({})


def _state(upload: Any) -> dict[str, Any]:  # noqa: ANN401 (the web names no model)
    return {
        "received": upload.received_bytes,
        "size": upload.size_bytes,
    }
