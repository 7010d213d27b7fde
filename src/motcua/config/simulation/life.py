"""One dossier lived as it was planned: what happens at which moment, by whom."""

from random import Random

from motcua.config.simulation import counter, passing
from motcua.config.simulation.beside import beside
from motcua.config.simulation.case import Case, PaperRow
from motcua.config.simulation.decided import Decided
from motcua.config.simulation.people import Citizen
from motcua.config.simulation.plan import CHANNELS
from motcua.config.simulation.stage import Over, Stage
from motcua.config.simulation.steps import steps
from motcua.config.simulation.volumes import HELPED, MANDATED, Fate

HELPER = "Tổ công nghệ số cộng đồng"


def begin(stage: Stage, told: Decided, owner: Citizen, other: Citizen) -> Case:
    """Return the case as it will be filed; its code and key are still to come."""
    offer = stage.world.offers[told.offer]
    case = Case(
        offer, stage.by_id[told.receiving], stage.by_id[told.competent], stage.world.calendar
    )
    case.random = Random(stage.seed << 32 | told.number)  # noqa: S311  # a story, not a secret
    case.version_id, case.procedure_code = offer.version_id, offer.code
    case.procedure_name, case.field = offer.content.name, offer.content.field[:200]
    case.case_key, case.process_id = offer.cases[told.case], offer.process.pk
    case.channel, case.calendar_key = CHANNELS[told.channel], case.competent.calendar_key
    case.receiving_id, case.competent_id = case.receiving.id, case.competent.id
    case.accountable = stage.world.accountable
    _people(case, owner, other)
    hands = stage.world.officers(told.competent, "appraiser")
    case.appraiser_id = hands[told.officer % len(hands)].account_id
    case.on_duty = stage.on_duty
    case.decided, case.last_at = told, stage.world.begins_at
    _bring(case)
    case.filed_at = counter.filed_at(stage, case)
    return case


def live(stage: Stage, case: Case) -> None:
    """Let everything happen to a case, up to the end of the simulation."""
    try:
        counter.at_counter(stage, case)
        if case.decided.fate != Fate.REJECTED:
            beside(stage, case)
            steps(stage, case)
    except Over:
        pass
    if stage.until is not None and case.ended_at is None:
        passing.sweep(stage, case, stage.until)


def _people(case: Case, owner: Citizen, other: Citizen) -> None:
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


def _bring(case: Case) -> None:
    """Lay the papers down: all that is required but what is forgotten."""
    random, told = case.random, case.decided
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
        case.papers[component.key] = PaperRow(
            component.name, component.required, originals, copies, state
        )
