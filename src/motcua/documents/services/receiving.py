"""Taking a file in: bounded, told by its content, never half-stored."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.documents import rules
from motcua.documents.models import File
from motcua.documents.rules import Fault, Unfit
from motcua.documents.services import cleaning, disk, quarantine
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class TooLarge(Refused):
    """The file has more bytes than are taken."""


class EmptyFile(Refused):
    """The file has no bytes."""


class KindNotTaken(Refused):
    """The file is neither PDF nor JPEG, PNG, WebP or HEIC."""


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


class TooDense(Refused):
    """The file would swell to many times its size when opened."""


class Animated(Refused):
    """The image moves; a paper does not."""


class Infected(Refused):
    """The virus scanner found something; the bytes stand in quarantine."""


class AlreadyReplaced(Refused):
    """A newer version of the file is there already."""


_TOO_LARGE = _("Tệp lớn hơn 20 MB. Hãy quét với độ phân giải thấp hơn hoặc tách làm nhiều tệp.")
_KIND_KNOWN = _("Đây là %(detail)s. Chỉ nhận tệp PDF hoặc ảnh JPEG, PNG, WebP, HEIC.")
_REFUSALS: "dict[Fault, tuple[type[Refused], StrPromise]]" = {
    Fault.EMPTY: (EmptyFile, _("Tệp “%(name)s” không có nội dung. Hãy chọn lại tệp.")),
    Fault.UNKNOWN_KIND: (
        KindNotTaken,
        _("Không nhận ra loại tệp này. Chỉ nhận tệp PDF hoặc ảnh JPEG, PNG, WebP, HEIC."),
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
    Fault.TOO_DENSE: (
        TooDense,
        _("Tệp “%(name)s” nén bất thường nên không mở an toàn được. Hãy in lại thành PDF."),
    ),
    Fault.ANIMATED: (
        Animated,
        _("Tệp “%(name)s” là ảnh động. Hãy chụp lại thành ảnh thường hoặc tệp PDF."),
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


_INFECTED = _(
    "Tệp “%(name)s” có mã độc (%(detail)s) nên không nhận. Hãy quét vi-rút máy của ông/bà rồi gửi"
    " tệp khác."
)
_REPLACED = _("Tệp này đã có bản mới hơn. Hãy mở bản mới nhất rồi thử lại.")


class About(TypedDict, total=False):
    """What a stored file belongs to."""

    case_id: int | None
    party_id: int | None
    component_key: str
    kind: str
    source: str
    draft_key: str
    replaces: File | None


def store(
    stream: disk.Readable, *, name: str, by_key: str, at: datetime, **about: Unpack[About]
) -> File:
    """Store a file and return its row; one query.

    stream: read once, to its end. `by_key` is the actor's key. `source` defaults to "upload".
    When the caller's transaction rolls back, the bytes go with the row. What we made ourselves
    (source "system") is neither cleaned nor scanned.
    Raises TooLarge, EmptyFile, KindNotTaken, NameLies, ActiveContent, Encrypted, Damaged,
    TooManyPages, TooManyPixels, TooDense, Animated: the file is not taken, and nothing of it is
    kept. Raises Infected: it is not taken; its bytes stand in quarantine.
    """
    is_ours = about.get("source") == File.Source.SYSTEM
    fit = _fit(stream, name=name, by_key=by_key, at=at, about=about, is_ours=is_ours)
    try:
        return _keep(fit, name=name, by_key=by_key, at=at, about=about)
    finally:
        fit.received.path.unlink(missing_ok=True)


# Inside the caller's transaction this costs no savepoint.
@transaction.atomic(savepoint=False)
def _keep(fit: "_Fit", *, name: str, by_key: str, at: datetime, about: About) -> File:
    taken = _placed(fit, name=name, component_key="", at=at)
    file = _row(taken, by_key=by_key, at=at, about=about)
    file.save(force_insert=True)
    return file


@transaction.atomic
def renew(stream: disk.Readable, *, file: File, name: str, by_key: str, at: datetime) -> File:
    """Store a newer version of a file; the older stays readable.

    Raises AlreadyReplaced: somebody was first. Raises what `store` raises.
    """
    older = File.objects.select_for_update().get(pk=file.pk)
    if File.objects.filter(replaces=older).exists():
        raise AlreadyReplaced(str(_REPLACED), field="file")
    about = About(
        case_id=older.case_id,
        party_id=older.party_id,
        component_key=older.component_key,
        kind=older.kind,
        source=older.source,
        draft_key=older.draft_key,
        replaces=older,
    )
    return store(stream, name=name, by_key=by_key, at=at, **about)


@dataclass(frozen=True)
class Taken:
    """A file that was found fit and stands in its place, before its case is known."""

    key: uuid.UUID
    name: str
    component_key: str
    storage_path: str
    received: disk.Received
    examined: rules.Examined
    verdict: quarantine.Verdict
    sent_sha256: str = ""


def take(
    stream: disk.Readable, *, name: str, component_key: str, at: datetime, by_key: str = ""
) -> Taken:
    """Take a file in without a row, before the act that it belongs to locks anything (no query).

    `keep_taken` gives it its row; what is not kept is dropped, or swept a day later.
    Raises what `store` raises.
    """
    about = About(component_key=component_key)
    fit = _fit(stream, name=name, by_key=by_key, at=at, about=about, is_ours=False)
    try:
        return _placed(fit, name=name, component_key=component_key, at=at)
    finally:
        fit.received.path.unlink(missing_ok=True)


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


@dataclass(frozen=True)
class _Fit:
    """Bytes that stand aside, found fit, scanned and clean of what an image tells beside."""

    received: disk.Received
    examined: rules.Examined
    verdict: quarantine.Verdict
    sent_sha256: str


def _fit(
    stream: disk.Readable, *, name: str, by_key: str, at: datetime, about: About, is_ours: bool
) -> _Fit:
    received = _received(stream)
    try:
        verdict = quarantine.OWN if is_ours else quarantine.verdict_on(received)
        if verdict.threat:
            _refuse_infected(received, verdict, name=name, by_key=by_key, at=at, about=about)
        examined = _examine(received, name)
        kept, examined = (
            (received, examined) if is_ours else cleaning.clean(received, examined=examined)
        )
    except BaseException as error:
        received.path.unlink(missing_ok=True)
        if isinstance(error, Unfit):
            raise _refusal(error, name) from None
        raise
    if kept is received:
        return _Fit(received, examined, verdict, "")
    received.path.unlink(missing_ok=True)
    return _Fit(kept, examined, verdict, received.sha256)


def _received(stream: disk.Readable) -> disk.Received:
    try:
        return disk.receive(stream, limit=rules.MAX_BYTES)
    except disk.Overflow:
        raise TooLarge(str(_TOO_LARGE), field="file") from None


def _refuse_infected(
    received: disk.Received,
    verdict: quarantine.Verdict,
    *,
    name: str,
    by_key: str,
    at: datetime,
    about: About,
) -> NoReturn:
    """Put the bytes in quarantine, whatever becomes of the caller's transaction, and refuse."""
    quarantine.isolate(
        received,
        name=name,
        threat=verdict.threat,
        by_key=by_key,
        at=at,
        case_id=about.get("case_id"),
        component_key=about.get("component_key", ""),
        source=about.get("source", File.Source.UPLOAD),
    )
    words = str(_INFECTED) % {"name": _short(name), "detail": verdict.threat}
    raise Infected(words, field="file")


