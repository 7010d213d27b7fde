"""What everybody may read: cases shown in masked words, for the map and the list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.feedback.models import Case, Photo
from motcua.feedback.rules.fields import name_of
from motcua.feedback.rules.states import DECIDED
from motcua.kernel.bounds import is_keepable

_BLUR = 4  # digits of a degree: about ten metres


@dataclass(frozen=True)
class Filters:
    """What the public list is narrowed to; blank means all."""

    text: str = ""
    kind: str = ""
    field: str = ""
    place_code: str = ""
    state: str = ""  # "open" or "done"
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class PublicCase:
    """A case as everybody may read it: no sender, no officer, no word that was not masked."""

    code: str
    title: str
    text: str
    answer: str
    sources: tuple[str, ...]
    kind: str
    kind_label: str
    field: str
    field_label: str
    state: str
    state_label: str
    is_done: bool
    place_code: str
    place: str
    lat: float | None
    lon: float | None
    agency: str
    received_at: datetime
    due_at: datetime | None
    published_at: datetime | None
    rating: int | None
    followers: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def public(filters: Filters | None = None) -> "QuerySet[Case]":
    """Return the cases shown to everybody that fit, latest first; read them through `as_public`."""
    wish = filters or Filters()
    found = Case.objects.filter(shown_at__isnull=False).select_related("place", "agency")
    for name, value in (("kind", wish.kind), ("field", wish.field), ("place_id", wish.place_code),
                        ("received_at__gte", wish.since), ("received_at__lt", wish.until)):  # fmt: skip
        if value:
            found = found.filter(**{name: value})
    if wish.state:
        done = Q(published_at__isnull=False, state__in=sorted(DECIDED))
        found = found.filter(done) if wish.state == "done" else found.exclude(done)
    if wish.text.strip() and is_keepable(wish.text):
        said = wish.text.strip()
        words = Q(public_title__icontains=said) | Q(public_text__icontains=said)
        found = found.filter(words | Q(code__iexact=said))
    return found.order_by("-received_at", "-pk")


def public_case(code: str) -> PublicCase | None:
    """Return one case as everybody may read it, None when it is not shown."""
    if not is_keepable(code):
        return None
    case = public().filter(code=code).first()
    return as_public([case])[0] if case else None


def as_public(cases: list[Case]) -> list[PublicCase]:
    """Return cases as everybody may read them (one query for the pictures of all)."""
    photos: dict[int, list[Photo]] = {}
    for photo in Photo.objects.filter(case__in=cases, is_public=True):
        photos.setdefault(photo.case_id, []).append(photo)
    return [_public(case, photos.get(case.pk, [])) for case in cases]


def _public(case: Case, photos: list[Photo]) -> PublicCase:
    is_published = case.published_at is not None and case.state in DECIDED
    return PublicCase(
        code=case.code,
        title=case.public_title,
        text=case.public_text,
        answer=case.public_answer if is_published else "",
        sources=tuple(case.answer_sources) if is_published else (),
        kind=case.kind,
        kind_label=case.get_kind_display(),
        field=case.field,
        field_label=name_of(case.field),
        state=case.state,
        state_label=str(case.get_state_display()),
        is_done=is_published,
        place_code=case.place_id or "",
        place=case.place.full_name if case.place else "",
        lat=round(case.lat, _BLUR) if case.lat is not None else None,
        lon=round(case.lon, _BLUR) if case.lon is not None else None,
        agency=case.agency.name if case.agency else "",
        received_at=case.received_at,
        due_at=case.due_at,
        published_at=case.published_at,
        rating=case.rating if is_published else None,
        followers=case.follower_count,
        before=tuple(p.pk for p in photos if p.moment == Photo.Moment.BEFORE),
        after=tuple(p.pk for p in photos if p.moment == Photo.Moment.AFTER),
    )


def public_photo(photo_id: int) -> Photo | None:
    """Return a picture that everybody may see: its case is shown and the picture was chosen."""
    rows = Photo.objects.filter(pk=photo_id, is_public=True, case__shown_at__isnull=False)
    return rows.select_related("file").first()
