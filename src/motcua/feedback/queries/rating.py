"""Ratings as they may be read: by the public in sum, by an officer in sum, singly by inspectors."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.identity import digest_of_token
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.feedback.models import CounterDevice, Rating
from motcua.feedback.rules import limits, ratings

_SALT = "feedback.rating"
_GOOD_FOR_SECONDS = 180 * 86400


@dataclass(frozen=True)
class Sum:
    """How a set of ratings looks: faces counted, reasons counted; None where there are too few.

    `satisfied`: how many gave four or five faces; `is_enough`: it may be compared with another.
    """

    count: int
    satisfied: int
    faces: tuple[int, ...]
    reasons: tuple[tuple[str, str, int], ...]
    minimum: int

    @property
    def is_enough(self) -> bool:
        """Tell whether there are enough to be compared."""
        return self.count >= self.minimum

    @property
    def percent(self) -> float | None:
        """The satisfied in per cent, None of nothing."""
        return 100 * self.satisfied / self.count if self.count else None


@dataclass(frozen=True)
class AgencySum:
    """The ratings of one agency."""

    agency_id: int
    name: str
    sum: Sum


def token_for(*, dossier: Dossier) -> str:
    """Return the token of the link and QR on a result by which its holder rates.

    Source: 118/2025/NĐ-CP Điều 31 khoản 1.
    """
    return signing.dumps(dossier.pk, salt=_SALT, compress=True)


_ENDED = ("result_ready", "returned", "rejected")


def token_of(dossier: Dossier | None) -> str:
    """Return the token to rate a dossier, "" when it has no result (no query).

    Source: 118/2025/NĐ-CP Điều 31 khoản 1.
    """
    if dossier is None or dossier.state not in _ENDED or dossier.is_confidential:
        return ""
    return token_for(dossier=dossier)


def token_of_code(*, code: str) -> str:
    """Return the token to rate the dossier of a code, "" when it has no result."""
    return token_of(Dossier.objects.filter(code=code).first())


def dossier_of(*, token: str) -> int | None:
    """Return the key of the dossier that a token is about, None for a wrong or old one."""
    try:
        return int(signing.loads(token, salt=_SALT, max_age=_GOOD_FOR_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return None


@dataclass(frozen=True)
class ToRate:
    """What somebody with the link of a result sees before rating."""

    procedure: str
    agency: str
    ended_at: datetime | None
    is_rated: bool
    is_ready: bool


def result_to_rate(*, token: str) -> ToRate | None:
    """Return what a link of a result is about, without a name; None for a wrong one."""
    row = (
        Dossier.objects.select_related("competent").filter(pk=dossier_of(token=token) or 0).first()
    )
    if row is None or row.is_confidential:
        return None
    return ToRate(
        procedure=row.procedure_name,
        agency=row.competent.name,
        ended_at=row.ended_at,
        is_rated=Rating.objects.filter(dossier=row).exists(),
        is_ready=row.state in _ENDED,
    )


def device_of(*, token: str) -> CounterDevice | None:
    """Return the tablet of a token, None when it is none of ours any more."""
    rows = CounterDevice.objects.filter(digest=digest_of_token(token), revoked_at__isnull=True)
    return rows.select_related("agency").first()


def own_rating(*, token: str, key: int) -> Rating | None:
    """Return a rating to whoever gave it by this link or on this tablet, None to others."""
    made = Rating.objects.select_related("became").filter(pk=key).first()
    if made is None:
        return None
    if made.dossier_id is not None:
        return made if dossier_of(token=token) == made.dossier_id else None
    device = device_of(token=token)
    return made if device is not None and device.pk == made.device_id else None


def devices_of(actor: Actor) -> list[CounterDevice]:
    """Return the tablets of the centres at which one works; an administrator sees all."""
    rows = CounterDevice.objects.filter(revoked_at__isnull=True).select_related(
        "agency", "officer"
    )
    if not actor.has_role("admin"):
        rows = rows.filter(agency_id__in=actor.agency_ids())
    return list(rows.order_by("agency_id", "name"))


def sum_of(rows: "QuerySet[Rating]", *, on: date, minimum: int | None = None) -> Sum:
    """Return how a set of ratings looks (one query)."""
    return _sum(list(rows.order_by().values_list("score", "reasons")), on, minimum)


def _sum(told: list[tuple[int, list[str]]], on: date, minimum: int | None = None) -> Sum:
    faces = Counter(score for score, _keys in told)
    ticked = Counter(key for _score, keys in told for key in keys)
    names = {
        one.key: one.name
        for about in Rating.About.values
        for one in ratings.reasons(about=about, on=on)
    }
    return Sum(
        count=len(told),
        satisfied=faces[4] + faces[5],
        faces=tuple(faces[score] for score in range(1, 6)),
        reasons=tuple((key, names.get(key, key), n) for key, n in ticked.most_common()),
        minimum=limits.numbers(on=on).minimum_sample if minimum is None else minimum,
    )


def by_agency(*, since: datetime, until: datetime, about: str = "") -> list[AgencySum]:
    """Return the ratings of each agency in a time, by name; too few are shown without a share.

    Source: 118/2025/NĐ-CP Điều 32 khoản 2, Điều 34 khoản 1 (published by agency).
    """
    told: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
    rows = _between(since, until, about).order_by().filter(agency__isnull=False)
    for agency_id, score, reasons in rows.values_list("agency_id", "score", "reasons"):
        told[agency_id or 0].append((score, reasons))
    on = timezone.localdate(until)
    made = [AgencySum(key, cards.name_of(key), _sum(of, on)) for key, of in told.items()]
    return sorted(made, key=lambda one: one.name)


def whole(*, since: datetime, until: datetime, about: str = "") -> Sum:
    """Return the ratings of the province in a time."""
    return sum_of(_between(since, until, about), on=timezone.localdate(until))


def _between(since: datetime, until: datetime, about: str) -> "QuerySet[Rating]":
    rows = Rating.objects.filter(at__gte=since, at__lt=until)
    return rows.filter(about=about) if about else rows


def mine(actor: Actor, *, since: datetime, until: datetime) -> Sum | None:
    """Return an officer's own ratings in sum, None below the minimum: no rating is read singly.

    Source: 118/2025/NĐ-CP Điều 29 khoản 3.
    """
    if not actor.is_staff or actor.account_id is None:
        return None
    minimum = limits.numbers(on=timezone.localdate(until)).minimum_sample_officer
    rows = _between(since, until, "").filter(officers__account_id=actor.account_id)
    found = sum_of(rows, on=timezone.localdate(until), minimum=minimum)
    return found if found.is_enough else None


@dataclass(frozen=True)
class OneRating:
    """A single rating with whom it is about, for inspectors and the centre's director."""

    rating: Rating
    officers: tuple[str, ...]


def single(actor: Actor, *, low_only: bool = True, limit: int = 100) -> list[OneRating]:
    """Return single ratings with whom they are about: to inspectors all, to a director the centre's.

    Never those about oneself.
    Source: 118/2025/NĐ-CP Điều 29 khoản 3, Điều 34 khoản 2.
    """
    rows = Rating.objects.filter(_open_to(actor)).exclude(
        officers__account_id=actor.account_id or 0
    )
    if low_only:
        rows = rows.filter(score__lte=ratings.LOW)
    found = rows.select_related("agency", "dossier", "case").order_by("-at")
    found = found.prefetch_related("officers__account")[:limit]
    return [OneRating(row, tuple(o.account.name for o in row.officers.all())) for row in found]


def _open_to(actor: Actor) -> Q:
    if actor.has_role("auditor") or actor.kind == "system":
        return Q()
    led = [post.agency_id for post in actor.posts if post.role == "centre_lead"]
    return Q(agency_id__in=led) | Q(device__agency_id__in=led)
