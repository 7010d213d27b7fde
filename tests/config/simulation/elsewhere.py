"""The same world with other keys, as another database would give them; and what is lived in it."""

from dataclasses import asdict, replace
from random import Random
from typing import Any

from motcua.config.demo.cast import Cast
from motcua.config.simulation import people, work, world
from motcua.config.simulation.order import Order
from motcua.config.simulation.world import World
from motcua.config.simulation.writing import Writer
from motcua.directory.models import Absence, Delegation

FAR = 10_000_000  # beyond every key of the test database


def with_other_keys(known: World, *, seed: int) -> World:
    """Return the world with keys of agencies and accounts dealt out anew."""
    agencies = _dealt([card.id for card in known.cards.values()], seed)
    accounts = _dealt(list(known.cast.actors), seed + 1)
    cast = Cast(people=[], citizens=[])
    cast.accounts = {accounts[key]: row for key, row in known.cast.accounts.items()}
    cast.holders = {post: accounts[key] for post, key in known.cast.holders.items()}
    cast.posts = {
        (agencies[place], role): [replace(one, agency_id=agencies[place]) for one in posts]
        for (place, role), posts in known.cast.posts.items()
    }
    cast.actors = {
        accounts[key]: replace(
            actor,
            account_id=accounts[key],
            posts=tuple(replace(p, agency_id=agencies[p.agency_id]) for p in actor.posts),
        )
        for key, actor in known.cast.actors.items()
    }
    cast.absences = [
        Absence(account_id=accounts[one.account_id], starts_at=one.starts_at, ends_at=one.ends_at)
        for one in known.cast.absences
        if one.account_id in accounts
    ]
    cast.delegations = [
        Delegation(
            post_id=o.post_id,
            to_id=accounts[o.to_id],
            valid_from=o.valid_from,
            valid_to=o.valid_to,
        )
        for o in known.cast.delegations
    ]
    made = World(
        first=known.first, last=known.last, cast=cast, offers=known.offers, places=known.places,
        cards={
            code: replace(card, id=agencies[card.id], parent_id=agencies.get(card.parent_id or 0))
            for code, card in known.cards.items()
        },
    )  # fmt: skip
    made.accountable = world._accountable(made)
    return made


def _dealt(keys: list[int], seed: int) -> dict[int, int]:
    places = list(range(len(keys)))
    Random(seed).shuffle(places)  # noqa: S311  no secret
    return {key: FAR + place for key, place in zip(sorted(keys), places, strict=True)}


def lived(order: Order, where: World) -> dict[int, list[tuple[Any, ...]]]:
    """Return what happened to each dossier of a slice, by its number, without any key."""
    made = work.decide(order, where)
    stage = work.Stage(
        where, made.timing, work.slips_told(made), seed=order.seed, until=order.until
    )
    persons = people.citizens(order.party_keys)
    writer = Writer(recorded_at=order.recorded_at, counters={})
    names = {key: row.username for key, row in where.cast.accounts.items()}
    found = {}
    for agency in where.in_order(set(made.plan.competent.tolist())):
        cases = [
            work.begin(stage, told, persons[person], persons[(person * 7 + 3) % len(persons)])
            for told, person in work._decided(made.plan, (made.plan.competent == agency).nonzero()[0])
        ]  # fmt: skip
        cases.sort(key=lambda case: (case.filed_at, case.decided.number))
        for place, case in enumerate(cases):
            case.id, case.code = place, f"{case.competent.code}-{place}"
            work.live_one(stage, case)
        writer._number(cases)
        for case in cases:
            found[case.decided.number] = [_said(told, names) for told in case.told]
    return found


def _said(told: Any, names: dict[int, str]) -> tuple[Any, ...]:
    body = asdict(told.fact)
    if body.get("officer_id"):
        body["officer_id"] = names[body["officer_id"]]
    who = told.actor
    if who.startswith("account:"):
        who = names[int(who.partition(":")[2])]
    return told.fact.kind, told.at, who, told.actor_name, told.post, body
