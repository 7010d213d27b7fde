"""Taking a file in: bounded, told by its content, never half-stored."""

import mmap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.documents import rules
from motcua.documents.models import File
from motcua.documents.rules import Fault, Unfit
from motcua.documents.services import disk
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class TooLarge(Refused):
    """The file has more bytes than are taken."""


class EmptyFile(Refused):
    """The file has no bytes."""


class KindNotTaken(Refused):
    """The file is neither PDF nor JPEG, PNG or WebP."""


class NameLies(Refused):
    """The ending of the name is of another kind than the content."""


class ActiveContent(Refused):
    """The PDF can act by itself: scripts, programs, attached files."""


class Encrypted(Refused):
    """The PDF needs a password or forbids reading."""


class Damaged(Refused):
    """The file cannot be read whole."""


class TooManyPages(Refused):
    """The PDF has more pages than are taken."""


class TooManyPixels(Refused):
    """The image is larger than is taken."""


_TOO_LARGE = _("Tệp lớn hơn 20 MB. Hãy quét với độ phân giải thấp hơn hoặc tách làm nhiều tệp.")
_KIND_KNOWN = _("Đây là %(detail)s. Chỉ nhận tệp PDF hoặc ảnh JPEG, PNG, WebP.")
_REFUSALS: "dict[Fault, tuple[type[Refused], StrPromise]]" = {
    Fault.EMPTY: (EmptyFile, _("Tệp “%(name)s” không có nội dung. Hãy chọn lại tệp.")),
    Fault.UNKNOWN_KIND: (
        KindNotTaken,
        _("Không nhận ra loại tệp này. Chỉ nhận tệp PDF hoặc ảnh JPEG, PNG, WebP."),
    ),
    Fault.NAME_LIES: (
        NameLies,
        _("Nội dung tệp “%(name)s” không đúng với đuôi %(detail)s. Hãy lưu lại thành PDF."),
    ),
    Fault.ACTIVE: (
        ActiveContent,
        _(
            "Tệp PDF có %(detail)s nên không nhận vì lý do an toàn. Hãy in lại thành PDF hoặc"
            " chụp ảnh giấy tờ."
        ),
    ),
    Fault.ENCRYPTED: (
        Encrypted,
        _("Tệp PDF đang đặt mật khẩu hoặc bị khóa. Hãy bỏ khóa rồi tải lên lại."),
    ),
    Fault.DAMAGED: (
        Damaged,
        _("Tệp “%(name)s” bị hỏng hoặc tải lên chưa hết. Hãy mở thử trên máy rồi tải lại."),
    ),
    Fault.TOO_MANY_PAGES: (
        TooManyPages,
        _("Tệp PDF có %(detail)s trang; mỗi tệp nhận tối đa 500 trang. Hãy tách làm nhiều tệp."),
    ),
    Fault.TOO_MANY_PIXELS: (
        TooManyPixels,
        _("Ảnh quá lớn (%(detail)s điểm ảnh). Hãy giảm kích thước xuống dưới 40 triệu điểm."),
    ),
}


class About(TypedDict, total=False):
    """What a stored file belongs to."""

    case_id: int | None
    party_id: int | None
    component_key: str
    source: str
    draft_key: str


def store(
    stream: disk.Readable, *, name: str, by_key: str, at: datetime, **about: Unpack[About]
) -> File:
    """Store a file and return its row; one query.

    stream: read once, to its end. `by_key` is the actor's key. `source` defaults to "upload".
    When the caller's transaction rolls back, the bytes go with the row.
    Raises TooLarge, EmptyFile, KindNotTaken, NameLies, ActiveContent, Encrypted, Damaged,
    TooManyPages, TooManyPixels: the file is not taken, and nothing of it is kept.
    """
    try:
        received = disk.receive(stream, limit=rules.MAX_BYTES)
    except disk.Overflow:
        raise TooLarge(str(_TOO_LARGE), field="file") from None
    try:
        examined = _examine(received.path, name)
        return _keep(received, examined, name=name, by_key=by_key, at=at, about=about)
    finally:
        received.path.unlink(missing_ok=True)


