"""What happens at the counter: filing, checking, accepting, refusing, paying."""

from datetime import datetime, timedelta

from motcua.catalog import queries as catalog
from motcua.catalog.content import Content, EForm, FormField
from motcua.config.demo import settling
from motcua.config.demo.life import WORKDAY, Life, Story
from motcua.config.demo.plan import Fate
from motcua.config.demo.staff import details
from motcua.config.demo.texts import one_of
from motcua.directory.actor import Actor
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import sweeps

MANDATED, HELPED = 0.06, 0.04


def file(life: Life, story: Story, at: datetime) -> None:
    """The dossier is filed: online by its owner, else at the counter."""
    plan = story.plan
    by = story.applicant
    if plan.channel != "online":
        found = life.officer(life.agency(plan.receiving).id, "receptionist", story, at)
        if found is None:
            return
        by = found
    story.dossier = dossiers.file(filing=filing(life, story), by=by, at=at)
    life.filed += 1
    if plan.channel != "online":
        life.happen(at + timedelta(minutes=story.random.uniform(2, 9)), decide, story)
        return
    told = at + timedelta(minutes=story.random.uniform(2, 25))
    life.happen(told, notify, story)
    if story.chance(0.95):
        life.happen(life.within(story, at, 20, 420), decide, story)
    else:
        life.happen(life.within(story, at, 500, 1100), decide, story)


def notify(_life: Life, story: Story, at: datetime) -> None:
    """The counter is told of an online filing."""
    sweeps.notify_officer(key=story.row.pk, at=at)


def filing(life: Life, story: Story) -> dossiers.Filing:
    """Return what is filed."""
    plan = story.plan
    content = catalog.content_of(plan.version_id)
    owner = details(story.person)
    other = None
    if plan.channel != "online" and story.chance(MANDATED):
        other = details(story.random.choice(life.cast.people))
    is_helped = plan.channel == "counter" and story.chance(HELPED)
    return dossiers.Filing(
        procedure=plan.procedure,
        channel=plan.channel,
        receiving=plan.receiving,
        competent=plan.competent,
        owner=owner,
        applicant=other,
        mandate="Giấy ủy quyền có chứng thực" if other else "",
        helper_name="Tổ công nghệ số cộng đồng" if is_helped else "",
        support=plan.receiving if is_helped else "",
        case=plan.case,
        papers=papers(content, story),
        form_data=answers(content.form, story) if content.form else {},
        email=f"dan{plan.person}@example.vn" if plan.person < len(life.cast.citizens) else "",
        return_mode="online" if plan.channel == "online" and story.chance(0.7) else "counter",
        return_address=story.person.street,
    )


def papers(content: Content, story: Story) -> tuple[dossiers.PaperIn, ...]:
    """Return what is brought: all that is required, but for what the story leaves at home."""
    wanted = [c for c in content.components_for(story.plan.case) if not c.held_by]
    forgotten = ""
    if story.fate == Fate.INTAKE_SUPPLEMENT:
        forgotten = next((c.key for c in wanted if c.required), "")
    return tuple(
        dossiers.PaperIn(c.key, originals=c.originals, copies=c.copies or int(not c.originals))
        for c in wanted
        if c.key != forgotten and (c.required or story.chance(0.4))
    )


def answers(form: EForm, story: Story) -> dict[str, object]:
    """Return an electronic form as this person fills it in."""
    return {field.key: _answer(field, story) for field in form.fields}


def _answer(field: FormField, story: Story) -> object:
    person = story.person
    known = {
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "birth_date": person.birth_date.isoformat(),
        "address": person.street,
        "sex": person.sex,
    }
    value = known.get(field.fill.rpartition(".")[2])
    if value is not None:
        return value
    if field.kind == "checkbox":
        return True
    if field.kind == "choice":
        return story.random.choice(field.options) if field.options else ""
    if field.kind == "number":
        return story.random.randint(1, 4)
    by_kind = {
        "date": (story.plan.at.date() - timedelta(days=story.random.randint(20, 900))).isoformat(),
        "phone": person.phone,
        "id_number": person.id_number,
        "commune": story.plan.receiving.split(".")[1],
    }
    return by_kind.get(
        field.kind, person.street if "chỉ" in field.label else "Theo giấy tờ kèm theo"
    )


