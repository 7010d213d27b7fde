"""What can happen to a report form. Kinds are stored in the ledger and never renamed."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FormFact(Fact):
    """Base: which form, of which period and agency ("" the province)."""

    form: str
    period: str
    agency_code: str


@dataclass(frozen=True, kw_only=True)
class FormMade(FormFact):
    """The form was made anew, with the hashes of its files and of its figures."""

    kind: ClassVar[str] = "report.made"
    files: dict[str, str]
    balances: bool
    figures: str = ""


@dataclass(frozen=True, kw_only=True)
class FormClosed(FormFact):
    """The form was closed: it stays as these files and figures."""

    kind: ClassVar[str] = "report.closed"
    files: dict[str, str]
    figures: str = ""


@dataclass(frozen=True, kw_only=True)
class FormSent(FormFact):
    """Somebody sent the closed form: to whom, by which way, which file by its hash."""

    kind: ClassVar[str] = "report.sent"
    receiver: str
    way: str
    number: str
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReasonAdded(FormFact):
    """Somebody put words beside the figures."""

    kind: ClassVar[str] = "report.reason_added"
    field: str
    text: str
