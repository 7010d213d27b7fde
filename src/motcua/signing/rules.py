"""Who signs what, in which order, and whether it was done. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COMPETENT = frozenset({"head", "chairman", "centre_lead"})
KEEPERS = frozenset({"clerk"})
MAX_BATCH = 100
PINS_BORNE = 3
PIN_REST = timedelta(hours=1)


class Paper(StrEnum):
    """What a paper is, as far as signatures go."""

    SCAN = "scan"
    EARLIER_RESULT = "earlier_result"
    LISTED = "listed"
    RESULT = "result"
    CERTIFIED_COPY = "certified_copy"
    OTHER = "other"


class Fault(StrEnum):
    """What is wrong with the signatures of a paper."""

    NONE = ""
    MISSING_PERSONAL = "missing_personal"
    MISSING_AGENCY = "missing_agency"
    WRONG_SIGNER = "wrong_signer"
    WRONG_ORDER = "wrong_order"


@dataclass(frozen=True)
class Made:
    """A signature on a paper: its kind, and who made it in which role at which agency."""

    kind: str
    account_id: int
    role: str = ""
    agency_id: int | None = None


@dataclass(frozen=True)
class Expected:
    """The signatures a paper should carry, in order.

    roles: in which the personal signature counts; account_id: the one officer, where it must be
    the same who did the work (the scan); seal: the kind of the agency's signature, "" for none.
    """

    roles: frozenset[str] = frozenset()
    account_id: int | None = None
    is_personal: bool = True
    seal: str = ""


def expected(paper: Paper, *, done_by: int | None = None) -> Expected:
    """Return who should sign a paper (R12, R19, R26).

    A paper scanned at the counter carries the officer's personal signature (R26); a component that
    is an earlier result, or that sector law lists, the agency's true copy as well (R12); a result
    that of the competent person, then the agency's (R19).
    done_by: the account that scanned.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1, Điều 19 khoản 2, Điều 22 khoản 1.
    """
    if paper is Paper.SCAN:
        return Expected(account_id=done_by)
    if paper in {Paper.EARLIER_RESULT, Paper.LISTED}:
        return Expected(account_id=done_by, seal="copy")
    if paper in {Paper.RESULT, Paper.CERTIFIED_COPY}:
        return Expected(roles=COMPETENT, seal="agency")
    return Expected(is_personal=False)


def fault(want: Expected, made: Sequence[Made], *, agency_ids: frozenset[int]) -> Fault:
    """Return what is wrong with the signatures of a paper, or NONE: "ký số đúng, đủ" (R12, R19, R26).

    made: in the order of signing; agency_ids: agencies whose officers and seal count.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1, Điều 19 khoản 2, Điều 22 khoản 1; 30/2020/NĐ-CP Điều 32.
    """
    personal = [one for one in made if one.kind == "personal"]
    seals = [one for one in made if one.kind == want.seal]
    if want.is_personal:
        if not personal:
            return Fault.MISSING_PERSONAL
        if not any(_is_right(one, want, agency_ids) for one in personal):
            return Fault.WRONG_SIGNER
    if not want.seal:
        return Fault.NONE
    if not seals:
        return Fault.MISSING_AGENCY
    if not any(one.agency_id in agency_ids for one in seals):
        return Fault.WRONG_SIGNER
    if want.is_personal and made.index(seals[0]) < made.index(personal[0]):
        return Fault.WRONG_ORDER
    return Fault.NONE


def _is_right(one: Made, want: Expected, agency_ids: frozenset[int]) -> bool:
    if want.account_id is not None and one.account_id != want.account_id:
        return False
    if want.roles and one.role not in want.roles:
        return False
    return not agency_ids or one.agency_id in agency_ids


def is_signed_by_competent(made: Iterable[Made], *, agency_id: int) -> bool:
    """Tell whether the competent person of the agency has signed, so that its seal may follow (R19).

    Source: 30/2020/NĐ-CP Điều 32 khoản 2.
    """
    return any(
        one.kind == "personal" and one.role in COMPETENT and one.agency_id == agency_id
        for one in made
    )


def is_made_here(made: Iterable[Made], *, agency_id: int, maker_agencies: frozenset[int]) -> bool:
    """Tell whether a copy is the agency's own: an officer of it made or signed it (R12).

    maker_agencies: where the officer who stored the file holds a post.
    Source: 30/2020/NĐ-CP Điều 32 khoản 2.
    """
    if agency_id in maker_agencies:
        return True
    return any(one.kind == "personal" and one.agency_id == agency_id for one in made)


def pin_rests_until(*, wrong: Sequence[datetime], at: datetime) -> datetime | None:
    """Return until when no PIN is tried, None when one may be: tokens lock after a few wrong ones.

    Source: rule of the house, no decree.
    """
    recent = sorted(moment for moment in wrong if at - moment < PIN_REST)
    return recent[-PINS_BORNE] + PIN_REST if len(recent) >= PINS_BORNE else None


def moment_of_signing(local: datetime) -> str:
    """Return the time as it is printed in a mark: to the second, with the zone.

    local: in the zone of the office.
    Source: 30/2020/NĐ-CP Phụ lục I.
    """
    zone = f"{local:%z}"
    return f"{local:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:5]}"
