"""Warnings and signals in words: what was seen, never what somebody is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.models import Role
from motcua.kernel.worktime.words import span_words
from motcua.ledger.queries import Told
from motcua.supervision.definitions import BY_KEY, Definition
from motcua.supervision.models import Evidence, Signal, Warning


def sample(found: Definition, table: Mapping[str, Any]) -> str:
    """Return the least number of cases under which a signal is silent, "" where there is none."""
    return str(found.sample) % _said(table) if found.sample else ""


def rule(found: Definition, table: Mapping[str, Any]) -> str:
    """Return a signal's rule with the thresholds in force."""
    return str(found.rule) % _said(table)


def _said(table: Mapping[str, Any]) -> dict[str, str]:
    """Thresholds as people write them: shares in per cent, a comma in numbers."""
    return {key: _number(key, value) for key, value in table.items()}


def _number(key: str, value: object) -> str:
    if key.endswith("share") and isinstance(value, int | float):
        return f"{100 * value:.0f} %"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).replace(".", ",")


def name_of(signal: Signal) -> str:
    """Return a signal's name."""
    return str(BY_KEY[signal.kind].name)


def whom(signal: Signal) -> str:
    """Return whom or what a signal is about."""
    if signal.about == Signal.About.OFFICER and signal.account:
        return f"{signal.account.name}, {signal.agency.short_name or signal.agency.name}"
    return signal.agency.name


def say(one: Evidence) -> str:
    """Return what one piece of evidence shows, in a neutral sentence."""
    numbers: dict[str, Any] = dict(one.numbers)
    numbers["span"] = span_words(int(numbers.get("minutes") or 0), 480, "vi")
    for key in ("expected", "z"):
        if key in numbers:
            numbers[key] = str(numbers[key]).replace(".", ",")
    if "classes" in numbers:
        named = _classes()
        numbers["classes"] = ", ".join(
            named.get(key, key) for key in str(numbers["classes"]).split(", ")
        )
    for key in ("charged", "published"):
        if key in numbers:
            numbers[key] = f"{int(numbers[key] or 0):,}".replace(",", ".")
    return _sentences()[one.kind, one.reason] % numbers


def _classes() -> dict[str, str]:
    """What triage names in one word each."""
    return {
        "bribe": _("vòi vĩnh"),
        "harassment": _("nhũng nhiễu"),
        "delay": _("chậm trễ"),
        "danger": _("nguy hiểm"),
    }


def role(key: str) -> str:
    """Return a post in words."""
    return str(dict(Role.choices).get(key, key))


def rungs() -> dict[str, str]:
    """Return the rungs of the ladder in words."""
    return {key: str(word) for key, word in Warning.Rung.choices}


def _sentences() -> dict[tuple[str, str], str]:
    compared = _(
        "%(did)s trên %(handled)s hồ sơ; với cùng thủ tục, đồng nghiệp có khoảng %(expected)s "
        "(lệch %(z)s độ lệch chuẩn, so với %(peers)s hồ sơ)"
    )
    return {
        ("S1", "second"): _("Yêu cầu bổ sung lần thứ %(number)s"),
        ("S1", "late"): _("Yêu cầu bổ sung sau ba ngày làm việc từ khi nhận"),
        ("S2", "unpublished"): _("Giấy tờ ngoài danh mục đã công bố: %(papers)s"),
        ("S2", "held"): _("Cơ sở dữ liệu đã có giấy tờ được yêu cầu: %(papers)s"),
        ("S2", "stored"): _("Kho giấy tờ đã có giấy tờ được yêu cầu: %(papers)s"),
        ("S2", "abolished"): _("Lý do nhắc đến giấy tờ đã bãi bỏ: %(papers)s"),
        ("S3", "often"): compared,
        ("S4", "often"): compared,
        ("S4", "short"): _("Phần lớn lý do rất ngắn: %(did)s lần từ chối trên %(handled)s hồ sơ"),
        ("S4", "same"): _("Nhiều lý do giống hệt: %(did)s lần từ chối trên %(handled)s hồ sơ"),
        ("S5", "unassigned"): _("Chưa phân công trong %(span)s làm việc"),
        ("S5", "idle"): _("Không có thao tác nào trong %(span)s làm việc, đến khi hết hạn"),
        ("S6", "twice"): _("Đổi ngày hẹn lần thứ %(number)s"),
        ("S6", "after_expiry"): _("Hẹn lại sau khi đã hết hạn"),
        ("S6", "backdated"): _(
            "Ghi vào hệ thống chậm %(hours)s giờ so với lúc được nói là đã làm"
        ),
        ("S7", "just_before"): _("%(count)s lần tạm dừng khi thời hạn gần hết"),
        ("S8", "unsent"): _("Kết quả đã có %(span)s làm việc mà chưa gửi"),
        ("S8", "unfetched"): _("Kết quả đã có %(span)s làm việc, người dân chưa đến nhận"),
        ("S9", "unanswered"): _("Người nộp chờ trả lời %(span)s làm việc"),
        ("S9", "untold"): _("Cán bộ tiếp nhận được báo chậm"),
        ("S10", "contact"): _("Nội dung phản ánh mang dấu hiệu: %(classes)s"),
        ("S11", "bulk"): _("Mở %(most)s hồ sơ khác nhau trong một ngày"),
        ("S11", "no_need"): _("Mở %(strange)s hồ sơ mà cơ quan mình không giải quyết"),
        ("S12", "late"): _("Hồ sơ giấy rời quầy chậm %(span)s làm việc"),
        ("S13", "ratings"): _("%(low)s đánh giá thấp trên %(count)s đánh giá"),
        ("S13", "reports"): _("%(count)s phản ánh nêu cùng một cán bộ"),
        ("S14", "visits"): _("Người dân đến quầy %(count)s ngày khác nhau"),
        ("S15", "differs"): _("Đã thu %(charged)s ₫, mức công bố %(published)s ₫"),
    }


def say_fact(fact: Told) -> str:
    """Return a fact of a warning or a signal in one line."""
    body = fact.body
    said = {
        "supervision.warning_raised": _("Nêu cảnh báo, trả lời trước %s")
        % _moment(body.get("answer_by")),
        "supervision.warning_escalated": _("Chưa ai trả lời: hỏi tiếp %s")
        % body.get("agency", ""),
        "supervision.warning_answered": _("Trả lời: %s") % body.get("answer", ""),
        "supervision.warning_withdrawn": _("Tự rút: %s") % _why(str(body.get("why", ""))),
        "supervision.signal_raised": _("Nêu dấu hiệu, dựa trên %s việc")
        % body.get("evidence", ""),
        "supervision.signal_grew": _("Thêm %s việc cùng loại") % body.get("evidence", ""),
        "supervision.signal_explained": _("Đã giải trình"),
        "supervision.signal_closed": _("Khép lại: %s") % _outcome(str(body.get("outcome", ""))),
    }
    return said.get(fact.kind, fact.kind)


def _moment(kept: object) -> str:
    if not kept:
        return ""
    return timezone.localtime(datetime.fromisoformat(str(kept))).strftime("%H:%M %d/%m/%Y")


def _why(key: str) -> str:
    return str(dict(Warning.Why.choices).get(key, key))


def _outcome(key: str) -> str:
    return str(dict(Signal.Outcome.choices).get(key, key))
