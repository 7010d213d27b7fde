"""What goes into triage and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class About:
    """What the sender says that it is about; "" where nothing was said."""

    dossier: str = ""
    agency_code: str = ""
    procedure: str = ""
    is_rule: bool = False


@dataclass(frozen=True)
class Candidate:
    """A recent case that a new one may repeat."""

    code: str
    text: str
    at: datetime
    field: str = ""
    place_code: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""


@dataclass(frozen=True)
class Proposed:
    """A proposed value, how sure it is (0..1), and the words that speak for it."""

    value: str
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What triage proposes for a text; a person decides.

    harassment, delay and bribe are probabilities; `is_for_inspectors` says when they are high enough
    to be shown to the inspectors at once. `signs` are the words that were taken for signs.
    referred: "complaint" (khiếu nại) or "denunciation" (tố cáo) when the law sends it elsewhere.
    """

    kind: Proposed
    field: Proposed
    urgency: Proposed
    agency_key: Proposed
    harassment: float = 0.0
    delay: float = 0.0
    bribe: float = 0.0
    danger: bool = False
    duplicates: tuple[tuple[str, float], ...] = ()
    referred: str = ""
    signs: tuple[str, ...] = ()
    is_for_inspectors: bool = False
