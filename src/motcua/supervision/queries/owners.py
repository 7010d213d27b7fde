"""Who owes an answer: the post that holds a step, the head, the centre's director, the chairman."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from motcua.directory.models import Post
from motcua.directory.queries import cards


class Placed(Protocol):
    """What must be known of a dossier to tell who answers for it."""

    @property
    def competent_id(self) -> int: ...

    @property
    def receiving_id(self) -> int: ...

    @property
    def turn_agency_id(self) -> int | None: ...

    @property
    def turn_role(self) -> str: ...

    @property
    def assignee_id(self) -> int | None: ...


@dataclass(frozen=True)
class Owner:
    """A post that owes an answer; `account_id` where one officer of it is meant."""

    agency_id: int
    role: str
    account_id: int | None = None


class Owners:
    """The posts that somebody holds on a day, read once for a whole sweep.

    `basis`: all that the answers depend on but the dossier, in one text.
    """

    def __init__(self, *, on: date) -> None:
        held = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
        leading = held.filter(role__in=("head", "chairman", "centre_lead"))
        self._held = set(leading.values_list("agency_id", "role"))
        known = cards.all_cards()
        self._committees = {c.place_code: c.id for c in known if c.kind == "committee"}
        self._centres = {c.place_code: c.id for c in known if c.kind == "centre" and c.place_code}
        wide = [c for c in known if c.level == "province"]
        self._province = next((c.id for c in wide if c.kind == "committee"), None)
        self._centre = next((c.id for c in wide if c.kind == "centre"), None)
        places = sorted((c.id, c.kind, c.level, c.place_code) for c in known)
        self.basis = f"{sorted(self._held)}{places}"

    def of(self, kind: str, row: Placed) -> Owner | None:
        """Return who answers for a dossier in this quality, None where nobody holds any such post."""
        if kind == "officer" and row.turn_agency_id and row.turn_role:
            return Owner(row.turn_agency_id, row.turn_role, row.assignee_id)
        found = ((at, role) for at, role in self._candidates(kind, row) if at is not None)
        held = next(((at, role) for at, role in found if (at, role) in self._held), None)
        return Owner(*held) if held else None

    def _candidates(self, kind: str, row: Placed) -> Iterator[tuple[int | None, str]]:
        place = cards.card(row.competent_id).place_code
        if kind == "centre_lead":
            yield row.receiving_id, "centre_lead"
            yield self._centres.get(cards.card(row.receiving_id).place_code), "centre_lead"
            yield self._centre, "centre_lead"
        if kind != "chairman":
            yield row.competent_id, "head"
        yield row.competent_id, "chairman"
        yield self._committees.get(place), "chairman"
        yield self._province, "chairman"
        yield self._centre, "centre_lead"
