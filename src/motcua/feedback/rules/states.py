"""The states of a case, the acts between them, and who may do each act (the table, domain §6.2)."""

from dataclasses import dataclass
from enum import StrEnum

INTAKE, SETTLE, PUBLISH = "intake", "settle", "publish"

# Which time runs in a state; in the others none does. Paused: it waits for the sender, or is merged.
STAGE_OF = {
    "sent": INTAKE,
    "supplement_requested": INTAKE,
    "supplemented": INTAKE,
    "accepted": SETTLE,
    "assigned": SETTLE,
    "in_progress": SETTLE,
    "returned": SETTLE,
    "answered": SETTLE,
    "reopened": SETTLE,
    "approved": PUBLISH,
}
PAUSED_STATES = frozenset({"supplement_requested", "merged"})
NEW = frozenset({"sent", "supplemented"})
AT_AGENCY = frozenset({"assigned", "in_progress", "answered", "reopened"})
WORKING = frozenset({"assigned", "in_progress", "reopened"})
OPEN_STATES = frozenset(STAGE_OF)
DECIDED = frozenset({"approved", "published", "withheld", "rated", "closed"})
FINAL_STATES = frozenset({"refused", "referred", "closed"})
KINDS = ("scene", "conduct", "rule", "question")
URGENCIES = ("danger", "high", "normal", "low")
LAWS = {"complaint": "02/2011/QH13", "denunciation": "25/2018/QH14"}


class Act(StrEnum):
    """What can be done to a case; values are stable names for URLs, API and facts."""

    REFUSE = "refuse"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    ACCEPT = "accept"
    RECLASSIFY = "reclassify"
    REFER = "refer"
    MERGE = "merge"
    UNMERGE = "unmerge"
    ASSIGN = "assign"
    TAKE = "take"
    APPOINT = "appoint"
    PASS_ON = "pass_on"  # noqa: S105  an act, no password
    RETURN_BACK = "return_back"
    NOTE = "note"
    EXTEND = "extend"
    ANSWER = "answer"
    SEND_BACK = "send_back"
    AGREE = "agree"
    APPROVE = "approve"
    SHOW = "show"
    HIDE = "hide"
    PUBLISH = "publish"
    WITHHOLD = "withhold"
    ESCALATE = "escalate"
    NAME_OFFICER = "name_officer"
    RATE = "rate"
    REOPEN = "reopen"
    CLOSE = "close"


@dataclass(frozen=True)
class ActRule:
    """In which states an act is possible, who does it, where it leads ("" leaves the state).

    `who`: "moderator" (the centre of the province, control of procedures), "head" (of the agency
    that has the case), "officer" (an appraiser there, or its head), "inspector", "sender".
    """

    states: frozenset[str]
    who: frozenset[str]
    to: str
    law: str


def _rule(states: frozenset[str] | set[str], who: str, to: str, law: str) -> ActRule:
    return ActRule(frozenset(states), frozenset(who.split()), to, law)


_INTAKE = "20/2008/NĐ-CP Điều 9"
_SETTLING = "20/2008/NĐ-CP Điều 14"
_CENTRE = "118/2025/NĐ-CP Điều 8"
_PUBLIC = "20/2008/NĐ-CP Điều 19"
_RIGHTS = "20/2008/NĐ-CP Điều 12"
_RATING = "118/2025/NĐ-CP Điều 31"
_HEAD = "118/2025/NĐ-CP Điều 19 khoản 1"

