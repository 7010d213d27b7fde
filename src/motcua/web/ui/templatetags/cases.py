"""Tags about cases of feedback: {% load cases %}."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.feedback.rules import fields
from motcua.web.ui import cases, words
from motcua.web.ui.templatetags.ui import badge

register = template.Library()


@register.simple_tag
def case_state(key: str, word: str) -> SafeString:
    """{% case_state case.state case.get_state_display %}: the state with its shape."""
    look = cases.LOOKS[key]
    return badge(word, look.tone, look.icon)


@register.simple_tag
def public_state(is_done: bool) -> SafeString:  # noqa: FBT001 (a tag takes what the page has)
    """{% public_state case.is_done %}: what everybody needs to know of how far a case is."""
    if is_done:
        return badge(_("Đã có kết quả"), "sea", "checks")
    return badge(_("Đang xử lý"), "sea", "half")


@register.filter
def field_name(key: str) -> str:
    """{{ case.field|field_name }}: "Đường sá, cầu cống"."""
    return fields.name_of(key, lang=words.language()) or key


@register.inclusion_tag("ui/face.html")
def face(score: int) -> dict[str, Any]:
    """{% face 4 %}: one of five faces, always beside its word."""
    return {"score": score}
