"""Working time: calendars, limits, due dates with their proof, and the clock of a dossier.

Pure: no tables, no Django, no clock of its own.
"""

from motcua.kernel.worktime.calendar import (
    CUT_OFF,
    END_OF_DAY,
    SAME_TIME,
    VIETNAM,
    DayException,
    OutsideCalendar,
    WorkCalendar,
)
from motcua.kernel.worktime.clock import (
    Clock,
    ClockDisorder,
    ClockEvent,
    ClockKind,
    ClockPart,
    fold_clock,
    replay,
)
from motcua.kernel.worktime.clock_proof import ClockProof, prove_clock
from motcua.kernel.worktime.deadlines import due, hand_over_by
from motcua.kernel.worktime.definition import CalendarDefinition, day_as_dict, day_from_dict
from motcua.kernel.worktime.proof import Proof, ProofDay, prove
from motcua.kernel.worktime.remaining import Remaining, remaining, share_used
from motcua.kernel.worktime.strip import Strip, StripDay, due_strip
from motcua.kernel.worktime.units import Limit, Unit

__all__ = [
    "CUT_OFF", "END_OF_DAY", "SAME_TIME", "VIETNAM", "CalendarDefinition", "Clock",
    "ClockDisorder", "ClockEvent", "ClockKind", "ClockPart", "ClockProof", "DayException", "Limit",
    "OutsideCalendar", "Proof", "ProofDay", "Remaining", "Strip", "StripDay", "Unit",
    "WorkCalendar", "day_as_dict", "day_from_dict", "due", "due_strip", "fold_clock",
    "hand_over_by", "prove", "prove_clock", "remaining", "replay", "share_used",
]  # fmt: skip