def _placed(fit: _Fit, *, name: str, component_key: str, at: datetime) -> Taken:
    key = uuid.uuid4()
    ending = rules.ENDINGS[fit.examined.content_type][0]
    storage_path = f"{at:%Y/%m/%d}/{key.hex[:2]}/{key.hex}{ending}"
    disk.place(fit.received, storage_path)
    return Taken(
        key,
        name,
        component_key,
        storage_path,
        fit.received,
        fit.examined,
        fit.verdict,
        fit.sent_sha256,
    )


def _row(taken: Taken, *, by_key: str, at: datetime, about: About) -> File:
    older = about.get("replaces")
    return File(
        uuid=taken.key,
        name=rules.clean_name(taken.name, taken.examined.content_type),
        content_type=taken.examined.content_type,
        pages=taken.examined.pages,
        size_bytes=taken.received.size_bytes,
        sha256=taken.received.sha256,
        sent_sha256=taken.sent_sha256,
        storage_path=taken.storage_path,
        version=older.version + 1 if older else 1,
        safety=taken.verdict.safety,
        scanned_at=at if taken.verdict.is_scanned else None,
        uploaded_by=by_key,
        at=at,
        **{"source": File.Source.UPLOAD, **about},
    )


def _examine(received: disk.Received, name: str) -> rules.Examined:
    if not received.size_bytes:
        raise Unfit(Fault.EMPTY)
    with cleaning.mapped(received.path) as view:
        return rules.examine(view, name=name, path=received.path)


def _refusal(unfit: Unfit, name: str) -> Refused:
    """Return the refusal that a citizen reads beside the upload field."""
    kind, message = _REFUSALS[unfit.fault]
    if unfit.fault is Fault.UNKNOWN_KIND and unfit.detail:
        message = _KIND_KNOWN
    return kind(str(message) % {"name": _short(name), "detail": unfit.detail}, field="file")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:40]}…{name[-15:]}"
