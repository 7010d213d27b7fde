"""One dossier lived as it was planned: what happens at which moment, by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from random import Random
from typing import Any

from motcua.config.demo.texts import one_of
from motcua.config.simulation import asides, verbs
from motcua.config.simulation.case import Case
from motcua.config.simulation.people import Citizen
from motcua.config.simulation.plan import CHANNELS, ONLINE
from motcua.config.simulation.timing import NEVER, Timing
from motcua.config.simulation.volumes import HELPED, MANDATED, Fate
from motcua.config.simulation.world import World, wording_for
from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries.cards import AgencyCard
from motcua.payments.rules import Line

WORKDAY = 480
HELPER = "Tổ công nghệ số cộng đồng"
_OWED_FROM, _OWED_TO = 500, 25_000


class Over(Exception):
    """The simulation ends before the next thing happens."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the plan says of one dossier."""

    number: int
    offer: int
    case: int
    channel: int
    place: int
    receiving: int
    competent: int
    fate: int
    officer: int
    clerk: int
    slip: int
    filed: float
    accepted: float
    started: float
    base: float
    legal: float
    due: float
    asked: float
    waited: float
    there: float
    end: float
    is_local: bool
    is_late: bool
    is_scanned: bool
    is_reused: bool
    is_stamped: bool


@dataclass(frozen=True)
class SlipTold:
    """A slip as its dossiers know it."""

    number: str
    leaves: datetime
    arrives: datetime
    due_at: datetime