ACT_RULES: dict[Act, ActRule] = {
    Act.REFUSE: _rule(NEW, "moderator", "refused", f"{_INTAKE}; 766/QĐ-TTg mục 5.2"),
    Act.REQUEST_SUPPLEMENT: _rule(
        NEW, "moderator", "supplement_requested", "20/2008/NĐ-CP Điều 7; 766/QĐ-TTg mục 5.2"
    ),
    Act.SUPPLEMENT: _rule(
        {"supplement_requested"}, "sender moderator", "supplemented", "20/2008/NĐ-CP Điều 7"
    ),
    Act.ACCEPT: _rule(NEW, "moderator", "accepted", _INTAKE),
    Act.RECLASSIFY: _rule({"accepted", "returned"}, "moderator", "", _INTAKE),
    Act.REFER: _rule(
        NEW | {"accepted", "returned"}, "moderator", "referred", "20/2008/NĐ-CP Điều 1"
    ),
    Act.MERGE: _rule(
        NEW | {"accepted", "returned", "assigned", "in_progress"}, "moderator", "merged", _CENTRE
    ),
    Act.UNMERGE: _rule({"merged"}, "moderator", "before", _CENTRE),
    Act.ASSIGN: _rule({"accepted", "returned"}, "moderator", "assigned", _INTAKE),
    Act.TAKE: _rule({"assigned", "reopened"}, "officer", "in_progress", _SETTLING),
    Act.APPOINT: _rule(WORKING, "head", "in_progress", _HEAD),
    Act.PASS_ON: _rule(WORKING - {"reopened"}, "head", "assigned", f"{_INTAKE} khoản 1"),
    Act.RETURN_BACK: _rule(WORKING - {"reopened"}, "head", "returned", f"{_INTAKE} khoản 1"),
    Act.NOTE: _rule(AT_AGENCY, "officer moderator inspector", "", _SETTLING),
    Act.EXTEND: _rule({"assigned", "in_progress"}, "head", "", "118/2025/NĐ-CP Điều 19 khoản 6"),
    Act.ANSWER: _rule({"in_progress"}, "officer", "answered", _SETTLING),
    Act.SEND_BACK: _rule({"answered"}, "head", "in_progress", _HEAD),
    Act.AGREE: _rule({"answered"}, "inspector", "", "118/2025/NĐ-CP Điều 5 khoản 1"),
    Act.APPROVE: _rule({"answered"}, "head", "approved", f"{_SETTLING}, Điều 15"),
    Act.SHOW: _rule(OPEN_STATES - NEW, "moderator", "", _PUBLIC),
    Act.HIDE: _rule(OPEN_STATES | DECIDED, "moderator", "", "91/2025/QH15"),
    Act.PUBLISH: _rule({"approved"}, "moderator", "published", _PUBLIC),
    Act.WITHHOLD: _rule({"approved"}, "moderator", "withheld", "91/2025/QH15"),
    Act.ESCALATE: _rule(
        OPEN_STATES, "moderator officer inspector", "", "118/2025/NĐ-CP Điều 5 khoản 1, Điều 38"
    ),
    Act.NAME_OFFICER: _rule(
        AT_AGENCY | {"accepted", "returned"}, "moderator inspector", "",
        "118/2025/NĐ-CP Điều 5 khoản 1",
    ),
    Act.RATE: _rule({"approved", "published", "withheld"}, "sender", "rated", _RATING),
    Act.REOPEN: _rule(
        {"approved", "published", "withheld", "rated"}, "sender", "reopened", _RIGHTS
    ),
    Act.CLOSE: _rule(
        {"published", "withheld", "rated", "supplement_requested"}, "moderator", "closed", _CENTRE
    ),
}  # fmt: skip

SAY: dict[Act, str] = {
    Act.REFUSE: "Từ chối tiếp nhận",
    Act.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    Act.SUPPLEMENT: "Bổ sung thông tin",
    Act.ACCEPT: "Tiếp nhận, phân loại",
    Act.RECLASSIFY: "Phân loại lại",
    Act.REFER: "Hướng dẫn gửi khiếu nại, tố cáo",
    Act.MERGE: "Gộp vào phản ánh trùng",
    Act.UNMERGE: "Tách khỏi phản ánh trùng",
    Act.ASSIGN: "Chuyển cơ quan xử lý",
    Act.TAKE: "Nhận xử lý",
    Act.APPOINT: "Giao người xử lý",
    Act.PASS_ON: "Chuyển tiếp cơ quan khác",
    Act.RETURN_BACK: "Trả lại vì sai thẩm quyền",
    Act.NOTE: "Ghi tiến độ",
    Act.EXTEND: "Gia hạn",
    Act.ANSWER: "Trình dự thảo trả lời",
    Act.SEND_BACK: "Trả lại dự thảo",
    Act.AGREE: "Thanh tra đồng ý",
    Act.APPROVE: "Duyệt trả lời",
    Act.SHOW: "Hiện trên bản đồ công khai",
    Act.HIDE: "Gỡ khỏi trang công khai",
    Act.PUBLISH: "Công khai kết quả",
    Act.WITHHOLD: "Không công khai",
    Act.ESCALATE: "Báo thanh tra",
    Act.NAME_OFFICER: "Xác định cán bộ bị phản ánh",
    Act.RATE: "Đánh giá",
    Act.REOPEN: "Đề nghị xem xét lại",
    Act.CLOSE: "Đóng",
}


def acts_in(state: str) -> list[Act]:
    """Return the acts that a state allows, whoever asks.

    Source: 20/2008/NĐ-CP Điều 9, Điều 14 (see each act's own article in ACT_RULES).
    """
    return [act for act, rule in ACT_RULES.items() if state in rule.states]


def stage_of(state: str, *, before_merge: str = "") -> str:
    """Return which time runs in a state: intake, settle, publish, or "" for none.

    Source: 766/QĐ-TTg mục 5.2 (refusing, asking for more, settling and publishing each have a time).
    """
    return STAGE_OF.get(before_merge if state == "merged" else state, "")
