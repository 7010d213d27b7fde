"""What happens in the competent agency and afterwards: steps, supplements, payment, the result."""

from datetime import datetime, timedelta
from functools import partial

from motcua.catalog import queries as catalog
from motcua.config.demo import intake
from motcua.config.demo.life import WORKDAY, Life, Story
from motcua.config.demo.plan import Fate
from motcua.config.demo.texts import one_of
from motcua.directory.actor import SYSTEM, Actor
from motcua.dossiers import services as dossiers
from motcua.kernel.worktime import Limit, Unit, due
from motcua.workflow.queries import consultations_of, process_by_id

READ, ASSIGNED = 0.25, 0.35
# How much of what is left of its time a dossier spends with whom; the clerk takes all the rest.
SHARES = {"appraiser": (0.6, 0.95), "head": (0.4, 0.9)}


def start(life: Life, story: Story, at: datetime) -> None:
    """The clock runs: decide when the agency will be done, and what comes first."""
    row = story.row
    calendar = life.calendar
    legal = calendar.working_minutes_between(at, row.due_at) if row.due_at else 5 * WORKDAY
    legal = max(legal, 20)
    story.finish_at = life.after(at, legal * story.plan.pace)
    if story.fate in (Fate.SUPPLEMENT, Fate.SILENT) and legal > WORKDAY:
        life.happen(life.within(story, at, 60, min(2.4 * WORKDAY, legal * 0.5)), supplement, story)
    elif story.fate == Fate.CONSULTED and legal >= 5 * WORKDAY:
        life.happen(life.within(story, at, legal * 0.02, legal * 0.15), consult, story)
    elif story.fate == Fate.WITHDRAWN:
        life.happen(life.within(story, at, legal * 0.1, legal * 0.5), withdraw, story)
    elif story.fate == Fate.EXTENDED and legal >= 5 * WORKDAY:
        life.happen(life.after(at, legal * 0.6), extend, story)
    else:
        go_on(life, story, at)
        if legal > WORKDAY and story.chance(ASSIGNED):
            life.happen(life.within(story, at, 10, min(200, legal * 0.05)), assign, story)


def assign(life: Life, story: Story, at: datetime) -> None:
    """The head gives the step to whom it fell by load, in so many words."""
    row = story.row
    by = life.officer(row.competent_id, "head", story, at)
    if (
        by is not None
        and row.turn_role == "appraiser"
        and row.assignee_id
        and row.state == "accepted"
    ):
        to = life.cast.accounts[row.assignee_id]
        story.dossier = dossiers.assign(code=story.code, to=to, by=by, at=at)


def go_on(life: Life, story: Story, at: datetime) -> None:
    """Plan the current step so that the last one ends when the agency will be done."""
    row = story.row
    chain = process_by_id(row.process_id).process.chain(row.step_key)
    same = sum(1 for step in chain if step.role == row.turn_role) or 1
    spare = life.calendar.working_minutes_between(at, max(story.finish_at or at, at))
    low, high = SHARES.get(row.turn_role, (1.0, 1.0))
    share = spare * story.random.uniform(low, high) / same
    life.happen(life.after(at, max(2.0, share)), work, story)


def work(life: Life, story: Story, at: datetime) -> None:
    """The officer whose turn it is takes the current step."""
    by = life.on_turn(story, at)
    if by is None:
        life.happen(life.after(at, WORKDAY), work, story)
        return
    if story.chance(READ):
        dossiers.note_read(dossier=story.row, part="page", by=by, at=at)
    steps = {"appraiser": _appraise, "head": _approve, "clerk": _issue}
    steps[story.row.turn_role](life, story, by, at)


def _appraise(life: Life, story: Story, by: Actor, at: datetime) -> None:
    if story.fate == Fate.PAYING:
        _require_payment(life, story, by, at)
        return
    if story.fate == Fate.REFUSED:
        reason, law = one_of("refusal", story.random), one_of("law", story.random)
        story.dossier = dossiers.propose_refusal(
            code=story.code, reason=reason, law=law, by=by, at=at
        )
    else:
        story.dossier = dossiers.appraise(code=story.code, by=by, at=at)
    go_on(life, story, at)


