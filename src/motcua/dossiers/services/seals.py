"""Digital signatures on result documents: the one place where dossiers open a key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents.models import File
from motcua.documents.papers.fields import Place
from motcua.dossiers import refusals
from motcua.signing import queries as signing_queries
from motcua.signing import services as signing
from motcua.signing.models import Kind

PERSONAL, AGENCY, COPY = Kind.PERSONAL, Kind.AGENCY, Kind.COPY
# A pen that is open for the batch, or the PIN that opens one for this act alone.
Hand = signing.Pen | str


@contextmanager
def pen_of(
    *, hand: Hand, kind: Kind, by: Actor, agency_id: int, at: datetime
) -> Iterator[signing.Pen]:
    """Yield an open key: the one that is open for a batch, or one opened by its PIN.

    Raises PinMissing; and what opening raises: wrong PIN, no token, no key, not the clerk.
    Source: 30/2020/NĐ-CP Điều 32.
    """
    if isinstance(hand, signing.Pen):
        if (hand.kind, hand.agency_id) == (kind, agency_id):
            yield hand
            return
        raise refusals.NotAllowed(
            _("Khóa đang mở là của cơ quan khác; hãy làm hồ sơ này riêng."),
            law="30/2020/NĐ-CP Điều 32",
        )
    if not hand:
        raise refusals.PinMissing(_("Nhập mã PIN của khóa ký số."))
    with signing.opened(by=by, kind=kind, agency_id=agency_id, pin=hand, at=at) as pen:
        yield pen


def signed(
    *,
    file: File,
    pen: signing.Pen,
    place: Place | None = None,
    form: str = "",
    before: Callable[[IO[bytes]], None] | None = None,
) -> File:
    """Return the signed successor of a stored document.

    place: where the signature is shown; form: the words of a copy's mark; before: what is added to
    the document's end in the same step (number and date).
    Raises what signing raises: then nothing was signed.
    Source: 30/2020/NĐ-CP Điều 32, Phụ lục I.
    """
    mark = signing.Mark(page=place.page, box=place.box) if place else None
    if form:
        mark = signing.Mark(form=form)
    return pen.sign(file=file, mark=mark, before=before).file


def check_seal(*, agency_id: int) -> None:
    """Refuse a personal signature to which the agency could not add its own.

    Raises NoKey: the document would wait for a stamp that nobody has.
    Source: 30/2020/NĐ-CP Điều 32; 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    if signing_queries.key_of_agency(agency_id) is None:
        raise signing.NoKey(
            _("Cơ quan chưa có khóa ký số để đóng dấu sau bạn. Hãy ký giấy, hoặc báo quản trị."),
            field="pin",
        )


def has_key(by: Actor) -> bool:
    """Tell whether this person has a key of their own to sign with."""
    return signing_queries.key_of(by) is not None


def keeps_seal(by: Actor, *, agency_id: int) -> bool:
    """Tell whether this person may use the agency's key, and there is one.

    Source: 30/2020/NĐ-CP Điều 32 khoản 1.
    """
    key = signing_queries.key_of_agency(agency_id)
    return key is not None and signing_queries.is_keeper(by, key)
