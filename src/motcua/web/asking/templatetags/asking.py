"""{% load asking %}: what an answer's parts need to be shown."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _later

from motcua.assistant.answering.answer import Action
from motcua.web.asking.shown import ICONS
from motcua.web.ui.templatetags.ui import icon

register = template.Library()

_LONGEST_TITLE = 110
_LONGEST_LABEL = 64
_WHOM = {
    "111": _later("bảo vệ trẻ em"),
    "112": _later("tìm kiếm, cứu nạn"),
    "113": _later("công an"),
    "114": _later("chữa cháy, cứu nạn"),
    "115": _later("cấp cứu"),
}


@register.simple_tag
def action_icon(act: Action) -> SafeString:
    """{% action_icon act %}: what the act does, as a picture."""
    return icon(ICONS.get(act.kind, "next"))


@register.filter
def short_title(title: str) -> str:
    """Shorten the name in "Thủ tục 1.001193, name: section"; what it is about stays whole."""
    name, colon, section = title.rpartition(": ")
    room = _LONGEST_TITLE - len(section)
    if not colon or len(name) <= room:
        return title if len(title) <= 2 * _LONGEST_TITLE else f"{title[: 2 * _LONGEST_TITLE]}…"
    return f"{name[:room].rsplit(' ', 1)[0]}…: {section}"


@register.filter
def short_label(label: str, most: int = _LONGEST_LABEL) -> str:
    """Shorten the words of a button."""
    return label if len(label) <= most else f"{label[:most].rsplit(' ', 1)[0]}…"


@register.filter
def helps(number: str) -> str:
    """Return whom an emergency number reaches."""
    return str(_WHOM.get(number, ""))
