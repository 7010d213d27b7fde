"""The ten business states, the acts between them, and who may do each act where."""

from dataclasses import dataclass
from enum import StrEnum

NPSP_CODES = {
    "submitted": 1,
    "accepted": 2,
    "rejected": 3,
    "in_progress": 4,
    "wait_supplement": 5,
    "wait_finance": 6,
    "withdrawn": 7,
    "stopped": 8,
    "result_ready": 9,
    "returned": 10,
}
OPEN_STATES = frozenset(
    {"submitted", "accepted", "in_progress", "wait_supplement", "wait_finance", "result_ready"}
)
FINAL_STATES = frozenset({"rejected", "withdrawn", "stopped", "returned"})
RUNNING = frozenset({"accepted", "in_progress"})
BEFORE_DECISION = frozenset(
    {"submitted", "accepted", "in_progress", "wait_supplement", "wait_finance"}
)


class Act(StrEnum):
    """What can be done to a dossier; values are stable names for URLs, API and facts."""

    ACCEPT = "accept"
    REFUSE_INTAKE = "refuse_intake"
    REQUEST_SUPPLEMENT = "request_supplement"
    ANSWER_SUPPLEMENT = "answer_supplement"
    CLOSE_UNSUPPLEMENTED = "close_unsupplemented"
    RECEIVE = "receive"
    ASSIGN = "assign"
    CONSULT = "consult"
    APPRAISE = "appraise"
    PROPOSE_REFUSAL = "propose_refusal"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    ISSUE = "issue"
    RETURN_RESULT = "return_result"
    RETURN_ORIGINALS = "return_originals"
    EXTEND = "extend"
    REQUIRE_PAYMENT = "require_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    WITHDRAW = "withdraw"
    AMEND = "amend"
    DRAFT_RESULT = "draft_result"
    CORRECT_RESULT = "correct_result"
    STAMP_RESULT = "stamp_result"
    REVOKE_RESULT = "revoke_result"
    SETTLE_AT_ONCE = "settle_at_once"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class ActRule:
    """In which states an act is possible, which posts do it and at which of the three places.

    `place`: "receiving", "competent" or "turn" (where the current step is done).
    `on_turn`: the act ends the current step, so it needs that step's role.
    """

    states: frozenset[str]
    roles: frozenset[str]
    place: str
    law: str
    on_turn: bool = False
    by_applicant: bool = False


def _rule(
    states: frozenset[str] | set[str],
    roles: set[str],
    place: str,
    law: str,
    *marks: str,
) -> ActRule:
    return ActRule(
        states=frozenset(states),
        roles=frozenset(roles),
        place=place,
        law=law,
        on_turn="turn" in marks,
        by_applicant="applicant" in marks,
    )


_COUNTER = {"receptionist", "centre_lead"}
_HEADS = {"head", "chairman"}
_DECISION = "118/2025/NĐ-CP"