class Life:
    """Lives dossiers of one world."""

    def __init__(
        self,
        world: World,
        timing: Timing,
        slips: list[SlipTold],
        *,
        seed: int,
        until: datetime | None,
    ) -> None:
        self.world, self.timing, self.slips = world, timing, slips
        self.seed, self.until = seed, until
        self.by_id = {card.id: card for card in world.cards.values()}
        self.names = {card.id: card.name for card in world.cards.values()}
        self._officers: dict[tuple[int, str], list[Actor]] = {}

    def begin(self, told: Decided, owner: Citizen, other: Citizen) -> Case:
        """Return the case as it will be filed; its code and key are still to come."""
        offer = self.world.offers[told.offer]
        case: Any = Case(
            offer, self.by_id[told.receiving], self.by_id[told.competent], self.world.calendar
        )
        case.random = Random(self.seed << 32 | told.number)  # noqa: S311  # a story, not a secret
        case.version_id, case.procedure_code = offer.version_id, offer.code
        case.procedure_name, case.field = offer.content.name, offer.content.field[:200]
        case.case_key, case.process_id = offer.cases[told.case], offer.process.pk
        case.channel, case.calendar_key = CHANNELS[told.channel], case.competent.calendar_key
        case.receiving_id, case.competent_id = case.receiving.id, case.competent.id
        case.accountable = self.world.accountable
        _people(case, owner, other)
        hands = self.officers(told.competent, "appraiser")
        case.appraiser_id = hands[told.officer % len(hands)].account_id
        case.told_by_plan, case.place, case.last_at = told, told.place, self.world.begins_at
        _bring(case, told)
        early = told.waited + 25 if told.fate == Fate.INTAKE_SUPPLEMENT else 0.0
        case.filed_at = self._filed_at(case, told, early)
        case.slip_id = None
        return case  # type: ignore[no-any-return]

    def officers(self, agency_id: int, role: str) -> list[Actor]:
        """Return who holds a post; never nobody."""
        key = (agency_id, role)
        if key not in self._officers:
            self._officers[key] = self.world.officers(agency_id, role)
        return self._officers[key]

    def one(self, case: Any, agency_id: int, role: str) -> Actor:
        """Return one of those in a post."""
        held = self.officers(agency_id, role)
        return held[case.random.randrange(len(held))] if len(held) > 1 else held[0]

    # --- the way of a dossier -----------------------------------------------------------------

    def live(self, case: Any) -> None:
        """Let everything happen to a case, up to the end of the simulation."""
        told: Decided = case.told_by_plan
        try:
            self._at_counter(case, told)
            if told.fate != Fate.REJECTED:
                self._beside(case, told)
                self._steps(case, told)
        except Over:
            pass
        if self.until is not None and case.ended_at is None:
            self._sweep(case, self.until)

    def at(self, case: Any, minute: float) -> datetime:
        """Return the moment of a minute; what time brings about by itself happens before it.

        Raises Over: the simulation ends before.
        """
        return self._reach(case, self.timing.moment(minute))

    def _reach(self, case: Any, moment: datetime) -> datetime:
        if case.told and case.last_at > moment:
            moment = case.last_at
        if self.until is not None and moment > self.until:
            raise Over
        self._sweep(case, moment)
        case.last_at = moment
        return moment

    def _sweep(self, case: Any, moment: datetime) -> None:
        """Note silence and lateness, as the worker does every few minutes."""
        if not case.told:
            return
        for row in case.opinions:
            if (
                row["silent_at"] is None
                and row["answered_at"] is None
                and row["withdrawn_at"] is None
            ):
                noted = max(row["due_at"] + timedelta(seconds=40), case.last_at)
                if noted < moment:
                    asides.note_silence(case, self.names, at=noted)
        if case.due_at is None or case.overdue_noted_at is not None or case.ended_at is not None:
            return
        if case.due_at < moment and case.state in ("accepted", "in_progress"):
            noted = max(
                case.due_at + timedelta(seconds=case.random.randrange(20, 290)), case.last_at
            )
            if noted < moment:
                asides.note_overdue(case, at=noted)
                case.last_at = noted

    def _at_counter(self, case: Any, told: Decided) -> None:
        desks = self.officers(told.receiving, "receptionist")
        desk = desks[told.clerk % len(desks)]
        by = SYSTEM if told.channel == ONLINE else desk
        filed = case.filed_at
        verbs.file(case, by=by, at=self._reach(case, filed), support=case.support)
        if told.channel == ONLINE:
            soon = filed + timedelta(seconds=case.random.randrange(20, 280))
            verbs.tell_counter(case, at=self._reach(case, soon))
        if told.fate == Fate.INTAKE_SUPPLEMENT:
            when = self.at(case, told.accepted - told.waited)
            self._ask(case, desk, when)
            answering = SYSTEM if told.channel == ONLINE else desk
            asides.answer_supplement(case, by=answering, at=self.at(case, told.accepted - 5))
        if told.fate == Fate.REJECTED:
            reason, law = one_of("intake_refusal", case.random), one_of("law", case.random)
            when = self.at(case, told.accepted)
            verbs.reject(case, reason=reason, law=law, by=desk, at=when)
            return
        if told.is_scanned:
            self._scan(case, desk, self.at(case, told.accepted - 1))
        if told.is_reused:
            self._reuse(case, desk, self.at(case, told.accepted - 0.5))
        self._accept(case, told, desk)

    def _filed_at(self, case: Any, told: Decided, early: float) -> datetime:
        filed = self.timing.moment(max(0.2, told.filed - early))
        if told.channel != ONLINE or case.random.random() < 0.5:
            return filed
        evening = filed.replace(
            hour=17 + case.random.randrange(6), minute=case.random.randrange(60)
        )
        evening -= timedelta(days=1)
        return evening if evening >= self.world.begins_at else filed

    def _scan(self, case: Any, desk: Actor, at: datetime) -> None:
        found = [row for row in case.papers.values() if row[5] == "present"] or list(
            case.papers.values()
        )
        papers = [
            (str(row[1]), _uuid(case.random)) for row in found[: 1 + case.random.randrange(2)]
        ]
        verbs.digitise(case, papers, by=desk, at=at)

    def _reuse(self, case: Any, desk: Actor, at: datetime) -> None:
        keys = [key for key, row in case.papers.items() if row[2]] or list(case.papers)
        verbs.take_from_store(case, case.random.choice(keys), by=desk, at=at)

    def _accept(self, case: Any, told: Decided, desk: Actor) -> None:
        random, fees = case.random, case.offer.fees(case.channel, case.case_key)
        quantities = {fee.key: random.randint(1, 6) for fee in fees if fee.per != "dossier"}
        held = int(told.channel != ONLINE and random.random() < 0.08)
        when = self.at(case, told.accepted)
        verbs.accept(
            case, quantities=quantities, originals=held, is_local=told.is_local, by=desk, at=when
        )
        if case.money == "due" and random.random() < 0.84:
            self._pay(case, when + timedelta(seconds=random.randrange(15, 110)), desk)

    def _pay(self, case: Any, at: datetime, by: Actor) -> None:
        random = case.random
        kinds = ("npsp",) if case.channel == "online" else ("cash", "qr", "transfer")
        method = random.choices(kinds, weights=(5, 4, 1)[: len(kinds)])[0]
        reference = "" if method == "cash" else f"FT{random.randrange(10**9):09d}"
        collector = SYSTEM if method == "npsp" else by
        verbs.pay(case, method=method, reference=reference, by=collector, at=self._reach(case, at))

    # --- what is special ----------------------------------------------------------------------

    def _beside(self, case: Any, told: Decided) -> None:
        """Let everything happen that comes before the steps, in the order of time."""
        agenda: list[tuple[float, Callable[[Any, Decided, datetime], None]]] = []
        if not told.is_local:
            agenda.append((told.started, self._receive))
        if told.slip >= 0:
            slip = self.slips[told.slip]
            agenda.append((self.timing.minute(slip.leaves), self._hand_over))
            agenda.append((self.timing.minute(slip.arrives), self._take_over))
        agenda += self._special(case, told)
        for minute, happen in sorted(agenda, key=lambda entry: entry[0]):
            happen(case, told, self.at(case, minute))

    def _special(
        self, case: Any, told: Decided
    ) -> list[tuple[float, Callable[[Any, Decided, datetime], None]]]:
        fate = told.fate
        if fate == Fate.SUPPLEMENT:
            return [(told.asked, self._supplement), (told.base, self._answer)]
        if fate == Fate.SILENT:
            return [(told.asked, self._supplement), (told.end, self._close)]
        if fate == Fate.WITHDRAWN:
            return [(told.asked, self._withdraw)]
        if fate == Fate.EXTENDED and told.due < NEVER:
            return [(told.asked, self._extend)]
        if fate == Fate.PAYING:
            return [(told.asked, self._require), (told.asked + told.waited, self._fulfil)]
        if fate == Fate.CONSULTED:
            answers = told.asked + 60 + case.random.random() * (told.waited - 200)
            return [(told.asked, self._consult), (answers, self._opinions)]
        if told.legal > WORKDAY and case.random.random() < 0.45:
            return [(told.started + 3 + 6 * case.random.random(), self._assign)]
        return []

    def _receive(self, case: Any, told: Decided, at: datetime) -> None:
        verbs.receive(case, by=self.one(case, told.competent, "clerk"), at=at)

    def _hand_over(self, case: Any, told: Decided, at: datetime) -> None:
        slip, by = self.slips[told.slip], self.officers(told.receiving, "receptionist")[0]
        verbs.hand_over(case, slip=slip.number, due_at=slip.due_at, by=by, at=slip.leaves)

    def _take_over(self, case: Any, told: Decided, at: datetime) -> None:
        slip, by = self.slips[told.slip], self.officers(told.competent, "clerk")[0]
        verbs.take_over(case, slip=slip.number, due_at=slip.due_at, by=by, at=slip.arrives)

    def _supplement(self, case: Any, told: Decided, at: datetime) -> None:
        self._ask(case, self._appraiser(case), at)

    def _ask(self, case: Any, by: Actor, at: datetime) -> None:
        missing = [k for k, row in case.papers.items() if row[2] and row[5] == "missing"]
        there = [k for k, row in case.papers.items() if row[2] and row[5] == "present"]
        items = {key: one_of("supplement", case.random) for key in missing or there[:1]}
        reason = one_of("supplement_reason", case.random)
        asides.request_supplement(case, items=items, reason=reason, by=by, at=at)

    def _answer(self, case: Any, told: Decided, at: datetime) -> None:
        by = SYSTEM if told.channel == ONLINE else self.one(case, told.receiving, "receptionist")
        asides.answer_supplement(case, by=by, at=at)

    def _close(self, case: Any, told: Decided, at: datetime) -> None:
        by = self.one(case, told.receiving, "receptionist")
        asides.close_unsupplemented(case, by=by, at=at)

    def _withdraw(self, case: Any, told: Decided, at: datetime) -> None:
        by = SYSTEM if told.channel == ONLINE else self.one(case, told.receiving, "receptionist")
        asides.withdraw(case, reason=one_of("withdrawal", case.random), by=by, at=at)

    def _extend(self, case: Any, told: Decided, at: datetime) -> None:
        due_at = self.timing.moment(self.timing.minute(case.due_at) + told.waited)
        by, reason = self._head(case), one_of("extension", case.random)
        asides.extend(case, new_due=due_at, reason=reason, by=by, at=at)

    def _require(self, case: Any, told: Decided, at: datetime) -> None:
        amount = case.random.randrange(_OWED_FROM, _OWED_TO) * 1000
        name = one_of("obligation", case.random)
        line = Line(key="obligation", name=name, kind="obligation", unit_vnd=amount)
        verbs.require_payment(case, line=line, by=self._appraiser(case), at=at)

    def _fulfil(self, case: Any, told: Decided, at: datetime) -> None:
        self._pay(case, at, self.one(case, told.receiving, "receptionist"))

    def _consult(self, case: Any, told: Decided, at: datetime) -> None:
        day = self.world.calendar.add_working_days(at.date(), 2)
        asked = self._asked(case)
        asides.consult(
            case, asked=asked, question=one_of("question", case.random),
            due_at=self.world.calendar.end_of_day(day), by=self._appraiser(case), at=at,
        )  # fmt: skip

    def _asked(self, case: Any) -> list[AgencyCard]:
        other = "H32.06" if case.competent.code.startswith("H32.18") else "H32.18"
        codes = {other}
        place = self.world.places[case.place]
        codes.add(f"H32.{place}")
        codes.discard(case.competent.code)
        known = [self.world.cards[code] for code in sorted(codes) if code in self.world.cards]
        return [card for card in known if self.officers(card.id, "appraiser")]

    def _opinions(self, case: Any, told: Decided, at: datetime) -> None:
        for row in list(case.opinions):
            if case.random.random() < 0.78:
                card = self.by_id[row["agency_id"]]
                verdict = "agree_if" if case.random.random() < 0.2 else "agree"
                asides.answer_opinion(
                    case, card, verdict=verdict, answer=one_of("answer", case.random),
                    by=self.one(case, card.id, "appraiser"), at=at,
                )  # fmt: skip

    def _assign(self, case: Any, told: Decided, at: datetime) -> None:
        if case.task is not None and case.task.assignee_id is not None:
            verbs.assign(case, to=self._appraiser(case), by=self._head(case), at=at)

    def _appraiser(self, case: Any) -> Actor:
        return self.world.cast.actors[case.appraiser_id]

    def _head(self, case: Any) -> Actor:
        return self.officers(case.competent_id, "head")[0]

    # --- the steps ----------------------------------------------------------------------------

    def _steps(self, case: Any, told: Decided) -> None:
        """Let appraiser, head and clerk do their steps, so that the last ends when it is planned."""
        if case.ended_at is not None or told.fate == Fate.SILENT:
            return
        first = max(told.base, told.there, self.timing.minute(case.last_at)) + 1
        end = max(self._end(case, told), first + 2)
        acts = self._acts(case, told)
        weights = [case.random.uniform(low, high) for _act, low, high in acts]
        whole, done = sum(weights), 0.0
        for (act, _low, _high), weight in zip(acts, weights, strict=True):
            done += weight
            act(case, self.at(case, first + (end - first) * done / whole))
        self._return(case, end)

    def _end(self, case: Any, told: Decided) -> float:
        """Return when it ends, on the planned side of the due time as it came out."""
        if case.due_at is None:
            return told.end
        due = self.timing.minute(case.due_at)
        if told.is_late:
            return max(told.end, due + 3)
        if told.end < self.timing.total:
            return min(told.end, due - 0.5)
        return told.end

    def _acts(
        self, case: Any, told: Decided
    ) -> list[tuple[Callable[[Any, datetime], None], float, float]]:
        chain = case.process.chain()[1:-1]
        appraisals = sum(1 for step in chain if step.role == "appraiser")
        slow = 4.0 if _is_slow(case.competent_id, "head") else 1.0
        acts: list[tuple[Callable[[Any, datetime], None], float, float]] = []
        for step in chain:
            if step.role == "appraiser":
                acts.append((partial(self._appraise, told=told), 5 / appraisals, 9 / appraisals))
            elif step.role == "head":
                acts.append((self._approve, 0.6 * slow, 2 * slow))
            else:
                acts.append((self._issue, 0.3, 1.0))
        if told.fate == Fate.SENT_BACK:
            place = next(n for n, step in enumerate(chain) if step.role == "head")
            again = partial(self._appraise, told=told)
            acts[place:place] = [(self._send_back, 0.5, 2), (again, 1, 4)]
        return acts

    def _appraise(self, case: Any, at: datetime, *, told: Decided) -> None:
        refusal = ("", "")
        following = case.process.following(case.step_key)
        if told.fate == Fate.REFUSED and following.role == "head":
            refusal = (one_of("refusal", case.random), one_of("law", case.random))
        verbs.appraise(case, by=self._appraiser(case), at=at, refusal=refusal)

    def _send_back(self, case: Any, at: datetime) -> None:
        reason = one_of("sent_back", case.random)
        verbs.send_back(case, reason=reason, by=self._head(case), at=at)

    def _approve(self, case: Any, at: datetime) -> None:
        told: Decided = case.told_by_plan
        signs = ("", "")
        if told.is_stamped:
            case.digest = f"{case.random.getrandbits(256):064x}"
            outcome = case.proposal or "granted"
            signs = (wording_for(case.offer.code, outcome, at.date()).key, case.digest)
        by = self.one(case, case.competent_id, "head")
        verbs.approve(case, by=by, at=at, signs=signs)

    def _issue(self, case: Any, at: datetime) -> None:
        told: Decided = case.told_by_plan
        wording = wording_for(case.offer.code, case.outcome, at.date())
        stamps = case.digest if told.is_stamped else ""
        by = self.one(case, case.competent_id, "clerk")
        verbs.issue(case, wording=wording, stamps=stamps, by=by, at=at)

    # --- afterwards ---------------------------------------------------------------------------

    def _return(self, case: Any, end: float) -> None:
        random, told = case.random, case.told_by_plan
        mode = case.return_mode
        if mode == "online":
            later = random.uniform(2, 40)
        else:
            low, high = random.choices(((15, 200), (200, 3 * WORKDAY), (3 * WORKDAY, 14 * WORKDAY)),
                                       weights=(44, 40, 16))[0]  # fmt: skip
            later = random.uniform(low, high)
        at = self.at(case, end + later)
        desk = self.one(case, told.receiving, "receptionist")
        if case.money == "due":
            self._pay(case, at, desk)
            at = self._reach(case, at + timedelta(seconds=45))
        proof = {"online": "Đã mở trên tài khoản", "post": "Phiếu gửi bưu chính"}.get(
            mode, "Ký nhận tại quầy"
        )
        verbs.return_result(
            case, mode=mode, receiver=case.person_name, proof=proof, by=desk, at=at
        )
        if told.fate == Fate.CORRECTED and case.outcome == "granted":
            self._correct(case, end + later)

    def _correct(self, case: Any, minute: float) -> None:
        random = case.random
        minute += random.uniform(1, 4) * WORKDAY
        by = self._head(case)
        reason = one_of("correction", random)
        asides.open_correction(case, reason=reason, by=by, at=self.at(case, minute))
        at = self.at(case, minute + random.uniform(1, 2) * WORKDAY)
        wording = wording_for(case.offer.code, "granted", at.date())
        asides.issue_correction(
            case, text=one_of("corrected", random), wording=wording, by=by, at=at
        )


