"""An opened key in an officer's hand: what it signs, and what is written down of it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import IO

from django.core.cache import cache
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.ledger import services as ledger
from motcua.signing import ports, queries, rules
from motcua.signing.events import PaperSigned
from motcua.signing.marks import Mark, Spot
from motcua.signing.models import KeyRef, Kind, Signature
from motcua.signing.pades import trust, writing
from motcua.signing.pades.signer import Identity
from motcua.signing.ports import Key, Place
from motcua.signing.refusals import (
    CannotBeSigned,
    KeyOutOfTime,
    NoKey,
    NotAPdf,
    NotTheKeeper,
    PinAtRest,
    WrongPin,
)
from motcua.signing.services import rights, wishing
from motcua.signing.services.showing import shown


@dataclass(frozen=True)
class SignedFile:
    """What came of a signature: the new file, and the row about it."""

    file: File
    signature: Signature


def sign(
    *,
    file: File,
    kind: str,
    by: Actor,
    agency_id: int,
    pin: str,
    at: datetime,
    mark: Mark | None = None,
) -> SignedFile:
    """Sign a stored PDF; the result is a new file that replaces it.

    kind: "personal" by the officer's own key; "agency", "copy" (sao y), "attachment" by the key of
    the agency. agency_id: in whose name. mark: where and what; None follows the rules.
    Raises a refusal of `signing.refusals`: nothing was signed and nothing changed.
    Source: 30/2020/NĐ-CP Điều 32, Phụ lục I.
    """
    with opened(by=by, kind=kind, agency_id=agency_id, pin=pin, at=at) as pen:
        return pen.sign(file=file, mark=mark)


@contextmanager
def opened(*, by: Actor, kind: str, agency_id: int, pin: str, at: datetime) -> Iterator["Pen"]:
    """Open the key once and yield a pen for as many papers as the block signs.

    Raises NoKey, KeyOutOfTime, NotTheKeeper, PinAtRest, WrongPin, TokenMissing, TokenLocked.
    """
    reference = _reference(by=by, kind=kind, agency_id=agency_id, at=at)
    key = _open(reference, pin, at=at)
    try:
        yield Pen(
            key=key,
            reference=reference,
            identity=_identity(reference.certificate, reference.chain),
            by=by,
            kind=Kind(kind),
            agency_id=agency_id,
            at=at,
        )
    finally:
        key.close()
        trust.configured().rest()


def _reference(*, by: Actor, kind: str, agency_id: int, at: datetime) -> KeyRef:
    if kind == Kind.PERSONAL:
        reference = queries.key_of(by)
        if reference is None:
            raise NoKey(_("Bạn chưa có khóa ký số. Hãy đăng ký ở mục Ký số, Khóa của tôi."))
    else:
        reference = queries.key_of_agency(agency_id)
        if reference is None:
            raise NoKey(_("Cơ quan chưa có khóa ký số. Hãy báo người quản trị đăng ký."))
        if not queries.is_keeper(by, reference):
            raise NotTheKeeper(
                _("Khóa của cơ quan do văn thư giữ; chỉ văn thư được dùng để ký."),
            )
    if not reference.valid_from <= at <= reference.valid_to:
        raise KeyOutOfTime(
            _("Chứng thư số hết hạn hoặc chưa có hiệu lực (dùng được đến %(day)s).")
            % {"day": f"{localtime(reference.valid_to):%d/%m/%Y}"}
        )
    return reference


def _open(reference: KeyRef, pin: str, *, at: datetime) -> Key:
    """Open the key with the PIN; wrong ones are counted, so that a token is never locked by us."""
    slot = queries.pin_slot(reference.pk)
    wrong = queries.wrong_pins(reference.pk)
    until = rules.pin_rests_until(wrong=wrong, at=at)
    if until is not None:
        raise PinAtRest(
            _("Đã nhập sai PIN %(count)d lần. Để thiết bị không bị khóa, hãy đợi đến %(time)s.")
            % {"count": rules.PINS_BORNE, "time": f"{localtime(until):%H:%M}"}
        )
    place = Place(values=reference.place, certificate=reference.certificate)
    try:
        key = ports.opener(reference.port)(place, pin)
    except WrongPin:
        cache.set(slot, [*wrong, at], rules.PIN_REST.total_seconds())
        raise
    if wrong:
        cache.delete(slot)
    return key


@lru_cache(maxsize=512)
def _identity(certificate: str, chain: str) -> Identity:
    return Identity.read(certificate, chain)


@dataclass(frozen=True)
class Pen:
    """A key that is open, in the hand of the officer who gave the PIN."""

    key: Key
    reference: KeyRef
    identity: Identity
    by: Actor
    kind: Kind
    agency_id: int
    at: datetime

    @transaction.atomic
    def sign(
        self,
        *,
        file: File,
        mark: Mark | None = None,
        before: Callable[[IO[bytes]], None] | None = None,
    ) -> SignedFile:
        """Sign one PDF; the result is stored as a file that replaces it, and written down.

        before: what is added to the document's end in the same step, as number and date are.
        Raises NotAPdf, CannotBeSigned, NotSignedYet, NotMade, NoTimestamp, CertificateRevoked,
        CertificateUnproven, TokenMissing, HeldBack, Lost: nothing of it is kept.
        """
        mark = mark or Mark()
        file = File.objects.select_for_update(of=("self",)).get(pk=file.pk)
        made = queries.made_on(file.pk)
        self._check(file, made)
        with tempfile.TemporaryFile() as document:
            with documents.open_file(file, by_key=self.by.key) as source:
                shutil.copyfileobj(source, document)
            if before is not None:
                before(document)
            spot, style = shown(pen=self, document=document, made=made, mark=mark)
            place = cards.card(self.agency_id)
            task = writing.Task(
                key=self.key,
                identity=self.identity,
                trust=trust.configured(),
                at=localtime(self.at),
                reason=queries.kind_name(self.kind),
                location=place.name,
                spot=spot,
                style=style,
            )
            written = writing.sign(document, task)
            new = _stored(document, file, by=self.by, at=self.at)
        row = self._written(file, new, made, written=written, spot=spot)
        wishing.fulfil(signature=row)
        return SignedFile(file=new, signature=row)

    def _check(self, file: File, made: list[Signature]) -> None:
        if file.content_type != "application/pdf":
            raise NotAPdf(_("Chỉ ký số tệp PDF. Hãy số hóa ảnh thành PDF trước."))
        if Signature.objects.filter(before=file).exists():
            raise CannotBeSigned(_("Tài liệu đã có bản ký mới hơn. Hãy ký trên bản mới nhất."))
        rights.check(pen=self, file=file, made=made)

    def _written(
        self,
        file: File,
        new: File,
        made: list[Signature],
        *,
        written: writing.Written,
        spot: Spot | None,
    ) -> Signature:
        post = rights.post_of(self.by, agency_id=self.agency_id)
        row = Signature.objects.create(
            file=new,
            before=file,
            root_id=made[0].root_id if made else file.pk,
            case_id=file.case_id,
            kind=self.kind,
            level=written.level,
            key=self.reference,
            account_id=self.by.account_id or 0,
            agency_id=self.agency_id,
            role=post.role if post else "",
            post=self.by.describe(agency_id=self.agency_id),
            signer=self.by.name,
            serial=self.reference.serial,
            at=self.at,
            sha256_before=file.sha256,
            sha256_after=new.sha256,
            field=written.field,
            page=spot.page if spot else None,
            box=[round(edge, 2) for edge in spot.box] if spot else None,
        )
        self._told(row)
        return row

    def _told(self, row: Signature) -> None:
        fact = PaperSigned(
            file_id=row.file_id,
            before_id=row.before_id,
            case_id=row.case_id,
            signature=row.kind,
            level=row.level,
            agency=cards.name_of(self.agency_id),
            serial=row.serial,
            sha256_before=row.sha256_before,
            sha256_after=row.sha256_after,
        )
        ledger.record_alone(
            fact,
            stream=f"paper:{row.root_id}",
            at=self.at,
            actor=self.by.key,
            actor_name=self.by.name,
            post=row.post,
        )


def _stored(document: IO[bytes], file: File, *, by: Actor, at: datetime) -> File:
    document.seek(0)
    return documents.store(
        document,
        name=file.name,
        by_key=by.key,
        at=at,
        case_id=file.case_id,
        party_id=file.party_id,
        component_key=file.component_key,
        source=file.source,
        draft_key=file.draft_key,
        kind=file.kind,
        replaces=file,
    )
