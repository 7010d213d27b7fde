"""The sheet on the counter: procedure, case, papers, agency, time and money of what is brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.catalog import queries as catalog
from motcua.catalog.content import Case, Component, Content, FeeRule
from motcua.directory.actor import Actor, PostRef
from motcua.directory.data import build
from motcua.directory.queries import cards
from motcua.directory.queries import territory as directory
from motcua.directory.queries.calendars import calendar_for
from motcua.dossiers.rules import guards
from motcua.dossiers.services.filing import COUNTER_ROLES
from motcua.dossiers.services.intake import fee_lines
from motcua.kernel.worktime import Proof, prove
from motcua.payments.rules import Line


@dataclass(frozen=True)
class Counter:
    """A centre at which this officer receives."""

    code: str
    name: str
    place: str
    level: str


@dataclass(frozen=True)
class Sheet:
    """One procedure in one case, as it is received at one counter."""

    code: str
    version_id: int
    content: Content
    case: str
    channel: str
    counter: Counter
    competents: tuple[tuple[str, str], ...]
    competent: str
    settles_at_once: bool

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases to choose from."""
        return self.content.cases

    @property
    def components(self) -> tuple[Component, ...]:
        """The papers of the case; none while the case is open."""
        if self.content.cases and not self.case:
            return tuple(c for c in self.content.components if not c.case)
        return self.content.components_for(self.case)

    @property
    def fees(self) -> tuple[FeeRule, ...]:
        """The fees of channel and case."""
        return self.content.fees_for(self.channel, self.case)

    @property
    def counted(self) -> list[FeeRule]:
        """The fees that take a number of pages, copies, people or items."""
        return [
            fee for fee in self.fees if fee.amount_vnd and fee.per not in ("dossier", "unknown")
        ]


@dataclass(frozen=True)
class Outlook:
    """What will come of receiving now: due time with its proof, and what is to pay."""

    proof: Proof | None
    limit_text: str
    starts_here: bool
    lines: tuple[Line, ...]
    unknown: tuple[FeeRule, ...]

    @property
    def total_vnd(self) -> int:
        """What is to pay."""
        return sum(line.total_vnd for line in self.lines)


def counters_of(actor: Actor) -> list[Counter]:
    """Return the centres at which this officer receives."""
    posts = {p.agency_id: p for p in actor.posts if p.role in COUNTER_ROLES}
    return [_counter(post) for post in posts.values()]


def _counter(post: PostRef) -> Counter:
    card = cards.card(post.agency_id)
    return Counter(card.code, card.name, card.place_code, card.level)


def sheet_of(typed: Mapping[str, str], *, actor: Actor, at: datetime) -> Sheet | None:
    """Return the sheet for what is chosen so far; None without a procedure that is in force."""
    code, counters = typed.get("procedure", "").strip(), counters_of(actor)
    if not code or not counters:
        return None
    version = catalog.version_in_force(code, on=timezone.localdate(at))
    if version is None:
        return None
    counter = next((c for c in counters if c.code == typed.get("receiving")), counters[0])
    content = catalog.content_of(version.pk)
    keys = {case.key for case in content.cases}
    case = typed.get("case", "") if typed.get("case") in keys else ""
    if not case and len(keys) == 1:
        case = content.cases[0].key
    own, others = _competents(
        code, content, counter, version.procedure.issuer, timezone.localdate(at)
    )
    options = tuple(dict.fromkeys([*own, *others]))
    chosen = typed.get("competent", "")
    if chosen not in {key for key, _name in options}:
        chosen = own[0][0] if own else ""
    card = cards.card_by_code(chosen) if chosen else None
    return Sheet(
        code=code,
        version_id=version.pk,
        content=content,
        case=case,
        channel="post" if typed.get("channel") == "post" else "counter",
        counter=counter,
        competents=options,
        competent=chosen,
        settles_at_once=content.immediate
        and card is not None
        and actor.has_role("head", "chairman", agency_id=card.id),
    )


def _competents(
    code: str, content: Content, counter: Counter, issuer: str, on: date
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return who settles it for the counter's own place, and for every other place."""
    level = build.level_of(content.levels)
    target = build.competent(code, field=content.field, level=level, issuer=issuer, on=on)
    if level == "province":
        card = cards.card_by_code(target)
        rest = [
            (a.code, a.name) for a in directory.agencies(level="province") if a.kind != "centre"
        ]
        return ([(card.code, card.name)] if card else []), rest
    own = _at(target, counter.place)
    others = [_at(target, place.pk) for place in directory.communes()]
    return ([own] if own else []), [pair for pair in others if pair]


def _at(target: str, place: str) -> tuple[str, str] | None:
    """Return the agency of a kind at a commune, its committee where no other is known."""
    if not place:
        return None
    try:
        card = cards.card_by_code(build.code_of(target, place))
    except (KeyError, StopIteration):
        card = None
    if card is None:
        card = cards.committee_at(place)
    return (card.code, card.name) if card else None


def outlook_of(sheet: Sheet, *, quantities: Mapping[str, int], at: datetime) -> Outlook:
    """Return what will come of receiving now."""
    rule = sheet.content.limit_rule_for(sheet.channel, sheet.case)
    card = cards.card_by_code(sheet.competent) if sheet.competent else None
    limit = rule.limit if rule else None
    proof = prove(calendar_for(card.calendar_key), at, limit) if card and limit else None
    return Outlook(
        proof=proof,
        limit_text=rule.text if rule else "",
        starts_here=card is not None and _starts_here(sheet.counter, card),
        lines=tuple(fee_lines(fees=sheet.fees, quantities=quantities)),
        unknown=tuple(fee for fee in sheet.fees if fee.amount_vnd is None),
    )


def _starts_here(counter: Counter, competent: cards.AgencyCard) -> bool:
    same = counter.code == competent.code or (
        counter.level == competent.level == "province" and not competent.place_code
    )
    return guards.starts_on_acceptance(
        receiving_place=counter.place, competent_place=competent.place_code, same_chain=same
    )
