"""Tags of the store at the desk: {% load kho %}."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of_key(found: Mapping[str, object], key: str) -> object:
    """{{ uses|of_key:paper.component_key }}: what a component has, "" when nothing."""
    return found.get(key, "")
