"""Tags of the desk: {% load desk %}."""

from datetime import date
from typing import Any

from django import template
from django.core.cache import cache
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.assistant.learning.states import KEEPERS
from motcua.directory.actor import Actor
from motcua.dossiers.rules.states import Act
from motcua.feedback.queries import lists
from motcua.web.desk.names import NAMES
from motcua.web.ui.words import number

register = template.Library()
_COUNTED_FOR_SECONDS = 60

# place, address, icon, word, roles that see it (none: everybody)
_DAY_HOURS = 24
_COUNTER = ("receptionist", "centre_lead", "support")
_READERS = ("receptionist", "centre_lead", "appraiser")
_HEADS = ("head", "chairman", "centre_lead")
_SIGNERS = ("head", "chairman", "centre_lead", "clerk", "receptionist", "appraiser")
_HEARS = ("receptionist", "centre_lead", "appraiser", "head", "chairman", "controller", "auditor")
_RATED = ("receptionist", "centre_lead", "cashier", "support", "auditor")
_WATCH = ("head", "chairman", "centre_lead", "controller", "auditor")
_CONTROL = ("controller", "chairman", "keeper", "admin")


def _entries() -> tuple[tuple[str, str, str, str, tuple[str, ...]], ...]:
    return (
        ("inbox", "desk:inbox", "inbox", _("Việc của tôi"), ()),
        ("supervision", "desk:supervision", "shield", _("Hôm nay"), _WATCH),
        ("reception", "desk:reception", "tray", _("Tiếp nhận"), _COUNTER),
        ("results", "desk:results", "stamp", _("Trả kết quả"), ("receptionist", "centre_lead")),
        ("copies", "desk:copies", "checks", _("Sao y"), ("receptionist", "centre_lead")),
        ("results-register", "desk:results-register", "list", _("Sổ kết quả"), ()),
        ("signing", "desk:signing", "pen", _("Ký số"), _SIGNERS),
        ("digitise", "desk:digitise", "scan", _("Số hóa"), ("receptionist", "centre_lead")),
        ("readings", "desk:readings", "paper", _("Máy đọc"), _READERS),
        ("hand-over", "desk:hand-over", "send", _("Bàn giao"), ()),
        ("feedback", "desk:feedback", "chat", _("Phản ánh"), _HEARS),
        ("duties", "desk:duties", "checks", _("Nhiệm vụ"), ()),
        ("ratings", "desk:ratings", "star", _("Đánh giá"), _RATED),
        ("search", "desk:search", "search", _("Tìm hồ sơ"), ()),
        ("assignments", "desk:assignments", "users", _("Phân công"), _HEADS),
        ("procedures", "desk:procedures", "law", _("Thủ tục"), ()),
        ("processes", "desk:processes", "route", _("Quy trình"), _CONTROL),
        ("differences", "desk:differences", "list", _("So danh mục"), ("controller", "keeper")),
        ("questions", "desk:questions", "help", _("Câu hỏi"), KEEPERS),
        ("calendars", "desk:calendars", "cal", _("Lịch"), _CONTROL),
        ("files", "desk:files", "paper", _("Tệp"), ("admin",)),
        ("delegation", "desk:delegation", "hand", _("Ủy quyền"), ()),
    )


@register.inclusion_tag("desk/_rail.html", takes_context=True)
def desk_rail(context: Context) -> dict[str, Any]:
    """{% desk_rail %}: where this officer may go; `place` in the context is the current entry."""
    actor = context.get("actor")
    entries = [
        {
            "href": reverse(name),
            "icon": icon,
            "word": word,
            "is_current": place == context.get("place"),
            "count": _waiting(actor) if actor and place == "feedback" else 0,
        }
        for place, name, icon, word, roles in _entries()
        if not roles or (actor and actor.has_role(*roles))
    ]
    return {"entries": entries, "place": context.get("place")}


def _waiting(actor: Actor) -> int:
    """How many cases of feedback wait for this officer; counted anew each minute."""
    return int(
        cache.get_or_set(
            f"desk:feedback:{actor.key}",
            lambda: lists.inbox_counts(actor, at=timezone.now()).todo,
            _COUNTED_FOR_SECONDS,
        )
        or 0
    )


@register.simple_tag
def act_url(act: Act, code: str) -> str:
    """{% act_url one.act dossier.code %}: the address of an act on a dossier."""
    return reverse(f"desk:dossier-{NAMES[act].noun}", args=[code])


@register.filter
def iso_day(text: str | None) -> str:
    """A day kept as text as people write it ("2026-03-02" → "02/03/2026"); other text as it is."""
    try:
        return f"{date.fromisoformat(text or ''):%d/%m/%Y}"
    except ValueError:
        return text or ""


@register.filter
def act_key(act: Act) -> str:
    """The key of an act, "" when it has none."""
    return NAMES[act].key if act in NAMES else ""


@register.filter
def act_icon(act: Act) -> str:
    """The icon of an act."""
    return NAMES[act].icon if act in NAMES else "check"


@register.filter
def spent(hours: float) -> str:
    """Hours of the calendar as people say them: 40 phút, 5 giờ, 2,5 ngày."""
    if hours < 1:
        return _("%d phút") % max(1, round(hours * 60))
    if hours < _DAY_HOURS:
        return _("%d giờ") % round(hours)
    return _("%s ngày") % number(hours / _DAY_HOURS, 1)
