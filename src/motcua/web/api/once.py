"""Idempotency keys: an act sent twice under one key is done once and answered twice."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger
from motcua.web.api.doors import caller, moment

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_KEPT_HEADERS = ("ETag", "Location")
_LONGEST_KEY = 80


class KeyUsed(Refused):
    """The key was used for another request."""

    field = "Idempotency-Key"


class UnfitKey(Refused):
    """The key is too long or holds what a header may not."""

    field = "Idempotency-Key"


def once(view: View[P]) -> View[P]:
    """Let a POST carry `Idempotency-Key`: the answer is kept in the act's own transaction.

    A killed process leaves both or neither, so trying again under the key neither loses nor doubles.
    A refusal changes nothing and is not kept.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key:
            return view(request, *args, **kwargs)
        if len(key) > _LONGEST_KEY or not key.isprintable():
            raise UnfitKey(_("Idempotency-Key dài tối đa %d ký tự.") % _LONGEST_KEY)
        actor, digest = caller(request).key, _digest(request)
        with transaction.atomic():
            kept = ledger.claim_key(actor=actor, key=key, digest=digest, at=moment())
            if kept is not None:
                return _again(kept.status, kept.headers, kept.body, bytes(kept.digest) == digest)
            response = view(request, *args, **kwargs)
            ledger.keep_answer(
                actor=actor,
                key=key,
                status=response.status_code,
                headers={n: response.headers[n] for n in _KEPT_HEADERS if n in response.headers},
                body=response.content.decode(),
            )
        return response

    return guarded


def _again(status: int, headers: dict[str, str], body: str, is_same: bool) -> HttpResponse:  # noqa: FBT001  one caller
    if not is_same:
        raise KeyUsed(_("Idempotency-Key này đã dùng cho một yêu cầu khác."))
    always = {"Idempotent-Replayed": "true", "Cache-Control": "no-store"}
    return HttpResponse(
        body, status=status, content_type="application/json", headers=headers | always
    )


def _digest(request: HttpRequest) -> bytes:
    """Return the digest of what is asked: method, address, revision, fields and files."""
    total = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    total.update(request.headers.get("If-Match", "").encode() + b"\n")
    if not (request.content_type or "").startswith("multipart/"):
        total.update(request.body)
        return total.digest()
    for name in sorted(request.POST):
        total.update(f"{name}={request.POST.getlist(name)}\n".encode())
    for name in sorted(request.FILES):
        for sent in request.FILES.getlist(name):
            total.update(f"{name}:{sent.name}:{sent.size}\n".encode())
            for chunk in sent.chunks():
                total.update(chunk)
            sent.seek(0)
    return total.digest()
