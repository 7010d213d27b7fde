"""Tables of supervision."""

from motcua.supervision.models.duties import Directive, Duty, DutyLink
from motcua.supervision.models.watching import Evidence, Pace, Signal, Warning

__all__ = ["Directive", "Duty", "DutyLink", "Evidence", "Pace", "Signal", "Warning"]
