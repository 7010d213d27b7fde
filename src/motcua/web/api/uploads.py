"""Files that come along: taken in before the act, given their rows within it, dropped on refusal."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import services as documents
from motcua.dossiers import services as dossiers
from motcua.kernel.refused import Refused
from motcua.web.api.doors import caller
from motcua.web.api.problems import UnfitBody
from motcua.web.api.shapes.filing import In, PaperIn

T = TypeVar("T", bound=In)
MOST_FILES = 50
MOST_BYTES = 200 * 1024 * 1024
_DATA = "data"


class TooLarge(Refused):
    """More came than is taken."""


class UnknownFile(Refused):
    """A key does not name a file that the caller uploaded for this."""

    field = "papers"


@dataclass
class Sent:
    """The files that came with one act, and those uploaded before."""

    taken: list[documents.Taken] = field(default_factory=list)
    earlier: list[UUID] = field(default_factory=list)

    def of(self, component: str) -> tuple[str, ...]:
        """Return the keys of what came for a component."""
        return tuple(str(t.key) for t in self.taken if t.component_key == component)

    def papers(self, listed: Sequence[PaperIn]) -> tuple[dossiers.PaperIn, ...]:
        """Return the papers with their files; a file alone makes its component present."""
        named = {paper.component for paper in listed}
        alone = dict.fromkeys(t.component_key for t in self.taken if t.component_key not in named)
        self.earlier = [key for paper in listed for key in paper.files]
        return (
            *(paper.brought(self.of(paper.component)) for paper in listed),
            *(dossiers.PaperIn(component, files=self.of(component)) for component in alone),
        )

    def keep(self, *, case_id: int, by: Actor, at: datetime) -> None:
        """Give every file to the case, within the act (a statement for each sort).

        Raises UnknownFile: a key is not one of the caller's own uploads.
        """
        if self.taken:
            documents.keep_taken(
                files=self.taken, by_key=by.key, at=at, case_id=case_id, party_id=by.party_id
            )
        if self.earlier:
            wanted = set(self.earlier)
            found = documents.attach(uuids=wanted, draft_key=draft_key(by), case_id=case_id)
            if found != len(wanted):
                raise UnknownFile(_("Có mã tệp không phải tệp bạn đã tải lên trước đó."))

    def drop(self) -> None:
        """Throw away what came: the act was refused."""
        documents.drop_taken(files=self.taken)


def draft_key(by: Actor) -> str:
    """Return where files stand that this caller uploaded before filing."""
    return f"api:{by.key}"


def is_multipart(request: HttpRequest) -> bool:
    """Tell whether files may have come along."""
    return request.content_type == "multipart/form-data"


def check_size(request: HttpRequest) -> None:
    """Refuse a body that says it is beyond all bounds, before it is read.

    Raises TooLarge.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise TooLarge(_("Tổng nội dung gửi lên tối đa 200 MB."))


def body(request: HttpRequest, shape: type[T]) -> T:
    """Return what was sent, as JSON or in the field "data" of a multipart body.

    Raises UnfitBody: it is neither. Raises pydantic's ValidationError: a field is unfit.
    """
    check_size(request)
    if not is_multipart(request):
        return shape.model_validate_json(request.body)
    text = request.POST.get(_DATA, "")
    if not text:
        raise UnfitBody([{"field": _DATA, "message": _("Còn thiếu mục này.")}])
    try:
        values = json.loads(text)
    except ValueError:
        words = _("Nội dung không phải JSON hợp lệ.")
        raise UnfitBody([{"field": _DATA, "message": words}]) from None
    return shape.model_validate(values)


def take(request: HttpRequest, *, at: datetime) -> Sent:
    """Take in every file of a multipart body; the name of its part is its component.

    Raises TooLarge, and what `documents.take` raises; nothing is kept then.
    """
    sent = Sent()
    if not is_multipart(request):
        return sent
    parts = [(name, one) for name in request.FILES for one in request.FILES.getlist(name)]
    if len(parts) > MOST_FILES:
        raise TooLarge(_("Mỗi lần gửi tối đa %d tệp.") % MOST_FILES)
    try:
        for component, part in parts:
            sent.taken.append(_taken(part, component, by_key=caller(request).key, at=at))
    except Refused:
        sent.drop()
        raise
    return sent


def _taken(
    part: "UploadedFile[bytes]", component: str, *, by_key: str, at: datetime
) -> documents.Taken:
    try:
        return documents.take(
            part, name=part.name or component, component_key=component[:120], by_key=by_key, at=at
        )
    except Refused as refusal:
        refusal.field = component
        raise
