"""Places and agencies as pages and other modules read them."""

from motcua.directory.models import Agency, Place
from motcua.kernel.text import fold


def communes() -> list[Place]:
    """Return the communes of the province, by folded name."""
    return list(Place.objects.exclude(kind=Place.Kind.PROVINCE).order_by("name_folded"))


def place(code: str) -> Place | None:
    """Return the place of an official code, or None."""
    return Place.objects.filter(pk=code).first()


def places_like(text: str) -> list[Place]:
    """Return the communes whose folded name contains the text."""
    return [p for p in communes() if fold(text) in p.name_folded]


def agency(code: str) -> Agency:
    """Return the agency of a code, in new or legacy form.

    Raises Agency.DoesNotExist: no agency has it.
    """
    return Agency.objects.get(code=code)


def agency_by_id(agency_id: int) -> Agency:
    """Return an agency by its key."""
    return Agency.objects.get(pk=agency_id)


def centres() -> list[Agency]:
    """Return the one-stop centres, province first, then by commune."""
    return list(
        Agency.objects.filter(kind=Agency.Kind.CENTRE, is_active=True)
        .select_related("place")
        .order_by("-level", "name_folded")
    )


def agencies(*, level: str = "", kind: str = "") -> list[Agency]:
    """Return active agencies, of one level or kind when given."""
    rows = Agency.objects.filter(is_active=True).select_related("place")
    if level:
        rows = rows.filter(level=level)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows)


def committee_of(place_code: str) -> Agency | None:
    """Return the People's Committee of a commune."""
    return Agency.objects.filter(kind=Agency.Kind.COMMITTEE, place_id=place_code).first()
