"""Who can act: officers by post, the absent left out, delegates in their place."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from motcua.directory.actor import Actor, PostRef
from motcua.directory.data.people import Person
from motcua.directory.models import Absence, Account, Delegation, Post
from motcua.directory.queries.people import actor_of


@dataclass
class Cast:
    """The officers of the demo world and the people who file; read once."""

    people: list[Person]
    citizens: list[Actor]
    accounts: dict[int, Account] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)
    posts: dict[tuple[int, str], list[PostRef]] = field(default_factory=dict)
    holders: dict[int, int] = field(default_factory=dict)
    absences: list[Absence] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)

    def read(self) -> None:
        """Read every officer with the posts held."""
        rows = Post.objects.select_related("account", "agency").order_by("pk")
        by_account: dict[int, list[PostRef]] = defaultdict(list)
        by_place: dict[tuple[int, str], list[PostRef]] = defaultdict(list)
        for row in rows:
            post = _ref(row)
            by_account[row.account_id].append(post)
            by_place[row.agency_id, row.role].append(post)
            self.accounts[row.account_id] = row.account
            self.holders[row.pk] = row.account_id
        self.posts = dict(by_place)
        self.actors = {
            key: Actor("staff", self.accounts[key].name, key, None, tuple(posts))
            for key, posts in by_account.items()
        }
        self.look_again()

    def look_again(self) -> None:
        """Read who is away and who stands in, as a day begins."""
        self.absences = list(Absence.objects.all())
        self.delegations = list(Delegation.objects.select_related("to"))

    def holder(self, agency_id: int, role: str, *, at: datetime, random: Random) -> Actor | None:
        """Return somebody who can act in a post at a moment: a present holder, else a delegate."""
        posts = self.posts.get((agency_id, role), [])
        present = [p for p in posts if not self.is_away(self.holders[p.post_id], at)]
        if present:
            return self._actor(self.holders[random.choice(present).post_id], at)
        for row in self.delegations:
            if row.post_id in {p.post_id for p in posts} and row.valid_from <= at < row.valid_to:
                return actor_of(row.to, at=at)
        return None

    def assigned(self, account_id: int, agency_id: int, role: str, *, at: datetime) -> Actor:
        """Return the officer to whom a step was given, with a delegated post when it is by one."""
        actor = self.actors[account_id]
        if actor.has_role(role, agency_id=agency_id):
            return actor
        return actor_of(self.accounts[account_id], at=at)

    def _actor(self, account_id: int, at: datetime) -> Actor:
        """The officer, with delegated posts when there are any."""
        if any(
            d.to_id == account_id and d.valid_from <= at < d.valid_to for d in self.delegations
        ):
            return actor_of(self.accounts[account_id], at=at)
        return self.actors[account_id]

    def is_away(self, account_id: int, at: datetime) -> bool:
        """Tell whether an officer is absent at a moment."""
        return any(
            a.account_id == account_id and a.starts_at <= at < a.ends_at for a in self.absences
        )


def _ref(row: Post) -> PostRef:
    agency = row.agency
    return PostRef(
        post_id=row.pk,
        agency_id=agency.pk,
        agency_code=agency.code,
        agency_name=agency.name,
        agency_level=agency.level,
        agency_kind=agency.kind,
        role=row.role,
        title=row.title,
        fields=tuple(row.fields or ()),
    )
