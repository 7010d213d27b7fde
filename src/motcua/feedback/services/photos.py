"""Pictures of a case: stored by documents, which clean and look through them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import services as documents
from motcua.documents.services.disk import Readable
from motcua.feedback import refusals
from motcua.feedback.models import Case, Photo
from motcua.feedback.services import core


class Sendable(Protocol):
    """A picture on its way in."""

    @property
    def stream(self) -> Readable:
        """Its bytes."""

    @property
    def name(self) -> str:
        """Its file name."""


def keep(
    *,
    case: Case,
    files: Sequence[Sendable],
    by: Actor,
    at: datetime,
    moment: str = Photo.Moment.BEFORE,
) -> list[Photo]:
    """Store pictures of a case and return them.

    Raises TooManyPhotos; raises what `documents.store` raises.
    Source: 20/2008/NĐ-CP Điều 6 (what is sent along is kept with the report).
    """
    if not files:
        return []
    most = core.numbers(at).photos
    there = Photo.objects.filter(case=case, moment=moment).count()
    if there + len(files) > most:
        raise refusals.TooManyPhotos(_("Mỗi lần gửi tối đa %d ảnh.") % most)
    source = "upload" if by.is_staff else "portal"
    made = []
    for one in files:
        file = documents.store(
            one.stream, name=one.name, by_key=by.key, at=at, source=source, kind="feedback"
        )
        made.append(Photo(case=case, file=file, moment=moment, at=at))
    return Photo.objects.bulk_create(made)


def open_to_all(*, case: Case, photo_ids: Sequence[int]) -> int:
    """Let everybody see these pictures of a case, and no others; return how many.

    Source: 91/2025/QH15 (a picture may show people).
    """
    Photo.objects.filter(case=case).update(is_public=False)
    return Photo.objects.filter(case=case, pk__in=list(photo_ids)).update(is_public=True)
