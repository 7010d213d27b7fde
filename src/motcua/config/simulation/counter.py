"""What happens at the counter: filing, scanning, accepting, refusing, paying."""

from datetime import datetime, timedelta
from random import Random

from motcua.config.demo.texts import one_of
from motcua.config.simulation import asides, saturdays, verbs
from motcua.config.simulation.case import Case
from motcua.config.simulation.plan import ONLINE
from motcua.config.simulation.stage import Stage
from motcua.config.simulation.volumes import Fate
from motcua.directory.actor import SYSTEM, Actor


def at_counter(stage: Stage, case: Case) -> None:
    """File a dossier and take it in, ask for what is missing, or refuse it."""
    told = case.decided
    filed = case.filed_at
    at = stage.reach(case, filed)
    by = SYSTEM if told.channel == ONLINE else _desk(stage, case)
    verbs.file(case, by=by, at=at, support=case.support)
    if told.channel == ONLINE:
        soon = filed + timedelta(seconds=case.random.randrange(20, 280))
        verbs.tell_counter(case, at=stage.reach(case, soon))
    if told.fate == Fate.INTAKE_SUPPLEMENT:
        _ask_and_wait(stage, case)
    if told.fate == Fate.REJECTED:
        reason, law = one_of("intake_refusal", case.random), one_of("law", case.random)
        when = _when(stage, case)
        verbs.reject(case, reason=reason, law=law, by=_desk(stage, case), at=when)
        return
    if told.is_scanned:
        when = _when(stage, case, 1)
        _scan(case, _desk(stage, case), when)
    if told.is_reused:
        when = _when(stage, case, 0.5)
        _reuse(case, _desk(stage, case), when)
    _accept(stage, case)


def _when(stage: Stage, case: Case, early: float = 0.0) -> datetime:
    """Return the moment at the counter, so many minutes before it is accepted."""
    told = case.decided
    if not told.saturday:
        return stage.at(case, told.accepted - early)
    day = stage.timing.day(told.accepted)
    return stage.reach(case, saturdays.moment(case.receiving, day, told.saturday - early))


def _desk(stage: Stage, case: Case) -> Actor:
    """Return who serves at the counter, or a colleague of whoever is away."""
    desks = stage.world.officers(case.receiving_id, "receptionist")
    usual = desks[case.decided.clerk % len(desks)].account_id
    return stage.stand_in(case, case.receiving_id, "receptionist", usual)


def _ask_and_wait(stage: Stage, case: Case) -> None:
    told = case.decided
    when = stage.at(case, told.accepted - told.waited)
    ask(case, by=_desk(stage, case), at=when)
    when = stage.at(case, told.accepted - 5)
    answering = SYSTEM if told.channel == ONLINE else _desk(stage, case)
    asides.answer_supplement(case, by=answering, at=when)


def filed_at(stage: Stage, case: Case) -> datetime:
    """Return when a dossier is filed: online also in the evening before."""
    told = case.decided
    early = told.waited + 25 if told.fate == Fate.INTAKE_SUPPLEMENT else 0.0
    if told.saturday and not early:
        day, minute = stage.timing.day(told.accepted), told.saturday - (told.accepted - told.filed)
        return saturdays.moment(case.receiving, day, max(0.1, minute))
    filed = stage.timing.moment(max(0.2, told.filed - early))
    if told.channel != ONLINE or case.random.random() < 0.5:
        return filed
    evening = filed.replace(hour=17 + case.random.randrange(6), minute=case.random.randrange(60))
    evening -= timedelta(days=1)
    return evening if evening >= stage.world.begins_at else filed


def _scan(case: Case, desk: Actor, at: datetime) -> None:
    found = [row for row in case.papers.values() if row.state == "present"] or list(
        case.papers.values()
    )
    papers = [(row.name, _uuid(case.random)) for row in found[: 1 + case.random.randrange(2)]]
    verbs.digitise(case, papers, by=desk, at=at)


def _reuse(case: Case, desk: Actor, at: datetime) -> None:
    keys = [key for key, row in case.papers.items() if row.required] or list(case.papers)
    verbs.take_from_store(case, case.random.choice(keys), by=desk, at=at)


def _accept(stage: Stage, case: Case) -> None:
    told = case.decided
    random, fees = case.random, case.offer.fees(case.channel, case.case_key)
    quantities = {fee.key: random.randint(1, 6) for fee in fees if fee.per != "dossier"}
    held = int(told.channel != ONLINE and random.random() < 0.08)
    when = _when(stage, case)
    desk = _desk(stage, case)
    verbs.accept(
        case, quantities=quantities, originals=held, is_local=told.is_local, by=desk, at=when
    )
    if case.money == "due" and random.random() < 0.84:
        pay(stage, case, when + timedelta(seconds=random.randrange(15, 110)), desk)


def pay(stage: Stage, case: Case, at: datetime, by: Actor) -> None:
    """Pay what is owed, in one of the ways in which people pay."""
    random = case.random
    kinds = ("npsp",) if case.channel == "online" else ("cash", "qr", "transfer")
    method = random.choices(kinds, weights=(5, 4, 1)[: len(kinds)])[0]
    reference = "" if method == "cash" else f"FT{random.randrange(10**9):09d}"
    at = stage.at_counter(case, at)
    desk = stage.stand_in(case, case.receiving_id, "receptionist", by.account_id)
    collector = SYSTEM if method == "npsp" else desk
    verbs.pay(case, method=method, reference=reference, by=collector, at=at)


def ask(case: Case, *, by: Actor, at: datetime) -> None:
    """Ask for everything that is missing, else for one paper that is not good enough."""
    missing = [k for k, row in case.papers.items() if row.required and row.state == "missing"]
    there = [k for k, row in case.papers.items() if row.required and row.state == "present"]
    items = {key: one_of("supplement", case.random) for key in missing or there[:1]}
    reason = one_of("supplement_reason", case.random)
    asides.request_supplement(case, items=items, reason=reason, by=by, at=at)


def _uuid(random: Random) -> str:
    text = f"{random.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
