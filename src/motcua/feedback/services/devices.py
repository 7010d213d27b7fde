"""Tablets at counters: made, taken away, and who sits there."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.identity import digest_of_token
from motcua.directory.queries import cards
from motcua.feedback import events, refusals
from motcua.feedback.models import CounterDevice
from motcua.feedback.services import core
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger

_MAKERS = ("centre_lead", "admin")
_SITTERS = ("receptionist", "centre_lead", "cashier", "support")


@dataclass(frozen=True)
class Made:
    """A new tablet with its token, which is shown once and never kept."""

    device: CounterDevice
    token: str


@core.act
def make_device(*, agency: str, name: str, by: Actor, at: datetime) -> Made:
    """Register a tablet for a counter of one's centre.

    Raises NotAllowed, Misstated.
    Source: 118/2025/NĐ-CP Điều 13, Điều 31 khoản 1 điểm b.
    """
    found = cards.card_by_code(agency)
    if found is None or not squeeze(name):
        raise refusals.Misstated(_("Hãy chọn Trung tâm và đặt tên quầy."), field="agency")
    if not (by.has_role("admin") or by.has_role(*_MAKERS, agency_id=found.id)):
        raise refusals.NotAllowed(_("Chỉ lãnh đạo Trung tâm hoặc quản trị đăng ký máy đánh giá."))
    token = secrets.token_urlsafe(24)
    device = CounterDevice.objects.create(
        agency_id=found.id, name=squeeze(name)[:60], digest=digest_of_token(token), made_at=at
    )
    fact = events.DeviceMade(agency_code=found.code, name=device.name, is_on=True)
    _note(fact, by, at)
    return Made(device, token)


@core.act
def revoke_device(*, device_id: int, by: Actor, at: datetime) -> CounterDevice:
    """Take a tablet from its counter: its token counts no more.

    Raises NotFound, NotAllowed.
    Source: rule of the house, no decree.
    """
    device = _device(device_id)
    if not (by.has_role("admin") or by.has_role(*_MAKERS, agency_id=device.agency_id)):
        raise refusals.NotAllowed(_("Chỉ lãnh đạo Trung tâm hoặc quản trị thu hồi máy đánh giá."))
    device.revoked_at = at
    device.officer_id, device.officer_post, device.seated_at = None, "", None
    device.save()
    code = cards.card(device.agency_id).code
    _note(events.DeviceMade(agency_code=code, name=device.name, is_on=False), by, at)
    return device


@core.act
def sit_down(*, device_id: int, by: Actor, at: datetime) -> CounterDevice:
    """Note that one serves at this counter from now: ratings there are about this post.

    Raises NotFound, NotAllowed: one has no post at that centre.
    Source: 118/2025/NĐ-CP Điều 31 khoản 1 điểm b, Điều 34 khoản 2.
    """
    device = _device(device_id)
    post = by.post_for(*_SITTERS, agency_id=device.agency_id)
    if post is None or by.account_id is None:
        raise refusals.NotAllowed(_("Bạn không làm việc tại Trung tâm này."))
    CounterDevice.objects.filter(officer_id=by.account_id).exclude(pk=device.pk).update(
        officer=None, officer_post="", seated_at=None
    )
    device.officer_id, device.seated_at = by.account_id, at
    device.officer_post = by.describe(agency_id=device.agency_id)[:200]
    device.save()
    _note(events.OfficerSeated(device=device.name, is_there=True), by, at)
    return device


@core.act
def get_up(*, device_id: int, by: Actor, at: datetime) -> CounterDevice:
    """Note that nobody serves at this counter: ratings there are about the centre only.

    Raises NotFound, NotAllowed: somebody else sits there.
    Source: rule of the house, no decree.
    """
    device = _device(device_id)
    is_lead = by.has_role(*_MAKERS, agency_id=device.agency_id)
    if device.officer_id != by.account_id and not is_lead:
        raise refusals.NotAllowed(_("Người khác đang ngồi quầy này."))
    device.officer_id, device.officer_post, device.seated_at = None, "", None
    device.save()
    _note(events.OfficerSeated(device=device.name, is_there=False), by, at)
    return device


def _device(device_id: int) -> CounterDevice:
    rows = CounterDevice.objects.select_for_update(of=("self",)).filter(revoked_at__isnull=True)
    device = rows.filter(pk=device_id).first()
    if device is None:
        raise refusals.NotFound(_("Không có máy đánh giá này."))
    return device


def _note(fact: events.DeviceMade | events.OfficerSeated, by: Actor, at: datetime) -> None:
    ledger.record_alone(
        fact,
        stream="rating:devices",
        at=at,
        actor=by.key,
        actor_name=by.name[:120],
        post=by.describe()[:200],
    )