def decide(life: Life, story: Story, at: datetime) -> None:
    """The counter accepts, asks for a supplement or refuses."""
    row = story.row
    by = life.officer(row.receiving_id, "receptionist", story, at)
    if by is None:
        life.happen(life.after(at, WORKDAY), decide, story)
        return
    if story.fate == Fate.INTAKE_REFUSED:
        reason = one_of("intake_refusal", story.random)
        dossiers.refuse_intake(
            code=story.code, reason=reason, law=one_of("law", story.random), by=by, at=at
        )
        return
    if story.fate == Fate.INTAKE_SUPPLEMENT and settling.ask(life, story, by, at):
        return
    accept(life, story, at)


def accept(life: Life, story: Story, at: datetime) -> None:
    """The counter accepts; fees are mostly paid at once; the competent agency goes on."""
    row = story.row
    by = life.officer(row.receiving_id, "receptionist", story, at)
    if by is None:
        life.happen(life.after(at, WORKDAY), accept, story)
        return
    content = catalog.content_of(story.plan.version_id)
    if (
        content.immediate
        and row.channel == "counter"
        and by.has_role("head", agency_id=row.competent_id)
    ):
        _settle_at_once(story, by=by, at=at)
        return
    quantities = {
        fee.key: story.random.randint(1, 12)
        for fee in content.fees_for(row.channel, row.case_key)
        if fee.per != "dossier"
    }
    held = int(row.channel == "counter" and story.chance(0.1))
    story.dossier = dossiers.accept(
        code=story.code, by=by, at=at, quantities=quantities, originals_held=held
    )
    _after_acceptance(life, story, at)


def _settle_at_once(story: Story, *, by: Actor, at: datetime) -> None:
    result = dossiers.settle_at_once(
        code=story.code, receiver=story.person.name, by=by, at=at, method="cash"
    )
    story.dossier = result.dossier


def _after_acceptance(life: Life, story: Story, at: datetime) -> None:
    row = story.row
    if row.money == Dossier.Money.DUE and story.chance(0.82):
        wait = (
            story.random.uniform(1, 5)
            if row.channel == "counter"
            else story.random.uniform(30, 600)
        )
        life.happen(at + timedelta(minutes=wait), pay, story)
    if row.channel != "online" and story.chance(0.55):
        life.slips[story.plan.receiving, story.plan.competent].append(story.code)
    if row.started_at is None:
        life.happen(life.within(story, at, 60, 300), receive, story)
    else:
        settling.start(life, story, at)


def pay(life: Life, story: Story, at: datetime) -> None:
    """What is owed is paid, in cash at the counter or by transfer."""
    row = story.row
    row.refresh_from_db(fields=["money"])
    if row.money != Dossier.Money.DUE:
        return
    by = life.officer(row.receiving_id, "cashier", story, at) or life.officer(
        row.receiving_id, "receptionist", story, at
    )
    if by is not None:
        is_cash = row.channel == "counter" and story.chance(0.5)
        method, reference = (
            ("cash", "") if is_cash else ("transfer", f"FT{story.random.randrange(10**9):09d}")
        )
        story.dossier = dossiers.confirm_payment(
            code=story.code, method=method, reference=reference, by=by, at=at
        )


def receive(life: Life, story: Story, at: datetime) -> None:
    """The competent agency receives what another centre accepted; its clock starts."""
    by = life.officer(story.row.competent_id, "appraiser", story, at)
    if by is None:
        life.happen(life.after(at, WORKDAY), receive, story)
        return
    story.dossier = dossiers.receive(code=story.code, by=by, at=at)
    settling.start(life, story, at)