ACT_RULES: dict[Act, ActRule] = {
    Act.ACCEPT: _rule({"submitted"}, _COUNTER, "receiving", f"{_DECISION} Điều 17 khoản 1"),
    Act.REFUSE_INTAKE: _rule(
        {"submitted"}, _COUNTER, "receiving", f"{_DECISION} Điều 17 khoản 1 điểm c"
    ),
    Act.REQUEST_SUPPLEMENT: _rule(
        {"submitted", "accepted", "in_progress"},
        {*_COUNTER, *_HEADS, "appraiser"},
        "turn",
        f"{_DECISION} Điều 16 khoản 3, Điều 19 khoản 5",
        "turn",
    ),
    Act.ANSWER_SUPPLEMENT: _rule(
        {"wait_supplement"},
        _COUNTER,
        "receiving",
        f"{_DECISION} Điều 19 khoản 5",
        "applicant",
    ),
    Act.CLOSE_UNSUPPLEMENTED: _rule(
        {"wait_supplement"}, _COUNTER, "receiving", f"{_DECISION} Điều 19 khoản 5"
    ),
    Act.RECEIVE: _rule(
        RUNNING,
        {*_HEADS, "appraiser", "clerk", "receptionist"},
        "competent",
        "309/2026/NĐ-CP Điều 8 khoản 3",
    ),
    Act.ASSIGN: _rule(RUNNING, _HEADS, "competent", f"{_DECISION} Điều 19 khoản 1"),
    Act.CONSULT: _rule(
        RUNNING, {"appraiser", *_HEADS}, "competent", f"{_DECISION} Điều 19 khoản 4"
    ),
    Act.APPRAISE: _rule(
        RUNNING, {"appraiser"}, "turn", f"{_DECISION} Điều 19 khoản 2, khoản 3", "turn"
    ),
    Act.PROPOSE_REFUSAL: _rule(
        RUNNING, {"appraiser"}, "turn", f"{_DECISION} Điều 19 khoản 3", "turn"
    ),
    Act.SEND_BACK: _rule(
        RUNNING, {*_HEADS, "clerk"}, "turn", f"{_DECISION} Điều 19 khoản 1", "turn"
    ),
    Act.APPROVE: _rule(RUNNING, _HEADS, "turn", f"{_DECISION} Điều 22 khoản 1", "turn"),
    Act.ISSUE: _rule(
        RUNNING, {"clerk"}, "turn", f"{_DECISION} Điều 22 khoản 1; 30/2020/NĐ-CP Điều 32", "turn"
    ),
    Act.RETURN_RESULT: _rule(
        {"result_ready", "returned"}, _COUNTER, "receiving", f"{_DECISION} Điều 22 khoản 3"
    ),
    Act.RETURN_ORIGINALS: _rule(
        FINAL_STATES - {"returned"}, _COUNTER, "receiving", f"{_DECISION} Điều 22 khoản 2"
    ),
    Act.EXTEND: _rule(
        RUNNING | {"wait_finance"}, _HEADS, "competent", f"{_DECISION} Điều 19 khoản 6"
    ),
    Act.REQUIRE_PAYMENT: _rule(
        RUNNING, {"appraiser", *_HEADS}, "competent", f"{_DECISION} Điều 24"
    ),
    Act.CONFIRM_PAYMENT: _rule(
        OPEN_STATES, {*_COUNTER, "cashier"}, "receiving", f"{_DECISION} Điều 24"
    ),
    Act.WITHDRAW: _rule(
        BEFORE_DECISION, _COUNTER, "receiving", f"{_DECISION} Điều 21", "applicant"
    ),
    Act.AMEND: _rule(
        BEFORE_DECISION, set(), "receiving", f"{_DECISION} Điều 21 khoản 2", "applicant"
    ),
    Act.DRAFT_RESULT: _rule(
        RUNNING,
        {"appraiser", *_HEADS},
        "competent",
        f"{_DECISION} Điều 19 khoản 3, Điều 22 khoản 1",
    ),
    Act.CORRECT_RESULT: _rule(
        {"result_ready", "returned"},
        {*_HEADS, "clerk"},
        "competent",
        f"{_DECISION} Điều 23",
    ),
    Act.STAMP_RESULT: _rule(
        {"result_ready", "returned"}, {"clerk"}, "competent", "30/2020/NĐ-CP Điều 32"
    ),
    Act.REVOKE_RESULT: _rule(
        {"result_ready", "returned"}, _HEADS, "competent", "30/2020/NĐ-CP Điều 18"
    ),
    Act.SETTLE_AT_ONCE: _rule(
        {"submitted", "accepted"},
        {"receptionist", "centre_lead"},
        "receiving",
        f"{_DECISION} Điều 17 khoản 5",
    ),
    Act.HAND_OVER: _rule(
        {"accepted", "in_progress"}, _COUNTER, "receiving", f"{_DECISION} Điều 18"
    ),
}

SAY: dict[Act, str] = {
    Act.ACCEPT: "Tiếp nhận, in giấy hẹn",
    Act.REFUSE_INTAKE: "Từ chối tiếp nhận",
    Act.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    Act.ANSWER_SUPPLEMENT: "Nhận giấy tờ bổ sung",
    Act.CLOSE_UNSUPPLEMENTED: "Đóng vì không bổ sung",
    Act.RECEIVE: "Nhận hồ sơ chuyển đến",
    Act.ASSIGN: "Phân công",
    Act.CONSULT: "Lấy ý kiến",
    Act.APPRAISE: "Trình duyệt",
    Act.PROPOSE_REFUSAL: "Trình từ chối",
    Act.SEND_BACK: "Trả lại bước trước",
    Act.APPROVE: "Phê duyệt",
    Act.ISSUE: "Lấy số, đóng dấu, phát hành",
    Act.RETURN_RESULT: "Trả kết quả",
    Act.RETURN_ORIGINALS: "Trả lại bản chính",
    Act.EXTEND: "Xin lỗi và hẹn lại",
    Act.REQUIRE_PAYMENT: "Yêu cầu nghĩa vụ tài chính",
    Act.CONFIRM_PAYMENT: "Xác nhận đã nộp tiền",
    Act.WITHDRAW: "Rút hồ sơ",
    Act.AMEND: "Sửa nội dung",
    Act.DRAFT_RESULT: "Soạn văn bản kết quả",
    Act.CORRECT_RESULT: "Sửa kết quả có sai sót",
    Act.STAMP_RESULT: "Ký số cơ quan",
    Act.REVOKE_RESULT: "Thu hồi, hủy bỏ kết quả",
    Act.SETTLE_AT_ONCE: "Giải quyết ngay",
    Act.HAND_OVER: "Bàn giao bản giấy",
}


def acts_in(state: str) -> list[Act]:
    """Return the acts that a state allows, whoever asks.

    Source: 118/2025/NĐ-CP Chương III (see each act's own article in ACT_RULES).
    """
    return [act for act, rule in ACT_RULES.items() if state in rule.states]
