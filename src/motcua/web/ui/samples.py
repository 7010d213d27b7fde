"""What the page of components shows: each part once, in its hardest state."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from motcua.kernel.worktime import Limit, Proof, Unit, WorkCalendar, prove
from motcua.web.ui import icons, states
from motcua.web.ui.parts import Crumb, Event, Tab, page_links


class SampleForm(forms.Form):
    """Fields of every kind, with an answer that is wrong."""

    personal_id = forms.CharField(
        label="Số định danh cá nhân", help_text="12 chữ số, in trên mặt trước thẻ căn cước"
    )
    birth_date = forms.DateField(label="Ngày sinh của con", help_text="Ví dụ 12/11/2026")
    delivery = forms.ChoiceField(
        label="Nhận kết quả",
        choices=[("counter", "Tại quầy"), ("post", "Gửi về nhà qua bưu chính công ích")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea({"rows": 2}))
    is_true = forms.BooleanField(label="Tôi cam đoan lời khai là đúng")


def context(*, now: datetime) -> dict[str, Any]:
    """Return everything that the page of components shows."""
    return {
        "now": now,
        "states": list(states.LOOKS),
        "icons": sorted(icons.names()),
        "form": SampleForm(
            {"personal_id": "056092001118", "birth_date": "32/11/2026", "delivery": "counter"}
        ),
        "proof": _proof(7),
        "late_proof": _proof(3),
        "seen_at": _at(23, 10),
        "events": _events(),
        "steps": _steps(),
        "crumbs": [Crumb("Trang đầu", "/"), Crumb("Chuyển chỗ ở", "/viec/chuyen-cho-o/")],
        "tabs": _tabs(),
        "pages": page_links(number=4, last=9, query={"q": "khai sinh"}),
        "progress": ["Trường hợp", "Tờ khai", "Giấy tờ", "Xem lại"],
    }


def _at(day: int, hour: int) -> datetime:
    moment = datetime.combine(date(2026, 11, 1), time(hour)) + timedelta(days=day - 1)
    return timezone.make_aware(moment)


def _proof(days: int, start_day: int = 16) -> Proof:
    shifts = [(time(7), time(11, 30)), (time(13, 30), time(17))]
    calendar = WorkCalendar.build(
        "sample",
        1,
        patterns=[(None, None, dict.fromkeys(range(5), shifts))],
        exceptions=[(date(2026, 11, 24), "off", "nghỉ Ngày Văn hóa Việt Nam")],
    )
    return prove(calendar, _at(start_day, 9), Limit(days, Unit.WORKING_DAY))


def _events() -> list[Event]:
    return [
        Event("Ký số", icon="pen", when="tiếp theo", tone="next"),
        Event(
            "Chờ bạn bổ sung 1 giấy tờ",
            icon="plus",
            at=_at(20, 10),
            tone="turn",
            detail="Trích lục kết hôn: bản đã nộp bị mờ.",
        ),
        Event("Tiếp nhận đủ 3 giấy tờ", icon="tray", at=_at(16, 9), by="Quầy 07"),
    ]


def _steps() -> list[dict[str, str]]:
    return [
        {"title": "Điền và nộp", "text": "Tại quầy nào trong tỉnh cũng được."},
        {"title": "Nhận giấy hẹn", "text": "Ghi rõ ngày trả và cách tính."},
    ]


def _tabs() -> list[Tab]:
    return [
        Tab("Cần làm", "?", 23, is_current=True),
        Tab("Quá hạn", "?han=tre", 2, tone="late"),
        Tab("Chờ người dân", "?cho=dan", 7),
    ]
