"""How acts are called in addresses and by which key they are done; the order they are offered in."""

from dataclasses import dataclass

from motcua.dossiers.rules.states import Act


@dataclass(frozen=True)
class Name:
    """The noun of an act in its address, and its key."""

    noun: str
    key: str = ""
    icon: str = "check"


NAMES: dict[Act, Name] = {
    Act.ACCEPT: Name("acceptance", "F9", "tray"),
    Act.REFUSE_INTAKE: Name("intake-refusal", "F8", "x"),
    Act.REQUEST_SUPPLEMENT: Name("supplement-request", "B", "plus"),
    Act.ANSWER_SUPPLEMENT: Name("supplement", "S", "paper"),
    Act.CLOSE_UNSUPPLEMENTED: Name("closure", "", "stop"),
    Act.RECEIVE: Name("arrival", "N", "tray"),
    Act.ASSIGN: Name("assignment", "P", "users"),
    Act.CONSULT: Name("consultation", "Y", "chat"),
    Act.APPRAISE: Name("appraisal", "T", "send"),
    Act.PROPOSE_REFUSAL: Name("refusal-proposal", "D", "x"),
    Act.SEND_BACK: Name("return", "L", "back"),
    Act.APPROVE: Name("approval", "T", "check"),
    Act.ISSUE: Name("issue", "T", "stamp"),
    Act.DRAFT_RESULT: Name("result-draft", "V", "pen"),
    Act.STAMP_RESULT: Name("stamp", "T", "stamp"),
    Act.RETURN_RESULT: Name("delivery", "R", "hand"),
    Act.RETURN_ORIGINALS: Name("originals-return", "R", "hand"),
    Act.EXTEND: Name("extension", "H", "clock"),
    Act.REQUIRE_PAYMENT: Name("payment-request", "", "coin"),
    Act.CONFIRM_PAYMENT: Name("payment", "M", "coin"),
    Act.WITHDRAW: Name("withdrawal", "", "back"),
    Act.CORRECT_RESULT: Name("correction", "", "pen"),
    Act.REVOKE_RESULT: Name("revocation", "", "x"),
    Act.SETTLE_AT_ONCE: Name("settlement", "G", "stamp"),
}

# What the current step waits for comes first; the first act allowed is the one offered at once.
PRIMARY = (
    Act.RECEIVE,
    Act.SETTLE_AT_ONCE,
    Act.ACCEPT,
    Act.APPRAISE,
    Act.APPROVE,
    Act.ISSUE,
    Act.STAMP_RESULT,
    Act.RETURN_RESULT,
    Act.RETURN_ORIGINALS,
    Act.ANSWER_SUPPLEMENT,
    Act.CLOSE_UNSUPPLEMENTED,
    Act.CONFIRM_PAYMENT,
)
