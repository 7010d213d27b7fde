"""States of a topic on the work list and of an answer to it, and who may do what. Pure."""

from dataclasses import dataclass
from datetime import datetime

from motcua.directory.actor import Actor

OPEN, TAKEN, ANSWERED, DISMISSED = "open", "taken", "answered", "dismissed"
DRAFT, REVIEW, RETURNED, ACCEPTED, WITHDRAWN = (
    "draft", "review", "returned", "accepted", "withdrawn",
)  # fmt: skip

# Who keeps the catalogue answers for what is said about it: its keeper, the controller of procedures,
# the lead of a centre. Rule of the house; 118/2025/NĐ-CP gives the centre the guidance of people.
KEEPERS = ("keeper", "controller", "centre_lead")

UNKNOWN, DISLIKED, UNSURE, WRITTEN = "unknown", "disliked", "unsure", "written"
REASONS = (UNKNOWN, DISLIKED, UNSURE, WRITTEN)

# Below this an answer counts as unsure even where it was given; rule of the house.
UNSURE_BELOW = 0.55
_COUNTED = {"answered", "partly", "clarified", "unknown", "out_of_scope"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that got no good answer. turn: its turn; reason: one of REASONS."""

    text: str
    reason: str
    asked_at: datetime
    turn: int | None = None
    language: str = "vi"


def is_keeper(actor: Actor) -> bool:
    """Tell whether somebody keeps the work list."""
    return actor.is_staff and actor.has_role(*KEEPERS)


def reason_of(outcome: str, confidence: float, vote: str) -> str:
    """Return why a turn belongs on the list, "" when it does not.

    vote: yes, not_quite, wrong or "". What helped stays off the list however unsure it was.
    """
    if vote in {"not_quite", "wrong"} and outcome in {
        "answered",
        "partly",
        "clarified",
        "unknown",
        "out_of_scope",
    }:
        return DISLIKED
    if outcome == "unknown":
        return UNKNOWN
    if outcome in {"answered", "partly"} and not vote and confidence < UNSURE_BELOW:
        return UNSURE
    return ""
