"""The steps in the competent agency, and what comes after them: the result returned, and mended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from random import Random

from motcua.config.demo.texts import one_of
from motcua.config.simulation import asides, copies, verbs
from motcua.config.simulation.case import Case
from motcua.config.simulation.counter import pay
from motcua.config.simulation.stage import Stage
from motcua.config.simulation.volumes import Fate
from motcua.config.simulation.world import wording_for
from motcua.reporting.simulating.setting import DAY_MINUTES

# After how many working minutes people come for their result, and how many of them do.
COLLECTED = ((15, 200, 44), (200, 3 * DAY_MINUTES, 40), (3 * DAY_MINUTES, 14 * DAY_MINUTES, 16))
PROOFS = {"online": "Đã mở trên tài khoản", "post": "Phiếu gửi bưu chính"}
Acts = list[tuple[Callable[[Stage, Case, datetime], None], float, float]]


def steps(stage: Stage, case: Case) -> None:
    """Let appraiser, head and clerk do their steps, so that the last ends when it is planned."""
    told = case.decided
    if case.ended_at is not None or told.fate == Fate.SILENT:
        return
    first = (
        max(told.base, told.there, stage.timing.minute(case.last_at), _heard(stage, case)) + 0.2
    )
    end = max(_end(stage, case), first + 0.5)
    acts = _acts(case)
    weights = [case.random.uniform(low, high) for _act, low, high in acts]
    whole, done = sum(weights), 0.0
    for (act, _low, _high), weight in zip(acts, weights, strict=True):
        done += weight
        act(stage, case, stage.at(case, first + (end - first) * done / whole))
    _return(stage, case, end)


def _heard(stage: Stage, case: Case) -> float:
    """Return until when an agency that keeps silent may still answer; 0.0: none is waited for."""
    open_ones = [row["due_at"] for row in case.opinions if row["answered_at"] is None]
    return max((stage.timing.minute(due_at) for due_at in open_ones), default=0.0)


def _end(stage: Stage, case: Case) -> float:
    """Return when it ends, on the planned side of the due time as it came out."""
    told = case.decided
    if case.due_at is None:
        return told.end
    due = stage.timing.minute(case.due_at)
    if told.is_late:
        return max(told.end, due + 3)
    if told.end < stage.timing.total:
        return min(told.end, due - 0.5)
    return told.end


def _acts(case: Case) -> Acts:
    told = case.decided
    if case.offer.is_short:
        return [(_settle, 1, 3)]
    chain = case.process.chain()[1:-1]
    appraisals = sum(1 for step in chain if step.role == "appraiser")
    slow = 4.0 if _is_slow(case.competent.code, "head") else 1.0
    acts: Acts = []
    for step in chain:
        if step.role == "appraiser":
            acts.append((_appraise, 5 / appraisals, 9 / appraisals))
        elif step.role == "head":
            acts.append((_approve, 0.6 * slow, 2 * slow))
        else:
            acts.append((_issue, 0.3, 1.0))
    if told.fate == Fate.SENT_BACK:
        place = next(n for n, step in enumerate(chain) if step.role == "head")
        acts[place:place] = [(_send_back, 0.5, 2), (_appraise, 1, 4)]
    return acts


def _appraise(stage: Stage, case: Case, at: datetime) -> None:
    refusal = ("", "")
    following = case.process.following(case.step_key)
    if case.decided.fate == Fate.REFUSED and following is not None and following.role == "head":
        refusal = (one_of("refusal", case.random), one_of("law", case.random))
    verbs.appraise(case, by=stage.appraiser(case), at=at, refusal=refusal)


def _send_back(stage: Stage, case: Case, at: datetime) -> None:
    reason = one_of("sent_back", case.random)
    verbs.send_back(case, reason=reason, by=stage.head(case), at=at)


def _approve(stage: Stage, case: Case, at: datetime) -> None:
    signs = ("", "")
    wording = wording_for(case.offer.code, case.proposal or "granted", at.date())
    if case.decided.is_stamped and not copies.is_copy(wording):
        case.digest = f"{case.random.getrandbits(256):064x}"
        signs = (wording.key, case.digest)
    by = stage.one(case, case.competent_id, "head")
    verbs.approve(case, by=by, at=at, signs=signs)


def _issue(stage: Stage, case: Case, at: datetime) -> None:
    wording = wording_for(case.offer.code, case.outcome, at.date())
    by = stage.one(case, case.competent_id, "clerk")
    verbs.issue(case, wording=wording, stamps=case.digest, by=by, at=at)


def _settle(stage: Stage, case: Case, at: datetime) -> None:
    """The head signs, and with the signature the process is at its end: the result is issued."""
    by = stage.one(case, case.competent_id, "head")
    verbs.approve(case, by=by, at=at)
    wording = wording_for(case.offer.code, case.outcome, at.date())
    verbs.conclude(case, wording=wording, by=by, at=at)


def _return(stage: Stage, case: Case, end: float) -> None:
    random, told = case.random, case.decided
    mode = case.return_mode
    if mode == "online":
        later = random.uniform(2, 40)
    else:
        low, high, _share = random.choices(COLLECTED, weights=[share for *_, share in COLLECTED])[
            0
        ]
        later = random.uniform(low, high)
    at = stage.at(case, end + later)
    desk = stage.one(case, case.receiving_id, "receptionist")
    if case.money == "due":
        pay(stage, case, at, desk)
        at = stage.at_counter(case, at + timedelta(seconds=45))
        desk = stage.stand_in(case, case.receiving_id, "receptionist", desk.account_id)
    proof = PROOFS.get(mode, "Ký nhận tại quầy")
    verbs.return_result(case, mode=mode, receiver=case.person_name, proof=proof, by=desk, at=at)
    if told.fate == Fate.CORRECTED and case.outcome == "granted":
        _correct(stage, case, end + later)


def _correct(stage: Stage, case: Case, minute: float) -> None:
    random = case.random
    minute += random.uniform(1, 4) * DAY_MINUTES
    at, reason = stage.at(case, minute), one_of("correction", random)
    asides.open_correction(case, reason=reason, by=stage.head(case), at=at)
    at = stage.at(case, minute + random.uniform(1, 2) * DAY_MINUTES)
    wording = wording_for(case.offer.code, "granted", at.date())
    by, text = stage.head(case), one_of("corrected", random)
    asides.issue_correction(case, text=text, wording=wording, by=by, at=at)


@cache
def _is_slow(agency: str, role: str) -> bool:
    """Tell whether papers lie long with somebody there: with one in nine."""
    return Random(f"{role}:{agency}").random() < 0.11  # noqa: S311