# Inside the caller's transaction this costs no savepoint.
@transaction.atomic(savepoint=False)
def _keep(
    received: disk.Received,
    examined: rules.Examined,
    *,
    name: str,
    by_key: str,
    at: datetime,
    about: About,
) -> File:
    taken = _placed(received, examined, name=name, component_key="", at=at)
    file = _row(taken, by_key=by_key, at=at, about=about)
    file.save(force_insert=True)
    return file


@dataclass(frozen=True)
class Taken:
    """A file that was found fit and stands in its place, before its case is known."""

    key: uuid.UUID
    name: str
    component_key: str
    storage_path: str
    received: disk.Received
    examined: rules.Examined


def take(stream: disk.Readable, *, name: str, component_key: str, at: datetime) -> Taken:
    """Take a file in without a row, before the act that it belongs to locks anything (no query).

    `keep_taken` gives it its row; what is not kept is dropped, or swept a day later.
    Raises what `store` raises.
    """
    try:
        received = disk.receive(stream, limit=rules.MAX_BYTES)
    except disk.Overflow:
        raise TooLarge(str(_TOO_LARGE), field="file") from None
    try:
        examined = _examine(received.path, name)
        return _placed(received, examined, name=name, component_key=component_key, at=at)
    finally:
        received.path.unlink(missing_ok=True)


def keep_taken(
    *, files: Sequence[Taken], by_key: str, at: datetime, **about: Unpack[About]
) -> list[File]:
    """Give the files that were taken in their rows, in the caller's transaction (one statement)."""
    rows = [
        _row(taken, by_key=by_key, at=at, about={"component_key": taken.component_key, **about})
        for taken in files
    ]
    return File.objects.bulk_create(rows) if rows else []


def drop_taken(*, files: Sequence[Taken]) -> None:
    """Take the bytes away of files whose act was refused."""
    for taken in files:
        disk.remove(taken.storage_path)


def _placed(
    received: disk.Received,
    examined: rules.Examined,
    *,
    name: str,
    component_key: str,
    at: datetime,
) -> Taken:
    key = uuid.uuid4()
    ending = rules.ENDINGS[examined.content_type][0]
    storage_path = f"{at:%Y/%m/%d}/{key.hex[:2]}/{key.hex}{ending}"
    disk.place(received, storage_path)
    return Taken(key, name, component_key, storage_path, received, examined)


def _row(taken: Taken, *, by_key: str, at: datetime, about: About) -> File:
    return File(
        uuid=taken.key,
        name=rules.clean_name(taken.name, taken.examined.content_type),
        content_type=taken.examined.content_type,
        pages=taken.examined.pages,
        size_bytes=taken.received.size_bytes,
        sha256=taken.received.sha256,
        storage_path=taken.storage_path,
        uploaded_by=by_key,
        at=at,
        **{"source": File.Source.UPLOAD, **about},
    )


def _examine(path: Path, name: str) -> rules.Examined:
    """Look at the bytes where they lie: memory stays small whatever the file's size."""
    try:
        if not path.stat().st_size:
            raise Unfit(Fault.EMPTY)
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as view,
        ):
            return rules.examine(view, name=name)
    except Unfit as unfit:
        raise _refusal(unfit, name) from None


def _refusal(unfit: Unfit, name: str) -> Refused:
    """Return the refusal that a citizen reads beside the upload field."""
    kind, message = _REFUSALS[unfit.fault]
    if unfit.fault is Fault.UNKNOWN_KIND and unfit.detail:
        message = _KIND_KNOWN
    return kind(str(message) % {"name": _short(name), "detail": unfit.detail}, field="file")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:40]}…{name[-15:]}"
