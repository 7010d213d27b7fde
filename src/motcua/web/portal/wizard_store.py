"""One's own store of papers in a filing: offered at its paper, attached with one button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.documents.rules.kho import Fit, Use
from motcua.dossiers.queries import completeness

if TYPE_CHECKING:
    from django.http import QueryDict

    from motcua.web.portal.uploads import Slot
    from motcua.web.portal.wizard import Wizard

KEPT = "_kho"


@dataclass(frozen=True)
class Offer:
    """A paper of one's own store that fits: what it is called, what it is worth here."""

    component: str
    fit: Fit

    @property
    def key(self) -> str:
        """The stored paper's key."""
        return self.fit.held.key

    @property
    def name(self) -> str:
        """What the paper is called."""
        return self.fit.held.name

    @property
    def worth(self) -> str:
        """What it does here, in words."""
        if self.fit.use is Use.REPLACES:
            return _("dùng thay bản giấy")
        return _("gửi kèm như ảnh chụp")


def offers_of(filing: "Wizard") -> dict[str, list[Offer]]:
    """Return what of one's own store fits each paper of the filing (one query)."""
    found = completeness.store_for(
        procedure=filing.code,
        content=filing.content,
        case=filing.case,
        owner_id=filing.party.pk,
        agency_id=None,
        on=timezone.localdate(),
    )
    return {key: [Offer(key, fit) for fit in fits] for key, fits in found.items()}


def show(filing: "Wizard", slots: "Sequence[Slot]") -> None:
    """Put into the slots what was chosen from the store, and what else there is."""
    offers, chosen = offers_of(filing), chosen_of(filing.kept)
    for slot in slots:
        for offer in offers.get(slot.key, ()):
            if offer.key == chosen.get(slot.key):
                slot.stored = offer
            else:
                slot.offers.append(offer)


def standing_of(filing: "Wizard") -> dict[str, str]:
    """Return what was chosen and still fits today: a paper may have run out since."""
    chosen = chosen_of(filing.kept)
    if not chosen:
        return {}
    offers = offers_of(filing)
    fitting = {key: {offer.key for offer in found} for key, found in offers.items()}
    return {key: paper for key, paper in chosen.items() if paper in fitting.get(key, ())}


def pressed(posted: "QueryDict", filing: "Wizard") -> dict[str, Any] | None:
    """Return the draft with what was pressed ("component key", or a component to leave out)."""
    chosen = dict(chosen_of(filing.kept))
    component, _blank, key = posted.get("kho", "").partition(" ")
    if component and key:
        chosen[component] = key
    elif dropped := posted.get("kho-bo", ""):
        chosen.pop(dropped, None)
    else:
        return None
    return {**filing.kept, KEPT: chosen}


def chosen_of(kept: Mapping[str, Any]) -> Mapping[str, str]:
    """Return which stored paper was chosen for which component."""
    found = kept.get(KEPT)
    return found if isinstance(found, dict) else {}
