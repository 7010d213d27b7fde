"""States of a topic on the work list and of an answer to it, and who may do what. Pure."""

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


def is_keeper(actor: Actor) -> bool:
    """Tell whether somebody keeps the work list."""
    return actor.is_staff and actor.has_role(*KEEPERS)


def reason_of(outcome: str, confidence: float, vote: int) -> str:
    """Return why a turn belongs on the list, "" when it does not.

    vote: 1 liked, -1 disliked, 0 none. What was liked stays off the list however unsure.
    """
    if vote < 0 and outcome in {"answered", "partly", "clarified", "unknown", "out_of_scope"}:
        return DISLIKED
    if outcome == "unknown":
        return UNKNOWN
    if outcome in {"answered", "partly"} and vote == 0 and confidence < UNSURE_BELOW:
        return UNSURE
    return ""
