"""Which agency stands above another, and where inspectors sit."""

from motcua.directory.models import Agency, Post
from motcua.directory.queries import cards
from motcua.feedback.rules import people


def superior(*, agency_id: int) -> cards.AgencyCard:
    """Return the committee above an agency: its own commune's, else the province's; itself at the top.

    Source: 118/2025/NĐ-CP Điều 30 khoản 1.
    """
    agency = cards.card(agency_id)
    if agency.level == "commune" and agency.kind != "committee" and agency.place_code:
        committee = cards.committee_at(agency.place_code)
        if committee is not None:
            return committee
    return province() or agency


def province() -> cards.AgencyCard | None:
    """Return the People's Committee of the province."""
    key = (
        Agency.objects.filter(kind="committee", level="province", is_active=True)
        .values_list("pk", flat=True)
        .first()
    )
    return cards.card(key) if key else None


def centre_of_province() -> cards.AgencyCard | None:
    """Return the one-stop centre of the province, where cases are moderated."""
    key = (
        Agency.objects.filter(kind="centre", level="province", is_active=True)
        .order_by("code")
        .values_list("pk", flat=True)
        .first()
    )
    return cards.card(key) if key else None


def is_led_by(*, agency_id: int, account_id: int | None) -> bool:
    """Tell whether this officer decides at that agency."""
    if account_id is None:
        return False
    posts = Post.objects.filter(agency_id=agency_id, account_id=account_id, valid_to__isnull=True)
    return posts.filter(role__in=sorted(people.HEADS)).exists()


def agencies_with(role: str) -> list[int]:
    """Return the agencies at which somebody holds a role."""
    found = Post.objects.filter(role=role, valid_to__isnull=True)
    return sorted(set(found.values_list("agency_id", flat=True)))
