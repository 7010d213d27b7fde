"""Many papers with one PIN: each succeeds or is refused by itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents.models import File
from motcua.kernel.refused import Refused
from motcua.signing import queries, rules
from motcua.signing.marks import Mark
from motcua.signing.models import Wish
from motcua.signing.refusals import NothingToSign, TokenMissing, TooMany
from motcua.signing.services.pen import Pen, SignedFile, opened
from motcua.signing.services.wishing import mark_of


@dataclass(frozen=True)
class Item:
    """One paper of a batch; `then` runs in the transaction of its signature."""

    file: File
    mark: Mark | None = None
    then: Callable[[SignedFile], None] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one paper: signed, or refused and why."""

    file: File
    signed: SignedFile | None = None
    refused: Refused | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether it was signed."""
        return self.signed is not None


def sign_many(
    *, items: Sequence[Item], kind: str, by: Actor, agency_id: int, pin: str, at: datetime
) -> list[Outcome]:
    """Sign up to a hundred papers with one PIN; return what became of each, in order.

    A paper that is refused stops no other; a token that is pulled out stops what follows.
    Raises TooMany, and what `opened` raises: then nothing was signed.
    Source: 30/2020/NĐ-CP Điều 32, Phụ lục I.
    """
    if len(items) > rules.MAX_BATCH:
        raise TooMany(
            _("Mỗi lần ký tối đa %(count)d tài liệu. Hãy chọn ít hơn.")
            % {"count": rules.MAX_BATCH}
        )
    outcomes: list[Outcome] = []
    if not items:
        return outcomes
    gone: Refused | None = None
    with opened(by=by, kind=kind, agency_id=agency_id, pin=pin, at=at) as pen:
        for item in items:
            outcome = Outcome(item.file, refused=gone) if gone else _signed(pen, item)
            if isinstance(outcome.refused, TokenMissing):
                gone = outcome.refused
            outcomes.append(outcome)
    return outcomes


def _signed(pen: Pen, item: Item) -> Outcome:
    try:
        with transaction.atomic():
            signed = pen.sign(file=item.file, mark=item.mark)
            if item.then is not None:
                item.then(signed)
    except Refused as refusal:
        Wish.objects.filter(
            file=item.file, kind=pen.kind, agency_id=pen.agency_id, state=Wish.State.WAITING
        ).update(refusal=str(refusal)[:500])
        return Outcome(item.file, refused=refusal)
    return Outcome(item.file, signed=signed)


def sign_wishes(
    *, wish_ids: Iterable[int], kind: str, by: Actor, agency_id: int, pin: str, at: datetime
) -> list[Outcome]:
    """Sign what waits for this officer, of one kind and one agency, with one PIN.

    Raises NothingToSign: none of these waits for this officer; and what `sign_many` raises.
    """
    chosen = queries.waiting_for(by).filter(pk__in=list(wish_ids), kind=kind, agency_id=agency_id)
    items = [Item(file=wish.file, mark=mark_of(wish=wish)) for wish in chosen]
    if not items:
        raise NothingToSign(_("Hãy chọn ít nhất một tài liệu đang chờ bạn ký."))
    return sign_many(items=items, kind=kind, by=by, agency_id=agency_id, pin=pin, at=at)
