"""Verbs beside the straight way: supplements, a new appointment, opinions, withdrawal, correction."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.config.simulation.case import Case
from motcua.config.simulation.verbs import blank_result, need
from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.queries.cards import AgencyCard
from motcua.documents.papers.wordings import Wording
from motcua.dossiers import events
from motcua.dossiers.models.urgency import CERTAIN
from motcua.dossiers.rules import clock, guards
from motcua.dossiers.rules.states import Act
from motcua.kernel.worktime import ClockKind, due
from motcua.kernel.worktime.calendar import VIETNAM


def request_supplement(
    case: Case, *, items: dict[str, str], reason: str, by: Actor, at: datetime
) -> None:
    """Everything that is missing or wrong is asked for, once."""
    need(case, Act.REQUEST_SUPPLEMENT)
    stage = "intake" if case.state == "submitted" else "appraisal"
    answer_by = guards.supplement_answer_by(case.calendar, at)
    case.supplement = {
        "stage": stage, "items": items, "reason": reason, "law": "", "requested_at": at,
        "requested_by": by.name, "answer_by": answer_by, "answered_at": None, "answer_note": "",
    }  # fmt: skip
    case.cancel(by, at, reason)
    case.state, case.supplement_count = "wait_supplement", 1
    case.close_on, case.paused_from = answer_by, stage
    case.clock = clock.added(case.clock, ClockKind.PAUSE, at, reason=_("chờ bổ sung"))
    fact = events.SupplementRequested(
        code=case.code, stage=stage, components=tuple(items), reason=reason, answer_by=answer_by
    )
    case.record(fact, by=by, at=at)


def answer_supplement(case: Case, *, by: Actor, at: datetime) -> None:
    """The supplement comes; after acceptance the clock restarts from zero."""
    need(case, Act.ANSWER_SUPPLEMENT)
    for key in case.wanted["items"]:
        row = case.papers[key]
        row.originals, row.copies, row.state = 1, 0, "present"
    case.wanted["answered_at"] = at
    before = case.due_at
    if case.paused_from == "intake":
        case.state, step = "submitted", case.process.first.key
    else:
        case.state = "in_progress"
        if case.started_at is not None:
            limit = clock.limit_of(case.clock)
            case.clock = clock.added(case.clock, ClockKind.RESTART, at)
            if limit is not None:
                case.due_at = due(case.calendar, at, limit)
        following = case.step_behind(case.process.first.key)
        step = following.key
    case.paused_from = ""
    case.open_step(step, at)
    case.close_on = None
    fact = events.SupplementAnswered(
        code=case.code, stage=case.wanted["stage"], due_before=before, due_at=case.due_at,
        officer_id=case.given_to,
    )  # fmt: skip
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def close_unsupplemented(case: Case, *, by: Actor, at: datetime) -> None:
    """Fifteen days passed without the supplement."""
    need(case, Act.CLOSE_UNSUPPLEMENTED)
    case.state, case.ended_at = "stopped", at
    case.clock = clock.added(case.clock, ClockKind.STOP, at, reason=_("không bổ sung"))
    _cancel_charges(case)
    fact = events.DossierClosedUnsupplemented(
        code=case.code, silent_since=case.wanted["requested_at"]
    )
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def _cancel_charges(case: Case) -> None:
    if case.money != "due":
        return
    for row in case.charges:
        if row["state"] == "due":
            row["state"] = "cancelled"
    case.money = "paid" if any(row["state"] == "paid" for row in case.charges) else "free"


def withdraw(case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """The applicant stops the dossier before the decision."""
    need(case, Act.WITHDRAW)
    stage = case.state
    case.cancel(by, at, reason)
    _cancel_charges(case)
    case.state, case.ended_at = "withdrawn", at
    case.clock = clock.added(case.clock, ClockKind.STOP, at, reason=_("người dân rút hồ sơ"))
    fact = events.DossierWithdrawn(code=case.code, reason=reason, stage=stage)
    case.record(fact, by=by, at=at, agency_id=case.receiving.id)


def extend(case: Case, *, new_due: datetime, reason: str, by: Actor, at: datetime) -> None:
    """The head apologises and makes the one new appointment."""
    need(case, Act.EXTEND)
    before = case.promised
    case.extension = {
        "reason": reason, "old_due_at": before, "new_due_at": new_due, "asked_at": at,
        "asked_by": by.name,
    }  # fmt: skip
    case.extension_count, case.due_at = 1, new_due
    case.clock = clock.added(case.clock, ClockKind.EXTEND, at, due_at=new_due, reason=reason)
    case.retime(at)
    fact = events.DeadlineExtended(
        code=case.code, reason=reason, due_before=before, due_at=new_due
    )
    case.record(fact, by=by, at=at, agency_id=case.competent.id)


def consult(
    case: Case,
    *,
    asked: Sequence[AgencyCard],
    question: str,
    due_at: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """Other agencies are asked; the clock runs on."""
    need(case, Act.CONSULT)
    for card in asked:
        case.opinions.append(
            {"agency_id": card.id, "asked_by_id": by.account_id, "asked_at": at, "due_at": due_at,
             "mode": "system", "question": question, "answered_at": None, "answered_by_id": None,
             "verdict": "", "answer": "", "silent_at": None, "withdrawn_at": None}
        )  # fmt: skip
    case.state = "in_progress"
    for card in asked:
        fact = events.OpinionAsked(
            code=case.code, agency=card.name, question=question, due_at=due_at
        )
        case.record(fact, by=by, at=at)


def answer_opinion(
    case: Case, card: AgencyCard, *, verdict: str, answer: str, by: Actor, at: datetime
) -> None:
    """An asked agency answers."""
    row = next(row for row in case.opinions if row["agency_id"] == card.id)
    row |= {
        "verdict": verdict,
        "answer": answer,
        "answered_at": at,
        "answered_by_id": by.account_id,
    }
    fact = events.OpinionGiven(code=case.code, agency=card.name, verdict=verdict)
    case.record(fact, by=by, at=at, agency_id=card.id)


def note_silence(case: Case, names: dict[int, str], *, at: datetime) -> None:
    """It is noted that the day to answer passed in silence."""
    for row in case.opinions:
        if row["answered_at"] is None and row["withdrawn_at"] is None and row["silent_at"] is None:
            row["silent_at"] = at
            fact = events.OpinionSilent(
                code=case.code, agency=names[row["agency_id"]], due_at=row["due_at"]
            )
            case.record(fact, by=SYSTEM, at=at)


def note_overdue(case: Case, *, at: datetime) -> None:
    """It is noted, once, that the due time passed."""
    case.overdue_noted_at, case.risk = at, CERTAIN
    case.record(events.DossierOverdue(code=case.code, due_at=case.promised), by=SYSTEM, at=at)


def open_correction(case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """An error was found in the result."""
    need(case, Act.CORRECT_RESULT)
    wrong = case.results[-1]
    wrong["correction_reason"] = reason
    wrong["correction_due_at"] = guards.correction_by(case.calendar, at)
    case.delivery = "none"
    told = case.record_later(by=by, at=at, agency_id=case.competent.id)
    case.wrong_told = told


def issue_correction(case: Case, *, text: str, wording: Wording, by: Actor, at: datetime) -> None:
    """The corrected result takes the place of the wrong one."""
    need(case, Act.CORRECT_RESULT)
    wrong = case.results[-1]
    row = blank_result(case, wording, wrong["kind_code"], wrong["title"])
    filled = {"content": text} if wording.blank("content") else {}
    row |= {"outcome": wrong["outcome"], "text": text, "filled": {**wrong["filled"], **filled},
            "signer": by.name, "signer_title": by.describe(agency_id=case.competent.id)[:200],
            "signed_at": at, "issued_at": at, "issued_by": by.name,
            "replaces_id": "before"}  # fmt: skip
    wrong["state"] = "replaced"
    case.results.append(row)
    case.delivery = "ready"
    told = case.record_later(by=by, at=at, agency_id=case.competent.id)
    is_late, code = at > wrong["correction_due_at"], case.code

    def numbered(number: str, sequence: int) -> None:
        row["number"], row["sequence"] = number, sequence
        row["year"] = at.astimezone(VIETNAM).year
        told(
            events.ResultCorrected(
                code=code, number=number, replaces=wrong["number"], is_late=is_late
            )
        )

    case.numbered.append((at, wording.symbol, numbered))


def tell_correction(case: Case) -> None:
    """Fill in the fact of an opened correction once the wrong result has its number."""
    wrong = case.results[0]
    if case.wrong_told is None:
        raise LookupError("no correction was opened")
    case.wrong_told(
        events.CorrectionOpened(
            code=case.code, number=wrong["number"], reason=wrong["correction_reason"],
            due_at=wrong["correction_due_at"],
        )
    )  # fmt: skip
