"""The states of a case of feedback as people see them: a shape, a tone, and whose turn it is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class CaseLook:
    """tone as badges know it: sea (ours), gold (yours), "" (at rest); `turn` says whose turn it is."""

    icon: str
    tone: str
    turn: str | Promise
    is_yours: bool = False


_OURS = _("Đến lượt chúng tôi. Có thay đổi, chúng tôi nhắn cho bạn.")
_RATE = _("Đến lượt bạn: đọc trả lời và cho biết bạn có hài lòng không.")
_OVER = _("Không còn việc gì.")

LOOKS: dict[str, CaseLook] = {
    "sent": CaseLook("dot", "", _OURS),
    "refused": CaseLook("x", "", _OVER),
    "supplement_requested": CaseLook(
        "plus", "gold", _("Đến lượt bạn: bổ sung thông tin."), is_yours=True
    ),
    "supplemented": CaseLook("tray", "", _OURS),
    "referred": CaseLook("route", "", _("Việc này gửi đến nơi khác theo luật; xem hướng dẫn.")),
    "merged": CaseLook("link", "sea", _OURS),
    "accepted": CaseLook("tray", "sea", _OURS),
    "assigned": CaseLook("send", "sea", _OURS),
    "in_progress": CaseLook("half", "sea", _OURS),
    "returned": CaseLook("back", "", _OURS),
    "answered": CaseLook("pen", "sea", _OURS),
    "approved": CaseLook("check", "sea", _RATE, is_yours=True),
    "published": CaseLook("checks", "sea", _RATE, is_yours=True),
    "withheld": CaseLook("checks", "sea", _RATE, is_yours=True),
    "rated": CaseLook("star", "sea", _OVER),
    "reopened": CaseLook("back", "sea", _OURS),
    "closed": CaseLook("stop", "", _OVER),
}
EVENT_ICONS = {
    "sent": "send", "refused": "x", "supplement_requested": "plus", "supplemented": "plus",
    "referred": "route", "merged": "link", "unmerged": "link", "duplicate_joined": "users",
    "followed": "users", "accepted": "tray", "reclassified": "filter", "assigned": "office",
    "taken": "user", "passed_on": "route", "returned_back": "back", "noted": "chat",
    "extended": "cal", "answered": "pen", "sent_back": "back", "inspector_agreed": "shield",
    "approved": "stamp", "shown": "map", "hidden": "lock", "published": "checks",
    "withheld": "lock", "rated": "star", "reopened": "back", "closed": "stop",
    "reminded": "bell", "signal_raised": "alert",
}  # fmt: skip


def event_icon(kind: str) -> str:
    """Return the icon of a fact of a case."""
    return EVENT_ICONS.get(kind.removeprefix("feedback."), "check")