def _people(case: Any, owner: Citizen, other: Citizen) -> None:
    random = case.random
    case.owner_id, case.owner_folded, case.person_name = owner.id, owner.folded, owner.name
    case.applicant_id, case.phone = owner.id, owner.phone
    if case.channel != "online" and other.id != owner.id and random.random() < MANDATED:
        case.applicant_id, case.applicant_role = other.id, "mandatee"
        case.mandate = "Giấy ủy quyền có chứng thực"
        case.phone = other.phone
    case.support = ""
    if case.channel == "counter" and random.random() < HELPED:
        case.helper_name, case.support_id = HELPER, case.receiving.id
        case.support = case.receiving.code
    if case.channel == "post":
        case.return_mode = "post"
    elif case.channel == "online" and random.random() < 0.7:
        case.return_mode = "online"
    case.return_address = owner.street[:250]


def _bring(case: Any, told: Decided) -> None:
    """Lay the papers down: all that is required but what is forgotten."""
    random = case.random
    forgotten = told.fate == Fate.INTAKE_SUPPLEMENT
    for component in case.offer.papers(case.case_key):
        brought = component.required or random.random() < 0.4
        if component.held_by:
            brought = False
        elif brought and forgotten and component.required:
            brought, forgotten = False, False
        originals = component.originals if brought else 0
        copies = (component.copies or int(not component.originals)) if brought else 0
        if originals or copies:
            state = "present"
        elif component.held_by:
            state = "from_database"
        else:
            state = "missing" if component.required else "not_needed"
        case.papers[component.key] = [
            component.key, component.name, component.required, originals, copies, state,
        ]  # fmt: skip


def _uuid(random: Random) -> str:
    text = f"{random.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


@cache
def _is_slow(agency_id: int, role: str) -> bool:
    """Tell whether papers lie long with somebody there: with one in nine."""
    return Random(f"{role}:{agency_id}").random() < 0.11  # noqa: S311
