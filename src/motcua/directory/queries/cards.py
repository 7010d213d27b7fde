"""Agencies at hand: read once, kept for a few seconds, so that an act does not ask again."""

from dataclasses import dataclass
from time import monotonic

from motcua.directory.models import Agency, Place

KEEP_SECONDS = 20.0


@dataclass(frozen=True)
class AgencyCard:
    """What acts need to know of an agency."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    place_code: str
    parent_id: int | None
    calendar_key: str
    address: str
    phone: str


_kept: dict[int, AgencyCard] = {}
_by_code: dict[str, AgencyCard] = {}
_read_at = -KEEP_SECONDS


def _fresh() -> None:
    global _read_at  # noqa: PLW0603  a cache of one process
    if monotonic() - _read_at < KEEP_SECONDS and _kept:
        return
    cards = {
        a.pk: AgencyCard(
            id=a.pk,
            code=a.code,
            name=a.name,
            short_name=a.short_name or a.name,
            kind=a.kind,
            level=a.level,
            place_code=a.place_id or "",
            parent_id=a.parent_id,
            calendar_key=a.calendar_key,
            address=a.address,
            phone=a.phone,
        )
        for a in Agency.objects.all()
    }
    _kept.clear()
    _kept.update(cards)
    _by_code.clear()
    _by_code.update({card.code: card for card in cards.values()})
    _read_at = monotonic()


def forget() -> None:
    """Drop what is kept; called after agencies were loaded."""
    global _read_at  # noqa: PLW0603  a cache of one process
    _kept.clear()
    _read_at = -KEEP_SECONDS


def card(agency_id: int) -> AgencyCard:
    """Return the card of an agency.

    Raises KeyError: no agency has this key.
    """
    _fresh()
    if agency_id not in _kept:
        forget()
        _fresh()
    return _kept[agency_id]


def all_cards() -> list[AgencyCard]:
    """Return the cards of all agencies in the order of their codes."""
    _fresh()
    return sorted(_kept.values(), key=lambda one: one.code)


def card_by_code(code: str) -> AgencyCard | None:
    """Return the card of the agency with this code, or None."""
    _fresh()
    if code not in _by_code:
        forget()
        _fresh()
    return _by_code.get(code)


def card_by_name(name: str) -> AgencyCard | None:
    """Return the card of the agency with this name, or None; facts keep names."""
    _fresh()
    return next((card for card in _kept.values() if card.name == name), None)


def name_of(agency_id: int | None) -> str:
    """Return an agency's name, "" for none."""
    return card(agency_id).name if agency_id else ""


def committee_at(place_code: str) -> AgencyCard | None:
    """Return the card of the People's Committee of a commune, or None."""
    _fresh()
    return next(
        (c for c in _kept.values() if c.kind == "committee" and c.place_code == place_code), None
    )


_place_names: dict[str, str] = {}


def place_name(place_code: str) -> str:
    """Return the name of a place; names of places are kept for the life of the process."""
    if place_code not in _place_names:
        found = Place.objects.filter(pk=place_code).values_list("name", flat=True).first()
        if found is None:
            return ""
        _place_names[place_code] = found
    return _place_names[place_code]
