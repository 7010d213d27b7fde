"""Tags of whoever is signed in: {% load accounts %}."""

from typing import Any

from django import template
from django.template.context import Context

from motcua.web.accounts import bell as bells

register = template.Library()
_LANDING = ("desk:inbox", "portal:account", "accounts:messages")


@register.inclusion_tag("accounts/_bell.html", takes_context=True)
def bell(context: Context) -> dict[str, Any]:
    """{% bell %}: the way to one's messages, with how many are new."""
    actor = context.get("actor")
    match = getattr(context.get("request"), "resolver_match", None)
    ask = bells.count if match and match.view_name in _LANDING else bells.known
    return {
        "is_known": bool(actor and actor.account_id),
        "count": ask(actor) if actor else 0,
        "is_here": context.get("place") == "messages",
    }
