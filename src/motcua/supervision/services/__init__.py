"""The verbs of supervision: warnings of the ladder and signals; duties stand in `services.duties`."""

from motcua.supervision.queries.evidence import Finding
from motcua.supervision.services.climbing import climb
from motcua.supervision.services.signals import close, explain, look, raise_signal
from motcua.supervision.services.warnings import Risk, answer, answer_many, calm, warn, warn_many

__all__ = [
    "Finding", "Risk", "answer", "answer_many", "calm", "climb", "close", "explain", "look",
    "raise_signal", "warn", "warn_many",
]  # fmt: skip
