"""The signals' rules: evidence in, a reason out ("" where there is nothing to look at). Pure."""

from motcua.supervision.rules.signals.money import Receipt, receipt_reason
from motcua.supervision.rules.signals.numbers import Numbers, numbers
from motcua.supervision.rules.signals.peers import (
    Share,
    Standard,
    often_reason,
    refusal_reason,
    standard,
)
from motcua.supervision.rules.signals.people import (
    Looking,
    Signs,
    Visits,
    Voices,
    looking_reason,
    signs_reason,
    visits_reason,
    voices_reason,
)
from motcua.supervision.rules.signals.supplements import (
    Asked,
    Request,
    abolished_in,
    asked_reason,
    request_reason,
)
from motcua.supervision.rules.signals.times import (
    DueChange,
    Idle,
    Online,
    Papers,
    Pause,
    Ready,
    due_change_reason,
    idle_reason,
    online_reason,
    papers_reason,
    pause_reason,
    ready_reason,
)

__all__ = [
    "Asked", "DueChange", "Idle", "Looking", "Numbers", "Online", "Papers", "Pause", "Ready",
    "Receipt", "Request", "Share", "Signs", "Standard", "Visits", "Voices", "abolished_in",
    "asked_reason",
    "due_change_reason", "idle_reason", "looking_reason", "numbers", "often_reason",
    "online_reason", "papers_reason", "pause_reason", "ready_reason", "receipt_reason",
    "refusal_reason", "request_reason", "signs_reason", "standard", "visits_reason",
    "voices_reason",
]  # fmt: skip
