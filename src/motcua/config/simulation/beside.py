"""What happens beside the steps: couriers, supplements, payment, opinions, a new appointment."""

from collections.abc import Callable
from datetime import datetime

from motcua.config.demo.texts import one_of
from motcua.config.simulation import asides, verbs
from motcua.config.simulation.case import Case
from motcua.config.simulation.counter import ask, pay
from motcua.config.simulation.stage import Stage
from motcua.config.simulation.timing import NEVER, OPINION_DAYS
from motcua.config.simulation.volumes import Fate
from motcua.directory.actor import SYSTEM
from motcua.directory.queries.cards import AgencyCard
from motcua.payments.rules import Line
from motcua.reporting.simulating.setting import DAY_MINUTES

Agenda = list[tuple[float, Callable[[Stage, Case, datetime], None]]]
ASSIGNED, ANSWERED, CONDITIONAL = 0.45, 0.78, 0.2
_OWED_FROM, _OWED_TO = 500, 25_000


def beside(stage: Stage, case: Case) -> None:
    """Let everything happen that comes before the steps, in the order of time."""
    told = case.decided
    agenda: Agenda = []
    if not told.is_local:
        agenda.append((told.started, _receive))
    if told.slip >= 0:
        slip = stage.slips[told.slip]
        agenda.append((stage.timing.minute(slip.leaves), _hand_over))
        agenda.append((stage.timing.minute(slip.arrives), _take_over))
    agenda += _special(case)
    for minute, happen in sorted(agenda, key=lambda entry: entry[0]):
        happen(stage, case, stage.at(case, minute))


def _special(case: Case) -> Agenda:
    told, fate = case.decided, case.decided.fate
    if fate == Fate.SUPPLEMENT:
        return [(told.asked, _supplement), (told.base, _answer)]
    if fate == Fate.SILENT:
        return [(told.asked, _supplement), (told.end, _close)]
    if fate == Fate.WITHDRAWN:
        return [(told.asked, _withdraw)]
    if fate == Fate.EXTENDED and told.due < NEVER:
        return [(told.asked, _extend)]
    if fate == Fate.PAYING:
        return [(told.asked, _require), (told.asked + told.waited, _fulfil)]
    if fate == Fate.CONSULTED:
        answers = told.asked + 60 + case.random.random() * (told.waited - 200)
        return [(told.asked, _consult), (answers, _opinions)]
    if told.legal > DAY_MINUTES and case.random.random() < ASSIGNED:
        return [(told.started + 3 + 6 * case.random.random(), _assign)]
    return []


def _receive(stage: Stage, case: Case, at: datetime) -> None:
    by = stage.stand_in(case, case.competent_id, "appraiser", case.appraiser_id)
    verbs.receive(case, by=by, at=at)


def _hand_over(stage: Stage, case: Case, at: datetime) -> None:
    slip, day = stage.slips[case.decided.slip], at.toordinal()
    by = stage.world.present(case.receiving_id, "receptionist", day)[0]
    verbs.hand_over(case, slip=slip.number, due_at=slip.due_at, by=by, at=at)


def _take_over(stage: Stage, case: Case, at: datetime) -> None:
    slip, day = stage.slips[case.decided.slip], at.toordinal()
    by = stage.world.present(case.competent_id, "clerk", day)[0]
    verbs.take_over(case, slip=slip.number, due_at=slip.due_at, by=by, at=at)


def _supplement(stage: Stage, case: Case, at: datetime) -> None:
    ask(case, by=stage.appraiser(case), at=at)


def _answer(stage: Stage, case: Case, at: datetime) -> None:
    by = SYSTEM if case.channel == "online" else stage.one(case, case.receiving_id, "receptionist")
    asides.answer_supplement(case, by=by, at=at)


def _close(stage: Stage, case: Case, at: datetime) -> None:
    by = stage.one(case, case.receiving_id, "receptionist")
    asides.close_unsupplemented(case, by=by, at=at)


def _withdraw(stage: Stage, case: Case, at: datetime) -> None:
    by = SYSTEM if case.channel == "online" else stage.one(case, case.receiving_id, "receptionist")
    asides.withdraw(case, reason=one_of("withdrawal", case.random), by=by, at=at)


def _extend(stage: Stage, case: Case, at: datetime) -> None:
    due_at = stage.timing.moment(stage.timing.minute(case.promised) + case.decided.waited)
    by, reason = stage.head(case), one_of("extension", case.random)
    asides.extend(case, new_due=due_at, reason=reason, by=by, at=at)


def _require(stage: Stage, case: Case, at: datetime) -> None:
    amount = case.random.randrange(_OWED_FROM, _OWED_TO) * 1000
    name = one_of("obligation", case.random)
    line = Line(key="obligation", name=name, kind="obligation", unit_vnd=amount)
    verbs.require_payment(case, line=line, by=stage.appraiser(case), at=at)


def _fulfil(stage: Stage, case: Case, at: datetime) -> None:
    pay(stage, case, at, stage.one(case, case.receiving_id, "receptionist"))


def _consult(stage: Stage, case: Case, at: datetime) -> None:
    day = stage.world.calendar.add_working_days(at.date(), OPINION_DAYS)
    asked = _asked(stage, case)
    asides.consult(
        case, asked=asked, question=one_of("question", case.random),
        due_at=stage.world.calendar.end_of_day(day), by=stage.appraiser(case), at=at,
    )  # fmt: skip


def _asked(stage: Stage, case: Case) -> list[AgencyCard]:
    other = "H32.06" if case.competent.code.startswith("H32.18") else "H32.18"
    codes = {other}
    place = stage.world.places[case.decided.place]
    codes.add(f"H32.{place}")
    codes.discard(case.competent.code)
    known = [stage.world.cards[code] for code in sorted(codes) if code in stage.world.cards]
    return [card for card in known if stage.world.officers(card.id, "appraiser")]


def _opinions(stage: Stage, case: Case, at: datetime) -> None:
    for row in list(case.opinions):
        if case.random.random() < ANSWERED:
            card = stage.by_id[row["agency_id"]]
            verdict = "agree_if" if case.random.random() < CONDITIONAL else "agree"
            asides.answer_opinion(
                case, card, verdict=verdict, answer=one_of("answer", case.random),
                by=stage.one(case, card.id, "appraiser"), at=at,
            )  # fmt: skip


def _assign(stage: Stage, case: Case, at: datetime) -> None:
    if case.task is not None and case.task.assignee_id is not None:
        verbs.assign(case, to=stage.appraiser(case), by=stage.head(case), at=at)
