"""The verbs of supervision: warnings of the ladder and signals; duties stand in `services.duties`."""

from motcua.supervision.services.climbing import climb
from motcua.supervision.services.warnings import Risk, answer, answer_many, calm, warn, warn_many

__all__ = ["Risk", "answer", "answer_many", "calm", "climb", "warn", "warn_many"]
