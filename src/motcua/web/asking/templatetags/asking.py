"""{% load asking %}: the icon of something to do next."""

from django import template
from django.utils.safestring import SafeString

from motcua.assistant.answering.answer import Action
from motcua.web.asking.shown import ICONS
from motcua.web.ui.templatetags.ui import icon

register = template.Library()


@register.simple_tag
def action_icon(act: Action) -> SafeString:
    """{% action_icon act %}: what the act does, as a picture."""
    return icon(ICONS.get(act.kind, "next"))
