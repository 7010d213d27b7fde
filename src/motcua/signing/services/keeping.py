"""Keys and pictures: written down, changed, taken out of use. Never a private key, never a PIN."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger
from motcua.signing import ports
from motcua.signing.appearance import pictures
from motcua.signing.events import KeyAdded, KeyDisabled, PictureChanged
from motcua.signing.keys import certificates
from motcua.signing.models import KeyRef, Picture
from motcua.signing.refusals import NotAnImage

STREAM = "signing-keys"


class NotACertificate(Refused):
    """What was given is no certificate of a key we can sign with."""

    field = "certificate"


class UnknownPort(Refused):
    """No such kind of key is installed."""

    field = "port"


@transaction.atomic
def add_key(
    *,
    port: str,
    place: Mapping[str, str],
    certificate: str,
    by: Actor,
    at: datetime,
    chain: str = "",
    account_id: int | None = None,
    agency_id: int | None = None,
    is_trial: bool = False,
) -> KeyRef:
    """Write down where a key is and whose; the owner's earlier key is taken out of use.

    place: what the port needs to find it; certificate, chain: PEM.
    Raises NotACertificate, UnknownPort.
    """
    if port not in ports.names():
        raise UnknownPort(_("Máy chủ không có loại khóa này."))
    try:
        certificates.signature_bytes(certificate)
        card = certificates.read(certificate)
    except ValueError:
        raise NotACertificate(
            _("Đây không phải chứng thư số RSA hoặc ECDSA ở dạng PEM.")
        ) from None
    owned = Q(account_id=account_id) if account_id else Q(agency_id=agency_id)
    for earlier in KeyRef.objects.select_for_update().filter(owned, is_enabled=True):
        disable_key(key=earlier, reason=_("thay bằng khóa mới"), by=by, at=at)
    key = KeyRef.objects.create(
        account_id=account_id,
        agency_id=agency_id,
        port=port,
        place=dict(place),
        certificate=certificate,
        chain=chain,
        serial=card.serial,
        subject=card.subject[:300],
        issuer=card.issuer[:200],
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        is_trial=is_trial,
        added_by=by.key,
        added_at=at,
    )
    owner = f"account:{account_id}" if account_id else f"agency:{agency_id}"
    _tell(KeyAdded(key_id=key.pk, owner=owner, port=port, serial=key.serial), by=by, at=at)
    return key


@transaction.atomic
def disable_key(*, key: KeyRef, reason: str, by: Actor, at: datetime) -> KeyRef:
    """Take a key out of use; what it signed stays."""
    key.is_enabled = False
    key.save(update_fields=["is_enabled"])
    _tell(KeyDisabled(key_id=key.pk, serial=key.serial, reason=reason), by=by, at=at)
    return key


@transaction.atomic
def name_keeper(*, key: KeyRef, account_id: int | None, by: Actor, at: datetime) -> KeyRef:
    """Give an agency's key into an officer's keeping beside its clerk; None takes it back.

    Source: 30/2020/NĐ-CP Điều 32 khoản 1.
    """
    key.keeper_id = account_id
    key.save(update_fields=["keeper"])
    fact = KeyAdded(
        key_id=key.pk, owner=f"keeper:{account_id or ''}", port=key.port, serial=key.serial
    )
    _tell(fact, by=by, at=at)
    return key


@transaction.atomic
def change_picture(
    *,
    png: bytes,
    by: Actor,
    at: datetime,
    account_id: int | None = None,
    agency_id: int | None = None,
) -> Picture:
    """Replace the picture of a handwritten signature or a seal by a transparent PNG.

    Raises NotAnImage: it is none, is opaque, or too large.
    Source: 30/2020/NĐ-CP Phụ lục I.
    """
    try:
        pictures.checked(png)
    except pictures.Unfit:
        raise NotAnImage(
            _("Hãy chọn ảnh PNG nền trong suốt, mỗi cạnh tối đa 2000 điểm, tối đa 512 KB.")
        ) from None
    owned = Q(account_id=account_id) if account_id else Q(agency_id=agency_id)
    picture = Picture.objects.select_for_update().filter(owned).first()
    picture = picture or Picture(account_id=account_id, agency_id=agency_id)
    picture.png, picture.by, picture.at = png, by.key, at
    picture.save()
    owner = f"account:{account_id}" if account_id else f"agency:{agency_id}"
    fact = PictureChanged(owner=owner, sha256=hashlib.sha256(png).hexdigest())
    _tell(fact, by=by, at=at)
    return picture


def _tell(fact: Fact, *, by: Actor, at: datetime) -> None:
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
