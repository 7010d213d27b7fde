"""What owners allow beyond settling: given, and taken back, by themselves only."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import events
from motcua.documents.models import Consent
from motcua.documents.rules import consents
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger


class NoSuchPurpose(Refused):
    """There is no such purpose on this day."""


class NotTheOwner(Refused):
    """Consent is given and taken back by the person themselves."""


@transaction.atomic
def give(*, purpose: str, channel: str, by: Actor, at: datetime) -> Consent:
    """Keep a consent with the text that was read; given again to the same text nothing changes.

    Raises NoSuchPurpose, NotTheOwner: see there.
    Source: Luật 91/2025/QH15; 356/2025/NĐ-CP.
    """
    party_id = _own(by)
    shown = consents.purpose(purpose, timezone.localdate(at))
    if shown is None:
        raise NoSuchPurpose(_("Không có mục đích này."))
    standing = _standing(party_id, purpose)
    if standing is not None and standing.text_version == shown.version:
        return standing
    if standing is not None:
        _end(standing, channel, by, at)
    row = Consent.objects.create(
        party_id=party_id,
        purpose=purpose,
        text_version=shown.version,
        text=shown.text,
        channel=channel,
        given_at=at,
        given_by=by.key,
    )
    fact = events.ConsentGiven(purpose=purpose, text_version=shown.version, channel=channel)
    _note(party_id, fact, by, at)
    return row


@transaction.atomic
def withdraw(*, purpose: str, channel: str, by: Actor, at: datetime) -> bool:
    """Take a consent back, at once and without a reason; tell whether there was one.

    Raises NotTheOwner: somebody else's.
    Source: Luật 91/2025/QH15; 356/2025/NĐ-CP.
    """
    party_id = _own(by)
    standing = _standing(party_id, purpose)
    if standing is None:
        return False
    _end(standing, channel, by, at)
    _note(party_id, events.ConsentWithdrawn(purpose=purpose, channel=channel), by, at)
    return True


def _own(by: Actor) -> int:
    if not by.is_citizen or not by.party_id:
        raise NotTheOwner(_("Chỉ chính chủ tài khoản được đồng ý hoặc rút lại đồng ý."))
    return by.party_id


def _standing(party_id: int, purpose: str) -> Consent | None:
    rows = Consent.objects.select_for_update().filter(party_id=party_id, purpose=purpose)
    return rows.filter(withdrawn_at__isnull=True).first()


def _end(consent: Consent, channel: str, by: Actor, at: datetime) -> None:
    consent.withdrawn_at, consent.withdrawn_by, consent.withdrawn_channel = at, by.key, channel
    consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_channel"])


def _note(party_id: int, fact: Fact, by: Actor, at: datetime) -> None:
    ledger.record_alone(
        fact, stream=f"kho:{party_id}", at=at, actor=by.key, actor_name=by.name[:120]
    )
