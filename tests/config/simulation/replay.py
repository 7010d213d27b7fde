"""A simulated dossier driven once more, by the real services, with the same moments and people."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.models import Account, Agency, Post
from motcua.directory.queries.parties import identity_number
from motcua.directory.queries.people import actor_of
from motcua.directory.services.parties import PartyDetails
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, HandOverItem, Result, Supplement
from motcua.dossiers.services import deadlines, sweeps
from motcua.ledger import queries as trail
from motcua.ledger.queries import Told
from motcua.payments.models import Charge
from motcua.workflow.models import Consultation, Task

# Papers scanned, taken from the store or signed with a key need files that a simulation has not.
WITH_FILES = frozenset(
    {"dossier.papers_digitised", "dossier.papers_signed", "dossier.paper_from_store",
     "dossier.result_signed", "dossier.result_stamped"}
)  # fmt: skip


def can_be_replayed(dossier: Dossier) -> bool:
    """Tell whether everything that happened to it can be done again without files."""
    return not WITH_FILES & {fact.kind for fact in trail.facts_of(dossier.stream)}


class Replay:
    """Drives one dossier again."""

    def __init__(self, old: Dossier) -> None:
        self.old = old
        self.code = ""

    def run(self) -> Dossier:
        """Do everything again and return the dossier that came of it."""
        waiting = list(trail.facts_of(self.old.stream))
        while waiting:
            fact = waiting.pop(0)
            if fact.kind == "dossier.opinion_asked":
                others = [one for one in waiting if one.kind == fact.kind]
                waiting = [one for one in waiting if one.kind != fact.kind]
                self._consult([fact, *others])
                continue
            self._give(fact)
            _VERBS[fact.kind](self, fact)
        return Dossier.objects.get(code=self.code)

    def actor(self, fact: Told) -> Actor:
        if fact.actor == "system":
            return SYSTEM
        return actor_of(Account.objects.get(pk=int(fact.actor.partition(":")[2])), at=fact.at)

    def _give(self, fact: Told) -> None:
        """Give the step to whoever took it then: here the work lies otherwise on the officers."""
        if not self.code or not fact.actor.startswith("account:"):
            return
        account = int(fact.actor.partition(":")[2])
        key = Dossier.objects.get(code=self.code).pk
        task = Task.objects.filter(
            case_id=key, closed_at=None, assignment="load", role="appraiser"
        )
        if Post.objects.filter(account=account, role="appraiser").exists() and task.update(
            assignee=account
        ):
            Dossier.objects.filter(pk=key).update(assignee=account)

    def file(self, fact: Told) -> None:
        old = self.old
        papers = tuple(
            dossiers.PaperIn(p.component_key, originals=p.originals, copies=p.copies)
            for p in self.brought()
        )
        mandated = old.applicant_id != old.owner_id
        filing = dossiers.Filing(
            procedure=old.procedure_code, channel=old.channel, receiving=old.receiving.code,
            competent=old.competent.code, owner=_details(old.owner),
            applicant=_details(old.applicant) if mandated else None, case=old.case_key,
            support=str(fact.body["support"]), mandate=old.mandate, helper_name=old.helper_name,
            papers=papers, return_mode=old.return_mode, return_address=old.return_address,
        )  # fmt: skip
        made = dossiers.file(filing=filing, by=self.actor(fact), at=fact.at)
        self.code = made.code

    def brought(self) -> list[Any]:
        """The papers as they lay there at first: what was supplemented was not there or no good."""
        items: dict[str, str] = {}
        supplement = Supplement.objects.filter(dossier=self.old).first()
        if supplement is not None:
            items = supplement.items
        rows = list(self.old.papers.all())
        if supplement is not None and supplement.stage == "intake":
            return [
                row for row in rows if row.state == "present" and row.component_key not in items
            ]
        return [row for row in rows if row.state == "present"]

    def accept(self, fact: Told) -> None:
        fees = Charge.objects.filter(case_id=self.old.pk).exclude(kind="obligation")
        quantities = {row.key: row.quantity for row in fees if row.quantity > 1}
        dossiers.accept(
            code=self.code, quantities=quantities, originals_held=int(str(fact.body["originals"])),
            by=self.actor(fact), at=fact.at,
        )  # fmt: skip

    def pay(self, fact: Told) -> None:
        row = Charge.objects.filter(case_id=self.old.pk, paid_at=fact.at).first()
        assert row is not None
        dossiers.confirm_payment(
            code=self.code, method=str(fact.body["method"]), reference=row.reference,
            by=self.actor(fact), at=fact.at,
        )  # fmt: skip

    def hand_over(self, fact: Told) -> None:
        slip = HandOverItem.objects.select_related("slip").get(dossier=self.old).slip
        handed = dossiers.hand_over(
            codes=[self.code], sender=slip.sender.code, receiver=slip.receiver.code,
            carrier=slip.carrier, by=self.actor(fact), at=fact.at,
        )  # fmt: skip
        self.slip = handed.slip.number

    def step_done(self, fact: Told) -> None:
        by, body = self.actor(fact), fact.body
        if body["proposal"] == "refused":
            dossiers.propose_refusal(
                code=self.code, reason=str(body["reason"]), law=str(body["law"]), by=by, at=fact.at
            )
        else:
            dossiers.appraise(code=self.code, by=by, at=fact.at)

    def assign(self, fact: Told) -> None:
        to = Account.objects.get(pk=int(str(fact.body["officer_id"])))
        dossiers.assign(code=self.code, to=to, by=self.actor(fact), at=fact.at)

    def ask(self, fact: Told) -> None:
        row = Supplement.objects.get(dossier=self.old)
        dossiers.request_supplement(
            code=self.code, items=row.items, reason=row.reason, by=self.actor(fact), at=fact.at
        )

    def answer(self, fact: Told) -> None:
        items = Supplement.objects.get(dossier=self.old).items
        papers = [dossiers.PaperIn(key, originals=1) for key in items]
        dossiers.answer_supplement(code=self.code, papers=papers, by=self.actor(fact), at=fact.at)

    def _consult(self, facts: list[Told]) -> None:
        first = facts[0]
        codes = [Agency.objects.get(name=fact.body["agency"]).code for fact in facts]
        dossiers.consult(
            code=self.code, agencies=codes, question=str(first.body["question"]),
            due_at=_moment(first, "due_at"), by=self.actor(first), at=first.at,
        )  # fmt: skip

    def opinion(self, fact: Told) -> None:
        new = Dossier.objects.get(code=self.code)
        name = fact.body["agency"]
        row = Consultation.objects.get(case_id=new.pk, agency__name=name)
        old = Consultation.objects.get(case_id=self.old.pk, agency__name=name)
        dossiers.answer_consultation(
            code=self.code, consultation_id=row.pk, verdict=old.verdict, answer=old.answer,
            by=self.actor(fact), at=fact.at,
        )  # fmt: skip

    def require(self, fact: Told) -> None:
        dossiers.require_payment(
            code=self.code, amount_vnd=int(str(fact.body["amount_vnd"])),
            reason=str(fact.body["reason"]), by=self.actor(fact), at=fact.at,
        )  # fmt: skip

    def issue(self, fact: Told) -> None:
        if not Result.objects.filter(dossier__code=self.code).exists():  # else: with the signature
            dossiers.issue(code=self.code, by=self.actor(fact), at=fact.at)

    def give_back(self, fact: Told) -> None:
        dossiers.return_result(
            code=self.code, mode=str(fact.body["mode"]), receiver=str(fact.body["receiver"]),
            proof=str(fact.body["proof"]), by=self.actor(fact), at=fact.at,
        )  # fmt: skip

    def silent(self, fact: Told) -> None:
        if trail.facts_of(Dossier.objects.get(code=self.code).stream)[-1].kind != fact.kind:
            sweeps._note_silence(Dossier.objects.get(code=self.code).pk, fact.at)

    def correct(self, fact: Told) -> None:
        dossiers.correct_result(
            code=self.code, reason=str(fact.body["reason"]), by=self.actor(fact), at=fact.at
        )

    def mend(self, fact: Told) -> None:
        text = Result.objects.filter(dossier=self.old).latest("pk").text
        dossiers.issue_correction(code=self.code, text=text, by=self.actor(fact), at=fact.at)


def _pk(self: Replay) -> int:
    return Dossier.objects.get(code=self.code).pk


def _moment(fact: Told, name: str) -> datetime:
    return datetime.fromisoformat(str(fact.body[name]))


def _details(party: Any) -> PartyDetails:
    return PartyDetails(
        name=party.name, id_number=identity_number(party), birth_date=party.birth_date,
        sex=party.sex, phone=party.phone, address=party.address, is_demo=True,
    )  # fmt: skip


_VERBS: dict[str, Callable[[Replay, Told], object]] = {
    "dossier.filed": Replay.file,
    "dossier.officer_notified": lambda r, f: sweeps.notify_officer(key=_pk(r), at=f.at),
    "dossier.accepted": Replay.accept,
    "dossier.intake_refused": lambda r, f: dossiers.refuse_intake(
        code=r.code, reason=f.body["reason"], law=f.body["law"], by=r.actor(f), at=f.at
    ),
    "dossier.received": lambda r, f: dossiers.receive(code=r.code, by=r.actor(f), at=f.at),
    "dossier.payment_confirmed": Replay.pay,
    "dossier.payment_required": Replay.require,
    "dossier.handed_over": Replay.hand_over,
    "dossier.taken_over": lambda r, f: dossiers.take_over(number=r.slip, by=r.actor(f), at=f.at),
    "dossier.assigned": Replay.assign,
    "dossier.step_done": Replay.step_done,
    "dossier.step_sent_back": lambda r, f: dossiers.send_back(
        code=r.code, reason=f.body["reason"], by=r.actor(f), at=f.at
    ),
    "dossier.approved": lambda r, f: dossiers.approve(code=r.code, by=r.actor(f), at=f.at),
    "dossier.copy_certified": lambda _r, _f: None,  # comes with the result
    "dossier.result_issued": Replay.issue,
    "dossier.result_returned": Replay.give_back,
    "dossier.supplement_requested": Replay.ask,
    "dossier.supplement_answered": Replay.answer,
    "dossier.closed_unsupplemented": lambda r, f: dossiers.close_unsupplemented(
        code=r.code, by=r.actor(f), at=f.at
    ),
    "dossier.withdrawn": lambda r, f: dossiers.withdraw(
        code=r.code, reason=f.body["reason"], by=r.actor(f), at=f.at
    ),
    "dossier.deadline_extended": lambda r, f: dossiers.extend(
        code=r.code, new_due=_moment(f, "due_at"), reason=f.body["reason"], by=r.actor(f), at=f.at
    ),
    "dossier.opinion_given": Replay.opinion,
    "dossier.opinion_silent": Replay.silent,
    "dossier.overdue": lambda r, f: deadlines._note_overdue(_pk(r), f.at),
    "dossier.correction_opened": Replay.correct,
    "dossier.result_corrected": Replay.mend,
}


def comparable(fact: Told) -> dict[str, object]:
    """Return what a fact says, moments as instants, without the numbers that are its own."""
    body = json.loads(json.dumps(fact.body))
    body.pop("code", None)
    for name in ("number", "slip", "replaces"):
        body.pop(name, None)
    if fact.kind != "dossier.assigned":  # whom the load chose is its own; that it chose is not
        body["officer_id"] = "officer_id" in body
    said = {
        key: _instant(value) if isinstance(value, str) else value for key, value in body.items()
    }
    told = (fact.kind, fact.at, fact.actor, fact.actor_name, fact.post)
    return {"told": told, **said}


def _instant(text: str) -> object:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text