def _approve(life: Life, story: Story, by: Actor, at: datetime) -> None:
    if story.fate == Fate.SENT_BACK:
        story.fate = Fate.PLAIN
        story.dossier = dossiers.send_back(
            code=story.code, reason=one_of("sent_back", story.random), by=by, at=at
        )
    else:
        story.dossier = dossiers.approve(code=story.code, by=by, at=at)
    go_on(life, story, at)


def _issue(life: Life, story: Story, by: Actor, at: datetime) -> None:
    story.dossier = dossiers.issue(code=story.code, by=by, at=at).dossier
    if story.row.return_mode == "online":
        life.happen(life.within(story, at, 2, 40), hand_back, story)
        return
    low, high = story.random.choices(
        ((20, 300), (300, 3 * WORKDAY), (3 * WORKDAY, 12 * WORKDAY)), weights=(40, 42, 18)
    )[0]
    life.happen(life.within(story, at, low, high), hand_back, story)


def hand_back(life: Life, story: Story, at: datetime) -> None:
    """The result is returned, after what was still owed has been paid."""
    intake.pay(life, story, at)
    row = story.row
    by = life.officer(row.receiving_id, "receptionist", story, at)
    if by is None:
        life.happen(life.after(at, WORKDAY), hand_back, story)
        return
    mode = "online" if row.return_mode == "online" else "counter"
    proof = "Ký nhận tại quầy" if mode == "counter" else "Đã mở trên tài khoản"
    story.dossier = dossiers.return_result(
        code=story.code, mode=mode, receiver=story.person.name, proof=proof, by=by, at=at
    )
    if story.fate == Fate.CORRECTED:
        life.happen(life.within(story, at, WORKDAY, 4 * WORKDAY), correct, story)


def correct(life: Life, story: Story, at: datetime) -> None:
    """An error is found in the result; it is mended in one or two days."""
    by = life.officer(story.row.competent_id, "head", story, at)
    if by is not None:
        reason = one_of("correction", story.random)
        dossiers.correct_result(code=story.code, reason=reason, by=by, at=at)
        life.happen(life.within(story, at, WORKDAY, 2 * WORKDAY), mend, story)


def mend(life: Life, story: Story, at: datetime) -> None:
    """The corrected result takes the place of the wrong one."""
    by = life.officer(story.row.competent_id, "head", story, at)
    if by is not None:
        dossiers.issue_correction(
            code=story.code, text=one_of("corrected", story.random), by=by, at=at
        )


def supplement(life: Life, story: Story, at: datetime) -> None:
    """The appraiser finds that something is wrong and asks for it, once."""
    by = life.on_turn(story, at)
    if by is None or not ask(life, story, by, at):
        go_on(life, story, at)


def ask(life: Life, story: Story, by: Actor, at: datetime) -> bool:
    """Ask for a supplement, unless the procedure has no paper to ask for."""
    content = catalog.content_of(story.plan.version_id)
    given = {paper.component_key: paper.state for paper in story.row.papers.all()}
    wanted = [c for c in content.components_for(story.plan.case) if not c.held_by]
    missing = [c.key for c in wanted if c.required and given.get(c.key) == "missing"]
    chosen = missing or [c.key for c in wanted[:1]]
    if not chosen:
        story.fate = Fate.PLAIN
        return False
    made = dossiers.request_supplement(
        code=story.code,
        items={key: one_of("supplement", story.random) for key in chosen},
        reason=one_of("supplement_reason", story.random),
        by=by,
        at=at,
    )
    story.dossier = made.dossier
    if story.fate != Fate.SILENT:
        life.happen(_when_answered(life, story, at), answer, story)
    elif story.row.close_on is not None:
        life.happen(story.row.close_on + timedelta(minutes=20), close, story)
    return True


def close(_life: Life, story: Story, at: datetime) -> None:
    """Fifteen days passed without the supplement."""
    dossiers.close_unsupplemented(code=story.code, by=SYSTEM, at=at)


def _when_answered(life: Life, story: Story, at: datetime) -> datetime:
    """In the evening on one's own device, in working hours at the counter."""
    later = at + timedelta(days=story.random.triangular(0.2, 11, 2))
    if story.plan.channel == "online":
        return max(later.replace(hour=8 + later.hour % 13), at + timedelta(hours=1))
    return life.calendar.next_working_moment(later)


