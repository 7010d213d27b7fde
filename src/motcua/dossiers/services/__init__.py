"""The verbs of a dossier. Call them through this module: `dossiers.accept(…)`."""

from motcua.dossiers.refusals import (
    AlreadyDecided,
    AlreadySigned,
    ChangedMeanwhile,
    DueNotLater,
    ExtensionTooLate,
    HeldByDatabase,
    HeldByStore,
    Incomplete,
    LawMissing,
    Misstated,
    NotAllowed,
    NotComplete,
    NotFound,
    NotImmediate,
    NotInStore,
    NotOffered,
    NotPublished,
    OpinionOpen,
    OriginalsHeld,
    PinMissing,
    ReasonMissing,
    ReceiverMissing,
    SecondExtension,
    SecondSupplement,
    StillOwed,
    StillSilent,
    SupplementTooLate,
    UnknownCase,
    WrongState,
)
from motcua.dossiers.services.at_once import settle_at_once
from motcua.dossiers.services.batches import Item, appraise_many, approve_many, issue_many
from motcua.dossiers.services.counter import (
    file_at_counter,
    receive_at_counter,
    settle_at_counter,
)
from motcua.dossiers.services.deadlines import extend, mark_overdue, recompute
from motcua.dossiers.services.drafts import drop_draft, keep_draft
from motcua.dossiers.services.filing import Filing, PaperIn, file
from motcua.dossiers.services.finance import confirm_payment, require_payment
from motcua.dossiers.services.handover import Handed, hand_over, take_over
from motcua.dossiers.services.intake import accept, receive, refuse_intake
from motcua.dossiers.services.issuing import issue
from motcua.dossiers.services.kho import attach_stored, keep_results, remind_expiring
from motcua.dossiers.services.online import answer_online, file_draft
from motcua.dossiers.services.originals import return_originals
from motcua.dossiers.services.reading import guide, note_read
from motcua.dossiers.services.results import prepare_result
from motcua.dossiers.services.returning import (
    correct_result,
    issue_correction,
    return_result,
    revoke_result,
    stamp_result,
)
from motcua.dossiers.services.risks import Estimated, note_risks
from motcua.dossiers.services.settling import (
    answer_consultation,
    appraise,
    approve,
    assign,
    consult,
    propose_refusal,
    send_back,
)
from motcua.dossiers.services.stopping import amend, withdraw
from motcua.dossiers.services.supplements import (
    answer_supplement,
    close_unsupplemented,
    request_supplement,
)
from motcua.dossiers.services.sweeps import sweep

__all__ = [
    "AlreadyDecided", "AlreadySigned", "ChangedMeanwhile", "DueNotLater", "Estimated",
    "ExtensionTooLate",
    "Filing", "Handed", "HeldByDatabase", "HeldByStore", "Incomplete", "Item", "LawMissing",
    "Misstated", "NotAllowed", "NotComplete", "NotFound", "NotImmediate", "NotInStore",
    "NotOffered", "NotPublished", "OpinionOpen", "OriginalsHeld", "PaperIn", "PinMissing",
    "ReasonMissing", "ReceiverMissing", "SecondExtension", "SecondSupplement", "StillOwed",
    "StillSilent", "SupplementTooLate", "UnknownCase", "WrongState", "accept", "amend",
    "answer_consultation", "answer_online", "answer_supplement", "appraise", "appraise_many",
    "approve", "approve_many", "assign", "attach_stored", "close_unsupplemented",
    "confirm_payment", "consult", "correct_result", "drop_draft", "extend", "file",
    "file_at_counter", "file_draft", "guide", "hand_over", "issue", "issue_correction",
    "issue_many", "keep_draft", "keep_results", "mark_overdue", "note_read", "note_risks",
    "prepare_result",
    "propose_refusal", "receive", "receive_at_counter", "recompute", "refuse_intake",
    "remind_expiring", "request_supplement", "require_payment", "return_originals",
    "return_result", "revoke_result", "send_back", "settle_at_counter", "settle_at_once",
    "stamp_result", "sweep", "take_over", "withdraw",
]  # fmt: skip
