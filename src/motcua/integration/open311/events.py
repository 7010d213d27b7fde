"""What happened with other servers. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ForwardedOutside(Fact):
    """A case was handed over to another authority's server, under the id it has there."""

    kind: ClassVar[str] = "open311.forwarded"
    code: str
    agency: str
    request_id: str


@dataclass(frozen=True, kw_only=True)
class StandingRead(Fact):
    """The other server says anew how the request stands."""

    kind: ClassVar[str] = "open311.standing_read"
    code: str
    status: str
    notes: str
