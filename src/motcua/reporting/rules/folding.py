"""How a dossier stands after its facts: taken in one by one, or all at once, to the same end."""

from dataclasses import dataclass, fields
from dataclasses import field as its
from datetime import datetime, timedelta

from motcua.reporting.rules import classes

RESULT, WITHDRAWN, STOPPED, REJECTED = "result", "withdrawn", "stopped", "rejected"
_PREFIX = "dossier."
_DATED = frozenset(
    {"accepted", "received", "supplement_answered", "deadline_extended", "deadline_recomputed",
     "payment_confirmed"}
)  # fmt: skip
_ENDING = {
    "result_issued": RESULT,
    "result_returned": RESULT,
    "withdrawn": WITHDRAWN,
    "closed_unsupplemented": STOPPED,
    "intake_refused": REJECTED,
}
KINDS = tuple(
    sorted(
        _PREFIX + name
        for name in (
            *_DATED, *_ENDING, "filed", "assigned", "step_done", "step_sent_back", "approved",
            "supplement_requested", "payment_required", "paper_from_store", "papers_digitised",
            "result_stamped", "result_revoked",
        )
    )
)  # fmt: skip
# Kinds that say by being there: their body need not be read.
BARE = frozenset(_PREFIX + name for name in ("papers_digitised", "result_stamped",
                                             "result_returned", "withdrawn",
                                             "closed_unsupplemented", "intake_refused",
                                             "result_revoked"))  # fmt: skip
# With these a step opens: they say who was given it, or nothing where nobody was.
OPENING = frozenset({"filed", "accepted", "supplement_answered", "step_done", "step_sent_back",
                     "approved", "result_issued"})  # fmt: skip
# With these the step ends with which the officer was busy who settles the dossier.
_LEAVING = frozenset({"step_done", "supplement_requested", "withdrawn"})
PAID_ONLINE = frozenset({"qr", "card", "npsp", "transfer"})


@dataclass(frozen=True)
class Where:
    """An agency as the fold knows it."""

    id: int
    level: str
    place_code: str


@dataclass
class Standing:
    """One row of reporting_standing; the names are the columns' names."""

    dossier_id: int
    code: str = ""
    procedure_code: str = ""
    version_id: int = 0
    field: str = ""
    level: str = ""
    receiving_id: int = 0
    competent_id: int = 0
    place_code: str = ""
    channel: str = ""
    filed_at: datetime | None = None
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    due_at: datetime | None = None
    due_original: datetime | None = None
    decided_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    ending: str = ""
    ended_class: str = ""
    decided_outcome: str = ""
    waiting_since: datetime | None = None
    waited_seconds: int = 0
    waited_all_seconds: int = 0
    supplements: int = 0
    extensions: int = 0
    step_key: str = ""
    turn_agency_id: int | None = None
    assignee_id: int | None = None
    handler_id: int | None = None
    supplemented_at: datetime | None = None
    supplemented_again_at: datetime | None = None
    extended_at: datetime | None = None
    digitised_at: datetime | None = None
    reused_at: datetime | None = None
    from_store_at: datetime | None = None
    stamped_at: datetime | None = None
    obligation_at: datetime | None = None
    paid_online_at: datetime | None = None
    path_at: list[datetime] = its(default_factory=list)
    path_due: list[datetime | None] = its(default_factory=list)
    path_wait: list[datetime | None] = its(default_factory=list)
    last_fact_id: int = 0


COLUMNS = tuple(one.name for one in fields(Standing))


def hear(
    row: Standing,
    *,
    kind: str,
    at: datetime,
    body: dict[str, object],
    agencies: dict[str, Where],
    actor: str = "",
) -> None:
    """Take one fact in; `actor`: who did it, as the ledger names it.

    Source: rule of the house (a standing is what the facts say, nothing else).
    """
    what = kind.removeprefix(_PREFIX)
    if what == "filed":
        _filed(row, at, body, agencies)
    elif what == "accepted" and row.accepted_at is None and row.ended_at is None:
        row.accepted_at = at
        row.step_key, row.turn_agency_id = "appraise", row.competent_id
    elif what in ("supplement_requested", "payment_required"):
        _asked(row, what, at, body)
    elif what in ("supplement_answered", "payment_confirmed"):
        _answered(row, what, at, body)
    if what in _DATED:
        _dated(row, what, at, body)
    if what in _ENDING:
        _ended(row, what, at)
    _marked(row, what, at, body)
    _handed(row, what, body, actor)
    _moved(row, what, body)
    _note_path(row, at)


def _filed(
    row: Standing, at: datetime, body: dict[str, object], agencies: dict[str, Where]
) -> None:
    row.code, row.filed_at = str(body["code"]), at
    row.procedure_code, row.field = str(body["procedure"]), str(body["field"])
    row.version_id = _number(body.get("version_id"))
    row.channel = str(body["channel"])
    receiving = agencies.get(str(body["receiving"]))
    competent = agencies.get(str(body["competent"]))
    row.receiving_id = receiving.id if receiving else 0
    if competent is not None:
        row.competent_id, row.level = competent.id, competent.level
        row.place_code = competent.place_code
    row.step_key, row.turn_agency_id = "receive", row.receiving_id


