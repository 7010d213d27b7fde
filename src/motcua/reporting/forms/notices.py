"""How the message is worded that tells controllers of forms made by the schedule."""

from typing import Protocol

from django.utils.translation import gettext as _

from motcua.notifications.texts import TEMPLATES


class Said(Protocol):
    """A notice's context whose gaps read as nothing."""

    def __getitem__(self, key: str) -> str:
        """Return a value as text."""


def _made(said: Said) -> tuple[str, list[str]]:
    return _("Đã lập %s biểu báo cáo theo lịch") % said["count"], [
        _("Mở Bảng số, mục Biểu báo cáo để xem, chốt và gửi."),
    ]


def offer() -> None:
    """Let the message be worded (once, as the app starts)."""
    TEMPLATES["report-made"] = _made
