"""The verbs of feedback. Call them through this module: `feedback.send(…)`."""

from motcua.feedback.refusals import (
    ChangedMeanwhile,
    Concerned,
    ContactMissing,
    InspectorNeeded,
    Invisible,
    LeaderDecides,
    Misstated,
    NotAgain,
    NotAllowed,
    NotFound,
    NotTheSame,
    ReasonMissing,
    TooLate,
    TooManyPhotos,
    Unclear,
    UnreadableContact,
    WrongScore,
    WrongState,
)
from motcua.feedback.services.afterwards import close, rate, reopen
from motcua.feedback.services.answering import agree, answer, approve, send_back
from motcua.feedback.services.assigning import (
    appoint,
    assign,
    extend,
    note,
    pass_on,
    return_back,
    take,
)
from motcua.feedback.services.contacts import Sender, open_sender
from motcua.feedback.services.devices import Made, get_up, make_device, revoke_device, sit_down
from motcua.feedback.services.intake import (
    accept,
    reclassify,
    refer,
    refuse,
    request_supplement,
    supplement,
)
from motcua.feedback.services.merging import follow, merge, unmerge
from motcua.feedback.services.naming import name_officer
from motcua.feedback.services.publishing import hide, publish, show, withhold
from motcua.feedback.services.rating import make_case, rate_counter, rate_result
from motcua.feedback.services.sending import Picture, Receipt, Told, send, send_with_pin
from motcua.feedback.services.signals import escalate
from motcua.feedback.services.sweeps import close_silent, recompute, remind, sweep

__all__ = [
    "ChangedMeanwhile", "Concerned", "ContactMissing", "InspectorNeeded", "Invisible",
    "LeaderDecides", "Made", "Misstated", "NotAgain", "NotAllowed", "NotFound", "NotTheSame",
    "Picture", "ReasonMissing", "Receipt", "Sender", "Told", "TooLate", "TooManyPhotos",
    "Unclear", "UnreadableContact", "WrongScore", "WrongState", "accept", "agree", "answer",
    "appoint", "approve", "assign", "close", "close_silent", "escalate", "extend", "follow",
    "get_up", "hide", "make_case", "make_device", "merge", "name_officer", "note", "open_sender",
    "pass_on", "publish", "rate", "rate_counter", "rate_result", "reclassify", "recompute", "refer",
    "refuse", "remind", "reopen", "request_supplement", "return_back", "revoke_device", "send",
    "send_back", "send_with_pin", "show", "sit_down", "supplement", "sweep", "take", "unmerge",
    "withhold",
]  # fmt: skip