def _asked(row: Standing, what: str, at: datetime, body: dict[str, object]) -> None:
    if what == "supplement_requested":
        row.supplements += 1
        row.supplemented_at = row.supplemented_at or at
        if row.supplements > 1:
            row.supplemented_again_at = row.supplemented_again_at or at
    else:
        row.obligation_at = row.obligation_at or at
        if body.get("pauses_clock") is not True:
            return
    if row.ended_at is None and row.waiting_since is None:
        row.waiting_since = at


def _answered(row: Standing, what: str, at: datetime, body: dict[str, object]) -> None:
    if what == "payment_confirmed" and body.get("amount_vnd"):
        row.obligation_at = row.obligation_at or at
        if body.get("method") in PAID_ONLINE:
            row.paid_online_at = row.paid_online_at or at
    if row.waiting_since is None or row.ended_at is not None:
        return
    due = _moment(body.get("due_at"))
    # A clock that began anew has the wait behind it, even where days off bring it to the same due time.
    begins_anew = due is not None and what == "supplement_answered"
    _count_wait(row, at, is_in_due=begins_anew or (due is not None and due != row.due_at))
    row.waiting_since = None


def _count_wait(row: Standing, at: datetime, *, is_in_due: bool) -> None:
    """Add the wait that is over; one before acceptance is no time of the agency."""
    if row.accepted_at is None or row.waiting_since is None:
        return
    seconds = max(0, int((at - row.waiting_since).total_seconds()))
    row.waited_all_seconds += seconds
    if not is_in_due:
        row.waited_seconds += seconds


def _dated(row: Standing, what: str, at: datetime, body: dict[str, object]) -> None:
    due = _moment(body.get("due_at"))
    if due is None or row.ended_at is not None:
        return
    if row.due_at is None:
        row.due_original, row.started_at = due, row.started_at or at
    row.due_at = due
    if what == "deadline_extended":
        row.extensions += 1
        row.extended_at = row.extended_at or at


def _ended(row: Standing, what: str, at: datetime) -> None:
    if what == "result_returned":
        row.returned_at = row.returned_at or at
    if row.ended_at is not None:
        return
    row.ended_at, row.ending = at, _ENDING[what]
    _count_wait(row, at, is_in_due=False)
    row.waiting_since = None
    if row.accepted_at is not None:
        row.ended_class = classes.class_of_ended(
            end=at,
            due_at=row.due_at,
            waited=timedelta(seconds=row.waited_seconds),
            supplements=row.supplements,
            has_result=row.ending == RESULT,
        )


def _marked(row: Standing, what: str, at: datetime, body: dict[str, object]) -> None:
    if what == "papers_digitised":
        row.digitised_at = row.digitised_at or at
    elif what == "result_stamped":
        row.stamped_at = row.stamped_at or at
    elif what == "paper_from_store":
        row.reused_at = row.reused_at or at
        if body.get("replaces") is True:
            row.from_store_at = row.from_store_at or at


def _handed(row: Standing, what: str, body: dict[str, object], actor: str) -> None:
    """Note who has the step, and who settles the dossier: whoever appraised it last.

    Where nobody appraised it, whoever had it when it was withdrawn or sent to be supplemented.
    """
    kind, _colon, number = actor.partition(":")
    if what == "step_done" and kind == "account" and number.isdecimal():
        row.handler_id = int(number)
    elif what in _LEAVING and row.accepted_at is not None:
        is_first = what == "step_done" or row.handler_id is None
        row.handler_id = (row.assignee_id if is_first else None) or row.handler_id
    if what in OPENING or what == "assigned":
        row.assignee_id = _number(body.get("officer_id")) or None
    elif what in _ENDING or what in ("supplement_requested", "result_revoked"):
        row.assignee_id = None


def _moved(row: Standing, what: str, body: dict[str, object]) -> None:
    if what == "assigned":
        row.step_key = str(body.get("step", row.step_key))
    elif what == "step_done":
        row.step_key = str(body.get("next_step", ""))
    elif what == "step_sent_back":
        row.step_key = str(body.get("to_step", ""))
    elif what == "approved":
        row.decided_outcome, row.step_key = str(body.get("outcome", "")), "issue"
    elif what == "result_issued":
        row.decided_outcome = str(body.get("outcome", row.decided_outcome))
        row.step_key, row.turn_agency_id = "return", row.receiving_id
    elif what in _ENDING or what == "result_revoked":
        row.step_key, row.turn_agency_id = "", None


def _note_path(row: Standing, at: datetime) -> None:
    """Remember how due time and wait stood from when, for periods that are over."""
    due = row.path_due[-1] if row.path_due else None
    wait = row.path_wait[-1] if row.path_wait else None
    if (due, wait) == (row.due_at, row.waiting_since) or row.ended_at is not None:
        return
    row.path_at.append(max(at, row.path_at[-1]) if row.path_at else at)
    row.path_due.append(row.due_at)
    row.path_wait.append(row.waiting_since)


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and value else None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
