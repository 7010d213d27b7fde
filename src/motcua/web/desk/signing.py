"""Signing: what waits for this officer, many with one PIN, and whether all was signed as it should."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from motcua.directory.actor import Actor
from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.kernel.refused import Refused
from motcua.signing import queries as keys
from motcua.signing import services as signing
from motcua.web.accounts.guards import staff
from motcua.web.accounts.request import actor_of
from motcua.web.desk.rows import rows_of

if TYPE_CHECKING:
    from motcua.signing.models import KeyRef, Wish

MOST = 100
# Who sees whether all was signed as it should.
OVERSEERS = ("head", "chairman", "centre_lead", "clerk", "controller", "auditor", "admin")
APPROVE, ISSUE = "approve", "issue"


@dataclass(frozen=True)
class Pick:
    """One paper that waits: what is posted to choose it, and what is read."""

    value: str
    title: str
    note: str
    href: str
    since: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Pile:
    """Papers that one key signs in one go."""

    key: str
    title: str
    law: str
    button: str
    signs_with: "KeyRef | None"
    picks: list[Pick] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """What came of one paper."""

    title: str
    href: str
    refusal: str = ""


@staff()
@never_cache
@require_safe
def signing_desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for this officer's signature, one pile for each key and act."""
    actor, at = actor_of(request), timezone.now()
    context = {
        "place": "signing",
        "piles": [*_dossier_piles(actor, at), *_wish_piles(actor)],
        "lately": keys.signed_lately(actor, limit=10),
        "own": keys.key_of(actor),
        "most": MOST,
        "oversees": actor.has_role(*OVERSEERS),
    }
    return render(request, "desk/signing/desk.html", context)


def _dossier_piles(actor: Actor, at: datetime) -> list[Pile]:
    """Return the dossiers that this officer approves, and those that this clerk issues."""
    words = {
        APPROVE: (
            _("Kết quả chờ bạn phê duyệt, ký số"),
            "118/2025/NĐ-CP Điều 22",
            _("Phê duyệt và ký số"),
        ),
        ISSUE: (
            _("Kết quả chờ lấy số, ký số của cơ quan"),
            "30/2020/NĐ-CP Điều 32",
            _("Lấy số và ký số cơ quan"),
        ),
    }
    found = queries.inbox(actor, tab="todo", at=at).select_related("competent", "owner")
    lines = rows_of(list(found[: 3 * MOST]), actor=actor, at=at)
    piles = []
    for act, (title, law, button) in words.items():
        there = [line for line in lines if line.batch == act][:MOST]
        for agency_id in sorted({line.dossier.competent_id for line in there}):
            own = [line for line in there if line.dossier.competent_id == agency_id]
            key = keys.key_of(actor) if act == APPROVE else keys.key_of_agency(agency_id)
            pile = Pile(f"{act}:{agency_id}", title, law, button, key)
            pile.picks.extend(
                Pick(
                    value=line.dossier.code,
                    title=line.dossier.procedure_name,
                    note=f"{line.dossier.owner.name} · {line.dossier.code}",
                    href=reverse("desk:dossier", args=[line.dossier.code]),
                    since=line.due_at,
                )
                for line in own
            )
            piles.append(pile)
    return piles


def _wish_piles(actor: Actor) -> list[Pile]:
    """Return the papers put before this officer, by kind of signature and agency."""
    piles: dict[str, Pile] = {}
    for wish in keys.waiting_for(actor)[: 3 * MOST]:
        key = f"{wish.kind}:{wish.agency_id}"
        if key not in piles:
            piles[key] = Pile(
                key,
                _("Tài liệu chờ %(kind)s, %(agency)s")
                % {"kind": keys.kind_name(wish.kind), "agency": wish.agency.name},
                "30/2020/NĐ-CP Điều 32",
                _("Ký các tài liệu đã chọn"),
                keys.key_of(actor)
                if wish.kind == "personal"
                else keys.key_of_agency(wish.agency_id),
            )
        if len(piles[key].picks) < MOST:
            piles[key].picks.append(_pick(wish))
    return list(piles.values())


def _pick(wish: "Wish") -> Pick:
    return Pick(
        value=str(wish.pk),
        title=wish.about or wish.file.name,
        note=wish.file.name,
        href=reverse("desk:signing-file", args=[wish.pk]),
        since=wish.asked_at,
        refusal=wish.refusal,
    )


@staff()
@never_cache
@require_safe
def waiting_file(request: HttpRequest, key: int) -> HttpResponseBase:
    """Hand out a paper to the officer for whose signature it waits."""
    actor = actor_of(request)
    wish = keys.waiting_for(actor).filter(pk=key).first()
    if wish is None:
        raise Http404
    opened = files.open_file(wish.file, by_key=actor.key)
    return FileResponse(opened, headers=documents.viewing_headers(file=wish.file))


@sensitive_post_parameters("pin")
@staff()
@require_POST
def signatures(request: HttpRequest) -> HttpResponse:
    """Sign the chosen papers of one pile with one PIN, and tell what came of each."""
    actor, at = actor_of(request), timezone.now()
    act, _colon, agency = request.POST.get("pile", "").partition(":")
    chosen, pin = request.POST.getlist("pick")[: MOST + 1], request.POST.get("pin", "")
    if not chosen or not agency.isdecimal():
        messages.warning(request, _("Hãy chọn ít nhất một tài liệu."))
        return redirect("desk:signing")
    if not pin:
        messages.warning(request, _("Hãy nhập mã PIN của khóa ký số."))
        return redirect("desk:signing")
    try:
        told = _signed(act, int(agency), chosen, pin=pin, by=actor, at=at)
    except Refused as refusal:
        law = f" ({refusal.law})" if refusal.law else ""
        messages.error(request, f"{refusal}{law}")
        return redirect("desk:signing")
    request.session["signed"] = [[one.title, one.href, one.refusal] for one in told]
    return redirect("desk:signing-outcome")


def _signed(
    act: str, agency_id: int, chosen: list[str], *, pin: str, by: Actor, at: datetime
) -> list[Told]:
    if act in {APPROVE, ISSUE}:
        many = dossiers.approve_many if act == APPROVE else dossiers.issue_many
        return [
            Told(item.code, reverse("desk:dossier", args=[item.code]), item.refusal)
            for item in many(codes=chosen, by=by, at=at, pin=pin)
        ]
    numbers = [int(one) for one in chosen if one.isdecimal()]
    titles = {wish.file_id: wish.about for wish in keys.waiting_for(by).filter(pk__in=numbers)}
    outcomes = signing.sign_wishes(
        wish_ids=numbers,
        kind=act,
        by=by,
        agency_id=agency_id,
        pin=pin,
        at=at,
    )
    return [
        Told(titles.get(one.file.pk) or one.file.name, "", str(one.refused) if one.refused else "")
        for one in outcomes
    ]


@staff()
@never_cache
@require_safe
def outcome(request: HttpRequest) -> HttpResponse:
    """Show what came of each paper of the last batch."""
    told = [Told(*one) for one in request.session.get("signed", [])]
    context = {
        "place": "signing",
        "items": told,
        "done": sum(1 for one in told if not one.refusal),
        "refused": sum(1 for one in told if one.refusal),
    }
    return render(request, "desk/signing/outcome.html", context)
