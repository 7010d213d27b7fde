"""The risk and its reasons in words that everybody understands; nobody is blamed in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.kernel.worktime.words import span_words
from motcua.reporting.foresight.features import NAMES, REASONS, Seen
from motcua.reporting.foresight.model import Risk
from motcua.reporting.foresight.settings import settings

DAY_MINUTES = 480
MOST = 3
LEAST = 0.05  # what adds less to the log odds is no reason
SIMULATED, OWN = "simulated", "own"


def reasons_of(risk: Risk, seen: Seen) -> list[list[dict[str, Any]]]:
    """Return the strongest reasons of each row as data: which feature speaks, and its value.

    A reason adds up what its features add; it speaks by the one that adds most.
    """
    adds = risk.contributions(seen.values)
    groups = [[NAMES.index(name) for name in names] for names in REASONS.values()]
    sums = np.column_stack([adds[:, places].sum(axis=1) for places in groups])
    order = np.argsort(-sums, axis=1, kind="stable")[:, :MOST]
    found = []
    for row, places in enumerate(order):
        told = []
        for group in places:
            if sums[row, group] <= LEAST:
                continue
            speaks = max(groups[group], key=lambda place: adds[row, place])
            told.append(_said(speaks, seen.values[row], float(sums[row, group])))
        found.append(told)
    return found


def _said(place: int, values: np.ndarray, adds: float) -> dict[str, Any]:
    told: dict[str, Any] = {"by": NAMES[place], "value": round(float(values[place]), 3)}
    if NAMES[place] in ("slack", "left", "used"):
        told["left"] = int(values[NAMES.index("left")])
    if NAMES[place] == "slack":
        told["need"] = int(told["left"] / max(told["value"], 0.001))
    return told | {"adds": round(adds, 3)}


def tenths(risk: int) -> int:
    """Return of how many in ten like this the risk speaks, at least one, at most nine."""
    return min(9, max(1, round(risk / 100)))


def mark(risk: int | None) -> str:
    """Return "likely", "possible" or "" (nothing worth a word)."""
    if risk is None:
        return ""
    if risk >= settings().likely:
        return "likely"
    return "possible" if risk >= settings().possible else ""


def said_of(risk: int) -> str:
    """Return "7 trên 10 hồ sơ như thế này đã trễ"."""
    return _("%d trên 10 hồ sơ như thế này đã trễ") % tenths(risk)


def lines(kept: Mapping[str, Any] | None) -> list[str]:
    """Return the kept reasons of a dossier in words, the strongest first."""
    return [line(one) for one in (kept or {}).get("reasons", ())]


def line(told: Mapping[str, Any]) -> str:
    """Return one reason in words."""
    say = _SAY.get(str(told["by"]))
    return say(told) if say else ""


def is_simulated(kept: Mapping[str, Any] | None) -> bool:
    """Tell whether the estimate was learned from a simulated province."""
    return (kept or {}).get("source") == SIMULATED


Told = Mapping[str, Any]


def _span(minutes: float) -> str:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return span_words(max(1, int(minutes)), DAY_MINUTES, language)


def _percent(share: float) -> int:
    return min(99, max(1, round(100 * share)))


def _left(told: Told) -> str:
    return _("Chỉ còn %s làm việc là đến hạn") % _span(told["left"])


def _limit(told: Told) -> str:
    days = _span(told["value"])
    return _("Thời hạn %s: thời hạn như vậy hay trễ hơn") % days


def _used(told: Told) -> str:
    used = _percent(told["value"])
    return _("Đã dùng %(used)d phần trăm thời gian, còn %(left)s") % {
        "used": used, "left": _span(told["left"]),
    }  # fmt: skip


def _slack(told: Told) -> str:
    need, left = _span(told["need"]), _span(told["left"])
    return _("Từ bước này thường cần thêm %(need)s, mà hạn còn %(left)s") % {
        "need": need, "left": left,
    }  # fmt: skip


def _queue_left(told: Told) -> str:
    share = _percent(told["value"]) if told["value"] < 1 else 100
    return _("Việc xếp trước ở cùng bước chiếm khoảng %d phần trăm thời gian còn lại") % share


def _queue(told: Told) -> str:
    return _("Việc đang chờ ở cùng bước cần khoảng %s để làm hết") % _span(
        told["value"] * DAY_MINUTES
    )


def _officer_load(told: Told) -> str:
    return _("Nơi giữ bước này đang có %d hồ sơ cùng lúc") % int(told["value"] + 0.5)


def _agency_load(told: Told) -> str:
    return _("Cơ quan đang mở nhiều hồ sơ: bằng %s làm việc như hai tuần qua") % _span(
        told["value"] * DAY_MINUTES
    )


def _agency_late(told: Told) -> str:
    return _("Cơ quan này bốn tuần qua cứ 100 hồ sơ có %d hồ sơ trễ") % _percent(told["value"])


def _agency_overdue(told: Told) -> str:
    return _("Trong 100 hồ sơ đang mở ở cơ quan này, khoảng %d hồ sơ đã quá hạn") % _percent(
        told["value"]
    )


def _procedure_late(told: Told) -> str:
    return _("Thủ tục này hai tháng qua cứ 100 hồ sơ có %d hồ sơ trễ") % _percent(told["value"])


def _field_late(told: Told) -> str:
    return _("Lĩnh vực này bốn tuần qua cứ 100 hồ sơ có %d hồ sơ trễ") % _percent(told["value"])


def _channel(told: Told) -> str:
    if told["value"] > 0:
        return _("Nộp trực tuyến: loại này hay trễ hơn nộp tại quầy")
    return _("Nộp tại quầy: loại này hay trễ hơn nộp trực tuyến")


def _closed_days(told: Told) -> str:
    return _("Từ nay đến hạn có %d ngày nghỉ lễ") % int(told["value"] + 0.5)


def _weekday(told: Told) -> str:
    return _("Hạn rơi vào %s: hạn vào ngày ấy hay bị lỡ hơn") % _WEEKDAYS[int(told["value"]) % 7]()


_WEEKDAYS = (
    lambda: _("Thứ Hai"), lambda: _("Thứ Ba"), lambda: _("Thứ Tư"), lambda: _("Thứ Năm"),
    lambda: _("Thứ Sáu"), lambda: _("Thứ Bảy"), lambda: _("Chủ nhật"),
)  # fmt: skip
_SAY: dict[str, Callable[[Told], str]] = {
    "left": _left,
    "limit": _limit,
    "used": _used,
    "slack": _slack,
    "step": lambda _told: _("Hồ sơ còn nhiều bước phía sau"),
    "in_step": lambda _told: _("Hồ sơ đã nằm lâu ở bước này"),
    "queue": _queue,
    "queue_left": _queue_left,
    "officer_load": _officer_load,
    "agency_late": _agency_late,
    "agency_load": _agency_load,
    "agency_overdue": _agency_overdue,
    "procedure_late": _procedure_late,
    "field_late": _field_late,
    "channel": _channel,
    "elsewhere": lambda _told: _("Tiếp nhận ở nơi khác, giấy tờ phải chuyển đến"),
    "courier": lambda _told: _("Giấy tờ đang trên đường chuyển"),
    "supplement": lambda _told: _("Hồ sơ đã phải bổ sung giấy tờ"),
    "extended": lambda _told: _("Hồ sơ đã được hẹn lại một lần"),
    "opinion": lambda _told: _("Đang chờ ý kiến của cơ quan khác"),
    "obligation": lambda _told: _("Hồ sơ có nghĩa vụ tài chính phải chờ"),
    "closed_days": _closed_days,
    "tet_days": lambda _told: _("Thời gian giải quyết gần hoặc vắt qua Tết"),
    "due_weekday": _weekday,
}
SPOKEN: Sequence[str] = tuple(_SAY)
