"""What happened in the directory."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TerritoryLoaded(Fact):
    """Places and agencies were loaded."""

    kind: ClassVar[str] = "directory.territory_loaded"
    places: int
    agencies: int


@dataclass(frozen=True, kw_only=True)
class ServicePointsLoaded(Fact):
    """Where people are served was loaded from a list."""

    kind: ClassVar[str] = "directory.service_points_loaded"
    source: str
    taken: int
    set_aside: int


@dataclass(frozen=True, kw_only=True)
class PlaceShapesLoaded(Fact):
    """Outlines of communes were loaded."""

    kind: ClassVar[str] = "directory.place_shapes_loaded"
    source: str
    taken: int
    set_aside: int


@dataclass(frozen=True, kw_only=True)
class PlacePopulationsLoaded(Fact):
    """How many people live in the communes was loaded."""

    kind: ClassVar[str] = "directory.place_populations_loaded"
    source: str
    taken: int
    set_aside: int


@dataclass(frozen=True, kw_only=True)
class OfficerAppointed(Fact):
    """An account got a post."""

    kind: ClassVar[str] = "directory.officer_appointed"
    account_id: int
    agency_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class PostDelegated(Fact):
    """A post was lent to another account for a time."""

    kind: ClassVar[str] = "directory.post_delegated"
    post_id: int
    to_account_id: int
    valid_from: datetime
    valid_to: datetime
    decision: str


@dataclass(frozen=True, kw_only=True)
class DelegationRevoked(Fact):
    """A delegation ended before its time."""

    kind: ClassVar[str] = "directory.delegation_revoked"
    delegation_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceRecorded(Fact):
    """An officer is away for a time."""

    kind: ClassVar[str] = "directory.absence_recorded"
    account_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Fact):
    """A bearer token was made for an account."""

    kind: ClassVar[str] = "directory.token_issued"
    account_id: int
    name: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """A bearer token was made worthless before its time."""

    kind: ClassVar[str] = "directory.token_revoked"
    account_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """Somebody signed in."""

    kind: ClassVar[str] = "directory.signed_in"
    account_id: int
    address: str


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Fact):
    """A sign-in was refused."""

    kind: ClassVar[str] = "directory.sign_in_failed"
    username: str
    address: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CalendarLoaded(Fact):
    """A working calendar got a version from a file."""

    kind: ClassVar[str] = "directory.calendar_loaded"
    calendar_key: str
    version: int
    checksum: str


@dataclass(frozen=True, kw_only=True)
class CalendarCorrected(Fact):
    """Exceptional days of a working calendar were changed; open dossiers are to be recomputed.

    added: "2026-08-31 off"; removed: "2026-08-22".
    """

    kind: ClassVar[str] = "directory.calendar_corrected"
    calendar_key: str
    version: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class SignedOut(Fact):
    """Somebody signed out."""

    kind: ClassVar[str] = "directory.signed_out"
    account_id: int
    address: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    """An account got another password."""

    kind: ClassVar[str] = "directory.password_changed"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class TotpEnrolled(Fact):
    """An account got a second step."""

    kind: ClassVar[str] = "directory.totp_enrolled"
    account_id: int
    address: str


@dataclass(frozen=True, kw_only=True)
class TotpReset(Fact):
    """An account's second step was taken away, to be enrolled again."""

    kind: ClassVar[str] = "directory.totp_reset"
    account_id: int