def answer(life: Life, story: Story, at: datetime) -> None:
    """The applicant brings what was asked for: online, else at the counter when it is open."""
    row = story.row
    by: Actor | None = story.applicant
    if row.channel != "online":
        by = life.officer(row.receiving_id, "receptionist", story, at)
    if by is None:
        return
    stage = row.paused_from
    items = list(row.supplement.items)
    brought = [dossiers.PaperIn(key, originals=1) for key in items]
    story.dossier = dossiers.answer_supplement(code=story.code, papers=brought, by=by, at=at)
    story.fate = Fate.PLAIN
    if stage == "intake":
        life.happen(life.within(story, at, 5, 120), intake.accept, story)
    else:
        start(life, story, at)


def withdraw(life: Life, story: Story, at: datetime) -> None:
    """The applicant stops the dossier, online or at the counter."""
    by: Actor | None = story.applicant
    if story.row.channel != "online":
        by = life.officer(story.row.receiving_id, "receptionist", story, at)
    if by is not None:
        reason = one_of("withdrawal", story.random)
        story.dossier = dossiers.withdraw(code=story.code, reason=reason, by=by, at=at)


def extend(life: Life, story: Story, at: datetime) -> None:
    """The head apologises and makes the one new appointment."""
    row = story.row
    by = life.officer(row.competent_id, "head", story, at)
    if by is None or row.due_at is None:
        go_on(life, story, at)
        return
    calendar = life.calendar
    later = due(calendar, row.due_at, Limit(story.random.randint(2, 5), Unit.WORKING_DAY))
    made = dossiers.extend(
        code=story.code, new_due=later, reason=one_of("extension", story.random), by=by, at=at
    )
    story.dossier = made.dossier
    spare = calendar.working_minutes_between(row.due_at, later)
    story.finish_at = life.after(row.due_at, spare * story.random.uniform(0.1, 1.15))
    go_on(life, story, at)


def _require_payment(life: Life, story: Story, by: Actor, at: datetime) -> None:
    story.fate = Fate.PLAIN
    amount = story.random.randrange(500, 25000) * 1000
    story.dossier = dossiers.require_payment(
        code=story.code, amount_vnd=amount, reason=one_of("obligation", story.random), by=by, at=at
    )
    life.happen(life.within(story, at, WORKDAY, 9 * WORKDAY), paid, story)


def paid(life: Life, story: Story, at: datetime) -> None:
    """The obligation is fulfilled and the agency goes on."""
    before = story.row.due_at
    intake.pay(life, story, at)
    row = story.row
    if story.finish_at is not None and before is not None and row.due_at is not None:
        waited = life.calendar.working_minutes_between(before, row.due_at)
        story.finish_at = life.after(story.finish_at, waited)
    go_on(life, story, at)


def consult(life: Life, story: Story, at: datetime) -> None:
    """The appraiser asks other agencies, early enough for the answers to be of use."""
    by = life.on_turn(story, at)
    story.fate = Fate.PLAIN
    if by is None or story.row.turn_role != "appraiser":
        go_on(life, story, at)
        return
    row = story.row
    place = story.plan.receiving.split(".")[1]
    asked = {"H32.06" if story.plan.competent.startswith("H32.18") else "H32.18"}
    if len(place) == 5:
        asked.add(f"H32.{place}")
    asked.discard(story.plan.competent)
    day = life.calendar.add_working_days(at.date(), 2)
    until = life.calendar.end_of_day(day)
    story.dossier = dossiers.consult(
        code=story.code,
        agencies=sorted(asked),
        question=one_of("question", story.random),
        due_at=until,
        by=by,
        at=at,
    )
    later = at
    for opinion in consultations_of(row.pk):
        if story.chance(0.8):
            later = life.within(story, at, 90, 1.6 * WORKDAY)
            key = opinion.pk
            life.happen(later, partial(give_opinion, consultation_id=key), story)
    life.happen(life.after(max(until, later), 10), go_on, story)


def give_opinion(life: Life, story: Story, at: datetime, *, consultation_id: int) -> None:
    """An asked agency answers."""
    opinion = next(o for o in consultations_of(story.row.pk) if o.pk == consultation_id)
    by = life.officer(opinion.agency_id, "appraiser", story, at)
    if by is not None:
        verdict = "agree_if" if story.chance(0.2) else "agree"
        story.dossier = dossiers.answer_consultation(
            code=story.code,
            consultation_id=consultation_id,
            verdict=verdict,
            answer=one_of("answer", story.random),
            by=by,
            at=at,
        )
